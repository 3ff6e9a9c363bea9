//! What a customer has decided, value by value.
//!
//! Each value stands under its JSON Pointer into the document of the contract. What nobody decided is absent and follows the
//! catalogue. So a difference is a comparison of two maps, a history entry is a list of pointers, and undoing is putting back
//! what stood there.

use super::catalogue::{Catalogue, Topic};
use super::frequency::Frequency;
use crate::store::time::Moment;
use portal_contract::interaction::Channel;
use portal_contract::preferences::{QuietRule, QuietWindow};
use portal_contract::{ContactPointId, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const GLOBAL_OPT_OUT: &str = "/global_opt_out";
pub(super) const PAUSED_UNTIL: &str = "/paused_until";
pub(super) const LANGUAGE: &str = "/language";
pub(super) const SURVEY_SNOOZE_UNTIL: &str = "/survey_snooze_until";
pub(super) const QUIET_ENABLED: &str = "/quiet_hours/enabled";
pub(super) const QUIET_ZONE: &str = "/quiet_hours/time_zone";
pub(super) const QUIET_WINDOWS: &str = "/quiet_hours/windows";
pub(super) const QUIET_CHANNELS: &str = "/quiet_hours/channels";
pub(super) const QUIET_OUTSIDE: &str = "/quiet_hours/outside";
pub(super) const QUIET: [&str; 5] = [
    QUIET_ENABLED,
    QUIET_ZONE,
    QUIET_WINDOWS,
    QUIET_CHANNELS,
    QUIET_OUTSIDE,
];

/// A member of a topic's choice for a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    Enabled,
    Frequency,
    ContactPoint,
}

impl Member {
    pub(super) const ALL: [Self; 3] = [Self::Enabled, Self::Frequency, Self::ContactPoint];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Frequency => "frequency",
            Self::ContactPoint => "contact_point_id",
        }
    }

    /// Where the member of this topic and channel stands. Names of the catalogue need no escaping.
    pub(super) fn pointer(self, topic: &str, channel: &Channel) -> String {
        format!("/topics/{topic}/{}/{}", channel.as_str(), self.name())
    }
}

/// What a customer has decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(BTreeMap<String, Value>);

/// One topic over one channel, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Whether it comes.
    pub enabled: bool,
    /// How often.
    pub frequency: Frequency,
    /// Where to; the preferred contact point when absent.
    pub contact_point_id: Option<ContactPointId>,
}

impl Settings {
    /// What was decided at this place.
    #[must_use]
    pub fn get(&self, pointer: &str) -> Option<&Value> {
        self.0.get(pointer)
    }

    /// Decides; `null` takes a decision back.
    pub fn set(&mut self, pointer: impl Into<String>, value: Value) {
        let pointer = pointer.into();
        if value.is_null() {
            self.0.remove(&pointer);
        } else {
            self.0.insert(pointer, value);
        }
    }

    /// Switches a topic on or off over a channel.
    pub fn switch(&mut self, topic: &Topic, channel: &Channel, on: bool) {
        self.set(
            Member::Enabled.pointer(topic.id.as_str(), channel),
            json!(on),
        );
    }

