//! Which way is suggested first: what suits the topic, what the customer needs, what they prefer.

use super::Way;
use crate::config::Config;
use crate::preferences::store;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::me;
use portal_contract::TopicId;
use portal_contract::contact::{Accessibility, CostKind, OptionReason};
use portal_contract::interaction::Channel;
use portal_contract::me::{Accommodation, AccommodationKind};
use rusqlite::Connection;

/// Who looks for a way.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// BCP 47 tag of their language.
    pub language: Option<String>,
    /// What they need.
    pub needs: Vec<Accommodation>,
    /// The channels that they like best, by what they switched on and off.
    pub preferred: Vec<Channel>,
}

impl Visitor {
    /// Reads what is known of a customer.
    ///
    /// # Errors
    /// When the database refuses, or holds what cannot be read.
    pub fn read(
        db: &Connection,
        config: &Config,
        customer: &CustomerId,
    ) -> Result<Self, StoreError> {
        let record = me::read(db, customer)?;
        let settings = store::load(db, customer)?.settings;
        let told = settings.language();
        let mut liked: Vec<(i64, Channel)> = Vec::new();
        for topic in config.catalogue.topics() {
            for channel in &topic.channels {
                let pointer = format!("/topics/{}/{}/enabled", topic.id, channel.as_str());
                let step = match settings.get(&pointer).and_then(serde_json::Value::as_bool) {
                    Some(true) => 1,
                    Some(false) => -1,
                    // What nobody decided is the company's choice and nobody's preference.
                    None => continue,
                };
                match liked.iter_mut().find(|(_, known)| known == channel) {
                    Some((score, _)) => *score += step,
                    None => liked.push((step, channel.clone())),
                }
            }
        }
        let best = liked.iter().map(|(score, _)| *score).max().unwrap_or(0);
        let is_best = |score: i64| score > 0 && score == best && !settings.global_opt_out();
        Ok(Self {
            language: record.locale.or(told),
            needs: record.accommodations,
            preferred: liked
                .into_iter()
                .filter(|(score, _)| is_best(*score))
                .map(|(_, channel)| channel)
                .collect(),
        })
    }

    /// Whether the way is offered in their language; `None` where either is not known.
    pub(super) fn speaks(&self, way: &Way) -> Option<bool> {
        let language = self.language.as_deref()?;
        (!way.languages.is_empty()).then(|| way.languages.iter().any(|tag| same(tag, language)))
    }

    /// Whether the way has all that they need; `None` where they need nothing.
    fn finds(&self, way: &Way) -> Option<bool> {
        let has = |need: &Accommodation| match &need.kind {
            AccommodationKind::Interpreter => {
                let language = need.language.as_deref().unwrap_or_default();
                way.accessibility.contains(&Accessibility::Interpreter)
                    || way.languages.iter().any(|tag| same(tag, language))
            }
            kind => way
                .accessibility
                .iter()
                .any(|offered| offered.as_str() == kind.as_str()),
        };
        (!self.needs.is_empty()).then(|| self.needs.iter().all(has))
    }
}

fn same(one: &str, other: &str) -> bool {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    primary(one) == primary(other)
}

/// How well a way suits, the best first; and why, the weightiest first.
pub(super) struct Suits {
    pub(super) rank: [bool; 7],
    pub(super) topic: bool,
    pub(super) reasons: Vec<OptionReason>,
}

/// How well `way` suits `visitor` with a matter about `topic`. A part of the rank is `true` where something speaks against it.
pub(super) fn suits(
    way: &Way,
    visitor: &Visitor,
    topic: Option<&TopicId>,
    is_closed: bool,
    is_open: bool,
) -> Suits {
    let made_for = topic.is_some_and(|topic| way.topics.contains(topic));
    let suits_topic = topic.is_none() || way.topics.is_empty() || made_for;
    let finds = visitor.finds(way);
    let preferred = visitor.preferred.contains(&way.channel());
    let speaks = visitor.speaks(way);
    let free = way
        .cost
        .as_ref()
        .is_some_and(|cost| cost.kind == CostKind::Free);
    let told = [
        (made_for, OptionReason::SuitsTopic),
        (finds == Some(true), OptionReason::MeetsNeeds),
        (preferred, OptionReason::PreferredChannel),
        (speaks == Some(true), OptionReason::SpeaksLanguage),
        (is_open, OptionReason::OpenNow),
        (free, OptionReason::Free),
    ];
    Suits {
        rank: [
            is_closed,
            !suits_topic,
            finds == Some(false),
            topic.is_some() && !made_for,
            !preferred,
            speaks == Some(false),
            !is_open,
        ],
        topic: suits_topic,
        reasons: told
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, reason)| reason)
            .collect(),
    }
}
