//! The types of data requests and of what they bring.

use super::{Checks, MOMENT};
use serde_json::{Value, json};

fn scope() -> Value {
    json!({
        "kind": "categories", "categories": ["messages"], "from": "2025-01-01", "to": "2025-12-31",
        "interaction_ids": ["i1"], "field": "date_of_birth"
    })
}

fn proposed() -> Value {
    json!({"field": "date_of_birth", "value": "1990-02-03", "current": "1990-03-02"})
}

fn clock() -> Value {
    json!({"state": "paused", "since": MOMENT, "reason": "verification"})
}

fn extension() -> Value {
    json!({"reason": "There is much of it.", "until": MOMENT, "notified_at": MOMENT})
}

fn retained() -> Value {
    json!({
        "category": "consents", "label": "Consents", "count": 3, "lawful_basis": "legal_obligation",
        "reason": "Proof of consent", "until": MOMENT
    })
}

fn outcome() -> Value {
    json!({"note": "Done.", "records": 12, "retained": [retained()], "in_force": true})
}

fn artifact() -> Value {
    json!({
        "id": "ar1", "file_name": "your-data.zip", "media_type": "application/zip", "state": "ready",
        "created_at": MOMENT, "size_bytes": 2048, "sha256": "00ff", "expires_at": MOMENT, "downloaded_at": MOMENT
    })
}

fn request() -> Value {
    json!({
        "id": "dr1", "reference": "DR-2026-7KQ4", "kind": "erasure", "scope": scope(), "formats": ["json"],
        "proposed": [proposed()], "text": "It is wrong.", "filed_by": super::delegations::filed_by(), "state": "awaiting_customer", "status_reason": "legal_hold",
        "status_note": "A dispute.", "submitted_at": MOMENT, "updated_at": MOMENT, "closed_at": MOMENT,
        "acknowledge_by": MOMENT, "acknowledged_at": MOMENT, "due_at": MOMENT, "original_due_at": MOMENT,
        "extension": extension(), "clock": clock(), "regime": "gdpr", "time_zone": "Europe/Berlin",
        "expires_at": MOMENT, "cancellable_until": MOMENT, "runs_at": MOMENT,
        "progress": {"done": 3, "total": 10}, "artifacts": [artifact()], "outcome": outcome(), "in_force_since": MOMENT, "question_id": "m1",
        "allowed_actions": ["cancel", "message"], "complaint_url": "https://example.com/authority",
        "appeal_url": "https://example.com/appeal", "tracking_token": "dr1.abc", "unread": true, "etag": "v1"
    })
}

fn event() -> Value {
    json!({
        "id": "e1", "at": MOMENT, "kind": "state_changed", "actor": "company", "from": "in_progress",
        "to": "awaiting_customer", "due_at": MOMENT, "previous_due_at": MOMENT, "clock_reason": "clarification",
        "note": "We asked.", "message_id": "m1", "artifact_id": "ar1"
    })
}

fn message() -> Value {
    json!({
        "id": "m1", "at": MOMENT, "author": super::participant(), "text": "Which one?", "question": "clarification",
        "answer_by": MOMENT, "answers": "m0", "answered_at": MOMENT
    })
}

fn affected() -> Value {
    json!({"category": "messages", "label": "Messages", "count": 12})
}

fn ending() -> Value {
    json!({"kind": "interaction", "count": 1, "labels": ["No heating"]})
}

fn offer() -> Value {
    json!({
        "kind": "access", "scopes": ["everything"], "formats": ["json", "csv"], "legal_reference": "GDPR Art. 15",
        "step_up": true, "at_once": false, "due_at": MOMENT, "cooling_off_days": 14, "running_id": "dr1"
    })
}

fn offered_category() -> Value {
    json!({"id": "messages", "label": "Messages", "records": 12, "kinds": ["access"]})
}

fn offered_field() -> Value {
    json!({"field": "date_of_birth", "label": "Date of birth", "value": "1990-03-02", "kinds": ["rectification"]})
}

pub fn running() -> Value {
    json!({"id": "dr1", "kind": "access", "state": "in_progress", "due_at": MOMENT, "runs_at": MOMENT})
}

pub fn every_enum(checks: &mut impl Checks) {
    macro_rules! enums {
        ($($module:ident::$name:ident),* $(,)?) => { $(
            for value in portal_contract::$module::$name::KNOWN {
                checks.check::<portal_contract::$module::$name>(stringify!($name), &json!(value.as_str()));
            }
            checks.check::<portal_contract::$module::$name>(stringify!($name), &json!("escalated to the moon"));
        )* };
    }
    enums! {
        artifact::ArtifactState,
        artifact::ExportFormat,
        data_request::ClockReason,
        data_request::ClockState,
        data_request::DataRequestAction,
        data_request::DataRequestKind,
        data_request::DataRequestReason,
        data_request::DataRequestState,
        data_request::Regime,
        data_request::ScopeKind,
        data_request_event::DataRequestActor,
        data_request_event::DataRequestEventKind,
        data_request_event::QuestionPurpose,
        data_request_options::EndingKind,
    }
}

pub fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        artifact::Artifact = artifact(),
        artifact::ArtifactDownload = json!({"url": "/v1/downloads/t1", "expires_at": MOMENT}),
        data_request::DataRequest = request(),
        data_request::DataRequestOutcome = outcome(),
        data_request::DataRequestProgress = json!({"done": 3, "total": 10}),
        data_request::DataRequestRunning = running(),
        data_request::DataRequestScope = scope(),
        data_request::Extension = extension(),
        data_request::LegalClock = clock(),
        data_request::NewDataRequest = json!({
            "kind": "rectification", "scope": scope(), "formats": ["csv"], "proposed": [proposed()], "text": "It is wrong."
        }),
        data_request::ProposedValue = proposed(),
        data_request::Retained = retained(),
        data_request::TrackDataRequest = json!({"tracking_token": "dr1.abc"}),
        data_request::TrackedDataRequest = json!({
            "reference": "DR-2026-7KQ4", "kind": "erasure", "state": "completed", "status_reason": "legal_hold",
            "submitted_at": MOMENT, "due_at": MOMENT, "runs_at": MOMENT, "closed_at": MOMENT, "outcome": outcome(),
            "complaint_url": "https://example.com/authority"
        }),
        data_request_event::DataRequestEvent = event(),
        data_request_event::DataRequestMessage = message(),
        data_request_event::NewDataRequestMessage = json!({"text": "The second.", "answers": "m1"}),
        data_request_options::AffectedCategory = affected(),
        data_request_options::DataRequestDraft = json!({"kind": "erasure", "scope": scope()}),
        data_request_options::DataRequestOffer = offer(),
        data_request_options::DataRequestOptions = json!({
            "regime": "gdpr", "time_zone": "Europe/Berlin", "kinds": [offer()], "categories": [offered_category()],
            "fields": [offered_field()], "text_characters": 4000, "complaint_url": "https://example.com/authority"
        }),
        data_request_options::DataRequestPreview = json!({
            "kind": "erasure", "scope": scope(), "affected": [affected()], "retained": [retained()], "ends": [ending()],
            "ends_account": true, "due_at": MOMENT, "runs_at": MOMENT
        }),
        data_request_options::Ending = ending(),
        data_request_options::OfferedCategory = offered_category(),
        data_request_options::OfferedField = offered_field(),
    }
}
