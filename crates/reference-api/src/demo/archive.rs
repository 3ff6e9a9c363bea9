//! One customer with as many interactions as one likes, to see what a portal does with a long history.

use super::content::{Company, ContentError};
use super::{DemoError, SOURCE, content};
use crate::import::Progress;
use crate::store::Store;
use crate::store::customers::NewCustomer;
use crate::store::ingest::{self, Files, NewAuthor, NewInteraction, NewMessage, NewTopic, Thread};
use crate::store::time::Moment;
use portal_contract::interaction::{Channel, Direction, FeedbackState, InteractionStatus, Role};
use serde::Deserialize;

/// Where the customer with the long history signs in.
pub const ARCHIVE_ADDRESS: &str = "archive@example.com";

/// Interactions of one transaction.
const BATCH: u64 = 5_000;
/// How far back the history goes: twelve years.
const SPAN_SECONDS: i64 = 12 * 365 * 24 * 60 * 60;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    subjects: Vec<Subject>,
    openings: Vec<String>,
    answers: Vec<String>,
    closings: Vec<String>,
    notices: Vec<String>,
    names: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subject {
    topic: String,
    text: String,
}

/// Writes `count` interactions of [`ARCHIVE_ADDRESS`]; those that are there already stay as they are.
///
/// # Errors
/// When the database refuses.
pub fn seed_archive(
    store: &Store,
    attachments: &Files,
    count: u64,
    now: Moment,
    progress: &Progress,
) -> Result<(), DemoError> {
    let writer = Archive {
        company: content::company()?,
        parts: parts()?,
        now,
        count,
    };
    let customer = NewCustomer {
        display_name: "Archie Vance".to_owned(),
        locale: Some("en".to_owned()),
        time_zone: Some("Europe/London".to_owned()),
        addresses: vec![ARCHIVE_ADDRESS.to_owned()],
        ..NewCustomer::default()
    };
    for first in (0..count).step_by(usize::try_from(BATCH).unwrap_or(usize::MAX)) {
        let last = (first + BATCH).min(count);
        store.write_blocking(|transaction| {
            let key = ingest::customer(transaction, &customer, now)?;
            for number in first..last {
                if !ingest::is_here(transaction, SOURCE, &source_name(number))? {
                    ingest::ingest(transaction, &key, &writer.interaction(number), attachments)?;
                }
            }
            Ok(())
        })?;
        progress.at(last);
    }
    progress.finish();
    Ok(())
}

fn source_name(number: u64) -> String {
    format!("{ARCHIVE_ADDRESS} {number}")
}

fn parts() -> Result<Parts, ContentError> {
    toml::from_str(include_str!("archive.toml")).map_err(|error| ContentError {
        file: "archive.toml",
        place: "the file".to_owned(),
        problem: error.to_string(),
    })
}

struct Archive {
    company: Company,
    parts: Parts,
    now: Moment,
    count: u64,
}

impl Archive {
    fn interaction(&self, number: u64) -> NewInteraction {
        let mut dice = Dice(number);
        let subject = dice.pick(&self.parts.subjects);
        let channel = dice.pick(Channel::KNOWN).clone();
        let outbound = channel == Channel::Push || dice.below(5) == 0;
        let name = dice.pick(&self.parts.names).clone();
        let figure = (2 + dice.below(900)).to_string();
        let fill = |text: &str| text.replace("{name}", &name).replace("{n}", &figure);
        // The newest a few minutes ago, the oldest twelve years; a little disorder between.
        let age = i64::try_from(
            u128::from(number) * SPAN_SECONDS.unsigned_abs() as u128
                / u128::from(self.count.max(1)),
        )
        .unwrap_or(SPAN_SECONDS);
        let started_at = self
            .now
            .plus_seconds(-(age + 600 + i64::try_from(dice.below(3_000)).unwrap_or(0)));
        let mut messages = Vec::new();
        let mut say = |role: Role, who: &str, after: i64, text: String| {
            messages.push(NewMessage {
                source_reference: messages.len().to_string(),
                author: NewAuthor {
                    role,
                    display_name: who.to_owned(),
                },
                channel: channel.clone(),
                sent_at: started_at.plus_seconds(after).min(self.now),
                text,
                lang: None,
                html: None,
                attachments: Vec::new(),
            });
        };
        let asked = 1 + dice.below(3);
        if outbound {
            say(
                Role::Automated,
                &self.company.automatic_name,
                0,
                fill(dice.pick::<String>(&self.parts.notices)),
            );
        } else {
            say(
                Role::Customer,
                "Archie Vance",
                0,
                fill(dice.pick::<String>(&self.parts.openings)),
            );
            if asked > 1 {
                say(
                    Role::Agent,
                    &name,
                    5_400,
                    fill(dice.pick::<String>(&self.parts.answers)),
                );
            }
            if asked > 2 {
                say(
                    Role::Customer,
                    "Archie Vance",
                    9_000,
                    fill(dice.pick::<String>(&self.parts.closings)),
                );
            }
        }
        let status = status(number, outbound || asked > 1);
        let ended = (status == InteractionStatus::Closed)
            .then(|| started_at.plus_seconds(90_000).min(self.now));
        NewInteraction {
            source: SOURCE.to_owned(),
            source_reference: source_name(number),
            reference: format!("A-{:06}", number + 1),
            subject: fill(&subject.text),
            lang: Some("en".to_owned()),
            direction: if outbound {
                Direction::Outbound
            } else {
                Direction::Inbound
            },
            topic: self.topic(&subject.topic),
            started_at,
            ended_at: ended,
            first_response_at: (!outbound && asked > 1)
                .then(|| started_at.plus_seconds(5_400).min(self.now)),
            first_response_by: (!outbound).then(|| started_at.plus_seconds(8 * 60 * 60)),
            resolved_at: ended,
            expected_by: None,
            feedback: (FeedbackState::NotRequested, None),
            unread: false,
            thread: Thread::Whole,
            notes: Vec::new(),
            handoffs: Vec::new(),
            others: Vec::new(),
            channel,
            status,
            messages,
        }
    }

    fn topic(&self, id: &str) -> Option<NewTopic> {
        let topic = self.company.topics.get(id)?;
        Some(NewTopic {
            id: id.to_owned(),
            label: topic.label.clone(),
            // The labels of other languages come with the other customers.
            labels: Vec::new(),
        })
    }
}

/// The latest few are running, everything else is over.
fn status(number: u64, answered: bool) -> InteractionStatus {
    match (number, answered) {
        (0..20, false) => InteractionStatus::Open,
        (0..20, true) => InteractionStatus::InProgress,
        (20..40, true) => InteractionStatus::Resolved,
        _ => InteractionStatus::Closed,
    }
}

/// Numbers that look like chance and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let place = self.below(from.len() as u64);
        &from[usize::try_from(place).expect("a place within a slice fits")]
    }
}
