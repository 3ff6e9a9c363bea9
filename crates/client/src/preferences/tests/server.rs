//! A server as the contract has it: versions, keys, merge patches, and the moments of opting out. It writes down every change.

use super::super::{Cell, Save};
use super::march;
use portal_contract::preferences::Preferences;
use portal_contract::{Etag, FromJson, Json, Timestamp, ToJson};
use std::collections::HashMap;

/// What the server says to a save.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Saved(Preferences),
    Outdated(Preferences),
}

pub struct Server {
    pub document: Preferences,
    pub version: u64,
    answers: HashMap<String, Answer>,
}

impl Server {
    pub fn new(document: Preferences) -> Self {
        Self {
            document,
            version: 0,
            answers: HashMap::new(),
        }
    }

    /// Takes a save. The key is looked at first; a change without effect makes no version.
    pub fn take(&mut self, save: &Save) -> Answer {
        if let Some(answer) = self.answers.get(save.key.as_str()) {
            return answer.clone();
        }
        if save.etag != self.document.etag {
            return Answer::Outdated(self.document.clone());
        }
        let patched = apply(&self.document.to_json(), &save.patch);
        let patched = Preferences::from_json(&patched).unwrap();
        if patched != self.document {
            self.version += 1;
            self.document = self.stamped(patched);
        }
        let answer = Answer::Saved(self.document.clone());
        self.answers
            .insert(save.key.as_str().to_owned(), answer.clone());
        answer
    }

    /// The new document with its version and the moments of what it switched off.
    fn stamped(&self, mut new: Preferences) -> Preferences {
        let old = &self.document;
        let now = moment(self.version);
        for (topic, channels) in new.topics.iter_mut() {
            for (channel, choice) in channels.iter_mut() {
                let cell = Cell {
                    topic: topic.clone(),
                    channel: channel.clone(),
                };
                let before = cell.of(old).unwrap();
                choice.off_since = match (before.enabled, choice.enabled) {
                    (_, true) => None,
                    (true, false) => Some(now.clone()),
                    (false, false) => before.off_since.clone(),
                };
            }
        }
        new.global_opt_out_since = match (old.global_opt_out, new.global_opt_out) {
            (_, false) => None,
            (false, true) => Some(now.clone()),
            (true, true) => old.global_opt_out_since.clone(),
        };
        if new.paused_until != old.paused_until {
            new.paused_since = new.paused_until.is_some().then_some(now);
        }
        new.etag = etag(self.version);
        new
    }
}

fn etag(version: u64) -> Etag {
    format!("v{version}").parse().unwrap()
}

/// One moment a version, in order.
fn moment(version: u64) -> Timestamp {
    let seconds = format!(
        "2026-01-01T{:02}:{:02}:{:02}Z",
        version / 3600,
        version / 60 % 60,
        version % 60
    );
    assert!(Some(&seconds.parse().unwrap()) < march(1).as_ref());
    seconds.parse().unwrap()
}

/// RFC 7396.
fn apply(target: &Json, patch: &Json) -> Json {
    let Json::Object(changes) = patch else {
        return patch.clone();
    };
    let mut members = match target {
        Json::Object(members) => members.clone(),
        _ => Vec::new(),
    };
    for (name, change) in changes {
        let held = members.iter().position(|(known, _)| known == name);
        match (held, change) {
            (Some(place), Json::Null) => drop(members.remove(place)),
            (None, Json::Null) => {}
            (Some(place), change) => members[place].1 = apply(&members[place].1, change),
            (None, change) => members.push((name.clone(), apply(&Json::Null, change))),
        }
    }
    Json::Object(members)
}
