//! The map of a file of wishes, as it is written. `docs/importing.md` is its reference.

use crate::import::map::{ChoiceMap, CsvMap, DatesMap, MapError};
use serde::Deserialize;

/// A map as it is written. Texts are templates, as in the map of interactions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WishesMap {
    /// How the file separates and quotes.
    #[serde(default)]
    pub csv: CsvMap,
    /// How the file writes dates.
    #[serde(default)]
    pub dates: DatesMap,
    /// Whose a row is.
    pub customer: WhoseMap,
    /// When it was said; where it is empty or absent, nothing that the customer said here is older.
    pub at: Option<String>,
    /// `on` where everything is off but what has to come.
    pub global_opt_out: Option<ChoiceMap>,
    /// Topics over channels.
    #[serde(default, rename = "preferences")]
    pub topics: Vec<TopicMap>,
    /// Where the customer can be reached.
    #[serde(default)]
    pub contact_points: Vec<PointMap>,
    /// What was decided about purposes.
    #[serde(default)]
    pub consents: Vec<DecisionMap>,
}

/// `[customer]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoseMap {
    /// The address that the customer signs in with. Nobody is made by this import.
    pub address: String,
}

/// `[[preferences]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicMap {
    /// The topic's id in the company's catalogue.
    pub topic: String,
    /// The channel.
    pub channel: String,
    /// `on` or `off`.
    pub enabled: Option<ChoiceMap>,
    /// `at_once`, `daily`, `weekly` or `monthly`.
    pub frequency: Option<ChoiceMap>,
}

/// `[[contact_points]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointMap {
    /// `email`, `phone`, `postal`, `messaging`, `social`, `push`.
    pub kind: String,
    /// The address; where its columns are empty there is none. Not for `postal`.
    pub value: Option<String>,
    /// The lines of a postal address; empty ones are left out.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Its postal code.
    pub postal_code: Option<String>,
    /// Its country, or that of a number that is written without one: two letters (ISO 3166-1).
    pub country: Option<String>,
    /// The service of an account.
    pub service: Option<String>,
    /// What the customer calls it.
    pub label: Option<String>,
    /// `yes` or `no`: whether it is the preferred one of its kind.
    pub preferred: Option<ChoiceMap>,
    /// When it was verified to be the customer's; where it is empty it is not.
    pub verified_at: Option<String>,
}

/// `[[consents]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionMap {
    /// The purpose's id.
    pub purpose: String,
    /// `grant`, `withdraw`, `object` or `end_objection`.
    pub decision: ChoiceMap,
    /// When; the row's `at` when absent. One of both is needed.
    pub at: Option<String>,
    /// The version of the notice that the customer saw; the one in force on that day when absent.
    pub notice_version: Option<String>,
    /// BCP 47 tag of the language in which they saw it.
    pub language: Option<String>,
}

impl WishesMap {
    /// Reads a map.
    ///
    /// # Errors
    /// When it is no TOML, a key is missing or unknown, or a value has the wrong kind; with line and column.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        toml::from_str(text).map_err(|error| MapError::new("", error.to_string()))
    }
}
