//! What an interaction list is narrowed to. One form for the API's query and for the portal's own address.

use crate::TopicId;
use crate::interaction::{Channel, Direction, InteractionStatus};
use crate::problem::{FieldCode, FieldError};
use std::fmt;

open_enum! {
    /// The order of an interaction list.
    pub enum Sort {
        /// By `updated_at`, the newest first. The default.
        Newest = "newest",
        /// By `updated_at`, the oldest first.
        Oldest = "oldest",
    }
}

/// The longest search text, in characters.
pub const MAX_QUERY_CHARACTERS: usize = 200;

/// The most values of one kind (channels, statuses, topics).
pub const MAX_VALUES: usize = 20;

/// A calendar day, `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(String);

impl Day {
    /// The day as it travels.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Day {
    type Err = ();

    fn from_str(raw: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = raw.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(());
        };
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let (Some(year), Some(month), Some(day)) =
            (digits(year, 4), digits(month, 2), digits(day, 2))
        else {
            return Err(());
        };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        if (1..=days).contains(&day) {
            Ok(Self(raw.to_owned()))
        } else {
            Err(())
        }
    }
}

/// What a list of interactions is narrowed to. Values of one kind widen (email *or* phone), kinds narrow (email *and* open).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InteractionFilter {
    /// Words to find in subject, reference and messages; trimmed, at most [`MAX_QUERY_CHARACTERS`].
    pub q: Option<String>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// Who began.
    pub direction: Option<Direction>,
    /// Statuses.
    pub statuses: Vec<InteractionStatus>,
    /// Topics.
    pub topics: Vec<TopicId>,
    /// Begun on this day or later, in the customer's zone.
    pub from: Option<Day>,
    /// Begun on this day or earlier, in the customer's zone.
    pub to: Option<Day>,
    /// The order; newest first when absent.
    pub sort: Option<Sort>,
}

impl InteractionFilter {
    /// Whether it narrows nothing (the order does not narrow).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self
            == Self {
                sort: self.sort.clone(),
                ..Self::default()
            }
    }

    /// Reads the decoded pairs of a query. Names that are no filter (`cursor`, `limit`) are passed over.
    ///
    /// # Errors
    /// One [`FieldError`] for every value that cannot be taken, its pointer `?name`.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Vec<FieldError>> {
        let (filter, errors) = Self::lenient(pairs);
        if errors.is_empty() {
            Ok(filter)
        } else {
            Err(errors)
        }
    }

    /// Reads the decoded pairs of a query and keeps what can be taken, so that a mistyped address still shows a list.
    pub fn lenient<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<FieldError>) {
        let mut filter = Self::default();
        let mut errors = Vec::new();
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            if let Err(error) = filter.take(name, value) {
                errors.push(error);
            }
        }
        if let (Some(from), Some(to)) = (&filter.from, &filter.to)
            && from > to
        {
            errors.push(refused(
                "to",
                FieldCode::NotOffered,
                "\"to\" is before \"from\"",
                None,
            ));
            filter.to = None;
        }
        (filter, errors)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), FieldError> {
        match name {
            "q" => {
                if value.chars().count() > MAX_QUERY_CHARACTERS {
                    let detail = "the search text is too long";
                    return Err(refused(
                        name,
                        FieldCode::TooLong,
                        detail,
                        Some(MAX_QUERY_CHARACTERS as u64),
                    ));
                }
                self.q = Some(value.trim().to_owned()).filter(|q| !q.is_empty());
            }
            "channel" => add(&mut self.channels, Channel::from(value), name)?,
            "status" => add(&mut self.statuses, InteractionStatus::from(value), name)?,
            "topic" => {
                let topic = value.parse().map_err(|_| {
                    refused(name, FieldCode::InvalidFormat, "not a topic's id", None)
                })?;
                add(&mut self.topics, topic, name)?;
            }
            "direction" => self.direction = Some(Direction::from(value)),
            "from" => self.from = Some(day(name, value)?),
            "to" => self.to = Some(day(name, value)?),
            "sort" => match Sort::from(value) {
                Sort::Other(_) => {
                    return Err(refused(
                        name,
                        FieldCode::NotOffered,
                        "one of newest, oldest",
                        None,
                    ));
                }
                known => self.sort = Some(known),
            },
            _ => {}
        }
        Ok(())
    }

    /// The pairs of the query, undecoded text, in a fixed order: the same filter always gives the same address.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut push = |name, value: &str| pairs.push((name, value.to_owned()));
        if let Some(q) = &self.q {
            push("q", q);
        }
        self.channels
            .iter()
            .for_each(|channel| push("channel", channel.as_str()));
        if let Some(direction) = &self.direction {
            push("direction", direction.as_str());
        }
        self.statuses
            .iter()
            .for_each(|status| push("status", status.as_str()));
        self.topics
            .iter()
            .for_each(|topic| push("topic", topic.as_str()));
        if let Some(from) = &self.from {
            push("from", from.as_str());
        }
        if let Some(to) = &self.to {
            push("to", to.as_str());
        }
        if let Some(sort) = &self.sort {
            push("sort", sort.as_str());
        }
        pairs
    }
}

fn add<T: PartialEq>(values: &mut Vec<T>, value: T, name: &str) -> Result<(), FieldError> {
    if values.contains(&value) {
        return Ok(());
    }
    if values.len() == MAX_VALUES {
        return Err(refused(
            name,
            FieldCode::TooMany,
            "too many values",
            Some(MAX_VALUES as u64),
        ));
    }
    values.push(value);
    Ok(())
}

fn day(name: &str, value: &str) -> Result<Day, FieldError> {
    value.parse().map_err(|()| {
        refused(
            name,
            FieldCode::InvalidFormat,
            "a day is written YYYY-MM-DD",
            None,
        )
    })
}

fn refused(name: &str, code: FieldCode, detail: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        pointer: format!("?{name}"),
        code,
        detail: Some(detail.to_owned()),
        limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_address() {
        let pairs = [
            ("q", " late bill "),
            ("channel", "email"),
            ("channel", "carrier_pigeon"),
            ("direction", "inbound"),
            ("status", "open"),
            ("topic", "billing"),
            ("from", "2024-02-29"),
            ("to", "2026-01-01"),
            ("sort", "oldest"),
            ("cursor", "abc"),
        ];
        let filter = InteractionFilter::from_pairs(pairs).unwrap();
        assert_eq!(filter.q.as_deref(), Some("late bill"));
        assert_eq!(
            filter.channels,
            [Channel::Email, Channel::Other("carrier_pigeon".into())]
        );
        let again = filter.to_pairs();
        assert_eq!(
            InteractionFilter::from_pairs(again.iter().map(|(n, v)| (*n, v.as_str()))),
            Ok(filter)
        );
    }

    #[test]
    fn what_cannot_be_taken_is_named_and_the_rest_is_kept() {
        let (filter, errors) = InteractionFilter::lenient([
            ("from", "2025-02-29"),
            ("sort", "best"),
            ("status", "open"),
        ]);
        assert_eq!(filter.statuses, [InteractionStatus::Open]);
        let pointers: Vec<_> = errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, ["?from", "?sort"]);
    }

    #[test]
    fn the_order_alone_narrows_nothing() {
        assert!(
            InteractionFilter {
                sort: Some(Sort::Oldest),
                ..InteractionFilter::default()
            }
            .is_empty()
        );
        assert!(
            !InteractionFilter {
                q: Some("x".into()),
                ..InteractionFilter::default()
            }
            .is_empty()
        );
    }
}
