//! From what people say to interactions.

use super::content::{self, Company, ContentError, FileText, Life, Matter, Words};
use super::moments::{Teller, span};
use super::{
    DemoError, SOURCE, about, calls, catalogue, choices, data_requests, decisions, delegations,
    edge, feedback, files, notices, reachable,
};
use crate::contact_points::{Brought, bring};
use crate::store::Store;
use crate::store::customers::{self, CustomerId, NewCustomer};
use crate::store::ingest::{
    self, Files, NewAttachment, NewAuthor, NewHandoff, NewInteraction, NewMessage, NewNote,
    NewTopic, Thread,
};
use crate::store::time::{Moment, zone};
use portal_contract::interaction::{
    Channel, Direction, FeedbackState, InteractionStatus, Role, Standing,
};

/// How long after its last word a settled interaction ends: three days.
const ENDS_AFTER_SECONDS: i64 = 3 * 24 * 60 * 60;
/// How long a customer can say how it went: 30 days.
const FEEDBACK_SECONDS: i64 = 30 * 24 * 60 * 60;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Customers who are new.
    pub customers: usize,
    /// Customers who were here already; they were left alone.
    pub known_customers: usize,
    /// Interactions that were written.
    pub interactions: usize,
}

/// A customer and everything of theirs.
struct Person {
    customer: NewCustomer,
    contact_points: Vec<Brought>,
    interactions: Vec<NewInteraction>,
}

/// Writes the demonstration, told from `now`. A customer who is here already is left as they are: what somebody tried out in
/// the portal stays.
///
/// # Errors
/// When the database refuses, or the content is wrong (a test holds that it is not).
pub fn seed(store: &Store, attachments: &Files, now: Moment) -> Result<Seeded, DemoError> {
    let company = content::company()?;
    let lives = content::lives()?;
    let mut people: Vec<Person> = Vec::new();
    for (file, life) in &lives {
        let teller = Teller {
            now,
            zone: zone(Some(&life.time_zone)),
        };
        let interactions = Author {
            company: &company,
            life,
            file,
            teller: &teller,
        }
        .interactions()?;
        let contact_points = reachable::of(life, file, &teller)?;
        match people
            .iter_mut()
            .find(|known| known.customer.addresses.contains(&life.address))
        {
            Some(known) => {
                known.interactions.extend(interactions);
                known.contact_points.extend(contact_points);
            }
            None => people.push(Person {
                customer: customer(life),
                contact_points,
                interactions,
            }),
        }
    }
    let (customer, interactions) = edge::edge_case(now);
    people.push(Person {
        customer,
        contact_points: reachable::edge_case(now),
        interactions,
    });
    let mut seeded = Seeded::default();
    for person in &people {
        if write(store, attachments, person, now)? {
            seeded.customers += 1;
            seeded.interactions += person.interactions.len();
        } else {
            seeded.known_customers += 1;
        }
    }
    store.write_blocking(|transaction| {
        lives
            .iter()
            .try_for_each(|(_, life)| relate(transaction, life))
    })?;
    decisions::seed(store, &lives, now)?;
    store.transact_blocking(|transaction| about::seed(transaction, &lives, now))?;
    store.transact_blocking(|transaction| choices::seed(transaction, &lives, now))?;
    store.transact_blocking(|transaction| calls::seed(transaction, &lives, now))?;
    store.transact_blocking(|transaction| feedback::seed(transaction, &lives, now))?;
    notices::seed(store, &lives, &catalogue(), now)?;
    data_requests::seed(store, &lives, now)?;
    delegations::seed(store, now)?;
    Ok(seeded)
}

/// Writes a customer and everything of theirs, or nothing; whether the customer is new.
fn write(
    store: &Store,
    attachments: &Files,
    person: &Person,
    now: Moment,
) -> Result<bool, DemoError> {
    let new = store.write_blocking(|transaction| {
        for address in &person.customer.addresses {
            if let Some(known) = customers::by_address(transaction, address)? {
                number(transaction, &known, &person.customer)?;
                return Ok(false);
            }
        }
        let id = ingest::customer(transaction, &person.customer, now)?;
        for contact_point in &person.contact_points {
            bring(transaction, &id, contact_point, now)?;
        }
        for interaction in &person.interactions {
            ingest::ingest(transaction, &id, interaction, attachments)?;
        }
        Ok(true)
    })?;
    Ok(new)
}

