//! Every path of the contract, once. The server's router uses the templates, the client the functions.

mod delegations;
#[cfg(test)]
mod tests;

pub use delegations::*;

use crate::{
    ArtifactId, AttachmentId, AttributeKey, ConsentRecordId, ContactOptionId, ContactPointId,
    DataRequestId, FeedbackId, FeedbackRequestId, GuideId, InteractionId, InventoryCategoryId,
    MessageId, NoticeId, PreferenceChangeId, PurposeId, SignalId, VerificationId,
};

/// The header that every call of a cookie session carries; a cross-site form cannot set it.
pub const CSRF_HEADER: &str = "x-portal-csrf";
/// The header of [`IdempotencyKey`](crate::IdempotencyKey).
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";
/// Said on an answer that repeats an earlier one.
pub const REPLAYED_HEADER: &str = "idempotency-replayed";
/// The header that carries `request_id`.
pub const REQUEST_ID_HEADER: &str = "x-request-id";

/// `GET`: what the API offers.
pub const CAPABILITIES: &str = "/v1/capabilities";
/// `GET`: who is signed in. `DELETE`: sign out.
pub const SESSION: &str = "/v1/session";
/// `POST`: send a one-time code.
pub const SESSION_EMAIL: &str = "/v1/session/email";
/// `POST`: the code that arrived.
pub const SESSION_EMAIL_CONFIRM: &str = "/v1/session/email/confirm";
/// `POST`: send a code for a fresh proof.
pub const SESSION_STEP_UP: &str = "/v1/session/step-up";
/// `POST`: the code of a fresh proof.
pub const SESSION_STEP_UP_CONFIRM: &str = "/v1/session/step-up/confirm";
/// `POST`: the token of an email's footer becomes a bearer that may only reduce contact.
pub const SESSION_LINK: &str = "/v1/session/link";
/// `POST`, with such a bearer: "this isn't me".
pub const SESSION_LINK_DISOWN: &str = "/v1/session/link/disown";
/// `POST`: a host page's signed assertion becomes a bearer for the frame.
pub const SESSION_EMBED: &str = "/v1/session/embed";
/// `POST`: what the browser asks for by itself, where no header told.
pub const SESSION_SIGNALS: &str = "/v1/session/signals";
/// `GET`, `PATCH`: the customer's own record.
pub const ME: &str = "/v1/me";
/// `POST`: "that's not right", of what the company inferred about the customer.
pub const ATTRIBUTE_CONTEST: &str = "/v1/me/attributes/{key}/contest";
/// `POST`: take that back.
pub const ATTRIBUTE_UNCONTEST: &str = "/v1/me/attributes/{key}/uncontest";
/// `GET`: what the company holds about the customer, by category.
pub const DATA_INVENTORY: &str = "/v1/data-inventory";
/// `GET`: the records of a category.
pub const DATA_INVENTORY_RECORDS: &str = "/v1/data-inventory/{category_id}/records";
/// `GET`: what waits.
pub const OVERVIEW: &str = "/v1/overview";
/// `GET`: the change feed.
pub const EVENTS: &str = "/v1/events";
/// `GET`: the history. `POST`: begin an interaction.
pub const INTERACTIONS: &str = "/v1/interactions";
/// `GET`: what the history can be filtered by.
pub const INTERACTION_FACETS: &str = "/v1/interactions/facets";
/// `GET`: open ones that may be about the same matter.
pub const SIMILAR_INTERACTIONS: &str = "/v1/interactions/similar";
/// `GET`: one interaction.
pub const INTERACTION: &str = "/v1/interactions/{id}";
/// `GET` (newest first), `POST`: the thread.
pub const MESSAGES: &str = "/v1/interactions/{id}/messages";
/// `GET`: the HTML form of a message, for a sandboxed frame.
pub const MESSAGE_DOCUMENT: &str = "/v1/interactions/{id}/messages/{message_id}/document";
/// `POST`: a file, its bytes as the body, its media type in `Content-Type` and its name in
/// `Content-Disposition: attachment; filename*=UTF-8''…` (RFC 6266): a name in the query would end up in logs.
pub const ATTACHMENTS: &str = "/v1/interactions/{id}/attachments";
/// `GET`: a file's content.
pub const ATTACHMENT: &str = "/v1/interactions/{id}/attachments/{attachment_id}";
/// `POST`: the customer says that it is done.
pub const CLOSE: &str = "/v1/interactions/{id}/close";
/// `POST`: the customer takes it up again.
pub const REOPEN: &str = "/v1/interactions/{id}/reopen";
/// `POST`: the customer asks for a call about it.
pub const CALLBACK: &str = "/v1/interactions/{id}/callback";
/// `POST`: the call is to be at another time.
pub const CALLBACK_RESCHEDULE: &str = "/v1/interactions/{id}/callback/reschedule";
/// `POST`: the call is not to be.
pub const CALLBACK_CANCEL: &str = "/v1/interactions/{id}/callback/cancel";
/// `GET`: the call as a calendar file (RFC 5545).
pub const CALLBACK_CALENDAR: &str = "/v1/interactions/{id}/callback/calendar";
/// `POST`: a file for an interaction that is about to begin, sent as one of [`ATTACHMENTS`] is.
pub const UNSENT_ATTACHMENTS: &str = "/v1/attachments";
/// `GET`: how the company can be reached.
pub const CONTACT_OPTIONS: &str = "/v1/contact-options";
/// `GET`: when the company can call.
pub const CALLBACK_SLOTS: &str = "/v1/contact-options/{option_id}/slots";
/// `GET`, `POST`: where the company can reach the customer.
pub const CONTACT_POINTS: &str = "/v1/contact-points";
/// `GET`, `PATCH`, `DELETE`: one contact point.
pub const CONTACT_POINT: &str = "/v1/contact-points/{contact_point_id}";
/// `POST`: send a code there.
pub const VERIFICATIONS: &str = "/v1/contact-points/{contact_point_id}/verifications";
/// `POST`: the code that arrived.
pub const VERIFICATION_CONFIRM: &str =
    "/v1/contact-points/{contact_point_id}/verifications/{verification_id}/confirm";
