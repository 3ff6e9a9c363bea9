//! The change feed: that something changed, never what.

use super::StoreError;
use super::customers::CustomerId;
use super::ids;
use super::interactions::{self, Seq, moment, open, parsed};
use super::time::Moment;
use portal_contract::event::{Event, EventKind};
use portal_contract::{Etag, EventId};
use rusqlite::{Connection, params};

/// The most changes that one answer holds.
pub const MOST: usize = 100;

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

/// The changes after `after`, in order, at most [`MOST`], and where they end.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn since(
    db: &Connection,
    customer: &CustomerId,
    after: i64,
) -> Result<(Vec<Event>, i64), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, id, kind, resource, resource_id, etag, occurred_at FROM events
          WHERE customer_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let mut rows = statement.query(params![customer, after, MOST])?;
    let (mut events, mut end) = (Vec::new(), after);
    while let Some(row) = rows.next()? {
        end = row.get(0)?;
        let etag: Option<String> = row.get(5)?;
        events.push(Event {
            event_id: parsed(row, 1)?,
            kind: open(row, 2)?,
            resource: row.get(3)?,
            id: row.get(4)?,
            etag: etag.and_then(|etag| Etag::try_from(etag).ok()),
            occurred_at: moment(row, 6)?,
        });
    }
    Ok((events, end))
}
