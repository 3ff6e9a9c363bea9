//! What the company writes about, on which channels, and which of it has to reach the customer.

mod read;
mod wire;

pub use super::frequency::{Digest, Frequency};

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use portal_contract::interaction::Channel;
use portal_contract::{PreferenceTopicId, PurposeId, TopicGroupId};
use std::collections::BTreeMap;

/// The channels that a topic can come on, in the order of the screens.
pub const CHANNELS: [Channel; 6] = [
    Channel::Email,
    Channel::Sms,
    Channel::Phone,
    Channel::Push,
    Channel::Messaging,
    Channel::Post,
];

/// The company's topics.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Groups, in the company's order.
    pub groups: Vec<Group>,
    /// When digests go out.
    pub digest: Digest,
    /// In which zone, for a customer who told none.
    pub zone: TimeZone,
    /// The seconds that it takes until every system of the company keeps to a change.
    pub effective_within_seconds: i64,
}

/// Topics that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its stable name.
    pub id: TopicGroupId,
    /// What people read.
    pub text: Texts,
    /// Its topics, in the company's order.
    pub topics: Vec<Topic>,
}

/// Something that the company writes about.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its stable name.
    pub id: PreferenceTopicId,
    /// What people read.
    pub text: Texts,
    /// What it can come on, in the order of [`CHANNELS`].
    pub channels: Vec<Channel>,
    /// On which of them it comes until the customer decides.
    pub on: Vec<Channel>,
    /// How often it can come; the first is the usual one.
    pub frequencies: Vec<Frequency>,
    /// The channels that cannot be switched off.
    pub required: Vec<Channel>,
    /// Why not, by language.
    pub required_because: BTreeMap<String, String>,
    /// Whether it passes quiet hours.
    pub urgent: bool,
    /// What must be consented to, or not objected to, before it may come.
    pub purpose: Option<PurposeId>,
}

/// A label and a description in the company's languages.
#[derive(Clone, Debug)]
pub struct Texts(BTreeMap<String, Text>);

/// A label and a description.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// A few words.
    pub label: String,
    /// A sentence.
    pub description: String,
}

impl Default for Catalogue {
    /// A company that writes about nothing in particular.
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            digest: Digest {
                time: Time::constant(9, 0, 0, 0),
                weekday: Weekday::Monday,
                day_of_month: 1,
            },
            zone: TimeZone::UTC,
            effective_within_seconds: 0,
        }
    }
}

impl Catalogue {
    /// The topics of all groups.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.groups.iter().flat_map(|group| &group.topics)
    }

    /// The topic of this name.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics().find(|topic| topic.id.as_str() == id)
    }

    /// Whether any topic needs this channel to stay reachable.
    #[must_use]
    pub fn requires(&self, channel: &Channel) -> bool {
        self.topics().any(|topic| topic.required.contains(channel))
    }
}

impl Topic {
    /// Whether it can come on this channel.
    #[must_use]
    pub fn offers(&self, channel: &Channel) -> bool {
        self.channels.contains(channel)
    }

    /// How often it comes until the customer decides.
    #[must_use]
    pub fn usual_frequency(&self) -> Frequency {
        self.frequencies
            .first()
            .copied()
            .unwrap_or(Frequency::AtOnce)
    }

    /// Why it cannot be switched off, in the reader's language or the company's usual one.
    #[must_use]
    pub fn reason(&self, locale: Option<&str>) -> Option<&str> {
        in_language(&self.required_because, locale).map(String::as_str)
    }
}

impl Texts {
    /// In the reader's language, or the company's usual one.
    #[must_use]
    pub fn get(&self, locale: Option<&str>) -> &Text {
        in_language(&self.0, locale).expect("reading the catalogue refuses a text in no language")
    }
}

/// The entry of this language: of the whole tag, of its language alone, in English, or the first that there is.
fn in_language<'t, T>(texts: &'t BTreeMap<String, T>, locale: Option<&str>) -> Option<&'t T> {
    let language = |tag: &'_ str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    locale
        .and_then(|tag| texts.get(tag).or_else(|| texts.get(&language(tag))))
        .or_else(|| texts.get("en"))
        .or_else(|| texts.values().next())
}

#[cfg(test)]
mod tests;