/// `GET`: topics, channels and frequencies on offer.
pub const PREFERENCE_CATALOG: &str = "/v1/preference-catalog";
/// `GET`, `PATCH`: what the customer has chosen.
pub const PREFERENCES: &str = "/v1/preferences";
/// `GET`: who changed what, when, by which route.
pub const PREFERENCE_HISTORY: &str = "/v1/preferences/history";
/// `POST`: take a change back.
pub const PREFERENCE_UNDO: &str = "/v1/preferences/history/{change_id}/undo";
/// `GET`: "Would this reach me?"
pub const PREFERENCE_REACH: &str = "/v1/preferences/reach";
/// `GET`: what the company uses personal data for.
pub const PURPOSES: &str = "/v1/purposes";
/// `GET`: how each purpose stands with the customer.
pub const CONSENTS: &str = "/v1/consents";
/// `POST`: grant, withdraw, object, or end an objection.
pub const CONSENT_DECISIONS: &str = "/v1/consents/{purpose_id}/decisions";
/// `GET`: every decision about a purpose.
pub const CONSENT_RECORDS: &str = "/v1/consents/{purpose_id}/records";
/// `GET`: the receipt of a decision.
pub const CONSENT_RECEIPT: &str = "/v1/consents/{purpose_id}/records/{record_id}/receipt";
/// `GET`: the guides on offer.
pub const GUIDES: &str = "/v1/guides";
/// `GET`: one guide with all its nodes.
pub const GUIDE: &str = "/v1/guides/{guide_id}";
/// `POST`: "did this solve it?"
pub const GUIDE_OUTCOMES: &str = "/v1/guides/{guide_id}/outcomes";
/// `GET`: what the company asks.
pub const FEEDBACK_REQUESTS: &str = "/v1/feedback-requests";
/// `GET`: one of them, in whatever state.
pub const FEEDBACK_REQUEST: &str = "/v1/feedback-requests/{request_id}";
/// `POST`: the customer would rather not answer.
pub const FEEDBACK_DECLINE: &str = "/v1/feedback-requests/{request_id}/decline";
/// `GET` (newest first), `POST`: the ledger of what the customer said.
pub const FEEDBACK: &str = "/v1/feedback";
/// `GET`: what can be said unasked.
pub const FEEDBACK_OPTIONS: &str = "/v1/feedback/options";
/// `GET`, `PATCH`: one entry of the ledger.
pub const FEEDBACK_ENTRY: &str = "/v1/feedback/{feedback_id}";
/// `POST`: take it back.
pub const FEEDBACK_WITHDRAW: &str = "/v1/feedback/{feedback_id}/withdraw";
/// `GET`: what changed because of what customers said.
pub const IMPROVEMENTS: &str = "/v1/improvements";
/// `GET`: what the company tells by itself.
pub const NOTICES: &str = "/v1/notices";
/// `POST`: put a notice away.
pub const NOTICE_DISMISS: &str = "/v1/notices/{notice_id}/dismiss";
/// `POST`: put a notice away until a moment.
pub const NOTICE_SNOOZE: &str = "/v1/notices/{notice_id}/snooze";
/// `POST`: answer the question of a notice.
pub const NOTICE_ANSWER: &str = "/v1/notices/{notice_id}/answer";
/// `POST`: bring a notice back.
pub const NOTICE_RESTORE: &str = "/v1/notices/{notice_id}/restore";
/// `POST`: "that's not right", of what the company inferred.
pub const SIGNAL_CONTEST: &str = "/v1/interactions/{id}/signals/{signal_id}/contest";
/// `POST`: take that back.
pub const SIGNAL_UNCONTEST: &str = "/v1/interactions/{id}/signals/{signal_id}/uncontest";
/// `GET` (newest first), `POST`: the rights that the customer used.
pub const DATA_REQUESTS: &str = "/v1/data-requests";
/// `GET`: which rights are on offer, about what.
pub const DATA_REQUEST_OPTIONS: &str = "/v1/data-requests/options";
/// `POST`: what one would do. Changes nothing.
pub const DATA_REQUEST_PREVIEW: &str = "/v1/data-requests/preview";
/// `POST`, signed in or not: how an erasure stands, by its token.
pub const DATA_REQUEST_TRACKING: &str = "/v1/data-requests/tracking";
/// `GET`: one of them.
pub const DATA_REQUEST: &str = "/v1/data-requests/{data_request_id}";
/// `POST`: it is meant.
pub const DATA_REQUEST_CONFIRM: &str = "/v1/data-requests/{data_request_id}/confirm";
/// `POST`: call it off.
pub const DATA_REQUEST_CANCEL: &str = "/v1/data-requests/{data_request_id}/cancel";
/// `POST`: end a restriction, an objection or an opt-out.
pub const DATA_REQUEST_LIFT: &str = "/v1/data-requests/{data_request_id}/lift";
/// `GET` (oldest first), `POST`: what was said about it.
pub const DATA_REQUEST_MESSAGES: &str = "/v1/data-requests/{data_request_id}/messages";
/// `GET` (oldest first): its timeline.
pub const DATA_REQUEST_EVENTS: &str = "/v1/data-requests/{data_request_id}/events";
/// `POST`: an address for fetching an artifact, once.
pub const ARTIFACT_DOWNLOADS: &str =
    "/v1/data-requests/{data_request_id}/artifacts/{artifact_id}/downloads";
