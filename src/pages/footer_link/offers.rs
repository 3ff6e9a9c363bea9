//! What can be turned down by a link: only what would change something, and only to less.

use super::visit::Facts;
use portal_client::preferences::{Cell, Edit};
use portal_contract::contact_point::ContactPointKind;
use portal_contract::link::LinkTopic;
use portal_contract::preference_catalog::{Frequency, PreferenceCatalog};
use portal_contract::preferences::{ChannelChoice, LockedReason, Preferences};
use portal_contract::{PreferenceTopicId, Timestamp};

/// One act.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// A topic no longer comes this way.
    Stop(LinkTopic),
    /// A topic comes so often, which is rarer than before.
    Rarer(LinkTopic, Frequency),
    /// Everything waits until then.
    Pause(Timestamp),
    /// Everything is off.
    All,
}

/// What is offered as things stand; a pause would last until `until`.
pub fn offers(facts: &Facts, document: &Preferences, until: Option<Timestamp>) -> Vec<Offer> {
    if document.global_opt_out {
        return Vec::new();
    }
    let mut offers = Vec::new();
    for topic in &facts.link.topics {
        if !on(document, &topic.id, &facts.link.kind).is_empty() {
            offers.push(Offer::Stop(topic.clone()));
        }
        if let Some(rarer) = rarer(facts, document, &topic.id) {
            offers.push(Offer::Rarer(topic.clone(), rarer));
        }
    }
    let later = until.filter(|until| {
        let paused = document.paused_until.as_ref();
        // Moments of one form in UTC stand in the order of their letters, to the day at least.
        paused.is_none_or(|paused| paused.day() < until.day())
    });
    offers.extend(later.map(Offer::Pause));
    offers.push(Offer::All);
    offers
}

/// What an act changes.
pub fn edits(offer: &Offer, facts: &Facts, document: &Preferences) -> Vec<Edit> {
    let kind = &facts.link.kind;
    match offer {
        Offer::Stop(topic) => on(document, &topic.id, kind)
            .into_iter()
            .map(|cell| Edit::Enabled(cell, false))
            .collect(),
        Offer::Rarer(topic, frequency) => on(document, &topic.id, kind)
            .into_iter()
            .filter(|cell| next_rarer(facts, document, cell).as_ref() == Some(frequency))
            .map(|cell| Edit::Frequency(cell, frequency.clone()))
            .collect(),
        Offer::Pause(until) => vec![Edit::PausedUntil(Some(until.clone()))],
        Offer::All => vec![Edit::GlobalOptOut(true)],
    }
}

/// Where a topic comes to addresses of this kind and can be switched off.
fn on(document: &Preferences, topic: &PreferenceTopicId, kind: &ContactPointKind) -> Vec<Cell> {
    let is_free = |choice: &ChannelChoice| {
        choice.enabled && choice.locked_reason != Some(LockedReason::Required)
    };
    let choices = document.topics.get(topic).into_iter();
    choices
        .flat_map(|choices| choices.iter())
        .filter(|(channel, choice)| {
            ContactPointKind::reached_by(channel).as_ref() == Some(kind) && is_free(choice)
        })
        .map(|(channel, _)| Cell {
            topic: topic.clone(),
            channel: channel.clone(),
        })
        .collect()
}

fn rarer(facts: &Facts, document: &Preferences, topic: &PreferenceTopicId) -> Option<Frequency> {
    let cells = on(document, topic, &facts.link.kind);
    cells
        .iter()
        .find_map(|cell| next_rarer(facts, document, cell))
}

/// The next rarer frequency on offer: once a week before once a month.
fn next_rarer(facts: &Facts, document: &Preferences, cell: &Cell) -> Option<Frequency> {
    const RARER: [Frequency; 3] = [Frequency::Daily, Frequency::Weekly, Frequency::Monthly];
    let choice = document.topics.get(&cell.topic)?.get(&cell.channel)?;
    let past = match choice.frequency.as_ref()? {
        // "Once a day" is little less than one by one: the step is to be felt.
        Frequency::AtOnce | Frequency::Daily => 1,
        Frequency::Weekly => 2,
        Frequency::Monthly | Frequency::Other(_) => return None,
    };
    let offered = offered(&facts.catalogue, cell);
    let found = RARER[past..].iter().find(|one| offered.contains(one));
    found.cloned()
}

fn offered<'a>(catalogue: &'a PreferenceCatalog, cell: &Cell) -> &'a [Frequency] {
    let topics = catalogue.groups.iter().flat_map(|group| &group.topics);
    let topic = topics.into_iter().find(|topic| topic.id == cell.topic);
    let channels = topic.map_or(&[][..], |topic| &topic.channels);
    let channel = channels.iter().find(|it| it.channel == cell.channel);
    channel.map_or(&[], |channel| &channel.frequencies)
}