/// Gives a customer of an earlier demonstration the company's number, which they did not have then.
fn number(
    connection: &rusqlite::Connection,
    known: &CustomerId,
    customer: &NewCustomer,
) -> Result<(), crate::StoreError> {
    connection
        .prepare_cached(
            "UPDATE OR IGNORE customers SET reference = ?2 WHERE id = ?1 AND reference IS NULL",
        )?
        .execute(rusqlite::params![known, customer.reference])?;
    Ok(())
}

fn customer(life: &Life) -> NewCustomer {
    NewCustomer {
        reference: life.reference.clone(),
        display_name: life.name.clone(),
        preferred_name: life.preferred_name.clone(),
        pronouns: life.pronouns.clone(),
        locale: Some(life.locale.clone()),
        time_zone: Some(life.time_zone.clone()),
        addresses: vec![life.address.clone()],
        ..NewCustomer::default()
    }
}

fn relate(connection: &rusqlite::Connection, life: &Life) -> Result<(), crate::StoreError> {
    for matter in &life.interactions {
        if let Some(key) = &matter.key {
            for other in &matter.related {
                let name = |key: &str| format!("{} {key}", life.address);
                ingest::relate(connection, SOURCE, &name(key), &name(other))?;
            }
        }
    }
    Ok(())
}

/// Turns one customer's matters into interactions.
struct Author<'a> {
    company: &'a Company,
    life: &'a Life,
    file: &'static str,
    teller: &'a Teller,
}

