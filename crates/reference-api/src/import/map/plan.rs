//! A map bound to a file's header: from a row to a customer and an interaction.

use super::choice::Choice;
use super::dates::{DateColumn, Dates, read_maybe};
use super::promise::{PromisePlan, Promised};
use super::template::{Header, Template, quoted};
use super::{ChoiceMap, DatesMap, HandoffMap, Map, MapError, MessageMap, TopicMap};
use crate::import::customers::CustomerPlan;
use crate::import::slug::topic_id;
use crate::import::table::Row;
use crate::store::customers::NewCustomer;
use crate::store::ingest::{NewAuthor, NewHandoff, NewInteraction, NewMessage, NewTopic, Thread};
use crate::store::time::Moment;
use portal_contract::interaction::{Channel, Direction, FeedbackState, InteractionStatus, Role};
use std::sync::Arc;

/// What a row says.
#[derive(Debug)]
pub struct Outcome {
    /// Whose it is.
    pub customer: NewCustomer,
    /// What happened. Messages of the customer without a name of their own carry an empty one, which the import fills in
    /// when it knows the customer.
    pub interaction: NewInteraction,
}

/// A map bound to a file's header.
pub struct Plan {
    columns: usize,
    source: String,
    lang: Option<String>,
    reference: Template,
    subject: Template,
    started_at: DateColumn,
    ended_at: Option<DateColumn>,
    resolved_at: Option<DateColumn>,
    channel: Choice,
    direction: Option<Choice>,
    status: Choice,
    topic: Option<TopicPlan>,
    customer: CustomerPlan,
    messages: Vec<MessagePlan>,
    handoffs: Vec<HandoffPlan>,
    promise: Option<PromisePlan>,
}

struct TopicPlan {
    label: Template,
    id: Option<Template>,
}

struct MessagePlan {
    role: Role,
    name: Option<Template>,
    text: Template,
    at: Option<DateColumn>,
    channel: Option<Channel>,
    when: Option<Template>,
    unless: Option<Template>,
    statuses: Vec<String>,
}

struct HandoffPlan {
    at: DateColumn,
    from: Template,
    to: Template,
    reason: Option<Template>,
}

/// Makes the parts of a plan; knows the header and how dates are written.
pub(crate) struct Binder<'a> {
    header: &'a Header,
    dates: Arc<Dates>,
}

impl<'a> Binder<'a> {
    pub(crate) fn new(header: &'a Header, dates: &DatesMap) -> Result<Self, MapError> {
        Ok(Self {
            header,
            dates: Arc::new(Dates::new(dates)?),
        })
    }

    pub(crate) fn among(
        &self,
        key: &str,
        map: Option<&ChoiceMap>,
        allowed: &[&str],
    ) -> Result<Option<Choice>, MapError> {
        map.map(|map| Choice::among(key, map, self.header, allowed))
            .transpose()
    }
    pub(crate) fn text(&self, key: &str, text: &str) -> Result<Template, MapError> {
        Template::new(key, text, self.header)
    }

    pub(crate) fn maybe(
        &self,
        key: &str,
        text: Option<&String>,
    ) -> Result<Option<Template>, MapError> {
        text.map(|text| self.text(key, text)).transpose()
    }

    pub(crate) fn date(
        &self,
        key: &str,
        text: &str,
        plus_days: i32,
    ) -> Result<DateColumn, MapError> {
        DateColumn::new(key, text, plus_days, self.header, &self.dates)
    }

    pub(crate) fn maybe_date(
        &self,
        key: &str,
        text: Option<&String>,
    ) -> Result<Option<DateColumn>, MapError> {
        text.map(|text| self.date(key, text, 0)).transpose()
    }

    fn topic(&self, map: &TopicMap) -> Result<TopicPlan, MapError> {
        Ok(TopicPlan {
            label: self.text("topic.label", &map.label)?,
            id: self.maybe("topic.id", map.id.as_ref())?,
        })
    }

