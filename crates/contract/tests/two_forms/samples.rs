//! An example of every type as it travels, each member filled.

mod contact;
mod data_requests;
mod delegations;
mod feedback;
mod guides;
mod inventory;
mod notices;
mod preference_centre;

use portal_contract::{FromJson, Page, ProblemKind, ToJson};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;

/// What is to be seen of each type.
pub trait Checks {
    /// `sample` is a whole `T` as it travels.
    fn check<T>(&mut self, name: &'static str, sample: &Value)
    where
        T: FromJson + ToJson + Serialize + DeserializeOwned + PartialEq + Debug;
}

pub(super) const MOMENT: &str = "2026-03-04T05:06:07Z";

/// Every open enum: each known value, and one that nobody knows.
pub fn every_enum(checks: &mut impl Checks) {
    notices::every_enum(checks);
    data_requests::every_enum(checks);
    delegations::every_enum(checks);
    macro_rules! enums {
        ($($module:ident::$name:ident),* $(,)?) => { $(
            for value in portal_contract::$module::$name::KNOWN {
                checks.check::<portal_contract::$module::$name>(stringify!($name), &json!(value.as_str()));
            }
            checks.check::<portal_contract::$module::$name>(stringify!($name), &json!("escalated to the moon"));
        )* };
    }
    enums! {
        callback::CallbackState,
        capabilities::AuthMode,
        capabilities::Feature,
        capabilities::Profile,
        consent::ConsentStatus,
        consent::Decision,
        consent::LawfulBasis,
        contact::Accessibility,
        contact::ContactOptionKind,
        contact::CostKind,
        contact::ExpectationBasis,
        contact::OptionReason,
        contact_point::ContactPointAction,
        contact_point::ContactPointKind,
        contact_point::DeliverabilityReason,
        contact_point::DeliverabilityState,
        contact_point::RemovalObstacle,
        contact_point::VerificationStatus,
        event::EventKind,
        feedback::AboutKind,
        feedback::Comparison,
        feedback::FeedbackAction,
        feedback::FeedbackKind,
        feedback::FeedbackRequestState,
        feedback::FeedbackStatus,
        feedback::Matching,
        feedback::QuestionKind,
        filter::Sort,
        guide::GuideOutcomeKind,
        improvement::ImprovementState,
        interaction::Action,
        interaction::Channel,
        interaction::Direction,
        interaction::FeedbackState,
        interaction::InteractionStatus,
        interaction::Role,
        inventory::HeldPlace,
        inventory::ValueFormat,
        inventory::RecordAction,
        me::AccommodationKind,
        me::AttributeAction,
        me::Origin,
        preference_catalog::Frequency,
        preference_history::ChangeRoute,
        preference_history::ChangeSubject,
        preferences::LockedReason,
        preferences::PropagationState,
        preferences::QuietRule,
        preferences::Weekday,
        problem::FieldCode,
        reach::ReachAnswer,
        reach::ReachCode,
        reach::ReachEffect,
        session::Scope,
        session::SessionMode,
        session::SessionState,
    }
    for (kind, ..) in ProblemKind::KNOWN {
        checks.check::<ProblemKind>("ProblemKind", &json!(kind.uri()));
    }
    checks.check::<ProblemKind>("ProblemKind", &json!("about:blank"));
}

/// A page of the history.
pub fn page(checks: &mut impl Checks) {
    use portal_contract::interaction::InteractionSummary;
    let page = json!({"items": [summary(), summary()], "next_cursor": "n2", "has_more": true});
    checks.check::<Page<InteractionSummary>>("Page", &page);
}

fn topic() -> Value {
    json!({"id": "billing", "label": "Billing"})
}

fn participant() -> Value {
    json!({"role": "agent", "display_name": "Noor"})
}

fn attachment() -> Value {
    json!({
        "id": "a1", "file_name": "meter.png", "media_type": "image/png", "size_bytes": 2048,
        "sha256": "00ff", "created_at": MOMENT, "previewable": true
    })
}

fn handoff() -> Value {
    json!({"at": MOMENT, "from": "Billing", "to": "Field service", "reason": "needs a visit"})
}

fn channel_change() -> Value {
    json!({"at": MOMENT, "from": "email", "to": "phone"})
}

fn feedback() -> Value {
    json!({"state": "requested", "expires_at": MOMENT, "request_id": "q1", "feedback_id": "f1"})
}

fn excerpt() -> Value {
    json!({"before": "my ", "hit": "bill", "after": " is late"})
}

fn summary() -> Value {
    json!({
        "id": "i1", "reference": "4711-22", "subject": "My bill is late", "channel": "email",
        "direction": "inbound", "status": "open", "topic": topic(), "started_at": MOMENT, "updated_at": MOMENT,
        "ended_at": MOMENT, "first_response_at": MOMENT, "first_response_by": MOMENT, "resolved_at": MOMENT,
        "expected_by": MOMENT, "message_count": 3, "unread": true, "excerpt": excerpt(), "etag": "v1"
    })
}

fn interaction() -> Value {
    json!({
        "id": "i1", "reference": "4711-22", "subject": "My bill is late", "lang": "en", "channel": "email",
        "direction": "inbound", "status": "open", "topic": topic(), "started_at": MOMENT, "updated_at": MOMENT,
        "ended_at": MOMENT, "participants": [participant()], "handoffs": [handoff()],
        "channel_changes": [channel_change()], "first_response_at": MOMENT, "first_response_by": MOMENT,
        "resolved_at": MOMENT, "expected_by": MOMENT, "attachments": [attachment()], "feedback": feedback(),
        "guide": guides::answers(), "callback": contact::callback(),
        "related": [summary()], "message_count": 3, "signals": [notices::signal()],
        "effort": notices::effort(), "allowed_actions": ["reply", "close"], "etag": "v1"
    })
}

fn html() -> Value {
    json!({"remote_images": 2})
}

fn message() -> Value {
    json!({
        "id": "m1", "interaction_id": "i1", "author": participant(), "channel": "email", "sent_at": MOMENT,
        "text": "Dear <b>", "lang": "en", "html": html(), "attachments": [attachment()]
    })
}

fn customer() -> Value {
    json!({"display_name": "Maya", "locale": "en", "time_zone": "Europe/Stockholm"})
}

fn session() -> Value {
    json!({
        "state": "authenticated", "mode": "session", "scopes": ["interactions:read"], "customer": customer(),
        "subject": "s1", "auth_time": MOMENT, "expires_at": MOMENT, "signals": {"gpc": true}
    })
}

fn attribute() -> Value {
    json!({
        "key": "tariff", "label": "Tariff", "value": "Green", "lang": "en", "origin": "inferred", "source": "A program",
        "basis": "Your bills", "purpose_id": "service", "collected_at": MOMENT, "editable": false, "in_use": false,
        "contested_at": MOMENT, "contest_words": "It is not", "allowed_actions": ["uncontest"]
    })
}

fn jurisdiction() -> Value {
    json!({"code": "SE", "regime": "gdpr", "source": "address"})
}

fn accommodation() -> Value {
    json!({"kind": "interpreter", "language": "ar"})
}

fn me() -> Value {
    json!({
        "display_name": "Maya Lindqvist", "preferred_name": "Maya", "pronouns": "she/her", "locale": "en",
        "time_zone": "Europe/Stockholm", "date_of_birth": "1990-02-03", "accommodations": [accommodation()],
        "jurisdiction": jurisdiction(), "editable": ["preferred_name"], "attributes": [attribute()], "etag": "v1"
    })
}

fn auth() -> Value {
    json!({
        "modes": ["email_code"], "login_url": "https://example.com/in", "logout_url": "https://example.com/out",
        "step_up": true
    })
}

fn limits() -> Value {
    json!({
        "attachment_bytes": 10_485_760, "attachments_per_message": 10, "attachment_types": ["*/*"],
        "message_characters": 20_000
    })
}

fn capabilities() -> Value {
    json!({
        "contract_version": "1.0", "profiles": ["core"], "features": ["contact"], "channels": ["email"], "locales": ["en"], "auth": auth(),
        "data_request_kinds": ["access"], "delegations": delegations::terms(), "limits": limits()
    })
}

fn event() -> Value {
    json!({
        "event_id": "e1", "type": "message.created", "resource": "interaction", "id": "i1", "etag": "v1",
        "occurred_at": MOMENT
    })
}

fn field_error() -> Value {
    json!({"pointer": "/text", "code": "too_long", "detail": "at most 9", "limit": 9})
}

fn problem() -> Value {
    json!({
        "type": "urn:customer-portal:problem:validation", "title": "Validation failed", "status": 422,
        "detail": "d", "instance": "/v1/me", "request_id": "r1", "errors": [field_error()], "max_age": 300,
        "acr_values": "code", "required_scope": "profile:write", "allowed_actions": ["reopen"], "reason": "last_sign_in",
        "existing_id": "d1", "limit_bytes": 5, "attempts_left": 2, "current": {"any": ["thing", 1, null]}
    })
}

fn overview() -> Value {
    json!({
        "waiting_for_customer": [summary()], "waiting_for_customer_count": 1, "waiting_for_company": [summary()],
        "waiting_for_company_count": 1, "recent": [summary()],
        "activity": [{"month": "2026-03", "channel": "email", "count": 4}], "feedback_requests": [feedback::asked()],
        "feedback_unread_count": 2, "notices": [notices::notice()],
        "notices_count": 1,
        "data_requests": [data_requests::running()], "data_requests_count": 1, "year": notices::year()
    })
}

/// Every record.
pub fn every_record(checks: &mut impl Checks) {
    preference_centre::every_record(checks);
    contact::every_record(checks);
    guides::every_record(checks);
    feedback::every_record(checks);
    inventory::every_record(checks);
    notices::every_record(checks);
    data_requests::every_record(checks);
    delegations::every_record(checks);
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        attachment::Attachment = attachment(),
        capabilities::Auth = auth(),
        capabilities::Capabilities = capabilities(),
        capabilities::Limits = limits(),
        embed::EmbedAssertion = json!({"assertion": "e30.e30.AA", "nonce": "n-0123456789abcdef0123"}),
        embed::EmbedSession = json!({"bearer": "b.1", "expires_at": MOMENT, "session": session()}),
        event::Event = event(),
        event::Events = json!({"items": [event()], "next_cursor": "n2"}),
        interaction::ChannelChange = channel_change(),
        interaction::Excerpt = excerpt(),
        interaction::Handoff = handoff(),
        interaction::Interaction = interaction(),
        interaction::InteractionFacets =
            json!({"channels": ["email"], "topics": [topic()], "earliest": MOMENT}),
        interaction::InteractionFeedback = feedback(),
        interaction::InteractionSummary = summary(),
        interaction::Participant = participant(),
        interaction::Topic = topic(),
        me::Accommodation = accommodation(),
        me::Attribute = attribute(),
        me::Jurisdiction = jurisdiction(),
        me::Me = me(),
        me::MePatch = json!({
            "preferred_name": "Maya", "pronouns": "she/her", "locale": "en", "time_zone": "Europe/Stockholm",
            "accommodations": [accommodation()], "attributes": {"tariff": "Green"}
        }),
        message::HtmlBody = html(),
        message::Message = message(),
        message::NewMessage = json!({"text": "Hello", "attachment_ids": ["a1"]}),
        overview::ActivityCount = json!({"month": "2026-03", "channel": "email", "count": 4}),
        overview::Overview = overview(),
        problem::FieldError = field_error(),
        problem::Problem = problem(),
        session::Challenge =
            json!({"id": "c1", "resend_after": MOMENT, "expires_at": MOMENT, "attempts_left": 5}),
        session::ConfirmChallenge = json!({"challenge_id": "c1", "code": "123456"}),
        session::Session = session(),
        session::SessionCustomer = customer(),
        session::Signals = json!({"gpc": true}),
        session::StartEmailSignIn = json!({"email": "maya.lindqvist@example.com", "locale": "en"}),
    }
}
