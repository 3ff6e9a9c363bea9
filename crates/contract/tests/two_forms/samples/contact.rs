//! The types of getting in touch.

use super::{Checks, MOMENT, summary, topic};
use serde_json::{Value, json};

fn address() -> Value {
    json!({
        "value": "Lumenfold\nUferstraße 1", "uri": "tel:+4930901820",
        "postal": {"lines": ["Lumenfold", "Uferstraße 1"], "postal_code": "10115", "country": "DE"}
    })
}

fn window() -> Value {
    json!({"days": ["mon", "fri"], "start": "08:00", "end": "20:00"})
}

fn time() -> Value {
    json!({"start": "10:00", "end": "14:00"})
}

fn exception() -> Value {
    json!({"date": "2026-12-24", "times": [time()], "reason": "Christmas Eve"})
}

fn span() -> Value {
    json!({"starts_at": MOMENT, "ends_at": MOMENT})
}

fn hours() -> Value {
    json!({"time_zone": "Europe/Berlin", "week": [window()], "exceptions": [exception()], "spans": [span()]})
}

fn first_answer() -> Value {
    json!({"minutes": 240, "basis": "promised", "by": MOMENT})
}

fn wait() -> Value {
    json!({"minutes": 7, "as_of": MOMENT})
}

fn cost() -> Value {
    json!({"kind": "charged", "detail": "20 ct a minute"})
}

fn closure() -> Value {
    json!({"reason": "A fire drill", "until": MOMENT})
}

fn offer() -> Value {
    json!({"minutes": 15, "time_zone": "Europe/Berlin", "next_at": MOMENT, "until": MOMENT})
}

fn option() -> Value {
    json!({
        "id": "phone", "kind": "phone", "channel": "phone", "label": "By phone", "description": "We listen.",
        "address": address(), "open_now": true, "changes_at": MOMENT, "hours": hours(), "closure": closure(),
        "first_answer": first_answer(), "wait": wait(), "cost": cost(), "languages": ["en", "de"],
        "accessibility": ["relay_service"], "callback": offer(), "suits_topic": true, "reasons": ["suits_topic"]
    })
}

fn slot() -> Value {
    json!({"starts_at": MOMENT, "ends_at": MOMENT, "left": 2})
}

fn new_callback() -> Value {
    json!({
        "starts_at": MOMENT, "contact_point_id": "p1", "number": "030 901820", "country": "DE", "language": "de"
    })
}

pub(super) fn callback() -> Value {
    json!({
        "option_id": "callback", "state": "planned", "starts_at": MOMENT, "ends_at": MOMENT,
        "time_zone": "Europe/Berlin", "number": "+49 30 901820", "language": "de", "sequence": 1
    })
}

fn trail() -> Value {
    json!({"guide_id": "no-internet", "version": "v1", "steps": [{"node_id": "light", "answer_id": "yes"}]})
}

/// Every record of getting in touch.
pub fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        callback::Callback = callback(),
        callback::CallbackSlot = slot(),
        callback::CallbackSlots =
            json!({"option_id": "callback", "time_zone": "Europe/Berlin", "slots": [slot()], "until": MOMENT}),
        callback::NewCallback = new_callback(),
        callback::RequestCallback = json!({
            "option_id": "callback", "text": "It is late.", "attachment_ids": ["a1"], "callback": new_callback()
        }),
        callback::RescheduleCallback = json!({"starts_at": MOMENT}),
        contact::CallbackOffer = offer(),
        contact::Closure = closure(),
        contact::ContactAddress = address(),
        contact::ContactCost = cost(),
        contact::ContactOption = option(),
        contact::ContactOptions =
            json!({"topics": [topic()], "topic_id": "billing", "options": [option()], "as_of": MOMENT}),
        contact::CurrentWait = wait(),
        contact::FirstAnswer = first_answer(),
        contact::OpeningException = exception(),
        contact::OpeningHours = hours(),
        contact::OpeningSpan = span(),
        contact::OpeningTime = time(),
        contact::OpeningWindow = window(),
        starting::NewInteraction = json!({
            "option_id": "message", "topic_id": "billing", "subject": "My bill is late", "text": "It is.",
            "attachment_ids": ["a1"], "callback": new_callback(), "guide": trail()
        }),
        starting::SimilarInteractions = json!({"items": [summary()]}),
    }
}