    fn message(&self, index: usize, map: &MessageMap) -> Result<MessagePlan, MapError> {
        let key = |name: &str| format!("messages[{index}].{name}");
        let role = Role::from(map.author.as_str());
        if !Role::KNOWN.contains(&role) {
            let known: Vec<&str> = Role::KNOWN.iter().map(Role::as_str).collect();
            return Err(MapError::new(
                key("author"),
                format!("{:?} is none of {}", map.author, quoted(&known)),
            ));
        }
        if role != Role::Customer && map.name.is_none() {
            return Err(MapError::new(
                key("name"),
                "is needed for everybody but the customer",
            ));
        }
        let at = match (&map.at, map.plus_days) {
            (Some(at), days) => Some(self.date(&key("at"), at, days)?),
            (None, 0) => None,
            (None, _) => return Err(MapError::new(key("plus_days"), "needs `at`")),
        };
        Ok(MessagePlan {
            role,
            name: self.maybe(&key("name"), map.name.as_ref())?,
            text: self.text(&key("text"), &map.text)?,
            at,
            channel: map.channel.as_deref().map(Channel::from),
            when: self.maybe(&key("when"), map.when.as_ref())?,
            unless: self.maybe(&key("unless"), map.unless.as_ref())?,
            statuses: map.statuses.clone(),
        })
    }

    fn handoff(&self, index: usize, map: &HandoffMap) -> Result<HandoffPlan, MapError> {
        let key = |name: &str| format!("handoffs[{index}].{name}");
        Ok(HandoffPlan {
            at: self.date(&key("at"), &map.at, 0)?,
            from: self.text(&key("from"), &map.from)?,
            to: self.text(&key("to"), &map.to)?,
            reason: self.maybe(&key("reason"), map.reason.as_ref())?,
        })
    }
}

impl Plan {
    /// Binds `map` to the names in a file's first row.
    ///
    /// # Errors
    /// When the map names a column that the file does not have, or a value of the map is wrong.
    pub fn new(map: &Map, names: Vec<String>) -> Result<Self, MapError> {
        let header = Header::new(names)?;
        let bind = Binder::new(&header, &map.dates)?;
        if map.source.trim().is_empty() {
            return Err(MapError::new("source", "cannot be empty"));
        }
        Ok(Self {
            columns: header.len(),
            source: map.source.clone(),
            lang: map.lang.clone(),
            reference: bind.text("reference", &map.reference)?,
            subject: bind.text("subject", &map.subject)?,
            started_at: bind.date("started_at", &map.started_at, 0)?,
            ended_at: bind.maybe_date("ended_at", map.ended_at.as_ref())?,
            resolved_at: bind.maybe_date("resolved_at", map.resolved_at.as_ref())?,
            channel: Choice::new("channel", &map.channel, &header)?,
            direction: map
                .direction
                .as_ref()
                .map(|direction| Choice::new("direction", direction, &header))
                .transpose()?,
            status: Choice::new("status", &map.status, &header)?,
            topic: map
                .topic
                .as_ref()
                .map(|topic| bind.topic(topic))
                .transpose()?,
            customer: CustomerPlan::new(&map.customer, &bind)?,
            messages: numbered(&map.messages, |index, message| bind.message(index, message))?,
            handoffs: numbered(&map.handoffs, |index, handoff| bind.handoff(index, handoff))?,
            promise: map
                .promise
                .as_ref()
                .map(|promise| PromisePlan::bind(&bind, promise))
                .transpose()?,
        })
    }

    /// What a row says.
    ///
    /// # Errors
    /// Why it has to be rejected.
    pub fn read(&mut self, row: &Row) -> Result<Outcome, String> {
        if row.fields.len() != self.columns {
            return Err(format!(
                "has {} fields, the header has {}",
                row.fields.len(),
                self.columns
            ));
        }
        let row = row.fields.as_slice();
        let interaction = self.interaction(row)?;
        Ok(Outcome {
            customer: self.customer.read(row)?,
            interaction,
        })
    }

