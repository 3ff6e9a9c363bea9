//! An example of every type of what is held, each member filled.

use super::{Checks, MOMENT};
use serde_json::{Value, json};

fn source() -> Value {
    json!({"origin": "third_party", "name": "Your network operator", "records": 4})
}

fn purpose() -> Value {
    json!({
        "purpose_id": "supply", "label": "Supplying energy", "lawful_basis": "contract", "basis_detail": "Your contract"
    })
}

fn seen_at() -> Value {
    json!({"place": "interaction", "id": "i1", "part": "m1"})
}

fn recipient() -> Value {
    json!({"name": "Mailing service", "role": "sends", "country": "IE", "safeguard": "clauses"})
}

fn in_force() -> Value {
    json!({"kind": "restriction", "scope": "everything", "since": MOMENT, "request_id": "dr1"})
}

fn category() -> Value {
    json!({
        "id": "messages", "label": "Messages", "description": "What you wrote.", "lang": "en", "sources": [source()],
        "purposes": [purpose()], "retention": "Three years.", "recipients": [recipient()], "sensitive": false, "records": 4,
        "earliest": MOMENT, "latest": MOMENT, "seen_at": seen_at(), "rights": ["erasure"],
        "in_force": [in_force()]
    })
}

fn record() -> Value {
    json!({
        "id": "r1", "label": "Message", "value": "Hello", "format": "language", "lang": "de", "origin": "told_us", "source": "A comparison site",
        "collected_at": MOMENT, "purpose": purpose(), "seen_at": seen_at(), "field": "display_name", "contested_at": MOMENT,
        "in_force": [in_force()], "allowed_actions": ["rectify"]
    })
}

pub(super) fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::inventory::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        HeldPurpose = purpose(),
        HeldSource = source(),
        InventoryCategory = category(),
        InventoryRecord = record(),
        RightInForce = in_force(),
        SeenAt = seen_at(),
    }
}
