//! What the company tells, and ends.

use super::content::Content;
use super::file::{Audience, NewNotice};
use super::rows;
use crate::preferences::Catalogue;
use crate::store::customers::{self, CustomerId};
use crate::store::ids;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use crate::store::{StoreError, events};
use portal_contract::event::EventKind;
use portal_contract::{NoticeId, PreferenceTopicId, TopicId};
use rusqlite::{Connection, OptionalExtension, params};

/// Why a notice was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// Nobody could switch it off.
    #[error(
        "notice {0:?}: the topic \"{1}\" does not stand in \"company.catalogue\" (its settings file: --config)"
    )]
    Topic(String, PreferenceTopicId),
    /// It is about nothing that interactions are about.
    #[error("notice {0:?}: no interaction here has the topic \"{1}\" (about_topic)")]
    AboutTopic(String, TopicId),
    /// Nobody has the address.
    #[error("notice {0:?}: nobody signs in with {1:?} (customers)")]
    Customer(String, String),
    /// They have no such interaction.
    #[error("notice {0:?}: the customer has no interaction {1:?} (interaction)")]
    Interaction(String, String),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for NotWritten {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What was written, and who is to be told once the transaction is kept ([`Changes::tell`](crate::http::Changes::tell)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// To whom it is new.
    pub new_to: Vec<CustomerId>,
    /// For whom it changed.
    pub changed_for: Vec<CustomerId>,
    /// Whom it no longer concerns.
    pub gone_for: Vec<CustomerId>,
}

impl Written {
    /// Everybody of the three.
    pub fn everybody(&self) -> impl Iterator<Item = &CustomerId> {
        self.new_to
            .iter()
            .chain(&self.changed_for)
            .chain(&self.gone_for)
    }
}

type Recipient = (CustomerId, Option<Seq>);

/// Tells a notice. Under a key that is known it changes what was told; who put that away is not bothered again.
///
/// # Errors
/// When it names what is not there, or the database refuses.
pub fn add(
    db: &Connection,
    catalogue: &Catalogue,
    new: &NewNotice,
    now: Moment,
) -> Result<Written, NotWritten> {
    if catalogue.topic(new.topic.as_str()).is_none() {
        return Err(NotWritten::Topic(new.key.clone(), new.topic.clone()));
    }
    if let Some(topic) = &new.about_topic {
        let sql = "SELECT 1 FROM topics WHERE id = ?1";
        let known = db.prepare_cached(sql)?.exists([topic.as_str()])?;
        if !known {
            return Err(NotWritten::AboutTopic(new.key.clone(), topic.clone()));
        }
    }
    let recipients = recipients(db, new)?;
    Ok(put(db, new, &recipients, now)?)
}

fn recipients(db: &Connection, new: &NewNotice) -> Result<Vec<Recipient>, NotWritten> {
    let customer = |address: &String| {
        customers::by_address(db, address)?
            .ok_or_else(|| NotWritten::Customer(new.key.clone(), address.clone()))
    };
    match &new.audience {
        Audience::Everyone => {
            let mut statement = db.prepare_cached("SELECT id FROM customers ORDER BY id")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, None)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        }
        Audience::Customers(addresses) => addresses
            .iter()
            .map(|address| Ok((customer(address)?, None)))
            .collect(),
        Audience::Matter {
            customer: address,
            reference,
        } => {
            let owner = customer(address)?;
            let sql = "SELECT seq FROM interactions WHERE customer_id = ?1 AND reference = ?2";
            let found: Option<Seq> = db
                .prepare_cached(sql)?
                .query_row(params![owner, reference], |row| row.get(0))
                .optional()?;
            let seq =
                found.ok_or_else(|| NotWritten::Interaction(new.key.clone(), reference.clone()))?;
            Ok(vec![(owner, Some(seq))])
        }
    }
}

/// Writes a notice for these customers, by the company's word or by a rule.
pub(super) fn put(
    db: &Connection,
    new: &NewNotice,
    recipients: &[Recipient],
    now: Moment,
) -> Result<Written, StoreError> {
    let known: Option<Seq> = db
        .prepare_cached("SELECT seq FROM notices WHERE key = ?1")?
        .query_row([&new.key], |row| row.get(0))
        .optional()?;
    let mut written = Written::default();
    let notice = match known {
        None => insert(db, new, now)?,
        Some(notice) => {
            written.gone_for = keep_only(db, notice, recipients, now)?;
            if update(db, notice, new, now)? {
                written.changed_for = tell_change(db, notice, now)?;
            }
            notice
        }
    };
    for recipient in recipients {
        if deliver(db, notice, recipient, now)? {
            written.new_to.push(recipient.0.clone());
        }
    }
    Ok(written)
}

fn json(content: &Content) -> String {
    serde_json::to_string(content).expect("words, ids and addresses are JSON")
}

