//! Reading a catalogue, and saying what is wrong with one: which file, which part of it, why.

use super::{CHANNELS, Catalogue, Digest, Frequency, Group, Text, Texts, Topic};
use crate::company_file::{self, FileError, Wrong, id, no_name_twice, wrong};
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use portal_contract::PurposeId;
use portal_contract::interaction::Channel;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCatalogue {
    time_zone: Option<String>,
    #[serde(default)]
    effective_within_minutes: u32,
    digest: Option<RawDigest>,
    #[serde(default)]
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDigest {
    time: String,
    weekday: String,
    day_of_month: i8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    id: String,
    text: BTreeMap<String, Text>,
    #[serde(default)]
    topic: Vec<RawTopic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    id: String,
    text: BTreeMap<String, Text>,
    channels: Vec<String>,
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    frequencies: Vec<String>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    required_because: BTreeMap<String, String>,
    #[serde(default)]
    urgent: bool,
    purpose: Option<String>,
}

impl Catalogue {
    /// Reads the catalogue of this file.
    ///
    /// # Errors
    /// When it cannot be read, or with the first part that is wrong.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        company_file::load(path, Self::parse)
    }

    /// Reads the text of a catalogue; `file` names it where something is wrong.
    ///
    /// # Errors
    /// With the first part that is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        company_file::parse(file, text, catalogue)
    }
}

impl Catalogue {
    /// Checks that every purpose that a topic names is one of the company's (`knows`): nobody could consent to another.
    ///
    /// # Errors
    /// With the first topic whose purpose is not.
    pub fn check_purposes(
        &self,
        file: &str,
        knows: impl Fn(&PurposeId) -> bool,
    ) -> Result<(), FileError> {
        for topic in self.topics() {
            if let Some(purpose) = topic.purpose.as_ref().filter(|purpose| !knows(purpose)) {
                return Err(FileError {
                    file: file.to_owned(),
                    place: format!("topic {:?}, purpose", topic.id.as_str()),
                    problem: format!(
                        "{:?} does not stand in \"company.purposes\"",
                        purpose.as_str()
                    ),
                });
            }
        }
        Ok(())
    }
}

fn catalogue(raw: RawCatalogue) -> Result<Catalogue, Wrong> {
    let usual = Catalogue::default();
    let groups = raw
        .group
        .into_iter()
        .map(group)
        .collect::<Result<Vec<_>, _>>()?;
    let catalogue = Catalogue {
        groups,
        digest: raw.digest.map(digest).transpose()?.unwrap_or(usual.digest),
        zone: raw
            .time_zone
            .map(|name| {
                TimeZone::get(&name).map_err(|_| {
                    wrong(
                        "time_zone",
                        format!("{name:?} is no IANA zone, such as Europe/Berlin"),
                    )
                })
            })
            .transpose()?
            .unwrap_or(usual.zone),
        effective_within_seconds: i64::from(raw.effective_within_minutes) * 60,
    };
    no_name_twice(
        catalogue.groups.iter().map(|group| group.id.as_str()),
        "group",
    )?;
    no_name_twice(catalogue.topics().map(|topic| topic.id.as_str()), "topic")?;
    Ok(catalogue)
}

fn digest(raw: RawDigest) -> Result<Digest, Wrong> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let time = Time::strptime("%H:%M", &raw.time).map_err(|_| {
        wrong(
            "digest, time",
            format!("{:?} is no time of day, such as \"09:00\"", raw.time),
        )
    })?;
    let weekday = days
        .iter()
        .find(|(name, _)| *name == raw.weekday)
        .map(|(_, day)| *day)
        .ok_or_else(|| {
            wrong(
                "digest, weekday",
                format!("{:?} is no day, such as \"monday\"", raw.weekday),
            )
        })?;
    if !(1..=28).contains(&raw.day_of_month) {
        return Err(wrong(
            "digest, day_of_month",
            format!(
                "{} is not from 1 to 28, the days that every month has",
                raw.day_of_month
            ),
        ));
    }
    Ok(Digest {
        time,
        weekday,
        day_of_month: raw.day_of_month,
    })
}

