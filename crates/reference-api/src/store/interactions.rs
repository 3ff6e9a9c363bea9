//! Interactions, one and in lists. Every question names the customer: what is another's is not there.

mod detail;
mod list;
mod settle;

pub use detail::{detail, situation};
pub use list::{Order, Page, Place, list};
pub use settle::{cancel_if_nothing_else, close, customer_replied, reopen};

use super::StoreError;
use super::customers::CustomerId;
use super::time::Moment;
use portal_contract::interaction::{Channel, InteractionStatus, InteractionSummary, Role, Topic};
use portal_contract::{Etag, InteractionId, TopicId};
use rusqlite::{Connection, OptionalExtension, Row};

/// Whose data is read, and in which language labels are wanted.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The customer.
    pub customer: CustomerId,
    /// BCP 47 tag of the language that the customer chose.
    pub locale: Option<String>,
    /// IANA name of the customer's zone.
    pub time_zone: Option<String>,
}

/// A row's own number; of no meaning outside of the database.
pub type Seq = i64;

/// The columns of [`summary`], in its order. `?2` and `?3` are the language and what it is a dialect of.
const SUMMARY: &str = "SELECT i.id, i.reference, i.subject, i.channel, i.direction, i.status, i.topic_id,
    coalesce((SELECT label FROM topic_labels WHERE topic_id = i.topic_id AND locale IN (?2, ?3)
              ORDER BY length(locale) DESC LIMIT 1),
             (SELECT label FROM topics WHERE id = i.topic_id)),
    i.started_at, i.updated_at, i.ended_at, i.first_response_at, i.first_response_by, i.resolved_at, i.expected_by,
    i.message_count, coalesce(i.company_wrote_at > coalesce(i.customer_seen_at, 0), 0), i.version
  FROM interactions AS i";

/// The interaction `id` of this customer.
///
/// # Errors
/// When the database refuses.
pub fn find(
    db: &Connection,
    customer: &CustomerId,
    id: &InteractionId,
) -> Result<Option<Seq>, StoreError> {
    Ok(db
        .prepare_cached("SELECT seq FROM interactions WHERE id = ?1 AND customer_id = ?2")?
        .query_row((id.as_str(), customer), |row| row.get(0))
        .optional()?)
}

/// Whose interaction this is, for what the company itself does.
///
/// # Errors
/// When the database refuses.
pub fn owner(db: &Connection, id: &InteractionId) -> Result<Option<(Seq, CustomerId)>, StoreError> {
    Ok(db
        .prepare_cached("SELECT seq, customer_id FROM interactions WHERE id = ?1")?
        .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// The summaries of these rows, in this order.
///
/// # Errors
/// When the database refuses, or holds what is no id.
pub fn summaries(
    db: &Connection,
    viewer: &Viewer,
    rows: impl IntoIterator<Item = Seq>,
) -> Result<Vec<InteractionSummary>, StoreError> {
    let sql = format!("{SUMMARY} WHERE i.seq = ?1 AND i.customer_id = ?4");
    let mut statement = db.prepare_cached(&sql)?;
    let (locale, language) = viewer.languages();
    rows.into_iter()
        .map(|seq| Ok(statement.query_row((seq, locale, language, &viewer.customer), summary)?))
        .collect()
}

impl Viewer {
    /// The language as it was chosen, and what it is a dialect of (`de-AT`, `de`).
    fn languages(&self) -> (&str, &str) {
        let locale = self.locale.as_deref().unwrap_or("");
        (locale, locale.split('-').next().unwrap_or(""))
    }
}

/// Where it stands.
///
/// # Errors
/// When the database refuses.
pub fn status(db: &Connection, seq: Seq) -> Result<InteractionStatus, StoreError> {
    Ok(db
        .prepare_cached("SELECT status FROM interactions WHERE seq = ?1")?
        .query_row([seq], |row| open(row, 0))?)
}

/// A topic, in the viewer's language; `None` when there is none of this id.
///
/// # Errors
/// When the database refuses, or holds what is no id.
pub fn topic_of(db: &Connection, viewer: &Viewer, id: &str) -> Result<Option<Topic>, StoreError> {
    let sql = "SELECT t.id, coalesce((SELECT label FROM topic_labels WHERE topic_id = t.id AND locale IN (?2, ?3)
                                      ORDER BY length(locale) DESC LIMIT 1), t.label)
                 FROM topics AS t WHERE t.id = ?1";
    let (locale, language) = viewer.languages();
    Ok(db
        .prepare_cached(sql)?
        .query_row((id, locale, language), |row| topic(row, 0))
        .optional()?
        .flatten())
}

/// Notes that the customer has seen everything up to now. Gives whether that is news.
///
/// # Errors
/// When the database refuses.
pub fn mark_seen(db: &Connection, seq: Seq, now: Moment) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached(
            "UPDATE interactions SET customer_seen_at = max(?2, company_wrote_at)
             WHERE seq = ?1 AND coalesce(customer_seen_at, 0) < coalesce(company_wrote_at, 0)",
        )?
        .execute((seq, now))?;
    Ok(changed > 0)
}

/// Whether the company has written since the customer last looked.
///
/// # Errors
/// When the database refuses.
pub fn is_unread(db: &Connection, seq: Seq) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT coalesce(company_wrote_at, 0) > coalesce(customer_seen_at, 0) FROM interactions WHERE seq = ?1",
        )?
        .query_row([seq], |row| row.get(0))?)
}

