//! The map of a CSV file: which column is what. `docs/importing.md` is its reference.

pub(super) mod choice;
pub(super) mod dates;
pub(super) mod plan;
mod promise;
pub(super) mod template;

pub use plan::{Outcome, Plan};

use super::table::Dialect;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// A map that cannot be used, by the key that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapError {
    /// The key, `messages[0].text`; empty when the file is no TOML at all.
    pub key: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl MapError {
    pub(super) fn new(key: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            problem: problem.into(),
        }
    }
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "`{}`: {}", self.key, self.problem)
        }
    }
}

impl std::error::Error for MapError {}

/// A map as it is written. Every text value but ids and formats is a template: `{Column}` stands for the column's value,
/// `{{` for a brace.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Where the rows come from. With `reference` it says which interaction a row is, so that a second import adds nothing.
    pub source: String,
    /// BCP 47 tag of the language that the texts are in.
    pub lang: Option<String>,
    /// How the file separates and quotes.
    #[serde(default)]
    pub csv: CsvMap,
    /// How the file writes dates.
    #[serde(default)]
    pub dates: DatesMap,
    /// The number that people quote. Must differ from row to row.
    pub reference: String,
    /// What it is about, in a line.
    pub subject: String,
    /// When it began.
    pub started_at: String,
    /// When it ended; empty where it has not.
    pub ended_at: Option<String>,
    /// When it was resolved; empty where it was not.
    pub resolved_at: Option<String>,
    /// Over which channel.
    pub channel: ChoiceMap,
    /// Who began; `inbound` when absent.
    pub direction: Option<ChoiceMap>,
    /// Where it stands.
    pub status: ChoiceMap,
    /// What it is about by the catalogue.
    pub topic: Option<TopicMap>,
    /// Whose it is.
    pub customer: CustomerMap,
    /// What was written and said, in order.
    #[serde(default)]
    pub messages: Vec<MessageMap>,
    /// From hand to hand, in order.
    #[serde(default)]
    pub handoffs: Vec<HandoffMap>,
    /// What was promised and whether it was kept.
    pub promise: Option<PromiseMap>,
}

/// `[csv]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CsvMap {
    /// One ASCII character, `,` when absent; `"\t"` for tabs.
    pub delimiter: Option<String>,
    /// One ASCII character, `"` when absent.
    pub quote: Option<String>,
}

/// `[dates]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatesMap {
    /// `strftime` formats, tried in order; RFC 3339 and `%Y-%m-%d` when absent.
    #[serde(default)]
    pub formats: Vec<String>,
    /// IANA name of the zone of moments that name none; UTC when absent.
    pub time_zone: Option<String>,
    /// The time of a day that comes without one, `HH:MM`; noon when absent, which is the same day almost everywhere.
    pub time_of_day: Option<String>,
}

/// A value of a fixed set, by what the file calls it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceMap {
    /// The file's value.
    pub from: String,
    /// What each of the file's values is here.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// What an empty value is; without it an empty value is unknown.
    pub empty: Option<String>,
    /// What becomes of a row whose value does not stand in `values`.
    #[serde(default)]
    pub on_unknown: OnUnknown,
}

/// What becomes of a row with a value that the map does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnUnknown {
    /// The row is rejected and says so.
    #[default]
    Reject,
    /// The value is kept as it is, in lower case with underscores; the portal shows it in plain words.
    Keep,
}

/// `[topic]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicMap {
    /// What people call it.
    pub label: String,
    /// Its id, made of the label when absent.
    pub id: Option<String>,
}

/// `[customer]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerMap {
    /// Rows that agree in all of these are one customer's.
    pub group_by: Vec<String>,
    /// The address that the customer signs in with. Unless it is one bare column, letters and digits of the columns are kept
    /// and everything else becomes a dash.
    pub address: String,
    /// How the customer is called; a name is made up when absent, always the same for the same customer.
    pub name: Option<String>,
    /// BCP 47 tag.
    pub locale: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// When a group is larger than one person can be, it becomes several customers of so many rows (`…-2@…`).
    pub max_per_customer: Option<u64>,
}

/// `[[messages]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageMap {
    /// `customer`, `agent`, `automated` or `third_party`.
    pub author: String,
    /// The name to show; the customer's for `customer` when absent.
    pub name: Option<String>,
    /// The words. Where every column in it is empty there is no message.
    pub text: String,
    /// When; `started_at` when absent.
    pub at: Option<String>,
    /// So many days after `at`.
    #[serde(default)]
    pub plus_days: i32,
    /// Over which channel; the row's when absent.
    pub channel: Option<String>,
    /// Only where this has a value.
    pub when: Option<String>,
    /// Only where this has none.
    pub unless: Option<String>,
    /// Only where the status (after mapping) is one of these.
    #[serde(default)]
    pub statuses: Vec<String>,
}

/// `[[handoffs]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoffMap {
    /// When; where it is empty there was none.
    pub at: String,
    /// From whom.
    pub from: String,
    /// To whom; where it is empty there was none.
    pub to: String,
    /// Why.
    pub reason: Option<String>,
}

/// `[promise]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseMap {
    /// What was promised.
    pub of: PromiseOf,
    /// When the time began to run; where it is empty there is no promise.
    pub from: String,
    /// How many days there were.
    pub within_days: i32,
    /// The column that says whether it was kept.
    pub outcome: Option<String>,
    /// Its values that say kept.
    #[serde(default)]
    pub kept: Vec<String>,
    /// Its values that say broken.
    #[serde(default)]
    pub broken: Vec<String>,
    /// When the company answered. Where the file does not say, a kept promise counts as kept on its last day and a broken
    /// one as a day late, and only where the matter is done.
    pub met_at: Option<String>,
}

/// What a promise was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseOf {
    /// A first answer.
    FirstResponse,
    /// A resolution.
    Resolution,
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// When it is no TOML, a key is missing or unknown, or a value has the wrong kind; with line and column.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        toml::from_str(text).map_err(|error| MapError::new("", error.to_string()))
    }

    /// How the file is framed.
    ///
    /// # Errors
    /// When a delimiter is not one ASCII character.
    pub fn dialect(&self) -> Result<Dialect, MapError> {
        self.csv.dialect()
    }
}

impl CsvMap {
    pub(super) fn dialect(&self) -> Result<Dialect, MapError> {
        let standard = Dialect::default();
        let dialect = Dialect {
            delimiter: one_byte("csv.delimiter", self.delimiter.as_deref())?
                .unwrap_or(standard.delimiter),
            quote: one_byte("csv.quote", self.quote.as_deref())?.unwrap_or(standard.quote),
        };
        if dialect.delimiter == dialect.quote {
            return Err(MapError::new("csv.quote", "is the same as `csv.delimiter`"));
        }
        Ok(dialect)
    }
}

fn one_byte(key: &str, value: Option<&str>) -> Result<Option<u8>, MapError> {
    match value.map(str::as_bytes) {
        None => Ok(None),
        Some([byte]) if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => Ok(Some(*byte)),
        Some(_) => Err(MapError::new(
            key,
            "expected one ASCII character, such as \",\" or \"\\t\"",
        )),
    }
}
