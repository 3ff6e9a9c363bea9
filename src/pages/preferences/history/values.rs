//! One value that changed, in words: what it is, what it was.

use super::names::Names;
use crate::i18n::{Arg, Text, clock_time, date_time, day, language_name, list, t, text, weekday};
use crate::pages::preferences::screen::{alone, by, often};
use crate::widgets::{channel_word, plain_words};
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::Frequency;
use portal_contract::preference_history::ValueChange;
use portal_contract::preferences::{QuietWindow, Weekday};
use portal_contract::{FromJson, Json, Timestamp};

/// A change of one value, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// What changed.
    pub what: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// The words of a change.
#[must_use]
pub fn words(names: &Names, change: &ValueChange) -> Words {
    let parts: Vec<String> = change.pointer.split('/').skip(1).map(plain).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let value = |json: &Option<Json>| match json {
        Some(json) => value(names, &parts, json),
        None => absent(&parts),
    };
    Words {
        what: what(names, &parts, change),
        before: value(&change.before),
        after: value(&change.after),
    }
}

/// A part of a JSON Pointer (RFC 6901) as it was before it was escaped.
fn plain(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

fn what(names: &Names, parts: &[&str], change: &ValueChange) -> String {
    let cell = |topic: &str, channel: &str, sentence: fn(String, Arg) -> Text| {
        let channel = Channel::from(channel.to_owned());
        t(sentence(names.topic(topic), by(&channel)))
    };
    match parts {
        ["topics", topic, channel, "enabled"] => cell(topic, channel, text::history_cell),
        ["topics", topic, channel, "frequency"] => cell(topic, channel, text::history_cell_often),
        ["topics", topic, channel, _] => cell(topic, channel, text::history_cell_where),
        ["contact_points", id] => point(names, id, change),
        ["contact_points", id, member] => of_point(member, point(names, id, change)),
        ["consents", purpose, ..] => names.purpose(purpose),
        ["interactions", _, "signals", _] | ["me", "attributes", _] => signal(change),
        ["quiet_hours", member] => t(of_quiet(member)),
        [member] => of_document(member),
        _ => parts
            .last()
            .map_or_else(String::new, |part| plain_words(part)),
    }
}

/// What the company concluded: "Mood: annoyed".
fn signal(change: &ValueChange) -> String {
    let member = |name: &str| {
        let known = [&change.after, &change.before].into_iter().flatten();
        let text = |json: &Json| json.get(name).as_str().map(str::to_owned);
        known.filter_map(text).next()
    };
    match (member("label"), member("value")) {
        (Some(label), Some(value)) => t(text::history_signal_what(label, value)),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => plain_words("signal"),
    }
}

fn of_quiet(member: &str) -> Text {
    match member {
        "time_zone" => text::QUIET_ZONE,
        "windows" => text::QUIET_WINDOWS,
        "channels" => text::QUIET_CHANNELS,
        "outside" => text::QUIET_OUTSIDE,
        _ => text::QUIET_TITLE,
    }
}

fn of_document(member: &str) -> String {
    t(match member {
        "global_opt_out" => text::HISTORY_EVERYTHING_OFF,
        "paused_until" => text::HISTORY_PAUSE,
        "language" => text::ACCOMMODATION_LANGUAGE,
        "survey_snooze_until" => text::HISTORY_SURVEY,
        other => return plain_words(other),
    })
}

/// A contact point by its value: as it is now, or as it was when it came or went.
fn point(names: &Names, id: &str, change: &ValueChange) -> String {
    let kept = [&change.after, &change.before];
    let kept = kept.into_iter().flatten().find_map(summary);
    kept.or_else(|| names.point(id))
        .unwrap_or_else(|| t(text::HISTORY_AN_ADDRESS))
}

fn summary(json: &Json) -> Option<String> {
    let value: String = json.field("value").ok()?;
    Some(value.replace('\n', ", "))
}

fn of_point(member: &str, name: String) -> String {
    t(match member {
        "label" => text::history_label(name),
        "preferred" => text::history_is_preferred(name),
        "valid_from" => text::history_valid_from(name),
        "valid_to" => text::history_valid_to(name),
        "verification" => text::history_verification(name),
        "deliverability" => text::history_deliverability(name),
        _ => return name,
    })
}

/// What stands where nothing was said.
fn absent(parts: &[&str]) -> String {
    t(match parts {
        ["topics", _, _, "contact_point_id"] => text::HISTORY_PREFERRED,
        ["language"] => text::ACCOMMODATION_LANGUAGE_RECORD,
        _ => text::HISTORY_NOTHING,
    })
}

fn value(names: &Names, parts: &[&str], json: &Json) -> String {
    match (parts, json) {
        (
            ["consents", ..] | ["contact_points", _, "verification" | "deliverability"],
            Json::String(word),
        ) => standing(word),
        (["topics", _, _, "frequency"], Json::String(word)) => {
            alone(often(&Frequency::from(word.clone())))
        }
        (["topics", _, _, "contact_point_id"], Json::String(id)) => {
            names.point(id).unwrap_or_else(|| t(text::HISTORY_ANOTHER))
        }
        (["quiet_hours", "outside"], Json::String(rule)) => t(match rule.as_str() {
            "hold" => text::QUIET_HOLD,
            "drop" => text::QUIET_DROP,
            other => return plain_words(other),
        }),
        (["quiet_hours", "time_zone"], Json::String(zone)) => zone.replace('_', " "),
        (["quiet_hours", "windows"], Json::Array(windows)) => some(windows, window),
        (["quiet_hours", "channels"], Json::Array(channels)) => some(channels, |channel| {
            Some(channel_word(&Channel::from(
                String::from_json(channel).ok()?,
            )))
        }),
        (["interactions", _, "signals", _] | ["me", "attributes", _], signal) => {
            let is_contested = *signal.get("contested") == Json::Bool(true);
            let standing = if is_contested {
                text::HISTORY_SIGNAL_CONTESTED
            } else {
                text::HISTORY_SIGNAL_USED
            };
            t(standing)
        }
        (["language"], Json::String(tag)) => language_name(tag),
        (["paused_until" | "survey_snooze_until"], Json::String(at)) => moment(at),
        (["contact_points", _, "valid_from" | "valid_to"], Json::String(date)) => day(date),
        (["contact_points", _], whole) => {
            summary(whole).unwrap_or_else(|| t(text::HISTORY_AN_ADDRESS))
        }
        (_, Json::Bool(on)) => t(if *on {
            text::HISTORY_ON
        } else {
            text::HISTORY_OFF
        }),
        (_, Json::String(words)) => words.clone(),
        _ => t(text::HISTORY_SEVERAL),
    }
}

fn moment(at: &str) -> String {
    let known = at.parse().map(|at: Timestamp| date_time(&at));
    known.map_or_else(|_| at.to_owned(), |at| t(text::history_until(at)))
}

/// The words of each, or that there is none.
fn some(items: &[Json], word: impl Fn(&Json) -> Option<String>) -> String {
    let words: Vec<String> = items.iter().filter_map(word).collect();
    if words.is_empty() {
        t(text::HISTORY_NOTHING)
    } else {
        list(&words)
    }
}

/// "Mon, Tue: 22:00 to 07:00".
fn window(json: &Json) -> Option<String> {
    let window = QuietWindow::from_json(json).ok()?;
    let days: Vec<String> = (0..7_u8)
        .zip(Weekday::KNOWN)
        .filter(|(_, day)| window.days.contains(day))
        .map(|(number, _)| weekday(number, "short"))
        .collect();
    let (start, end) = (clock_time(&window.start), clock_time(&window.end));
    let times = t(text::quiet_between_clocks(start, end));
    Some([&list(&days), ": ", &times].concat())
}

/// How a purpose or an address stands.
fn standing(word: &str) -> String {
    t(match word {
        "not_asked" => text::HISTORY_NOT_ASKED,
        "granted" => text::HISTORY_GRANTED,
        "withdrawn" => text::HISTORY_WITHDRAWN,
        "expired" => text::HISTORY_EXPIRED,
        "in_use" => text::HISTORY_IN_USE,
        "objected" => text::HISTORY_OBJECTED,
        "verified" => text::HISTORY_VERIFIED,
        "unverified" => text::HISTORY_UNVERIFIED,
        "ok" => text::HISTORY_ARRIVES,
        "bouncing" => text::HISTORY_BOUNCES,
        "blocked" => text::HISTORY_BLOCKED,
        other => return plain_words(other),
    })
}
