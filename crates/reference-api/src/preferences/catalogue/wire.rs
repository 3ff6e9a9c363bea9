//! The catalogue as the contract carries it.

use super::{CHANNELS, Catalogue, Group, Topic};
use crate::preferences::frequency::Frequency;
use portal_contract::preference_catalog::{
    PreferenceCatalog, PreferenceTopic, RequiredTopic, TopicChannel, TopicGroup,
};

impl Catalogue {
    /// What there is to choose from, in the reader's language.
    #[must_use]
    pub fn to_wire(&self, locale: Option<&str>) -> PreferenceCatalog {
        let occurs = |channel: &_| self.topics().any(|topic| topic.offers(channel));
        PreferenceCatalog {
            channels: CHANNELS.into_iter().filter(occurs).collect(),
            groups: self
                .groups
                .iter()
                .map(|group| group.to_wire(locale))
                .collect(),
        }
    }
}

impl Group {
    fn to_wire(&self, locale: Option<&str>) -> TopicGroup {
        let text = self.text.get(locale);
        TopicGroup {
            id: self.id.clone(),
            label: text.label.clone(),
            description: not_empty(&text.description),
            topics: self
                .topics
                .iter()
                .map(|topic| topic.to_wire(locale))
                .collect(),
        }
    }
}

impl Topic {
    fn to_wire(&self, locale: Option<&str>) -> PreferenceTopic {
        let text = self.text.get(locale);
        let mut frequencies = self.frequencies.clone();
        frequencies.sort_unstable();
        let frequencies: Vec<_> = frequencies.into_iter().map(Frequency::to_wire).collect();
        PreferenceTopic {
            id: self.id.clone(),
            label: text.label.clone(),
            description: not_empty(&text.description),
            required: self.reason(locale).map(|reason| RequiredTopic {
                channels: self.required.clone(),
                reason: reason.to_owned(),
            }),
            urgent: self.urgent,
            channels: self
                .channels
                .iter()
                .map(|channel| TopicChannel {
                    channel: channel.clone(),
                    frequencies: frequencies.clone(),
                })
                .collect(),
            purpose_id: self.purpose.clone(),
        }
    }
}

fn not_empty(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
