//! How customers reach the company, as its file says (`company.contact`), and the calls that they ask for.

pub mod address;
pub mod calendar;
pub mod callbacks;
pub mod hours;
pub mod now;
mod order;
mod read;
pub mod slots;
mod wire;

pub use order::Visitor;
pub use wire::options;

use crate::store::time::Moment;
use hours::Hours;
use portal_contract::contact::{
    Accessibility, ContactAddress, ContactOptionKind, CostKind, ExpectationBasis,
};
use portal_contract::interaction::Channel;
use portal_contract::{ContactOptionId, TopicId};
use slots::Booking;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something by the tag of its language.
pub type Local<T> = BTreeMap<String, T>;

/// Every way to reach the company; none, and the portal offers none.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// What a matter can be about, in the company's order.
    pub topics: Vec<Subject>,
    /// The ways, in the company's order.
    pub all: Vec<Way>,
}

/// What a matter can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its stable name.
    pub id: TopicId,
    /// What people call it.
    pub label: Local<String>,
}

/// One way.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its stable name.
    pub id: ContactOptionId,
    /// What sort of way.
    pub kind: ContactOptionKind,
    /// What people read.
    pub text: Local<Text>,
    /// Where it leads to.
    pub address: Option<ContactAddress>,
    /// When it is open, or answered.
    pub hours: Option<Arc<Hours>>,
    /// The topics that it is made for; none for all.
    pub topics: Vec<TopicId>,
    /// In how many minutes of its hours a first answer comes, and how sure that is.
    pub first_answer: Option<(u64, ExpectationBasis)>,
    /// How long the wait is, in minutes, while nobody has measured it.
    pub wait_minutes: Option<u64>,
    /// What it costs.
    pub cost: Option<Cost>,
    /// BCP 47 tags of the languages that it is offered in.
    pub languages: Vec<String>,
    /// What makes it possible, or easier.
    pub accessibility: Vec<Accessibility>,
    /// How calls are planned, of a `callback`.
    pub booking: Option<Booking>,
}

/// What people read of a way.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// A few words.
    pub label: String,
    /// A sentence.
    pub description: Option<String>,
}

/// What a way costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// What sort of cost.
    pub kind: CostKind,
    /// How much.
    pub detail: Local<String>,
}

impl Ways {
    /// The way of this name.
    #[must_use]
    pub fn find(&self, id: &ContactOptionId) -> Option<&Way> {
        self.all.iter().find(|way| way.id == *id)
    }

    /// The topic of this name.
    #[must_use]
    pub fn topic(&self, id: &TopicId) -> Option<&Subject> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// Whether there is a way of this sort.
    #[must_use]
    pub fn offers(&self, kind: &ContactOptionKind) -> bool {
        self.all.iter().any(|way| way.kind == *kind)
    }
}

impl Way {
    /// The channel on which an interaction stands that begins by it.
    #[must_use]
    pub fn channel(&self) -> Channel {
        match &self.kind {
            ContactOptionKind::Message => Channel::Web,
            ContactOptionKind::Callback | ContactOptionKind::Phone => Channel::Phone,
            ContactOptionKind::Email => Channel::Email,
            ContactOptionKind::Chat => Channel::Chat,
            ContactOptionKind::Messaging => Channel::Messaging,
            ContactOptionKind::Store => Channel::Store,
            ContactOptionKind::Post => Channel::Post,
            ContactOptionKind::Social => Channel::Social,
            ContactOptionKind::Other(kind) => Channel::Other(kind.clone()),
        }
    }

    /// When an answer is to be expected that takes so many minutes of its hours, of something sent at `from`.
    #[must_use]
    pub fn answer_by(&self, from: Moment, minutes: u64) -> Option<Moment> {
        match &self.hours {
            Some(hours) => hours.after(from, minutes),
            None => Some(from.plus_seconds(i64::try_from(minutes).ok()?.checked_mul(60)?)),
        }
    }

    /// Whether it takes things in at any time: its hours say when they are answered.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        matches!(
            self.kind,
            ContactOptionKind::Message
                | ContactOptionKind::Callback
                | ContactOptionKind::Email
                | ContactOptionKind::Post
        )
    }
}

/// The entry of the reader's language, of the company's usual one, or the first that there is.
#[must_use]
pub fn in_language<'t, T>(
    texts: &'t Local<T>,
    tag: Option<&str>,
    usual: &[String],
) -> Option<&'t T> {
    tag.into_iter()
        .chain(usual.iter().map(String::as_str))
        .flat_map(|tag| [tag, tag.split('-').next().unwrap_or(tag)])
        .find_map(|tag| texts.get(tag))
        .or_else(|| texts.values().next())
}

#[cfg(test)]
mod tests;
