//! Whether a change asks for less contact: all that a link may do.
//!
//! Less is: off instead of on, rarer, later, quiet for longer. Elsewhere is not less: an address that somebody else reads would be
//! more for the customer. What this version does not know has to stay as it is.

mod quiet;

use crate::store::time::Moment;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::Frequency;
use portal_contract::preferences::{ChannelChoice, Preferences, TopicChoices};
use portal_contract::{Entries, Timestamp};

/// Whether everything that holds `after` the change is the same as `before`, or less.
pub(crate) fn reduces(before: &Preferences, after: &Preferences) -> bool {
    before.global_opt_out <= after.global_opt_out
        && is_no_earlier(before.paused_until.as_ref(), after.paused_until.as_ref())
        && is_no_earlier(
            before.survey_snooze_until.as_ref(),
            after.survey_snooze_until.as_ref(),
        )
        && before.language == after.language
        && quiet::is_no_louder(&before.quiet_hours, &after.quiet_hours)
        && after.topics.iter().all(|(topic, choices)| {
            let stood = before.topics.get(topic);
            choices.iter().all(|(channel, choice)| {
                is_no_more(stood.and_then(|stood| stood.get(channel)), choice)
            })
        })
}

/// Whether a change stays with the choices of channels that reach places of this kind; what holds for all of them is open.
pub(crate) fn stays_with(
    before: &Preferences,
    after: &Preferences,
    kind: &ContactPointKind,
) -> bool {
    after.topics.iter().all(|(topic, choices)| {
        let stood = before.topics.get(topic);
        choices.iter().all(|(channel, choice)| {
            is_of(channel, kind)
                || stood.and_then(|stood| stood.get(channel)).map(chosen) == Some(chosen(choice))
        })
    })
}

/// The preferences as far as they concern places of this kind: a link of one address shows no others.
pub(crate) fn narrow(mut preferences: Preferences, kind: &ContactPointKind) -> Preferences {
    let own = |choices: TopicChoices| -> TopicChoices {
        choices
            .into_iter()
            .filter(|(channel, _)| is_of(channel, kind))
            .collect()
    };
    preferences.topics = preferences
        .topics
        .into_iter()
        .map(|(topic, choices)| (topic, own(choices)))
        .filter(|(_, choices)| !choices.is_empty())
        .collect::<Entries<_, _>>();
    preferences
}

pub(crate) fn is_of(channel: &Channel, kind: &ContactPointKind) -> bool {
    ContactPointKind::reached_by(channel).as_ref() == Some(kind)
}

/// What a customer chooses of a choice; the rest is the server's.
fn chosen(
    choice: &ChannelChoice,
) -> (
    bool,
    Option<&Frequency>,
    Option<&portal_contract::ContactPointId>,
) {
    (
        choice.enabled,
        choice.frequency.as_ref(),
        choice.contact_point_id.as_ref(),
    )
}

fn is_no_more(before: Option<&ChannelChoice>, after: &ChannelChoice) -> bool {
    let Some(before) = before else {
        return !after.enabled;
    };
    (before.enabled || !after.enabled)
        && is_no_oftener(before.frequency.as_ref(), after.frequency.as_ref())
        && before.contact_point_id == after.contact_point_id
}

fn is_no_oftener(before: Option<&Frequency>, after: Option<&Frequency>) -> bool {
    if before == after {
        return true;
    }
    match (before.and_then(rarity), after.and_then(rarity)) {
        (Some(before), Some(after)) => before <= after,
        _ => false,
    }
}

fn rarity(frequency: &Frequency) -> Option<u8> {
    match frequency {
        Frequency::AtOnce => Some(0),
        Frequency::Daily => Some(1),
        Frequency::Weekly => Some(2),
        Frequency::Monthly => Some(3),
        Frequency::Other(_) => None,
    }
}

fn is_no_earlier(before: Option<&Timestamp>, after: Option<&Timestamp>) -> bool {
    let Some(before) = before else {
        return true;
    };
    let moment = |timestamp: &Timestamp| Moment::from_timestamp(timestamp);
    match (moment(before), after.and_then(moment)) {
        (Some(before), Some(after)) => before <= after,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
