//! The choices by topic and channel.

use super::values::{invalid, not_offered, switch};
use super::{Reader, Refusal, Rules, below};
use crate::preferences::catalogue::Topic;
use crate::preferences::document::lock;
use crate::preferences::frequency::Frequency;
use crate::preferences::settings::Member;
use portal_contract::FieldCode;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::interaction::Channel;
use portal_contract::preferences::LockedReason;
use serde_json::{Value, json};

impl Reader<'_> {
    pub(super) fn take_topics(&mut self, pointer: &str, value: &Value) {
        let Value::Object(topics) = value else {
            return self.refuse(pointer, invalid("an object of topics"));
        };
        for (id, channels) in topics {
            let pointer = below(pointer, id);
            match self.rules.catalogue.topic(id) {
                Some(topic) => self.take_channels(&pointer, topic, channels),
                None => self.refuse(&pointer, unknown("no topic of the catalogue")),
            }
        }
    }

    fn take_channels(&mut self, pointer: &str, topic: &Topic, value: &Value) {
        let Value::Object(channels) = value else {
            return self.refuse(pointer, invalid("an object of channels"));
        };
        for (name, members) in channels {
            let pointer = below(pointer, name);
            let channel = Channel::from(name.as_str());
            if topic.offers(&channel) {
                self.take_choice(&pointer, topic, &channel, members);
            } else {
                self.refuse(&pointer, unknown("the topic does not come on this channel"));
            }
        }
    }

    /// The contact point is read before the switch: whether a topic can be switched on hangs on where it would go.
    fn take_choice(&mut self, pointer: &str, topic: &Topic, channel: &Channel, value: &Value) {
        let Value::Object(members) = value else {
            return self.refuse(
                pointer,
                invalid("an object of enabled, frequency, contact_point_id"),
            );
        };
        for member in [Member::ContactPoint, Member::Frequency, Member::Enabled] {
            if let Some(value) = members.get(member.name()) {
                let read = match member {
                    Member::Enabled => self.enabled(topic, channel, value),
                    Member::Frequency => frequency(topic, value),
                    Member::ContactPoint => self.contact_point(channel, value),
                };
                self.set(&below(pointer, member.name()), read);
            }
        }
        let known = |name: &String| Member::ALL.iter().any(|member| member.name() == name);
        for name in members.keys().filter(|name| !known(name)) {
            self.refuse(
                &below(pointer, name),
                not_offered("this cannot be changed here"),
            );
        }
    }

    /// What stands as it is wanted is taken, locked or not: a repeated patch is no mistake.
    fn enabled(&self, topic: &Topic, channel: &Channel, value: &Value) -> Result<Value, Refusal> {
        let read = switch(value)?;
        let (wanted, stands) = (
            read == json!(true),
            self.before.choice(topic, channel).enabled,
        );
        if wanted == stands {
            return Ok(read);
        }
        let chosen = self.settings.choice(topic, channel).contact_point_id;
        let Rules { around, now, .. } = self.rules;
        let locked = lock(topic, channel, chosen.as_ref(), around, now);
        match locked {
            Some(LockedReason::Required) => {
                Err(refused("it is required and cannot be switched off"))
            }
            Some(reason) if wanted => Err(refused(&format!(
                "it cannot be switched on: {}",
                reason.as_str()
            ))),
            _ => Ok(read),
        }
    }

    fn contact_point(&self, channel: &Channel, value: &Value) -> Result<Value, Refusal> {
        let id = match value {
            Value::Null => return Ok(Value::Null),
            Value::String(id) => id,
            _ => return Err(invalid("the id of a contact point, or null")),
        };
        let kind = ContactPointKind::reached_by(channel);
        let found = self
            .rules
            .around
            .points
            .iter()
            .find(|point| point.id.as_str() == id && Some(&point.kind) == kind.as_ref());
        match found {
            Some(point) if point.verified => Ok(value.clone()),
            Some(_) => Err(refused("this contact point is not verified")),
            None => Err(unknown(
                "no contact point of the kind that this channel needs",
            )),
        }
    }
}

fn frequency(topic: &Topic, value: &Value) -> Result<Value, Refusal> {
    let frequency = match value {
        Value::Null => return Ok(Value::Null),
        Value::String(text) => Frequency::parse(text),
        _ => return Err(invalid("a frequency, or null")),
    };
    match frequency {
        Some(frequency) if topic.frequencies.contains(&frequency) => Ok(value.clone()),
        _ => Err(not_offered("the topic does not come as often as this")),
    }
}

fn refused(detail: &str) -> Refusal {
    Refusal::new(FieldCode::Locked, detail)
}

fn unknown(detail: &str) -> Refusal {
    Refusal::new(FieldCode::Unknown, detail)
}