/// `POST`: have an artifact made anew that ran out.
pub const ARTIFACT_REISSUE: &str =
    "/v1/data-requests/{data_request_id}/artifacts/{artifact_id}/reissue";
/// `GET`, once: the bytes of an artifact.
pub const DOWNLOAD: &str = "/v1/downloads/{download_token}";
/// `GET` (changes nothing), `POST` (one click, RFC 8058): for mail programs, not for the portal.
pub const UNSUBSCRIBE: &str = "/v1/unsubscribe/{token}";

/// `template` with its `{name}`s filled in order. Ids hold unreserved characters alone, so nothing needs escaping.
fn fill(template: &str, ids: &[&str]) -> String {
    let mut path = template.to_owned();
    for id in ids {
        if let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
            path.replace_range(start..=end, id);
        }
    }
    path
}

/// The path of [`INTERACTION`].
#[must_use]
pub fn interaction(id: &InteractionId) -> String {
    fill(INTERACTION, &[id.as_str()])
}

/// The path of [`MESSAGES`].
#[must_use]
pub fn messages(id: &InteractionId) -> String {
    fill(MESSAGES, &[id.as_str()])
}

/// The path of [`MESSAGE_DOCUMENT`].
#[must_use]
pub fn message_document(id: &InteractionId, message: &MessageId) -> String {
    fill(MESSAGE_DOCUMENT, &[id.as_str(), message.as_str()])
}

