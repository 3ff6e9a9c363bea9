//! Quiet hours.

use super::values::{invalid, not_offered, switch, zone};
use super::{Reader, Refusal, below};
use crate::preferences::catalogue::CHANNELS;
use crate::preferences::quiet::{time, weekday};
use crate::preferences::settings::{self, QUIET};
use portal_contract::FieldCode;
use portal_contract::interaction::Channel;
use portal_contract::preferences::{QuietRule, Weekday};
use serde_json::{Value, json};

/// The most windows.
const MOST_WINDOWS: usize = 20;

impl Reader<'_> {
    pub(super) fn take_quiet_hours(&mut self, pointer: &str, value: &Value) {
        let members = match value {
            // Without quiet hours there are none: every member goes back to what it is for somebody who decided nothing.
            Value::Null => {
                return QUIET
                    .into_iter()
                    .for_each(|pointer| self.settings.set(pointer, Value::Null));
            }
            Value::Object(members) => members,
            _ => return self.refuse(pointer, invalid("an object, or null")),
        };
        for (name, value) in members {
            let pointer = below(pointer, name);
            match name.as_str() {
                "enabled" => self.set(settings::QUIET_ENABLED, switch(value)),
                "time_zone" => self.set(settings::QUIET_ZONE, zone(value)),
                "windows" => self.take_windows(&pointer, value),
                "channels" => self.take_quiet_channels(&pointer, value),
                "outside" => self.set(settings::QUIET_OUTSIDE, outside(value)),
                _ => self.refuse(&pointer, not_offered("this cannot be changed here")),
            }
        }
    }

    fn take_windows(&mut self, pointer: &str, value: &Value) {
        let windows = match value {
            Value::Null => return self.settings.set(pointer, Value::Null),
            Value::Array(windows) => windows,
            _ => return self.refuse(pointer, invalid("a list of windows, or null")),
        };
        if windows.len() > MOST_WINDOWS {
            return self.refuse(pointer, too_many(MOST_WINDOWS));
        }
        let errors = self.errors.len();
        let read: Vec<Value> = windows
            .iter()
            .enumerate()
            .map(|(index, window)| self.window(&below(pointer, &index.to_string()), window))
            .collect();
        if self.errors.len() == errors {
            self.settings.set(pointer, Value::Array(read));
        }
    }

    /// The window as it is kept: its days in the order of the week, each once.
    fn window(&mut self, pointer: &str, value: &Value) -> Value {
        let Value::Object(members) = value else {
            self.refuse(pointer, invalid("an object of days, start and end"));
            return Value::Null;
        };
        for name in members.keys() {
            if !["days", "start", "end"].contains(&name.as_str()) {
                self.refuse(
                    &below(pointer, name),
                    not_offered("a window has days, start and end"),
                );
            }
        }
        let days = self.days(&below(pointer, "days"), members.get("days"));
        for name in ["start", "end"] {
            let given = members.get(name);
            if given.and_then(Value::as_str).and_then(time).is_none() {
                self.refuse(
                    &below(pointer, name),
                    required_or(
                        given,
                        invalid("a time of day as HH:MM, from 00:00 to 23:59"),
                    ),
                );
            }
        }
        json!({ "days": days, "start": members.get("start"), "end": members.get("end") })
    }

    fn days(&mut self, pointer: &str, value: Option<&Value>) -> Vec<Weekday> {
        let given = match value {
            Some(Value::Array(given)) if !given.is_empty() => given,
            Some(Value::Array(_)) => {
                let none = Refusal::new(FieldCode::Required, "a window begins on one day at least");
                self.refuse(pointer, none);
                return Vec::new();
            }
            other => {
                self.refuse(
                    pointer,
                    required_or(other, invalid("a list of days: mon to sun")),
                );
                return Vec::new();
            }
        };
        let days: Vec<Weekday> = given
            .iter()
            .map(|day| Weekday::from(day.as_str().unwrap_or_default()))
            .collect();
        for (index, _) in days
            .iter()
            .enumerate()
            .filter(|(_, day)| weekday(day).is_none())
        {
            self.refuse(
                &below(pointer, &index.to_string()),
                not_offered("mon, tue, wed, thu, fri, sat or sun"),
            );
        }
        Weekday::KNOWN
            .iter()
            .filter(|day| days.contains(day))
            .cloned()
            .collect()
    }

    fn take_quiet_channels(&mut self, pointer: &str, value: &Value) {
        let given = match value {
            Value::Null => return self.settings.set(pointer, Value::Null),
            Value::Array(given) => given,
            _ => return self.refuse(pointer, invalid("a list of channels, or null")),
        };
        let channels: Vec<Channel> = given
            .iter()
            .map(|channel| Channel::from(channel.as_str().unwrap_or_default()))
            .collect();
        let mut all_known = true;
        for (index, channel) in channels.iter().enumerate() {
            if !CHANNELS.contains(channel) {
                all_known = false;
                self.refuse(
                    &below(pointer, &index.to_string()),
                    not_offered("email, sms, phone, push, messaging or post"),
                );
            }
        }
        if all_known {
            let each_once: Vec<_> = CHANNELS
                .into_iter()
                .filter(|channel| channels.contains(channel))
                .collect();
            self.settings.set(pointer, json!(each_once));
        }
    }
}

fn outside(value: &Value) -> Result<Value, Refusal> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::String(text) if QuietRule::KNOWN.contains(&QuietRule::from(text.as_str())) => {
            Ok(value.clone())
        }
        _ => Err(not_offered("hold or drop")),
    }
}

fn required_or(given: Option<&Value>, otherwise: Refusal) -> Refusal {
    match given {
        None | Some(Value::Null) => Refusal::new(FieldCode::Required, otherwise.detail),
        Some(_) => otherwise,
    }
}

fn too_many(limit: usize) -> Refusal {
    Refusal {
        limit: u64::try_from(limit).ok(),
        ..Refusal::new(FieldCode::TooMany, "too many windows")
    }
}