fn insert(db: &Connection, new: &NewNotice, now: Moment) -> Result<Seq, StoreError> {
    let sql = "INSERT INTO notices (key, kind, severity, topic_id, about_topic, since, expected_end, until, content, added_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    Ok(db.prepare_cached(sql)?.insert(params![
        new.key,
        new.kind.as_str(),
        new.severity.as_str(),
        new.topic.as_str(),
        new.about_topic.as_ref().map(TopicId::as_str),
        new.since,
        new.expected_end,
        new.until,
        json(&new.content),
        now,
    ])?)
}

/// Whether anything is another than it was.
fn update(db: &Connection, notice: Seq, new: &NewNotice, now: Moment) -> Result<bool, StoreError> {
    let sql = "UPDATE notices
                  SET kind = ?2, severity = ?3, topic_id = ?4, about_topic = ?5, since = ?6, expected_end = ?7, until = ?8,
                      content = ?9, updated_at = ?10, ended_at = NULL
                WHERE seq = ?1 AND (ended_at, kind, severity, topic_id, about_topic, since, expected_end, until, content)
                      IS NOT (NULL, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let changed = db.prepare_cached(sql)?.execute(params![
        notice,
        new.kind.as_str(),
        new.severity.as_str(),
        new.topic.as_str(),
        new.about_topic.as_ref().map(TopicId::as_str),
        new.since,
        new.expected_end,
        new.until,
        json(&new.content),
        now,
    ])?;
    Ok(changed > 0)
}

/// Takes it from whom it no longer concerns.
fn keep_only(
    db: &Connection,
    notice: Seq,
    recipients: &[Recipient],
    now: Moment,
) -> Result<Vec<CustomerId>, StoreError> {
    let mut gone = Vec::new();
    for (customer, id, _) in deliveries(db, notice)? {
        if !recipients
            .iter()
            .any(|(recipient, _)| *recipient == customer)
        {
            db.prepare_cached("DELETE FROM notice_deliveries WHERE id = ?1")?
                .execute([id.as_str()])?;
            emit(db, &customer, &EventKind::NoticeRemoved, &id, None, now)?;
            gone.push(customer);
        }
    }
    Ok(gone)
}

fn tell_change(db: &Connection, notice: Seq, now: Moment) -> Result<Vec<CustomerId>, StoreError> {
    db.prepare_cached("UPDATE notice_deliveries SET version = version + 1 WHERE notice_seq = ?1")?
        .execute([notice])?;
    let mut told = Vec::new();
    for (customer, id, version) in deliveries(db, notice)? {
        emit(
            db,
            &customer,
            &EventKind::NoticeUpdated,
            &id,
            Some(version),
            now,
        )?;
        told.push(customer);
    }
    Ok(told)
}

/// Whether it is new to the customer.
fn deliver(
    db: &Connection,
    notice: Seq,
    (customer, interaction): &Recipient,
    now: Moment,
) -> Result<bool, StoreError> {
    let id: NoticeId = ids::fresh("ntc", now);
    let sql = "INSERT INTO notice_deliveries (id, notice_seq, customer_id, interaction_seq) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (customer_id, notice_seq) DO UPDATE SET interaction_seq = excluded.interaction_seq
               WHERE interaction_seq IS NOT excluded.interaction_seq
               RETURNING id = ?1";
    let is_new: Option<bool> = db
        .prepare_cached(sql)?
        .query_row(params![id.as_str(), notice, customer, interaction], |row| {
            row.get(0)
        })
        .optional()?;
    if is_new == Some(true) {
        emit(db, customer, &EventKind::NoticeCreated, &id, Some(1), now)?;
    }
    Ok(is_new == Some(true))
}

/// Ends a notice: nobody is shown it any more. Gives whom it concerned; `None` when there is none of this key, or it is over.
///
/// # Errors
/// When the database refuses.
pub fn end(db: &Connection, key: &str, now: Moment) -> Result<Option<Vec<CustomerId>>, StoreError> {
    let ended: Option<Seq> = db
        .prepare_cached(
            "UPDATE notices SET ended_at = ?2 WHERE key = ?1 AND ended_at IS NULL RETURNING seq",
        )?
        .query_row(params![key, now], |row| row.get(0))
        .optional()?;
    let Some(notice) = ended else {
        return Ok(None);
    };
    let mut told = Vec::new();
    for (customer, id, _) in deliveries(db, notice)? {
        emit(db, &customer, &EventKind::NoticeRemoved, &id, None, now)?;
        told.push(customer);
    }
    Ok(Some(told))
}

fn deliveries(
    db: &Connection,
    notice: Seq,
) -> Result<Vec<(CustomerId, NoticeId, i64)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT customer_id, id, version FROM notice_deliveries WHERE notice_seq = ?1 ORDER BY seq",
    )?;
    let rows = statement.query_map([notice], |row| {
        Ok((
            row.get(0)?,
            crate::store::interactions::parsed(row, 1)?,
            row.get(2)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn emit(
    db: &Connection,
    customer: &CustomerId,
    kind: &EventKind,
    id: &NoticeId,
    version: Option<i64>,
    now: Moment,
) -> Result<(), StoreError> {
    let etag = version.map(rows::etag);
    events::emit_about(
        db,
        customer,
        kind,
        ("notice", id.as_str()),
        etag.as_ref(),
        now,
    )
}
