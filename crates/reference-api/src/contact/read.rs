//! Reading a file of ways to get in touch, and saying what is wrong with one: which file, which part of it, why.

mod hours;
mod way;

use super::{Local, Subject, Ways};
use crate::company_file::{self, FileError, Wrong, id, no_name_twice, wrong};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWays {
    #[serde(default)]
    topic: Vec<RawTopic>,
    #[serde(default)]
    hours: BTreeMap<String, hours::RawHours>,
    #[serde(default)]
    option: Vec<way::RawWay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    id: String,
    label: Local<String>,
}

impl Ways {
    /// Reads the ways of this file.
    ///
    /// # Errors
    /// When it cannot be read, or with the first part that is wrong.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        company_file::load(path, Self::parse)
    }

    /// Reads the text of a file of ways; `file` names it where something is wrong.
    ///
    /// # Errors
    /// With the first part that is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        company_file::parse(file, text, ways)
    }
}

fn ways(raw: RawWays) -> Result<Ways, Wrong> {
    let topics: Vec<Subject> = raw.topic.into_iter().map(topic).collect::<Result<_, _>>()?;
    no_name_twice(topics.iter().map(|topic| topic.id.as_str()), "topic")?;
    let mut hours = BTreeMap::new();
    for (name, raw) in raw.hours {
        let read = hours::hours(&name, raw)?;
        hours.insert(name, Arc::new(read));
    }
    let known = way::Known {
        topics: &topics,
        hours: &hours,
    };
    let all = raw
        .option
        .into_iter()
        .map(|raw| way::way(raw, &known))
        .collect::<Result<Vec<_>, _>>()?;
    no_name_twice(all.iter().map(|way| way.id.as_str()), "option")?;
    let used: HashSet<_> = all
        .iter()
        .filter_map(|way| way.hours.as_ref().map(Arc::as_ptr))
        .collect();
    if let Some((name, _)) = hours
        .iter()
        .find(|(_, hours)| !used.contains(&Arc::as_ptr(hours)))
    {
        return Err(wrong(
            format!("hours {name:?}"),
            "are those of no option; name them in one, or take them out",
        ));
    }
    Ok(Ways { topics, all })
}

fn topic(raw: RawTopic) -> Result<Subject, Wrong> {
    let place = format!("topic {:?}", raw.id);
    let id = id(&raw.id).map_err(|problem| wrong(place.clone(), problem))?;
    words(&raw.label).map_err(|problem| wrong(format!("{place}, label"), problem))?;
    Ok(Subject {
        id,
        label: raw.label,
    })
}

/// Words in one language at least, and empty in none.
fn words(texts: &Local<String>) -> Result<(), String> {
    if texts.is_empty() {
        return Err("is in no language; write en = \"…\"".to_owned());
    }
    match texts.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((language, _)) => Err(format!("is empty in {language:?}")),
        None => Ok(()),
    }
}

/// A language's tag in the shape of BCP 47.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric());
    (2..=3).contains(&primary.len())
        && primary.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && plain(part))
}
