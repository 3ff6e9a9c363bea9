//! The change feed: that something changed, never what.

use super::StoreError;
use super::customers::CustomerId;
use super::ids;
use super::interactions::{self, Place, Seq, moment, open, parsed};
use super::time::Moment;
use portal_contract::event::{Event, EventKind};
use portal_contract::{Etag, EventId};
use rusqlite::{Connection, Row, params};

/// The most changes that one answer holds.
pub const MOST: usize = 100;

/// How long a reader can come back to its place, in seconds: a week.
pub const KEPT_SECONDS: i64 = 7 * DAY;

/// How long changes are kept. A day longer, so that a place that is still good never points at what is gone.
const DELETED_AFTER_SECONDS: i64 = KEPT_SECONDS + DAY;

const DAY: i64 = 24 * 60 * 60;

/// Enters that an interaction changed. Call it last in the transaction, so that the event carries the version that is kept.
///
/// # Errors
/// When the database refuses.
pub fn emit(
    db: &Connection,
    customer: &CustomerId,
    interaction: Seq,
    kind: &EventKind,
    now: Moment,
) -> Result<(), StoreError> {
    let id: EventId = ids::fresh("evt", now);
    let etag = interactions::etag(db, interaction)?;
    db.prepare_cached(
        "INSERT INTO events (id, customer_id, kind, resource, resource_id, etag, occurred_at)
         SELECT ?1, ?2, ?3, 'interaction', i.id, ?4, ?5 FROM interactions AS i WHERE i.seq = ?6",
    )?
    .execute(params![
        id.as_str(),
        customer,
        kind.as_str(),
        etag.as_str(),
        now,
        interaction
    ])?;
    Ok(())
}

/// Enters that something else of the customer's changed: which kind of thing, which one, and its version where it has one.
///
/// # Errors
/// When the database refuses.
pub fn emit_about(
    db: &Connection,
    customer: &CustomerId,
    kind: &EventKind,
    (resource, resource_id): (&str, &str),
    etag: Option<&Etag>,
    now: Moment,
) -> Result<(), StoreError> {
    let id: EventId = ids::fresh("evt", now);
    db.prepare_cached(
        "INSERT INTO events (id, customer_id, kind, resource, resource_id, etag, occurred_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id.as_str(),
        customer,
        kind.as_str(),
        resource,
        resource_id,
        etag.map(Etag::as_str),
        now
    ])?;
    Ok(())
}

/// Where "now" is in the customer's feed.
///
/// # Errors
/// When the database refuses.
pub fn now_at(db: &Connection, customer: &CustomerId) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) FROM events WHERE customer_id = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([customer], |row| row.get(0))?)
}

/// Where the customer's feed was just before a moment.
///
/// # Errors
/// When the database refuses.
pub fn last_before(
    db: &Connection,
    customer: &CustomerId,
    moment: Moment,
) -> Result<i64, StoreError> {
    // Not by the greatest moment: a clock that was set back leaves later changes with earlier ones.
    let sql = "SELECT coalesce(min(seq) - 1, (SELECT coalesce(max(seq), 0) FROM events WHERE customer_id = ?1))
                 FROM events WHERE customer_id = ?1 AND occurred_at >= ?2";
    Ok(db
        .prepare_cached(sql)?
        .query_row(params![customer, moment], |row| row.get(0))?)
}

/// The changes after `after`, in order, at most [`MOST`], each with its place.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn since(
    db: &Connection,
    customer: &CustomerId,
    after: i64,
) -> Result<Vec<(Place, Event)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, id, kind, resource, resource_id, etag, occurred_at FROM events
          WHERE customer_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let rows = statement.query_map(params![customer, after, MOST], placed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn placed(row: &Row<'_>) -> rusqlite::Result<(Place, Event)> {
    let place = Place {
        at: row.get(6)?,
        seq: row.get(0)?,
    };
    let etag: Option<String> = row.get(5)?;
    let event = Event {
        event_id: parsed(row, 1)?,
        kind: open(row, 2)?,
        resource: row.get(3)?,
        id: row.get(4)?,
        etag: etag.and_then(|etag| Etag::try_from(etag).ok()),
        occurred_at: moment(row, 6)?,
    };
    Ok((place, event))
}

/// Deletes changes that are too old for anybody to come back to, at most `most` of them, and says how many.
///
/// # Errors
/// When the database refuses.
pub fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql =
        "DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE occurred_at < ?1 LIMIT ?2)";
    let oldest = now.plus_seconds(-DELETED_AFTER_SECONDS);
    Ok(db.prepare_cached(sql)?.execute(params![oldest, most])?)
}