    fn interaction(&self, row: &[String]) -> Result<NewInteraction, String> {
        let reference = self.reference.fill(row).trim().to_owned();
        if reference.is_empty() {
            return Err("reference: is empty".to_owned());
        }
        let started_at = self.started_at.read(row)?.ok_or("started_at: is empty")?;
        let channel = Channel::from(self.channel.read(row)?);
        let status = InteractionStatus::from(self.status.read(row)?);
        let promised = Promised::read(self.promise.as_ref(), row, status.standing())?;
        let direction = match &self.direction {
            Some(direction) => Direction::from(direction.read(row)?),
            None => Direction::Inbound,
        };
        let messages = self.messages(row, started_at, &channel, &status)?;
        Ok(NewInteraction {
            source: self.source.clone(),
            source_reference: reference.clone(),
            reference,
            subject: self.subject.fill(row).trim().to_owned(),
            lang: self.lang.clone(),
            channel,
            direction,
            topic: self.topic(row),
            started_at,
            ended_at: read_maybe(self.ended_at.as_ref(), row)?,
            first_response_at: promised.first_response_at,
            first_response_by: promised.first_response_by,
            resolved_at: read_maybe(self.resolved_at.as_ref(), row)?.or(promised.resolved_at),
            expected_by: promised.expected_by,
            status,
            feedback: (FeedbackState::NotRequested, None),
            unread: false,
            thread: Thread::Whole,
            messages,
            notes: Vec::new(),
            handoffs: self.handoffs(row)?,
            others: Vec::new(),
        })
    }

    fn topic(&self, row: &[String]) -> Option<NewTopic> {
        let plan = self.topic.as_ref()?;
        let label = plan.label.fill_if_any(row)?.trim().to_owned();
        let id = plan
            .id
            .as_ref()
            .map_or_else(|| label.clone(), |id| id.fill(row));
        Some(NewTopic {
            id: topic_id(&id)?,
            label,
            labels: Vec::new(),
        })
    }

    /// Messages of one moment stand a second apart, so that they keep the map's order.
    fn messages(
        &self,
        row: &[String],
        started_at: Moment,
        channel: &Channel,
        status: &InteractionStatus,
    ) -> Result<Vec<NewMessage>, String> {
        let mut messages: Vec<NewMessage> = Vec::new();
        for (index, plan) in self.messages.iter().enumerate() {
            if !plan.applies(row, status) {
                continue;
            }
            let Some(text) = plan.text.fill_if_any(row) else {
                continue;
            };
            let at = read_maybe(plan.at.as_ref(), row)?.unwrap_or(started_at);
            let latest = messages.iter().map(|message| message.sent_at).max();
            let sent_at = match latest {
                Some(latest) if latest.millis() / 1000 >= at.millis() / 1000 => {
                    latest.plus_seconds(1)
                }
                _ => at,
            };
            messages.push(NewMessage {
                source_reference: index.to_string(),
                author: NewAuthor {
                    role: plan.role.clone(),
                    display_name: plan
                        .name
                        .as_ref()
                        .map(|name| name.fill(row).trim().to_owned())
                        .unwrap_or_default(),
                },
                channel: plan.channel.clone().unwrap_or_else(|| channel.clone()),
                sent_at,
                text,
                lang: None,
                html: None,
                attachments: Vec::new(),
            });
        }
        Ok(messages)
    }

    fn handoffs(&self, row: &[String]) -> Result<Vec<NewHandoff>, String> {
        let mut handoffs = Vec::new();
        for plan in &self.handoffs {
            let to = plan.to.fill_if_any(row);
            if let (Some(at), Some(to)) = (plan.at.read(row)?, to) {
                handoffs.push(NewHandoff {
                    at,
                    from: plan.from.fill(row),
                    to,
                    reason: plan
                        .reason
                        .as_ref()
                        .and_then(|reason| reason.fill_if_any(row)),
                });
            }
        }
        Ok(handoffs)
    }
}

impl MessagePlan {
    fn applies(&self, row: &[String], status: &InteractionStatus) -> bool {
        let has = |template: &Template| !template.fill(row).trim().is_empty();
        self.when.as_ref().is_none_or(has)
            && !self.unless.as_ref().is_some_and(has)
            && (self.statuses.is_empty() || self.statuses.iter().any(|s| s == status.as_str()))
    }
}

pub(crate) fn numbered<T, U>(
    items: &[T],
    make: impl Fn(usize, &T) -> Result<U, MapError>,
) -> Result<Vec<U>, MapError> {
    items
        .iter()
        .enumerate()
        .map(|(index, item)| make(index, item))
        .collect()
}