impl Author<'_> {
    fn interactions(&self) -> Result<Vec<NewInteraction>, ContentError> {
        self.life
            .interactions
            .iter()
            .enumerate()
            .map(|(index, matter)| {
                self.interaction(index, matter)
                    .map_err(|problem| ContentError {
                        file: self.file,
                        place: format!("interaction {} ({:?})", index + 1, matter.subject),
                        problem,
                    })
            })
            .collect()
    }

    fn interaction(&self, index: usize, matter: &Matter) -> Result<NewInteraction, String> {
        let number = self.life.first_number + u32::try_from(index).unwrap_or(0) * 7;
        let key = matter.key.clone().unwrap_or_else(|| number.to_string());
        let channel = Channel::from(matter.channel.as_str());
        let status = InteractionStatus::from(matter.status.as_str());
        let messages = matter
            .messages
            .iter()
            .enumerate()
            .map(|(index, words)| self.message(index, words, &channel))
            .collect::<Result<Vec<_>, _>>()?;
        let started_at = messages
            .iter()
            .map(|m| m.sent_at)
            .min()
            .ok_or("has no messages")?;
        let last = messages
            .iter()
            .map(|m| m.sent_at)
            .max()
            .unwrap_or(started_at);
        let done = status.standing() == Standing::Done;
        Ok(NewInteraction {
            source: SOURCE.to_owned(),
            source_reference: format!("{} {key}", self.life.address),
            reference: format!("LF-{number}"),
            subject: matter.subject.clone(),
            lang: Some(
                matter
                    .lang
                    .clone()
                    .unwrap_or_else(|| self.life.locale.clone()),
            ),
            direction: if matter.outbound {
                Direction::Outbound
            } else {
                Direction::Inbound
            },
            topic: matter
                .topic
                .as_deref()
                .map(|topic| self.topic(topic))
                .transpose()?,
            started_at,
            ended_at: (status == InteractionStatus::Closed
                || status == InteractionStatus::Cancelled)
                .then(|| last.plus_seconds(ENDS_AFTER_SECONDS).min(self.teller.now)),
            first_response_at: if matter.outbound {
                None
            } else {
                first_answer(&messages)
            },
            first_response_by: within(started_at, matter.answer_within.as_deref())?,
            resolved_at: (done && status != InteractionStatus::Cancelled).then_some(last),
            expected_by: within(started_at, matter.resolve_within.as_deref())?,
            feedback: feedback(matter.feedback.as_deref(), last)?,
            unread: matter.unread,
            thread: Thread::Whole,
            notes: self.notes(&matter.notes)?,
            handoffs: self.handoffs(matter)?,
            others: Vec::new(),
            channel,
            status,
            messages,
        })
    }

    fn topic(&self, id: &str) -> Result<NewTopic, String> {
        let topic = self
            .company
            .topics
            .get(id)
            .ok_or_else(|| format!("the topic {id:?} does not stand in company.toml"))?;
        Ok(NewTopic {
            id: id.to_owned(),
            label: topic.label.clone(),
            labels: topic
                .labels
                .iter()
                .map(|(l, t)| (l.clone(), t.clone()))
                .collect(),
        })
    }

    fn message(
        &self,
        index: usize,
        words: &Words,
        channel: &Channel,
    ) -> Result<NewMessage, String> {
        let html = words
            .html
            .as_deref()
            .map(|name| {
                content::html(name).ok_or_else(|| format!("there is no demo/html/{name}.html"))
            })
            .transpose()?;
        Ok(NewMessage {
            source_reference: index.to_string(),
            author: self.author(words),
            channel: words
                .channel
                .as_deref()
                .map_or_else(|| channel.clone(), Channel::from),
            sent_at: self.teller.moment(&words.at)?,
            text: words.text.clone(),
            lang: words.lang.clone(),
            html: html.map(str::to_owned),
            attachments: words.files.iter().map(attachment).collect(),
        })
    }

    fn author(&self, words: &Words) -> NewAuthor {
        let (role, display_name) = match words.by.as_str() {
            "me" => (Role::Customer, self.life.name.clone()),
            "auto" => (Role::Automated, self.company.automatic_name.clone()),
            name => (Role::Agent, name.to_owned()),
        };
        NewAuthor {
            role: words.role.as_deref().map_or(role, Role::from),
            display_name,
        }
    }

    fn notes(&self, notes: &[Words]) -> Result<Vec<NewNote>, String> {
        notes
            .iter()
            .map(|note| {
                Ok(NewNote {
                    author_name: note.by.clone(),
                    written_at: self.teller.moment(&note.at)?,
                    text: note.text.clone(),
                })
            })
            .collect()
    }

    fn handoffs(&self, matter: &Matter) -> Result<Vec<NewHandoff>, String> {
        matter
            .handoffs
            .iter()
            .map(|passing| {
                Ok(NewHandoff {
                    at: self.teller.moment(&passing.at)?,
                    from: passing.from.clone(),
                    to: passing.to.clone(),
                    reason: passing.reason.clone(),
                })
            })
            .collect()
    }
}

fn attachment(file: &FileText) -> NewAttachment {
    NewAttachment {
        file_name: file.name.clone(),
        content: files::make(&file.name, &file.lines),
    }
}

/// A machine's "we got it" is no answer.
fn first_answer(messages: &[NewMessage]) -> Option<Moment> {
    messages
        .iter()
        .filter(|message| message.author.role == Role::Agent)
        .map(|message| message.sent_at)
        .min()
}

fn within(start: Moment, text: Option<&str>) -> Result<Option<Moment>, String> {
    text.map(|text| {
        span(text)
            .map(|seconds| start.plus_seconds(seconds))
            .ok_or_else(|| format!("{text:?} is no span; expected \"20m\", \"8h\" or \"3d\""))
    })
    .transpose()
}

fn feedback(text: Option<&str>, last: Moment) -> Result<(FeedbackState, Option<Moment>), String> {
    let Some(text) = text else {
        return Ok((FeedbackState::NotRequested, None));
    };
    let state = FeedbackState::from(text);
    if !FeedbackState::KNOWN.contains(&state) {
        return Err(format!("{text:?} is no state of feedback"));
    }
    Ok((state, Some(last.plus_seconds(FEEDBACK_SECONDS))))
}
