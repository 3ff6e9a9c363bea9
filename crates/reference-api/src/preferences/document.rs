//! The preferences as the contract carries them: every topic and channel of the catalogue, with what holds for each.

use super::catalogue::{Catalogue, Topic};
use super::destination::{Destination, destination};
use super::quiet;
use super::settings::{self, Member, Settings};
use super::store::Stored;
use super::surroundings::Surroundings;
use crate::store::time::Moment;
use portal_contract::ContactPointId;
use portal_contract::interaction::Channel;
use portal_contract::preferences::{
    ChannelChoice, LockedReason, Preferences, Propagation, PropagationState, QuietHours, QuietSpan,
    TopicChoices,
};

/// The document.
#[must_use]
pub fn document(
    catalogue: &Catalogue,
    stored: &Stored,
    around: &Surroundings,
    now: Moment,
) -> Preferences {
    let settings = &stored.settings;
    let since = |pointer: &str| stored.off_since(pointer).map(Moment::to_timestamp);
    Preferences {
        etag: stored.etag(),
        global_opt_out: settings.global_opt_out(),
        global_opt_out_since: since(settings::GLOBAL_OPT_OUT),
        paused_until: settings.paused_until().map(Moment::to_timestamp),
        paused_since: since(settings::PAUSED_UNTIL),
        language: settings.language(),
        topics: catalogue
            .topics()
            .map(|topic| (topic.id.clone(), choices(topic, stored, around, now)))
            .collect(),
        quiet_hours: quiet_hours(settings, around, now),
        survey_snooze_until: settings.survey_snooze_until().map(Moment::to_timestamp),
        propagation: propagation(catalogue, stored, now),
    }
}

fn choices(topic: &Topic, stored: &Stored, around: &Surroundings, now: Moment) -> TopicChoices {
    let choice = |channel: &Channel| {
        let choice = stored.settings.choice(topic, channel);
        let locked = lock(
            topic,
            channel,
            choice.contact_point_id.as_ref(),
            around,
            now,
        );
        let place = Member::Enabled.pointer(topic.id.as_str(), channel);
        let off_since = stored.off_since(&place).filter(|_| !choice.enabled);
        ChannelChoice {
            enabled: choice.enabled,
            off_since: off_since.map(Moment::to_timestamp),
            frequency: (topic.frequencies.len() > 1).then(|| choice.frequency.to_wire()),
            contact_point_id: choice.contact_point_id,
            locked: locked.is_some(),
            locked_reason: locked,
        }
    };
    topic
        .channels
        .iter()
        .map(|channel| (channel.clone(), choice(channel)))
        .collect()
}

/// Why a topic cannot be switched on this channel as the customer likes: off when it is required, on for any other reason. It
/// would go to `chosen`, or to the preferred contact point.
#[must_use]
pub fn lock(
    topic: &Topic,
    channel: &Channel,
    chosen: Option<&ContactPointId>,
    around: &Surroundings,
    now: Moment,
) -> Option<LockedReason> {
    if topic.required.contains(channel) {
        return Some(LockedReason::Required);
    }
    let today = now.day_in(&around.zone);
    let place = match destination(&around.points, channel, chosen, today) {
        Destination::To(_) => None,
        Destination::None | Destination::NotInItsTime(_) => Some(LockedReason::NoContactPoint),
        Destination::NotVerified(_) => Some(LockedReason::NotVerified),
        Destination::Blocked(_) => Some(LockedReason::Undeliverable),
    };
    let standing = topic
        .purpose
        .as_ref()
        .and_then(|purpose| around.purpose(purpose));
    let refused = || standing.is_some_and(|standing| standing.obstacle().is_some());
    place.or_else(|| refused().then_some(LockedReason::PurposeNotAllowed))
}

fn quiet_hours(settings: &Settings, around: &Surroundings, now: Moment) -> QuietHours {
    let next = quiet::schedule(settings, &around.zone)
        .and_then(|schedule| schedule.current_or_next(now))
        .map(|(start, end)| QuietSpan {
            starts_at: start.to_timestamp(),
            ends_at: end.to_timestamp(),
        });
    QuietHours {
        enabled: settings.quiet_enabled(),
        time_zone: settings.quiet_zone(),
        windows: settings.quiet_windows(),
        channels: settings.quiet_channels(),
        outside: settings.quiet_rule(),
        next,
    }
}

fn propagation(catalogue: &Catalogue, stored: &Stored, now: Moment) -> Propagation {
    let effective_by = stored
        .updated_at
        .map(|moment| moment.plus_seconds(catalogue.effective_within_seconds))
        .filter(|moment| *moment > now);
    Propagation {
        state: match effective_by {
            Some(_) => PropagationState::Pending,
            None => PropagationState::Applied,
        },
        effective_by: effective_by.map(Moment::to_timestamp),
    }
}
