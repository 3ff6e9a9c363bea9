//! What a law wants kept although it was asked to be erased, as the company's file says (`company.retention`).

use crate::company_file::{self, FileError, Wrong, wrong};
use crate::consents::{Local, in_language};
use crate::store::time::{Moment, zone};
use jiff::civil::Date;
use portal_contract::TopicId;
use portal_contract::consent::LawfulBasis;
use serde::Deserialize;
use std::path::Path;

/// What holds where the company says nothing: proofs alone.
const USUAL: &str = include_str!("default.toml");

/// The demonstration's: letters about bills too.
const DEMO: &str = include_str!("../demo/retention.toml");

/// The longest that can be set, in years.
const MOST_YEARS: i16 = 100;

/// The company's rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Proof of what was decided about the use of data.
    pub(super) consents: Timed,
    /// That there was an erasure.
    pub(super) requests: Timed,
    /// Addresses that get no advertising.
    pub(super) suppression: Untimed,
    /// What an account cannot do without.
    pub(super) account: Untimed,
    /// Conversations that stay; the first rule that fits holds.
    #[serde(default, rename = "keep")]
    pub(super) keeps: Vec<Keep>,
}

/// Something that stays for some years.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Timed {
    years: i16,
    lawful_basis: LawfulBasis,
    text: Local<Words>,
}

/// Something whose end no day can be named for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Untimed {
    lawful_basis: LawfulBasis,
    text: Local<Words>,
}

/// Conversations that stay.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    pub(super) id: String,
    topics: Vec<TopicId>,
    years: i16,
    lawful_basis: LawfulBasis,
    text: Local<Words>,
}

/// What a rule says to people, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) label: String,
    pub(super) reason: String,
}

/// Why something stays.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Ground {
    Consents,
    Requests,
    Suppression,
    Account,
    /// A rule of the file, by its id.
    Kept(String),
}

impl Ground {
    /// As the database writes it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Consents => "consents",
            Self::Requests => "requests",
            Self::Suppression => "suppression",
            Self::Account => "account",
            Self::Kept(id) => id,
        }
    }

    pub(super) fn named(name: &str) -> Self {
        match name {
            "consents" => Self::Consents,
            "requests" => Self::Requests,
            "suppression" => Self::Suppression,
            "account" => Self::Account,
            id => Self::Kept(id.to_owned()),
        }
    }
}

/// What is to be said of a ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) label: String,
    pub(super) reason: String,
    pub(super) lawful_basis: LawfulBasis,
}

impl Default for Retention {
    fn default() -> Self {
        Self::parse("default.toml", USUAL).expect("the usual rules are right; a test reads them")
    }
}

impl Retention {
    /// The demonstration's.
    #[must_use]
    pub fn demo() -> Self {
        Self::parse("retention.toml", DEMO)
            .expect("the demonstration's rules are right; a test reads them")
    }

