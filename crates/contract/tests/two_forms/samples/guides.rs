//! The types of guides.

use super::{Checks, MOMENT, topic};
use serde_json::{Value, json};

fn answer() -> Value {
    json!({"id": "yes", "label": "Yes", "next": "router"})
}

fn link() -> Value {
    json!({"url": "/preferences", "label": "Your preferences"})
}

fn prefill() -> Value {
    json!({"topic": topic(), "subject": "No connection", "option_id": "message", "option_kind": "message"})
}

fn outcome() -> Value {
    json!({"kind": "instruction", "steps": ["Pull the plug."], "link": link(), "prefill": prefill()})
}

fn node() -> Value {
    json!({"text": "Is the light on?", "help": "It is at the front.", "answers": [answer()], "outcome": outcome(), "questions_ahead": 2})
}

fn summary() -> Value {
    json!({
        "id": "no-internet", "title": "No internet", "description": "When nothing loads.", "lang": "en", "topic": topic(),
        "questions": 5
    })
}

fn guide() -> Value {
    json!({
        "id": "no-internet", "version": "v1", "title": "No internet", "description": "When nothing loads.", "lang": "en",
        "topic": topic(), "start": "light", "nodes": {"light": node()}
    })
}

fn step() -> Value {
    json!({"node_id": "light", "answer_id": "yes"})
}

fn trail() -> Value {
    json!({"guide_id": "no-internet", "version": "v1", "steps": [step()]})
}

fn answered() -> Value {
    json!({"question": "Is the light on?", "answer": "Yes"})
}

/// As an interaction carries them.
pub(super) fn answers() -> Value {
    json!({
        "guide_id": "no-internet", "title": "No internet", "lang": "en", "answers": [answered()], "outcome": "Restart it."
    })
}

/// Every record of guides.
pub(super) fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        guide::Guide = guide(),
        guide::GuideAnswer = answer(),
        guide::GuideAnswered = answered(),
        guide::GuideAnswers = answers(),
        guide::GuideLink = link(),
        guide::GuideNode = node(),
        guide::GuideOutcome = outcome(),
        guide::GuidePrefill = prefill(),
        guide::GuideRecord = json!({"id": "g1", "node": "router", "solved": true, "words": "Thanks", "recorded_at": MOMENT}),
        guide::GuideStep = step(),
        guide::GuideSummary = summary(),
        guide::GuideTrail = trail(),
        guide::NewGuideOutcome = json!({"trail": trail(), "node": "router", "solved": false, "words": "It is still dark."}),
    }
}
