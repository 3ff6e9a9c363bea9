//! Several requests at once.

use super::{COLUMNS, Row, id, read};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Page, Place};
use crate::store::time::Moment;
use portal_contract::DataRequestId;
use rusqlite::{Connection, params};

/// A page of a customer's requests, of all or of those made under one delegation, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn page(
    db: &Connection,
    customer: &CustomerId,
    delegation: Option<i64>,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_requests
          WHERE customer_id = ?1 AND (?2 IS NULL OR (submitted_at, seq) < (?2, ?3)) AND (?5 IS NULL OR delegation_seq = ?5)
          ORDER BY submitted_at DESC, seq DESC LIMIT ?4"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let (at, seq) = after.map_or((None, 0), |place| (Some(place.at), place.seq));
    let rows = statement.query_map(params![customer, at, seq, limit + 1, delegation], |row| {
        let row = read(row)?;
        let place = Place {
            at: row.standing.submitted_at,
            seq: row.seq,
        };
        Ok((place, row))
    })?;
    Ok(Page::cut(rows.collect::<Result<_, _>>()?, limit))
}

/// A customer's requests that run, those that wait for the customer first, then by what comes next.
///
/// # Errors
/// When the database refuses.
pub fn running(db: &Connection, customer: &CustomerId) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_requests WHERE customer_id = ?1 AND closed_at IS NULL
          ORDER BY state NOT IN ('awaiting_verification', 'awaiting_confirmation', 'awaiting_customer', 'ready'),
                   coalesce(runs_at, due_at, 9223372036854775807), seq"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([customer], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The requests of all customers: open ones by what is due next, then closed ones, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn all(
    db: &Connection,
    kind: Option<&str>,
    state: Option<&str>,
    most: usize,
) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_requests
          WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state = ?2)
          ORDER BY closed_at IS NOT NULL, coalesce(closed_at * -1, due_at, 9223372036854775807), seq LIMIT ?3"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![kind, state, most], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those whose time to confirm or answer is over.
///
/// # Errors
/// When the database refuses.
pub fn run_out(db: &Connection, now: Moment) -> Result<Vec<DataRequestId>, StoreError> {
    let sql = "SELECT id FROM data_requests WHERE expires_at <= ?1 AND closed_at IS NULL LIMIT 100";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([now], |row| id(row, "id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