/// Somebody takes part from now on; once is enough.
///
/// # Errors
/// When the database refuses.
pub fn add_participant(
    db: &Connection,
    seq: Seq,
    role: &Role,
    name: &str,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO participants (interaction_seq, position, role, display_name)
         SELECT ?1, (SELECT coalesce(max(position), 0) + 1 FROM participants WHERE interaction_seq = ?1), ?2, ?3
          WHERE NOT EXISTS (SELECT 1 FROM participants WHERE interaction_seq = ?1 AND role = ?2 AND display_name = ?3)",
    )?
    .execute((seq, role.as_str(), name))?;
    Ok(())
}

/// The version as the wire carries it.
///
/// # Errors
/// When the database refuses.
pub fn etag(db: &Connection, seq: Seq) -> Result<Etag, StoreError> {
    Ok(db
        .prepare_cached("SELECT version FROM interactions WHERE seq = ?1")?
        .query_row([seq], |row| version(row, 0))?)
}

fn summary(row: &Row<'_>) -> rusqlite::Result<InteractionSummary> {
    Ok(InteractionSummary {
        id: parsed(row, 0)?,
        reference: row.get(1)?,
        subject: row.get(2)?,
        channel: open(row, 3)?,
        direction: open(row, 4)?,
        status: open(row, 5)?,
        topic: topic(row, 6)?,
        started_at: moment(row, 8)?,
        updated_at: moment(row, 9)?,
        ended_at: optional_moment(row, 10)?,
        first_response_at: optional_moment(row, 11)?,
        first_response_by: optional_moment(row, 12)?,
        resolved_at: optional_moment(row, 13)?,
        expected_by: optional_moment(row, 14)?,
        message_count: row.get(15)?,
        unread: row.get(16)?,
        excerpt: None,
        etag: version(row, 17)?,
    })
}

/// The topic at this column, its label at the next.
fn topic(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Topic>> {
    let id: Option<String> = row.get(at)?;
    let Some(id) = id else { return Ok(None) };
    let id: TopicId = id.try_into().map_err(|error| unreadable(at, error))?;
    let label: Option<String> = row.get(at + 1)?;
    Ok(Some(Topic {
        label: label.unwrap_or_else(|| id.as_str().to_owned()),
        id,
    }))
}

/// An id of the contract.
pub(crate) fn parsed<T>(row: &Row<'_>, at: usize) -> rusqlite::Result<T>
where
    T: TryFrom<String, Error = portal_contract::ids::InvalidId>,
{
    let raw: String = row.get(at)?;
    T::try_from(raw).map_err(|error| unreadable(at, error))
}

/// A value of an open enum, known or not.
pub(crate) fn open<T: From<String>>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    Ok(T::from(row.get(at)?))
}

pub(super) fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<portal_contract::Timestamp> {
    row.get::<_, Moment>(at).map(Moment::to_timestamp)
}

fn optional_moment(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<portal_contract::Timestamp>> {
    Ok(row.get::<_, Option<Moment>>(at)?.map(Moment::to_timestamp))
}

fn version(row: &Row<'_>, at: usize) -> rusqlite::Result<Etag> {
    let number: i64 = row.get(at)?;
    format!("v{number}")
        .parse()
        .map_err(|error| unreadable(at, error))
}

fn unreadable(at: usize, error: portal_contract::ids::InvalidId) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error))
}

/// What the history of a customer can be filtered by.
///
/// # Errors
/// When the database refuses.
pub fn facets(
    db: &Connection,
    viewer: &Viewer,
) -> Result<portal_contract::interaction::InteractionFacets, StoreError> {
    Ok(portal_contract::interaction::InteractionFacets {
        channels: used_channels(db, viewer)?,
        topics: used_topics(db, viewer)?,
        earliest: db
            .prepare_cached("SELECT min(started_at) FROM interactions WHERE customer_id = ?1")?
            .query_row([&viewer.customer], |row| optional_moment(row, 0))?,
    })
}

/// The channels that occur, in the order of their first use. Each step of the recursion jumps over all rows of one channel: a
/// history of any length costs as many steps as it has channels.
pub(super) fn used_channels(db: &Connection, viewer: &Viewer) -> Result<Vec<Channel>, StoreError> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE used (channel) AS (
             SELECT min(channel) FROM interactions WHERE customer_id = ?1
             UNION ALL
             SELECT (SELECT min(channel) FROM interactions WHERE customer_id = ?1 AND channel > used.channel)
               FROM used WHERE used.channel IS NOT NULL)
         SELECT channel FROM used WHERE channel IS NOT NULL
          ORDER BY (SELECT min(started_at) FROM interactions AS i
                     WHERE i.customer_id = ?1 AND i.channel = used.channel), channel",
    )?;
    let rows = statement.query_map([&viewer.customer], |row| open(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn used_topics(db: &Connection, viewer: &Viewer) -> Result<Vec<Topic>, StoreError> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE used (topic_id) AS (
             SELECT min(topic_id) FROM interactions WHERE customer_id = ?1
             UNION ALL
             SELECT (SELECT min(topic_id) FROM interactions WHERE customer_id = ?1 AND topic_id > used.topic_id)
               FROM used WHERE used.topic_id IS NOT NULL)
         SELECT t.id, coalesce((SELECT label FROM topic_labels WHERE topic_id = t.id AND locale IN (?2, ?3)
                                ORDER BY length(locale) DESC LIMIT 1), t.label) AS shown
           FROM used JOIN topics AS t ON t.id = used.topic_id
          ORDER BY shown COLLATE NOCASE, t.id",
    )?;
    let (locale, language) = viewer.languages();
    let rows = statement.query_map((&viewer.customer, locale, language), |row| topic(row, 0))?;
    Ok(rows
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?)
}
