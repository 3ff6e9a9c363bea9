//! The types of acting for another.

use super::{Checks, MOMENT};
use serde_json::{Value, json};

pub fn filed_by() -> Value {
    json!({"delegation_id": "dg1", "name": "Maya Lindqvist", "role": "agent"})
}

pub fn terms() -> Value {
    json!({"roles": ["parent", "agent", "executor"], "max_days": 365, "default_days": 90, "text_characters": 1000})
}

fn covered() -> Value {
    json!({"id": "messages", "label": "Messages"})
}

fn delegation() -> Value {
    json!({
        "id": "dg1", "side": "delegate", "role": "parent", "state": "active", "name": "Maya", "address": "m•••@example.com",
        "kinds": ["access"], "categories": [covered()], "text": "She asked me to.", "note": "Checked.", "requested_at": MOMENT,
        "decide_by": MOMENT, "began_at": MOMENT, "ends_at": MOMENT, "closed_at": MOMENT, "closed_by": "person", "requests": 2,
        "allowed_actions": ["make_request", "give_up"], "etag": "v1"
    })
}

fn request() -> Value {
    json!({
        "reference": "DR-2026-7KQ4", "kind": "erasure", "state": "awaiting_confirmation", "runs_at": MOMENT, "expires_at": MOMENT,
        "scope": {
            "kind": "categories", "categories": ["messages"], "from": "2025-01-01", "to": "2025-12-31",
            "interaction_ids": ["i1"], "field": "date_of_birth"
        }
    })
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
        delegation::DelegationAction,
        delegation::DelegationActor,
        delegation::DelegationEventKind,
        delegation::DelegationRole,
        delegation::DelegationSide,
        delegation::DelegationState,
    }
}

pub fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        delegation::CoveredCategory = covered(),
        delegation::Delegation = delegation(),
        delegation::DelegationDecision = json!({"token": "t1", "decision": "accept"}),
        delegation::DelegationEvent = json!({
            "id": "e1", "at": MOMENT, "kind": "request_made", "actor": "delegate", "data_request_id": "dr1",
            "data_request_kind": "access", "reference": "DR-2026-7KQ4", "note": "Checked."
        }),
        delegation::DelegationLink = json!({
            "role": "agent", "state": "awaiting_person", "name": "Maya Lindqvist", "address": "m•••@example.com", "kinds": ["access"],
            "categories": [covered()], "text": "She asked me to.", "ends_at": MOMENT, "expires_at": MOMENT, "request": request(),
            "allowed_actions": ["accept", "refuse"], "language": "en"
        }),
        delegation::DelegationTerms = terms(),
        delegation::DelegationToken = json!({"token": "t1"}),
        delegation::FiledBy = filed_by(),
        delegation::LinkedRequest = request(),
        delegation::NewDelegation = json!({
            "role": "parent", "email": "maya@example.com", "kinds": ["access"], "categories": ["messages"], "until": "2026-06-30",
            "text": "She asked me to."
        }),
    }
}