fn group(raw: RawGroup) -> Result<Group, Wrong> {
    let place = format!("group {:?}", raw.id);
    let group_id = id(&raw.id).map_err(|problem| wrong(place.clone(), problem))?;
    let text = texts(raw.text).map_err(|problem| wrong(format!("{place}, text"), problem))?;
    if raw.topic.is_empty() {
        return Err(wrong(place, "has no topics; a group has one at least"));
    }
    Ok(Group {
        id: group_id,
        text,
        topics: raw.topic.into_iter().map(topic).collect::<Result<_, _>>()?,
    })
}

fn topic(raw: RawTopic) -> Result<Topic, Wrong> {
    let place = format!("topic {:?}", raw.id);
    let within = |part: &str| format!("{place}, {part}");
    let topic_id = id(&raw.id).map_err(|problem| wrong(place.clone(), problem))?;
    let channels = channels(&raw.channels).map_err(|problem| wrong(within("channels"), problem))?;
    if channels.is_empty() {
        return Err(wrong(within("channels"), "a topic comes on one at least"));
    }
    let among = |names: &[String], part: &str| {
        some_of(names, &channels).map_err(|problem| wrong(within(part), problem))
    };
    let (on, required) = (among(&raw.on, "on")?, among(&raw.required, "required")?);
    because(&required, &raw.required_because)
        .map_err(|problem| wrong(within("required_because"), problem))?;
    Ok(Topic {
        text: texts(raw.text).map_err(|problem| wrong(within("text"), problem))?,
        frequencies: frequencies(&raw.frequencies)
            .map_err(|problem| wrong(within("frequencies"), problem))?,
        purpose: raw
            .purpose
            .map(|purpose| id(&purpose))
            .transpose()
            .map_err(|problem| wrong(within("purpose"), problem))?,
        id: topic_id,
        required_because: raw.required_because,
        urgent: raw.urgent,
        channels,
        on,
        required,
    })
}

fn texts(raw: BTreeMap<String, Text>) -> Result<Texts, String> {
    if raw.is_empty() {
        return Err("is in no language; write [….text.en] with label and description".to_owned());
    }
    match raw.iter().find(|(_, text)| text.label.trim().is_empty()) {
        Some((language, _)) => Err(format!("the label in {language:?} is empty")),
        None => Ok(Texts(raw)),
    }
}

/// The channels of these names, in the order of [`CHANNELS`].
fn channels(names: &[String]) -> Result<Vec<Channel>, String> {
    let known = || {
        CHANNELS
            .map(|channel| channel.as_str().to_owned())
            .join(", ")
    };
    for name in names {
        if !CHANNELS.contains(&Channel::from(name.as_str())) {
            return Err(format!("{name:?} is no channel of topics: {}", known()));
        }
    }
    Ok(CHANNELS
        .into_iter()
        .filter(|channel| names.iter().any(|name| name == channel.as_str()))
        .collect())
}

fn some_of(names: &[String], offered: &[Channel]) -> Result<Vec<Channel>, String> {
    let found = channels(names)?;
    match found.iter().find(|channel| !offered.contains(channel)) {
        Some(channel) => Err(format!(
            "{:?} does not stand in \"channels\" of this topic",
            channel.as_str()
        )),
        None => Ok(found),
    }
}

fn frequencies(names: &[String]) -> Result<Vec<Frequency>, String> {
    if names.is_empty() {
        return Ok(vec![Frequency::AtOnce]);
    }
    let mut found = Vec::new();
    for name in names {
        let frequency = Frequency::parse(name).ok_or_else(|| {
            let known = Frequency::ALL.map(Frequency::as_str).join(", ");
            format!("{name:?} is no frequency: {known}")
        })?;
        if found.contains(&frequency) {
            return Err(format!("{name:?} stands twice"));
        }
        found.push(frequency);
    }
    Ok(found)
}

/// A customer who cannot switch something off is told why.
fn because(required: &[Channel], reasons: &BTreeMap<String, String>) -> Result<(), String> {
    let told = reasons.values().any(|reason| !reason.trim().is_empty());
    match (required.is_empty(), told) {
        (false, false) => Err("is missing; a required topic says why it is".to_owned()),
        (true, true) => Err("stands without \"required\"".to_owned()),
        _ => Ok(()),
    }
}
