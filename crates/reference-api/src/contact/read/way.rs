//! One way of the file.

use super::{Local, Subject, Wrong, id, is_language, words, wrong};
use crate::contact::hours::Hours;
use crate::contact::slots::Booking;
use crate::contact::{Cost, Text, Way, address};
use portal_contract::TopicId;
use portal_contract::contact::{
    Accessibility, ContactAddress, ContactOptionKind as Kind, CostKind, ExpectationBasis,
};
use portal_contract::contact_point::PostalAddress;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWay {
    id: String,
    kind: String,
    text: Local<Text>,
    address: Option<RawAddress>,
    hours: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    first_answer: Option<RawFirstAnswer>,
    wait_minutes: Option<u64>,
    cost: Option<RawCost>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    accessibility: Vec<String>,
    callback: Option<RawBooking>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAddress {
    number: Option<String>,
    email: Option<String>,
    url: Option<String>,
    shown: Option<String>,
    #[serde(default)]
    lines: Vec<String>,
    postal_code: Option<String>,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFirstAnswer {
    minutes: u64,
    #[serde(default)]
    promised: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCost {
    kind: String,
    #[serde(default)]
    detail: Local<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBooking {
    minutes: u32,
    capacity: u32,
    days: u32,
    #[serde(default)]
    notice_minutes: u32,
}

/// What the file says before its ways.
pub(super) struct Known<'k> {
    pub(super) topics: &'k [Subject],
    pub(super) hours: &'k BTreeMap<String, Arc<Hours>>,
}

/// The longest expected time of an answer, and the longest wait: 30 days.
const MOST_MINUTES: u64 = 30 * 24 * 60;

pub(super) fn way(raw: RawWay, known: &Known<'_>) -> Result<Way, Wrong> {
    let place = format!("option {:?}", raw.id);
    let in_part = |part: &str| {
        let place = format!("{place}, {part}");
        move |problem: String| wrong(place.clone(), problem)
    };
    let kind = kind(&raw.kind).map_err(in_part("kind"))?;
    let hours = hours(raw.hours.as_deref(), known).map_err(in_part("hours"))?;
    let booking = booking(&kind, raw.callback, hours.is_some()).map_err(in_part("callback"))?;
    let minutes = |minutes: u64| bounded("minutes", minutes, 0, MOST_MINUTES);
    Ok(Way {
        id: id(&raw.id).map_err(|problem| wrong(place.clone(), problem))?,
        text: texts(raw.text).map_err(in_part("text"))?,
        address: address_of(&kind, raw.address).map_err(in_part("address"))?,
        topics: topics(&raw.topics, known).map_err(in_part("topics"))?,
        first_answer: raw
            .first_answer
            .map(|told| Ok((minutes(told.minutes)?, basis(told.promised))))
            .transpose()
            .map_err(in_part("first_answer"))?,
        wait_minutes: raw
            .wait_minutes
            .map(minutes)
            .transpose()
            .map_err(in_part("wait_minutes"))?,
        cost: raw.cost.map(cost).transpose().map_err(in_part("cost"))?,
        languages: languages(raw.languages).map_err(in_part("languages"))?,
        accessibility: accessibility(&raw.accessibility).map_err(in_part("accessibility"))?,
        kind,
        hours,
        booking,
    })
}

/// The value of an open enum, one of those that are known: in a file of the company's a typing error is no new word.
fn one_of<T: From<String> + PartialEq + Clone>(
    text: &str,
    known: &[T],
    name: fn(&T) -> &str,
) -> Result<T, String> {
    let value = T::from(text.to_owned());
    if known.contains(&value) {
        return Ok(value);
    }
    let known: Vec<&str> = known.iter().map(name).collect();
    Err(format!("{text:?} is none of {}", known.join(", ")))
}

fn kind(text: &str) -> Result<Kind, String> {
    one_of(text, Kind::KNOWN, Kind::as_str)
}

fn accessibility(names: &[String]) -> Result<Vec<Accessibility>, String> {
    let one = |name: &String| one_of(name, Accessibility::KNOWN, Accessibility::as_str);
    names.iter().map(one).collect()
}

fn basis(promised: bool) -> ExpectationBasis {
    if promised {
        ExpectationBasis::Promised
    } else {
        ExpectationBasis::Typical
    }
}

fn texts(raw: Local<Text>) -> Result<Local<Text>, String> {
    let labels = raw
        .iter()
        .map(|(language, text)| (language.clone(), text.label.clone()))
        .collect();
    words(&labels)?;
    Ok(raw)
}

fn hours(name: Option<&str>, known: &Known<'_>) -> Result<Option<Arc<Hours>>, String> {
    let Some(name) = name else { return Ok(None) };
    match known.hours.get(name) {
        Some(hours) => Ok(Some(Arc::clone(hours))),
        None => Err(format!("there is no [hours.{name}]")),
    }
}

fn topics(names: &[String], known: &Known<'_>) -> Result<Vec<TopicId>, String> {
    let find = |name: &String| {
        let topic = known.topics.iter().find(|topic| topic.id.as_str() == name);
        topic
            .map(|topic| topic.id.clone())
            .ok_or_else(|| format!("there is no [[topic]] {name:?}"))
    };
    names.iter().map(find).collect()
}

fn languages(tags: Vec<String>) -> Result<Vec<String>, String> {
    match tags.iter().find(|tag| !is_language(tag)) {
        Some(tag) => Err(format!(
            "{tag:?} is no language tag, such as \"de\" or \"pt-BR\""
        )),
        None => Ok(tags),
    }
}

fn cost(raw: RawCost) -> Result<Cost, String> {
    let kind = one_of(&raw.kind, CostKind::KNOWN, CostKind::as_str)?;
    if !raw.detail.is_empty() {
        words(&raw.detail).map_err(|problem| format!("detail {problem}"))?;
    } else if kind == CostKind::Charged {
        return Err("says \"charged\" without a \"detail\": how much?".to_owned());
    }
    Ok(Cost {
        kind,
        detail: raw.detail,
    })
}

fn booking(
    kind: &Kind,
    raw: Option<RawBooking>,
    has_hours: bool,
) -> Result<Option<Booking>, String> {
    match (kind == &Kind::Callback, raw) {
        (false, None) => Ok(None),
        (false, Some(_)) => Err("is for the kind \"callback\" alone".to_owned()),
        (true, None) => Err("is missing: minutes, capacity and days of calls".to_owned()),
        (true, Some(_)) if !has_hours => Err("needs \"hours\": slots lie within them".to_owned()),
        (true, Some(raw)) => {
            let whole = |name: &str, value: u32, least: u64, most: u64| {
                bounded(name, u64::from(value), least, most).map(|_| value)
            };
            Ok(Some(Booking {
                minutes: whole("minutes", raw.minutes, 5, 240)?,
                capacity: whole("capacity", raw.capacity, 1, 1000)?,
                days: whole("days", raw.days, 1, 60)?,
                notice_minutes: whole("notice_minutes", raw.notice_minutes, 0, 7 * 24 * 60)?,
            }))
        }
    }
}

fn bounded(name: &str, value: u64, least: u64, most: u64) -> Result<u64, String> {
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(format!(
            "{name} is {value}, not a whole number from {least} to {most}"
        ))
    }
}

fn address_of(kind: &Kind, raw: Option<RawAddress>) -> Result<Option<ContactAddress>, String> {
    let needed = |part: &str| format!("is missing; a way of kind {:?} has {part}", kind.as_str());
    let part = match kind {
        Kind::Message | Kind::Callback | Kind::Other(_) => {
            return match raw {
                None => Ok(None),
                Some(_) => Err("stands with a way that happens in the portal".to_owned()),
            };
        }
        Kind::Phone => "\"number\"",
        Kind::Email => "\"email\"",
        Kind::Chat | Kind::Messaging | Kind::Social => "\"url\"",
        Kind::Store | Kind::Post => "\"lines\" and \"country\"",
    };
    let raw = raw.ok_or_else(|| needed(part))?;
    let read = match kind {
        Kind::Phone => address::number(&take(raw.number, part)?),
        Kind::Email => address::email(&take(raw.email, part)?),
        Kind::Store | Kind::Post => address::postal(
            PostalAddress {
                lines: raw.lines,
                postal_code: raw.postal_code,
                country: take(raw.country, part)?,
            },
            raw.url.as_deref(),
        ),
        _ => address::link(&take(raw.url, part)?, raw.shown.as_deref()),
    };
    read.map(Some)
}

fn take(value: Option<String>, part: &str) -> Result<String, String> {
    value.ok_or_else(|| format!("has no {part}"))
}