/// The path of [`ATTACHMENTS`].
#[must_use]
pub fn attachments(id: &InteractionId) -> String {
    fill(ATTACHMENTS, &[id.as_str()])
}

/// The path of [`ATTACHMENT`].
#[must_use]
pub fn attachment(id: &InteractionId, attachment: &AttachmentId) -> String {
    fill(ATTACHMENT, &[id.as_str(), attachment.as_str()])
}

/// The path of [`CLOSE`].
#[must_use]
pub fn close(id: &InteractionId) -> String {
    fill(CLOSE, &[id.as_str()])
}

/// The path of [`REOPEN`].
#[must_use]
pub fn reopen(id: &InteractionId) -> String {
    fill(REOPEN, &[id.as_str()])
}

/// The path of [`CALLBACK`].
#[must_use]
pub fn callback(id: &InteractionId) -> String {
    fill(CALLBACK, &[id.as_str()])
}

/// The path of [`CALLBACK_RESCHEDULE`].
#[must_use]
pub fn callback_reschedule(id: &InteractionId) -> String {
    fill(CALLBACK_RESCHEDULE, &[id.as_str()])
}

/// The path of [`CALLBACK_CANCEL`].
#[must_use]
pub fn callback_cancel(id: &InteractionId) -> String {
    fill(CALLBACK_CANCEL, &[id.as_str()])
}

/// The path of [`CALLBACK_CALENDAR`].
#[must_use]
pub fn callback_calendar(id: &InteractionId) -> String {
    fill(CALLBACK_CALENDAR, &[id.as_str()])
}

/// The path of [`CALLBACK_SLOTS`].
#[must_use]
pub fn callback_slots(id: &ContactOptionId) -> String {
    fill(CALLBACK_SLOTS, &[id.as_str()])
}

/// The path of [`CONTACT_POINT`].
#[must_use]
pub fn contact_point(id: &ContactPointId) -> String {
    fill(CONTACT_POINT, &[id.as_str()])
}

/// The path of [`VERIFICATIONS`].
#[must_use]
pub fn verifications(id: &ContactPointId) -> String {
    fill(VERIFICATIONS, &[id.as_str()])
}

/// The path of [`VERIFICATION_CONFIRM`].
#[must_use]
pub fn verification_confirm(id: &ContactPointId, verification: &VerificationId) -> String {
    fill(VERIFICATION_CONFIRM, &[id.as_str(), verification.as_str()])
}

/// The path of [`PREFERENCE_UNDO`].
#[must_use]
pub fn preference_undo(id: &PreferenceChangeId) -> String {
    fill(PREFERENCE_UNDO, &[id.as_str()])
}

/// The path of [`CONSENT_DECISIONS`].
#[must_use]
pub fn consent_decisions(id: &PurposeId) -> String {
    fill(CONSENT_DECISIONS, &[id.as_str()])
}

/// The path of [`CONSENT_RECORDS`].
#[must_use]
pub fn consent_records(id: &PurposeId) -> String {
    fill(CONSENT_RECORDS, &[id.as_str()])
}

/// The path of [`CONSENT_RECEIPT`].
#[must_use]
pub fn consent_receipt(id: &PurposeId, record: &ConsentRecordId) -> String {
    fill(CONSENT_RECEIPT, &[id.as_str(), record.as_str()])
}

/// The path of [`GUIDE`].
#[must_use]
pub fn guide(id: &GuideId) -> String {
    fill(GUIDE, &[id.as_str()])
}

/// The path of [`GUIDE_OUTCOMES`].
#[must_use]
pub fn guide_outcomes(id: &GuideId) -> String {
    fill(GUIDE_OUTCOMES, &[id.as_str()])
}

/// The path of [`FEEDBACK_REQUEST`].
#[must_use]
pub fn feedback_request(id: &FeedbackRequestId) -> String {
    fill(FEEDBACK_REQUEST, &[id.as_str()])
}

/// The path of [`FEEDBACK_DECLINE`].
#[must_use]
pub fn feedback_decline(id: &FeedbackRequestId) -> String {
    fill(FEEDBACK_DECLINE, &[id.as_str()])
}