    /// Reads the rules of this file.
    ///
    /// # Errors
    /// With the first part that is wrong.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        company_file::load(path, Self::parse)
    }

    /// Reads the text of a file that is called so.
    ///
    /// # Errors
    /// With the first part that is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        company_file::parse(file, text, |rules: Self| {
            rules.check()?;
            Ok(rules)
        })
    }

    fn check(&self) -> Result<(), Wrong> {
        let years = |place: &str, years: i16| match years {
            1..=MOST_YEARS => Ok(()),
            _ => Err(wrong(
                place,
                format!("{years} years is not from 1 to {MOST_YEARS}"),
            )),
        };
        let words = |place: &str, text: &Local<Words>| match text.is_empty() {
            true => Err(wrong(place, "\"text\" has no words in any language")),
            false => Ok(()),
        };
        for (place, rule) in [("consents", &self.consents), ("requests", &self.requests)] {
            years(place, rule.years)?;
            words(place, &rule.text)?;
        }
        for (place, rule) in [
            ("suppression", &self.suppression),
            ("account", &self.account),
        ] {
            words(place, &rule.text)?;
        }
        for (index, rule) in self.keeps.iter().enumerate() {
            let place = format!("keep {:?}", rule.id);
            years(&place, rule.years)?;
            words(&place, &rule.text)?;
            if rule.topics.is_empty() {
                return Err(wrong(
                    place,
                    "\"topics\" names none; nothing would be kept by it",
                ));
            }
            let is_ours = !matches!(Ground::named(&rule.id), Ground::Kept(_));
            if is_ours
                || rule.id.is_empty()
                || self.keeps[..index].iter().any(|other| other.id == rule.id)
            {
                let problem = "the id is empty, stands twice, or is one of consents, requests, suppression, account";
                return Err(wrong(place, problem));
            }
        }
        Ok(())
    }

    /// By which rule and until when a conversation stays whose last word was said at `last`; `None` for one that goes.
    pub(super) fn keeps(
        &self,
        topic: Option<&str>,
        last: Moment,
        now: Moment,
    ) -> Option<(Ground, Moment)> {
        let topic = topic?;
        let rule = self
            .keeps
            .iter()
            .find(|rule| rule.topics.iter().any(|one| one.as_str() == topic))?;
        let until = years_after(last, rule.years);
        (until > now).then(|| (Ground::Kept(rule.id.clone()), until))
    }

    /// Until when proof of a decision stays.
    pub(super) fn proves_until(&self, decided_at: Moment) -> Moment {
        years_after(decided_at, self.consents.years)
    }

    /// Until when it stays that there was an erasure.
    pub(super) fn requests_until(&self, done_at: Moment) -> Moment {
        years_after(done_at, self.requests.years)
    }

    /// What is to be said of a ground, in the language of the tag or a usual one. A rule that is no longer in the file is told by its id.
    pub(super) fn said(&self, ground: &Ground, tag: Option<&str>, usual: &[String]) -> Said {
        let (lawful_basis, text) = match ground {
            Ground::Consents => (&self.consents.lawful_basis, Some(&self.consents.text)),
            Ground::Requests => (&self.requests.lawful_basis, Some(&self.requests.text)),
            Ground::Suppression => (&self.suppression.lawful_basis, Some(&self.suppression.text)),
            Ground::Account => (&self.account.lawful_basis, Some(&self.account.text)),
            Ground::Kept(id) => match self.keeps.iter().find(|rule| rule.id == *id) {
                Some(rule) => (&rule.lawful_basis, Some(&rule.text)),
                None => (&LawfulBasis::LegalObligation, None),
            },
        };
        let words = text
            .and_then(|text| in_language(text, tag, usual))
            .map(|(_, words)| words);
        let id = ground.name();
        Said {
            label: words.map_or_else(|| id.to_owned(), |words| words.label.clone()),
            reason: words.map_or_else(|| id.to_owned(), |words| words.reason.clone()),
            lawful_basis: lawful_basis.clone(),
        }
    }
}

/// The end of the year so many years after the one of this moment, as laws on keeping count.
fn years_after(moment: Moment, years: i16) -> Moment {
    let utc = zone(None);
    let year = moment
        .day_in(&utc)
        .year()
        .saturating_add(years)
        .saturating_add(1);
    Date::new(year, 1, 1).map_or(moment, |day| Moment::start_of_day(day, &utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_timestamp(&text.parse().unwrap()).unwrap()
    }

    #[test]
    fn both_files_that_come_with_the_program_are_right() {
        assert!(Retention::default().keeps.is_empty());
        assert_eq!(Retention::demo().keeps.len(), 1);
    }

    #[test]
    fn a_letter_about_a_bill_stays_until_the_end_of_the_sixth_year_after_it() {
        let rules = Retention::demo();
        let last = at("2020-02-29T12:00:00Z");
        let kept = rules.keeps(Some("billing"), last, at("2026-12-31T23:59:59Z"));
        assert_eq!(
            kept,
            Some((
                Ground::Kept("letters_about_bills".to_owned()),
                at("2027-01-01T00:00:00Z")
            ))
        );
        assert_eq!(
            rules.keeps(Some("billing"), last, at("2027-01-01T00:00:00Z")),
            None
        );
        assert_eq!(rules.keeps(Some("moving"), last, last), None);
        assert_eq!(rules.keeps(None, last, last), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (right, wrong, expected) in [
            (
                "years = 6",
                "years = 0",
                "keep \"letters_about_bills\": 0 years is not from 1 to 100",
            ),
            (
                "topics = [\"billing\"]",
                "topics = []",
                "\"topics\" names none",
            ),
            (
                "id = \"letters_about_bills\"",
                "id = \"consents\"",
                "keep \"consents\": the id is",
            ),
            ("topics = [", "topic = [", "unknown field `topic`"),
        ] {
            let said = Retention::parse("retention.toml", &DEMO.replacen(right, wrong, 1))
                .unwrap_err()
                .to_string();
            assert!(said.contains(expected), "{said}");
        }
    }

    #[test]
    fn a_ground_is_told_in_the_customers_language() {
        let rules = Retention::demo();
        let said = rules.said(&Ground::Consents, Some("de-AT"), &["en".to_owned()]);
        assert!(said.label.starts_with("Nachweis"), "{}", said.label);
        let gone = rules.said(&Ground::Kept("older".to_owned()), None, &[]);
        assert_eq!(gone.label, "older");
    }
}
