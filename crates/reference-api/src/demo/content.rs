//! What the demonstration's people say, as it is written in `demo/*.toml`.

use crate::preferences::history::Author;
use portal_contract::interaction::{Participant, Role};
use portal_contract::preference_history::ChangeRoute;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A part of the demonstration's content that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("demonstration data, {file}, {place}: {problem}")]
pub struct ContentError {
    /// Which file.
    pub file: &'static str,
    /// Which part of it.
    pub place: String,
    /// What is wrong.
    pub problem: String,
}

/// The company.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Company {
    /// How machines of the company sign.
    pub(super) automatic_name: String,
    /// Topics by id.
    pub(super) topics: BTreeMap<String, TopicText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicText {
    pub(super) label: String,
    #[serde(default)]
    pub(super) labels: BTreeMap<String, String>,
}

/// A customer and their history.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Life {
    pub(super) name: String,
    pub(super) preferred_name: Option<String>,
    pub(super) pronouns: Option<String>,
    /// The company's own number of them, by which its page vouches for them.
    pub(super) reference: Option<String>,
    pub(super) address: String,
    pub(super) locale: String,
    pub(super) time_zone: String,
    /// The first of the numbers that people quote.
    pub(super) first_number: u32,
    /// Where else they can be reached than at `address`.
    #[serde(default, rename = "contact_point")]
    pub(super) contact_points: Vec<Reachable>,
    #[serde(default, rename = "interaction")]
    pub(super) interactions: Vec<Matter>,
}

/// Where somebody can be reached.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reachable {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) value: String,
    /// The lines of a postal address.
    #[serde(default)]
    pub(super) lines: Vec<String>,
    pub(super) postal_code: Option<String>,
    /// Of a postal address, or of a number that is written without one.
    pub(super) country: Option<String>,
    pub(super) service: Option<String>,
    pub(super) label: Option<String>,
    #[serde(default)]
    pub(super) preferred: bool,
    /// When it was verified.
    pub(super) verified: Option<String>,
    /// The first and the last day, counted from today.
    pub(super) from_day: Option<i32>,
    pub(super) to_day: Option<i32>,
    /// `bouncing` or `blocked`, since when, and why.
    pub(super) deliverability: Option<String>,
    pub(super) since: Option<String>,
    pub(super) reason: Option<String>,
}

/// One interaction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Matter {
    pub(super) key: Option<String>,
    pub(super) subject: String,
    pub(super) channel: String,
    #[serde(default)]
    pub(super) outbound: bool,
    #[serde(default = "closed")]
    pub(super) status: String,
    pub(super) topic: Option<String>,
    pub(super) lang: Option<String>,
    /// A first answer was promised within this span.
    pub(super) answer_within: Option<String>,
    /// A resolution was promised within this span.
    pub(super) resolve_within: Option<String>,
    /// How the customer was asked how it went: `requested`, `given`, `expired`.
    pub(super) feedback: Option<String>,
    #[serde(default)]
    pub(super) unread: bool,
    /// Keys of other interactions about the same matter.
    #[serde(default)]
    pub(super) related: Vec<String>,
    pub(super) messages: Vec<Words>,
    #[serde(default)]
    pub(super) handoffs: Vec<Passing>,
    #[serde(default)]
    pub(super) notes: Vec<Words>,
}

fn closed() -> String {
    "closed".to_owned()
}

/// Something that somebody said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) at: String,
    /// `me` for the customer, `auto` for a machine of the company, otherwise the name of somebody there.
    pub(super) by: String,
    #[serde(default)]
    pub(super) text: String,
    /// Who somebody is who is neither.
    pub(super) role: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) lang: Option<String>,
    /// The name of a file in `demo/html`.
    pub(super) html: Option<String>,
    #[serde(default)]
    pub(super) files: Vec<FileText>,
}

/// A file that is made when the demonstration is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileText {
    pub(super) name: String,
    /// What a document says; for a picture of a meter, its digits.
    #[serde(default)]
    pub(super) lines: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passing {
    pub(super) at: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) reason: Option<String>,
}

/// The files and what stands in them.
const COMPANY: (&str, &str) = ("company.toml", include_str!("company.toml"));
const LIVES: [(&str, &str); 7] = [
    ("maya.toml", include_str!("maya.toml")),
    ("maya_earlier.toml", include_str!("maya_earlier.toml")),
    ("jonas.toml", include_str!("jonas.toml")),
    ("amal.toml", include_str!("amal.toml")),
    ("keiko.toml", include_str!("keiko.toml")),
    ("new_customer.toml", include_str!("new_customer.toml")),
    ("elin.toml", include_str!("elin.toml")),
];

pub(super) fn company() -> Result<Company, ContentError> {
    parse(COMPANY.0, COMPANY.1)
}

pub(super) fn lives() -> Result<Vec<(&'static str, Life)>, ContentError> {
    LIVES
        .iter()
        .map(|(file, text)| Ok((*file, parse(file, text)?)))
        .collect()
}

pub(super) fn parse<T: for<'de> Deserialize<'de>>(
    file: &'static str,
    text: &str,
) -> Result<T, ContentError> {
    toml::from_str(text).map_err(|error| ContentError {
        file,
        place: "the file".to_owned(),
        problem: error.to_string(),
    })
}

/// What is wrong at a place of a file.
pub(super) fn wrong(file: &'static str, place: &str, problem: impl Into<String>) -> ContentError {
    ContentError {
        file,
        place: place.to_owned(),
        problem: problem.into(),
    }
}

/// Whose address it is.
pub(super) fn life_of<'a>(
    lives: &'a [(&'static str, Life)],
    file: &'static str,
    address: &str,
) -> Result<&'a Life, ContentError> {
    let found = lives.iter().map(|(_, life)| life);
    let mut found = found.filter(|life| life.address == address);
    found
        .next()
        .ok_or_else(|| wrong(file, address, "is nobody's address"))
}

impl Life {
    /// Who did something by this way: nobody who is known, the customer (`me`), or somebody of the company.
    pub(super) fn author(&self, route: &str, by: Option<&str>) -> Author {
        let route = ChangeRoute::from(route);
        match by {
            None => Author::nobody(route),
            Some("me") => Author::customer(route, &self.name),
            Some(name) => Author {
                route,
                actor: Some(Participant {
                    role: Role::Agent,
                    display_name: name.to_owned(),
                }),
            },
        }
    }
}

/// A mail's markup by its name.
pub(super) fn html(name: &str) -> Option<&'static str> {
    match name {
        "invoice" => Some(include_str!("html/invoice.html")),
        "tariff" => Some(include_str!("html/tariff.html")),
        "prize" => Some(include_str!("html/prize.html")),
        "hostile" => Some(include_str!("html/hostile.html")),
        _ => None,
    }
}
