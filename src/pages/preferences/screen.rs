//! What the pieces of the screen share.

use super::store::Document;
use crate::api::Read;
use crate::i18n::{Arg, Text, text};
use crate::loading::Loaded;
use crate::widgets::plain_words;
use portal_client::preferences::Cell;
use portal_contract::PreferenceTopicId;
use portal_contract::contact_point::{
    ContactPoint, ContactPointKind, DeliverabilityState, VerificationStatus,
};
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::{Frequency, PreferenceCatalog, PreferenceTopic};
use portal_contract::preferences::{ChannelChoice, TopicChoices};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What is chosen for one topic. Its cells follow this and not the whole document: one of hundreds is switched, and few look up.
pub type Choices = Memo<Option<TopicChoices>>;

/// The document, what there is to choose from, and where it may go. For any closure to hold.
#[derive(Clone, Copy)]
pub struct Screen {
    /// What the customer chose.
    pub document: Document,
    /// What there is to choose from.
    pub catalogue: StoredValue<PreferenceCatalog>,
    /// Addresses and numbers; the screen stands without them.
    pub points: RwSignal<Vec<ContactPoint>>,
    /// The cell about which "Would this reach me?" is asked.
    pub asked: RwSignal<Option<Cell>>,
}

impl Screen {
    /// What people call a topic; its id where the catalogue has it no longer.
    #[must_use]
    pub fn label(self, id: &PreferenceTopicId) -> String {
        self.catalogue.with_value(|catalogue| {
            topics(catalogue)
                .find(|topic| topic.id == *id)
                .map_or_else(|| plain_words(id.as_str()), |topic| topic.label.clone())
        })
    }

    /// Every cell of the catalogue: a topic over a channel that it can come over.
    #[must_use]
    pub fn cells(self) -> Vec<Cell> {
        self.catalogue
            .with_value(|catalogue| topics(catalogue).flat_map(cells_of).collect())
    }

    /// What is chosen in a cell, as the customer sees it. Follows changes.
    #[must_use]
    pub fn choice(self, cell: &Cell) -> Option<ChannelChoice> {
        self.document.with(|document| cell.of(document).cloned())
    }

    /// What is chosen for a topic, for all that shows it.
    #[must_use]
    pub fn choices(self, topic: &PreferenceTopicId) -> Choices {
        let topic = topic.clone();
        memo(move || {
            self.document
                .with(|document| document.topics.get(&topic).cloned())
        })
    }

    /// The contact points that a channel can use, the preferred one first. Nothing while they are not there. Follows changes.
    #[must_use]
    pub fn usable(self, channel: &Channel) -> Vec<ContactPoint> {
        let kind = ContactPointKind::reached_by(channel);
        let points = self.points.get();
        let mut usable: Vec<_> = points
            .into_iter()
            .filter(|point| Some(&point.kind) == kind.as_ref())
            .filter(|point| point.verification.status == VerificationStatus::Verified)
            .filter(|point| point.deliverability.state != DeliverabilityState::Blocked)
            .collect();
        usable.sort_by_key(|point| !point.preferred);
        usable
    }
}

/// What is drawn when something was read. One function for all of them, because each kind of reading costs program of its own.
pub fn once_read(
    read: Read<()>,
    failed: Text,
    is_page: bool,
    bones: fn() -> View,
    draw: Box<dyn Fn() -> View>,
) -> View {
    view! {
        <Loaded from=read failed=failed is_page=is_page skeleton=bones let:_there>
            {draw()}
        </Loaded>
    }
    .alone()
}

/// Every topic, in the order in which they are shown.
pub fn topics(catalogue: &PreferenceCatalog) -> impl Iterator<Item = &PreferenceTopic> {
    catalogue.groups.iter().flat_map(|group| &group.topics)
}

/// The cells of a topic.
#[must_use]
pub fn cells_of(topic: &PreferenceTopic) -> Vec<Cell> {
    let cell = |channel: &Channel| Cell {
        topic: topic.id.clone(),
        channel: channel.clone(),
    };
    topic
        .channels
        .iter()
        .map(|one| cell(&one.channel))
        .collect()
}

/// A channel within a sentence: "by email".
#[must_use]
pub fn by(channel: &Channel) -> Arg {
    Arg::Text(match channel {
        Channel::Email => text::PREFERENCES_BY_EMAIL,
        Channel::Sms => text::PREFERENCES_BY_SMS,
        Channel::Phone => text::PREFERENCES_BY_PHONE,
        Channel::Push => text::PREFERENCES_BY_PUSH,
        Channel::Messaging => text::PREFERENCES_BY_MESSAGING,
        Channel::Post => text::PREFERENCES_BY_POST,
        other => return Arg::User(plain_words(other.as_str())),
    })
}

/// How often, in words.
#[must_use]
pub fn often(frequency: &Frequency) -> Arg {
    Arg::Text(match frequency {
        Frequency::AtOnce => text::PREFERENCES_OFTEN_AT_ONCE,
        Frequency::Daily => text::PREFERENCES_OFTEN_DAILY,
        Frequency::Weekly => text::PREFERENCES_OFTEN_WEEKLY,
        Frequency::Monthly => text::PREFERENCES_OFTEN_MONTHLY,
        Frequency::Other(name) => return Arg::User(plain_words(name)),
    })
}

/// An argument of a sentence, to stand alone.
#[must_use]
pub fn alone(arg: Arg) -> String {
    match arg {
        Arg::Text(text) => crate::i18n::t(text),
        Arg::Words(words) | Arg::User(words) => words,
        Arg::Number(number) => crate::i18n::number(number),
    }
}

/// A sentence about a cell: its topic, its channel.
#[must_use]
pub fn about(screen: Screen, cell: &Cell, sentence: fn(String, Arg) -> Text) -> Text {
    sentence(screen.label(&cell.topic), by(&cell.channel))
}