/// The path of [`FEEDBACK_ENTRY`].
#[must_use]
pub fn feedback_entry(id: &FeedbackId) -> String {
    fill(FEEDBACK_ENTRY, &[id.as_str()])
}

/// The path of [`FEEDBACK_WITHDRAW`].
#[must_use]
pub fn feedback_withdraw(id: &FeedbackId) -> String {
    fill(FEEDBACK_WITHDRAW, &[id.as_str()])
}

/// The path of [`NOTICE_DISMISS`].
#[must_use]
pub fn notice_dismiss(id: &NoticeId) -> String {
    fill(NOTICE_DISMISS, &[id.as_str()])
}

/// The path of [`NOTICE_SNOOZE`].
#[must_use]
pub fn notice_snooze(id: &NoticeId) -> String {
    fill(NOTICE_SNOOZE, &[id.as_str()])
}

/// The path of [`NOTICE_ANSWER`].
#[must_use]
pub fn notice_answer(id: &NoticeId) -> String {
    fill(NOTICE_ANSWER, &[id.as_str()])
}

/// The path of [`NOTICE_RESTORE`].
#[must_use]
pub fn notice_restore(id: &NoticeId) -> String {
    fill(NOTICE_RESTORE, &[id.as_str()])
}

/// The path of [`ATTRIBUTE_CONTEST`].
#[must_use]
pub fn attribute_contest(key: &AttributeKey) -> String {
    fill(ATTRIBUTE_CONTEST, &[key.as_str()])
}

/// The path of [`ATTRIBUTE_UNCONTEST`].
#[must_use]
pub fn attribute_uncontest(key: &AttributeKey) -> String {
    fill(ATTRIBUTE_UNCONTEST, &[key.as_str()])
}

/// The path of [`DATA_INVENTORY_RECORDS`].
#[must_use]
pub fn data_inventory_records(id: &InventoryCategoryId) -> String {
    fill(DATA_INVENTORY_RECORDS, &[id.as_str()])
}

/// The path of [`DATA_REQUEST`].
#[must_use]
pub fn data_request(id: &DataRequestId) -> String {
    fill(DATA_REQUEST, &[id.as_str()])
}

/// The path of [`DATA_REQUEST_CONFIRM`].
#[must_use]
pub fn data_request_confirm(id: &DataRequestId) -> String {
    fill(DATA_REQUEST_CONFIRM, &[id.as_str()])
}

/// The path of [`DATA_REQUEST_CANCEL`].
#[must_use]
pub fn data_request_cancel(id: &DataRequestId) -> String {
    fill(DATA_REQUEST_CANCEL, &[id.as_str()])
}

/// The path of [`DATA_REQUEST_LIFT`].
#[must_use]
pub fn data_request_lift(id: &DataRequestId) -> String {
    fill(DATA_REQUEST_LIFT, &[id.as_str()])
}

/// The path of [`DATA_REQUEST_MESSAGES`].
#[must_use]
pub fn data_request_messages(id: &DataRequestId) -> String {
    fill(DATA_REQUEST_MESSAGES, &[id.as_str()])
}

/// The path of [`DATA_REQUEST_EVENTS`].
#[must_use]
pub fn data_request_events(id: &DataRequestId) -> String {
    fill(DATA_REQUEST_EVENTS, &[id.as_str()])
}

/// The path of [`ARTIFACT_DOWNLOADS`].
#[must_use]
pub fn artifact_downloads(id: &DataRequestId, artifact: &ArtifactId) -> String {
    fill(ARTIFACT_DOWNLOADS, &[id.as_str(), artifact.as_str()])
}

/// The path of [`ARTIFACT_REISSUE`].
#[must_use]
pub fn artifact_reissue(id: &DataRequestId, artifact: &ArtifactId) -> String {
    fill(ARTIFACT_REISSUE, &[id.as_str(), artifact.as_str()])
}

/// The path of [`SIGNAL_CONTEST`].
#[must_use]
pub fn signal_contest(id: &InteractionId, signal: &SignalId) -> String {
    fill(SIGNAL_CONTEST, &[id.as_str(), signal.as_str()])
}

/// The path of [`SIGNAL_UNCONTEST`].
#[must_use]
pub fn signal_uncontest(id: &InteractionId, signal: &SignalId) -> String {
    fill(SIGNAL_UNCONTEST, &[id.as_str(), signal.as_str()])
}
