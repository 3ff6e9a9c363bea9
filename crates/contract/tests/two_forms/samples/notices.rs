//! The types of notices, signals and touch points.

use super::{Checks, MOMENT, topic};
use serde_json::{Value, json};

fn matter() -> Value {
    json!({"id": "i1", "reference": "4711-22", "subject": "My bill is late"})
}

fn about() -> Value {
    json!({"interaction": matter(), "topic": topic()})
}

fn preference_topic() -> Value {
    json!({"id": "outages", "label": "Outages"})
}

fn link() -> Value {
    json!({"label": "What to do now", "url": "https://example.com/outage", "guide_id": "no-internet"})
}

fn answer() -> Value {
    json!({"id": "not-yet", "label": "Not yet", "leads_to": "reopen"})
}

fn answered() -> Value {
    json!({"answer": "not-yet", "at": MOMENT})
}

pub(super) fn notice() -> Value {
    json!({
        "id": "n1", "kind": "outage", "severity": "high", "title": "No broadband in your street", "text": "A cable was cut.",
        "lang": "en", "since": MOMENT, "expected_end": MOMENT, "until": MOMENT, "updated_at": MOMENT, "about": about(),
        "preference_topic": preference_topic(), "shown_because": "topic_on", "link": link(), "answers": [answer()],
        "answered": answered(), "snoozed_until": MOMENT, "dismissed_at": MOMENT,
        "allowed_actions": ["dismiss", "snooze"], "etag": "v1"
    })
}

pub(super) fn signal() -> Value {
    json!({
        "id": "s1", "kind": "sentiment", "label": "Mood", "value": "Frustrated", "lang": "en", "inferred_at": MOMENT,
        "inferred_by": "A program that reads messages", "basis": "Your message of 4 March", "purpose_id": "service",
        "in_use": false, "contested_at": MOMENT, "contest_words": "I was in a hurry.", "allowed_actions": ["uncontest"]
    })
}

fn explanation() -> Value {
    json!({"at": MOMENT, "message_id": "m1", "cause": "handoff"})
}

pub(super) fn effort() -> Value {
    json!({"explained_times": 1, "explanations": [explanation()]})
}

fn promises() -> Value {
    json!({"due": 7, "kept": 6})
}

pub(super) fn year() -> Value {
    json!({
        "from": MOMENT, "contacts": 9, "first_answers": promises(), "resolutions": promises(),
        "median_first_answer_seconds": 5400, "handoffs": 2, "explained_again": 1
    })
}

pub(super) fn every_enum(checks: &mut impl Checks) {
    macro_rules! enums {
        ($($module:ident::$name:ident),* $(,)?) => { $(
            for value in portal_contract::$module::$name::KNOWN {
                checks.check::<portal_contract::$module::$name>(stringify!($name), &json!(value.as_str()));
            }
            checks.check::<portal_contract::$module::$name>(stringify!($name), &json!("escalated to the moon"));
        )* };
    }
    enums! {
        effort::ExplanationCause,
        notice::NoticeAction,
        notice::NoticeKind,
        notice::NoticeReason,
        notice::NoticeSeverity,
        notice::NoticeState,
        notice::NoticeStep,
        signal::SignalAction,
        signal::SignalKind,
    }
}

pub(super) fn every_record(checks: &mut impl Checks) {
    macro_rules! records {
        ($($module:ident::$name:ident = $sample:expr),* $(,)?) => { $(
            checks.check::<portal_contract::$module::$name>(stringify!($name), &$sample);
        )* };
    }
    records! {
        effort::Effort = effort(),
        effort::Explanation = explanation(),
        effort::Promises = promises(),
        effort::YearInTouch = year(),
        notice::AnswerNotice = json!({"answer": "not-yet"}),
        notice::Notice = notice(),
        notice::NoticeAbout = about(),
        notice::NoticeAnswer = answer(),
        notice::NoticeAnswered = answered(),
        notice::NoticeLink = link(),
        notice::NoticeMatter = matter(),
        notice::NoticeTopic = preference_topic(),
        notice::SnoozeNotice = json!({"until": MOMENT}),
        signal::ContestSignal = json!({"words": "I was in a hurry."}),
        signal::Signal = signal(),
    }
}
