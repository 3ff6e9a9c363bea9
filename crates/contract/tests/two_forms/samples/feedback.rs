//! The types of feedback and of what came of it.

use super::{Checks, MOMENT, participant};
use serde_json::{Value, json};

fn option() -> Value {
    json!({"value": 5, "label": "Very satisfied"})
}

fn condition() -> Value {
    json!({"question": "nps", "comparison": "at_most", "values": [6]})
}

fn shown_if() -> Value {
    json!({"matching": "all", "conditions": [condition()]})
}

fn question() -> Value {
    json!({
        "id": "why", "kind": "choice", "text": "What went wrong?", "lang": "en", "low_label": "Bad", "high_label": "Good",
        "options": [option(), {"value": "late", "label": null}], "multiple": true, "required": true, "max_length": 2000,
        "shown_if": shown_if()
    })
}

fn about() -> Value {
    json!({
        "kind": "interaction", "interaction_id": "i1", "reference": "4711-22", "service_id": "fibre", "label": "No light",
        "lang": "en"
    })
}

pub(super) fn asked() -> Value {
    json!({"id": "q1", "label": "No light", "lang": "en", "expires_at": MOMENT})
}

fn request() -> Value {
    json!({
        "id": "q1", "about": about(), "questions": [question()], "requested_at": MOMENT, "expires_at": MOMENT,
        "state": "answered", "feedback_id": "f1"
    })
}

fn answers() -> Value {
    json!({"nps": 6, "why": ["late", "rude"], "words": "Nobody came."})
}

fn step() -> Value {
    json!({"status": "declined", "at": MOMENT, "note": "The law forbids it."})
}

fn reply() -> Value {
    json!({"at": MOMENT, "by": participant(), "text": "Thank you.", "lang": "en"})
}

fn improvement() -> Value {
    json!({
        "id": "m1", "title": "Shorter visits", "lang": "en", "you_said": "A day is too long to wait.",
        "we_did": "We come within two hours.", "state": "done", "at": MOMENT, "feedback_count": 12, "yours": ["f1"]
    })
}

fn entry() -> Value {
    json!({
        "id": "f1", "kind": "answer", "request_id": "q1", "about": about(), "questions": [question()],
        "answers": answers(), "text": "Nobody came.", "contact_allowed": true, "given_at": MOMENT, "edited_at": MOMENT,
        "editable_until": MOMENT, "status": "declined", "reason": "The law forbids it.", "history": [step()],
        "reply": reply(), "improvement": improvement(), "allowed_actions": ["edit", "withdraw"], "unread": true,
        "etag": "v1"
    })
}

pub fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        feedback::Condition = condition(),
        feedback::Feedback = entry(),
        feedback::FeedbackAbout = about(),
        feedback::FeedbackAsked = asked(),
        feedback::FeedbackOptions = json!({
            "kinds": ["compliment"], "services": [{"id": "fibre", "label": "Fibre"}], "text_characters": 4000
        }),
        feedback::FeedbackPatch =
            json!({"answers": {"nps": 7, "why": null}, "text": "Somebody came.", "contact_allowed": false}),
        feedback::FeedbackReply = reply(),
        feedback::FeedbackRequest = request(),
        feedback::FeedbackService = json!({"id": "fibre", "label": "Fibre"}),
        feedback::FeedbackStep = step(),
        feedback::NewFeedback = json!({
            "request_id": "q1", "answers": answers(), "kind": "idea",
            "about": {"interaction_id": "i1", "service_id": "fibre"}, "text": "Nobody came.", "contact_allowed": true
        }),
        feedback::NewFeedbackAbout = json!({"interaction_id": "i1", "service_id": "fibre"}),
        feedback::Question = question(),
        feedback::QuestionOption = option(),
        feedback::ShownIf = shown_if(),
        improvement::Improvement = improvement(),
    }
}
