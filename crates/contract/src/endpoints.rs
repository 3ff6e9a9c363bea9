//! Every path of the contract, once. The server's router uses the templates, the client the functions.

use crate::{AttachmentId, InteractionId, MessageId};

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
/// `GET`, `PATCH`: the customer's own record.
pub const ME: &str = "/v1/me";
/// `GET`: what waits.
pub const OVERVIEW: &str = "/v1/overview";
/// `GET`: the change feed.
pub const EVENTS: &str = "/v1/events";
/// `GET`: the history.
pub const INTERACTIONS: &str = "/v1/interactions";
/// `GET`: what the history can be filtered by.
pub const INTERACTION_FACETS: &str = "/v1/interactions/facets";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled_in_order() {
        let id = "i1".parse().unwrap();
        assert_eq!(
            attachment(&id, &"a2".parse().unwrap()),
            "/v1/interactions/i1/attachments/a2"
        );
        assert_eq!(
            message_document(&id, &"m3".parse().unwrap()),
            "/v1/interactions/i1/messages/m3/document"
        );
        assert_eq!(close(&id), "/v1/interactions/i1/close");
    }
}