    /// The places at which something was decided.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn read<T: DeserializeOwned>(&self, pointer: &str) -> Option<T> {
        // What was written by an older program and is read no longer counts as undecided.
        serde_json::from_value(self.0.get(pointer)?.clone()).ok()
    }

    /// Whether everything is off but what is required.
    #[must_use]
    pub fn global_opt_out(&self) -> bool {
        self.read(GLOBAL_OPT_OUT).unwrap_or(false)
    }

    /// Until when contact is paused.
    #[must_use]
    pub fn paused_until(&self) -> Option<Moment> {
        self.moment(PAUSED_UNTIL)
    }

    /// Until when no feedback is asked for.
    #[must_use]
    pub fn survey_snooze_until(&self) -> Option<Moment> {
        self.moment(SURVEY_SNOOZE_UNTIL)
    }

    fn moment(&self, pointer: &str) -> Option<Moment> {
        Moment::from_timestamp(&self.read::<Timestamp>(pointer)?)
    }

    /// The language that the company should write in.
    #[must_use]
    pub fn language(&self) -> Option<String> {
        self.read(LANGUAGE)
    }

    /// Whether quiet hours hold.
    #[must_use]
    pub fn quiet_enabled(&self) -> bool {
        self.read(QUIET_ENABLED).unwrap_or(false)
    }

    /// The zone of the quiet hours.
    #[must_use]
    pub fn quiet_zone(&self) -> Option<String> {
        self.read(QUIET_ZONE)
    }

    /// The windows of the quiet hours.
    #[must_use]
    pub fn quiet_windows(&self) -> Vec<QuietWindow> {
        self.read(QUIET_WINDOWS).unwrap_or_default()
    }

    /// The channels for which quiet hours hold; all when empty.
    #[must_use]
    pub fn quiet_channels(&self) -> Vec<Channel> {
        self.read(QUIET_CHANNELS).unwrap_or_default()
    }

    /// What becomes of a message that comes in quiet hours.
    #[must_use]
    pub fn quiet_rule(&self) -> QuietRule {
        self.read(QUIET_OUTSIDE).unwrap_or(QuietRule::Hold)
    }

    /// How a topic stands on a channel. What is required is on, whatever was decided before it was.
    #[must_use]
    pub fn choice(&self, topic: &Topic, channel: &Channel) -> Choice {
        let place = |member: Member| member.pointer(topic.id.as_str(), channel);
        let decided: Option<bool> = self.read(&place(Member::Enabled));
        let frequency = self
            .read::<String>(&place(Member::Frequency))
            .and_then(|text| Frequency::parse(&text))
            .filter(|frequency| topic.frequencies.contains(frequency));
        Choice {
            enabled: topic.required.contains(channel)
                || decided.unwrap_or_else(|| topic.on.contains(channel)),
            frequency: frequency.unwrap_or_else(|| topic.usual_frequency()),
            contact_point_id: self.read(&place(Member::ContactPoint)),
        }
    }

    /// What people see at this place: what was decided, or what holds without a decision; `null` for nothing.
    #[must_use]
    pub fn shown(&self, catalogue: &Catalogue, pointer: &str) -> Value {
        if let Some((topic, channel, member)) = cell(catalogue, pointer) {
            let choice = self.choice(topic, &channel);
            return match member {
                Member::Enabled => json!(choice.enabled),
                Member::Frequency if topic.frequencies.len() < 2 => Value::Null,
                Member::Frequency => json!(choice.frequency.as_str()),
                Member::ContactPoint => json!(choice.contact_point_id),
            };
        }
        match pointer {
            GLOBAL_OPT_OUT => json!(self.global_opt_out()),
            QUIET_ENABLED => json!(self.quiet_enabled()),
            QUIET_WINDOWS => json!(self.quiet_windows()),
            QUIET_CHANNELS => json!(self.quiet_channels()),
            QUIET_OUTSIDE => json!(self.quiet_rule()),
            _ => self.0.get(pointer).cloned().unwrap_or(Value::Null),
        }
    }
}

/// The cell of the matrix that a pointer names, if the catalogue has it.
pub(super) fn cell<'c>(
    catalogue: &'c Catalogue,
    pointer: &str,
) -> Option<(&'c Topic, Channel, Member)> {
    let mut parts = pointer.strip_prefix("/topics/")?.split('/');
    let topic = catalogue.topic(parts.next()?)?;
    let channel = Channel::from(parts.next()?);
    let name = parts.next()?;
    let member = Member::ALL
        .into_iter()
        .find(|member| member.name() == name)?;
    (topic.offers(&channel) && parts.next().is_none()).then_some((topic, channel, member))
}
