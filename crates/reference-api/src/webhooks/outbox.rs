//! Endpoints and messages as the database keeps them.

use super::endpoint::Endpoint;
use super::message::{Message, StepTold};
use crate::store::StoreError;
use crate::store::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// How long a message is kept, delivered or not: 30 days.
const KEPT_SECONDS: i64 = 30 * 24 * 60 * 60;

/// Takes over the endpoints of the configuration. One that is new, or has another address than before, is sent what comes from now
/// on; one that is gone goes with what was on its way to it.
///
/// # Errors
/// When the database refuses.
pub fn register(tx: &Connection, endpoints: &[Endpoint]) -> Result<(), StoreError> {
    let names: Vec<&str> = endpoints.iter().map(|one| one.name.as_str()).collect();
    let names = serde_json::to_string(&names).expect("names are JSON");
    tx.prepare_cached(
        "DELETE FROM webhook_endpoints WHERE name NOT IN (SELECT value FROM json_each(?1))",
    )?
    .execute([names])?;
    for endpoint in endpoints {
        let events = serde_json::to_string(&endpoint.events).expect("names are JSON");
        tx.prepare_cached(
            "INSERT INTO webhook_endpoints (name, url, events) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET events = excluded.events, url = excluded.url,
                 failing_since = iif(url = excluded.url, failing_since, NULL),
                 paused_until = iif(url = excluded.url, paused_until, NULL),
                 disabled_at = iif(url = excluded.url, disabled_at, NULL)",
        )?
        .execute(params![endpoint.name, endpoint.url.to_string(), events])?;
    }
    Ok(())
}

/// A message that is on its way, and how often it was tried.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) message: Message,
    pub(super) attempts: u32,
}

/// The message that is to be sent to this endpoint now: the oldest, but no later one of a request while an earlier one waits.
pub(super) fn next(
    db: &Connection,
    endpoint: &str,
    now: Moment,
) -> Result<Option<Waiting>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT m.id, m.type, m.attempts, m.at, m.event_id, m.request_id, m.reference, m.kind, m.state, m.due_at, m.actor
               FROM webhook_messages AS m JOIN webhook_endpoints AS w ON w.name = m.endpoint
              WHERE m.endpoint = ?1 AND m.delivered_at IS NULL AND m.run_at <= ?2
                AND w.disabled_at IS NULL AND coalesce(w.paused_until, 0) <= ?2
                AND NOT EXISTS (SELECT 1 FROM webhook_messages AS e
                                 WHERE e.endpoint = ?1 AND e.request_id = m.request_id AND e.delivered_at IS NULL AND e.seq < m.seq)
              ORDER BY m.seq LIMIT 1",
        )?
        .query_row(params![endpoint, now], waiting)
        .optional()?)
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    let step = StepTold {
        at: row.get(3)?,
        event_id: row.get(4)?,
        request_id: row.get(5)?,
        reference: row.get(6)?,
        kind: row.get(7)?,
        state: row.get(8)?,
        due_at: row.get(9)?,
        actor: row.get(10)?,
    };
    Ok(Waiting {
        message: step.message(row.get(0)?, row.get(1)?),
        attempts: row.get(2)?,
    })
}

/// It arrived: what failed before is forgotten.
pub(super) fn delivered(
    tx: &Connection,
    endpoint: &str,
    id: &str,
    answer: &str,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE webhook_messages SET delivered_at = ?2, last_answer = ?3, attempts = attempts + 1 WHERE id = ?1",
    )?
    .execute(params![id, now, answer])?;
    tx.prepare_cached(
        "UPDATE webhook_endpoints SET failing_since = NULL, paused_until = NULL WHERE name = ?1",
    )?
    .execute([endpoint])?;
    Ok(())
}

/// What became of an attempt in vain.
pub(super) struct Vain<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) id: &'a str,
    pub(super) answer: &'a str,
    /// When it is tried again.
    pub(super) again_at: Moment,
    /// Whether the endpoint as a whole does not answer, and not this message alone.
    pub(super) is_outage: bool,
    /// Whether it said that it is gone for good.
    pub(super) is_gone: bool,
    pub(super) now: Moment,
}

/// It did not arrive. Gives whether nothing is sent to this endpoint any more because of it.
pub(super) fn failed(tx: &Connection, vain: &Vain<'_>) -> Result<bool, StoreError> {
    tx.prepare_cached(
        "UPDATE webhook_messages SET attempts = attempts + 1, run_at = ?2, last_answer = ?3 WHERE id = ?1",
    )?
    .execute(params![vain.id, vain.again_at, vain.answer])?;
    let days = i64::from(vain.endpoint.give_up_days);
    let too_long = vain.now.plus_seconds(-days * 24 * 60 * 60);
    let is_disabled: bool = tx
        .prepare_cached(
            "UPDATE webhook_endpoints
                SET failing_since = coalesce(failing_since, ?2),
                    paused_until = iif(?3, ?4, paused_until),
                    disabled_at = iif(?5 OR failing_since <= ?6, ?2, NULL)
              WHERE name = ?1 RETURNING disabled_at IS NOT NULL",
        )?
        .query_row(
            params![
                vain.endpoint.name,
                vain.now,
                vain.is_outage,
                vain.again_at,
                vain.is_gone,
                too_long
            ],
            |row| row.get(0),
        )
        .optional()?
        .is_some_and(|disabled| disabled);
    Ok(is_disabled)
}

/// How an endpoint stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How many messages wait for it.
    pub waiting: u64,
    /// From when the oldest of them is.
    pub oldest: Option<Moment>,
    /// Since when nothing arrives.
    pub failing_since: Option<Moment>,
    /// Since when nothing is sent.
    pub disabled_at: Option<Moment>,
}

/// How all of them stand.
///
/// # Errors
/// When the database refuses.
pub fn standing(db: &Connection) -> Result<Vec<Standing>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT w.name, w.url, count(m.seq), min(m.at), w.failing_since, w.disabled_at
           FROM webhook_endpoints AS w LEFT JOIN webhook_messages AS m ON m.endpoint = w.name AND m.delivered_at IS NULL
          GROUP BY w.name ORDER BY w.name",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Standing {
            name: row.get(0)?,
            url: row.get(1)?,
            waiting: row.get(2)?,
            oldest: row.get(3)?,
            failing_since: row.get(4)?,
            disabled_at: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A message in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Where to.
    pub endpoint: String,
    /// What it tells of.
    pub kind: String,
    /// About which request.
    pub reference: String,
    /// From when it is.
    pub at: Moment,
    /// How often it was tried.
    pub attempts: u32,
    /// What came back last.
    pub last_answer: Option<String>,
    /// When it arrived.
    pub delivered_at: Option<Moment>,
}

/// The newest messages, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn newest(db: &Connection, most: usize) -> Result<Vec<Listed>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, endpoint, type, reference, at, attempts, last_answer, delivered_at
           FROM webhook_messages ORDER BY seq DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([most], |row| {
        Ok(Listed {
            id: row.get(0)?,
            endpoint: row.get(1)?,
            kind: row.get(2)?,
            reference: row.get(3)?,
            at: row.get(4)?,
            attempts: row.get(5)?,
            last_answer: row.get(6)?,
            delivered_at: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Has a message sent again, delivered or not, and its endpoint tried again; whether there is such a message.
///
/// # Errors
/// When the database refuses.
pub fn send_again(tx: &Connection, id: &str, now: Moment) -> Result<bool, StoreError> {
    let endpoint: Option<String> = tx
        .prepare_cached(
            "UPDATE webhook_messages SET delivered_at = NULL, run_at = ?2 WHERE id = ?1 RETURNING endpoint",
        )?
        .query_row(params![id, now], |row| row.get(0))
        .optional()?;
    match &endpoint {
        Some(endpoint) => send_all_again(tx, endpoint, now).map(|_| true),
        None => Ok(false),
    }
}

/// Has an endpoint tried again with all that waits for it; how much that is, or nothing where there is no such endpoint.
///
/// # Errors
/// When the database refuses.
pub fn send_all_again(
    tx: &Connection,
    endpoint: &str,
    now: Moment,
) -> Result<Option<usize>, StoreError> {
    let known = tx
        .prepare_cached(
            "UPDATE webhook_endpoints SET failing_since = NULL, paused_until = NULL, disabled_at = NULL WHERE name = ?1",
        )?
        .execute([endpoint])?;
    if known == 0 {
        return Ok(None);
    }
    let waiting = tx
        .prepare_cached(
            "UPDATE webhook_messages SET run_at = ?2 WHERE endpoint = ?1 AND delivered_at IS NULL",
        )?
        .execute(params![endpoint, now])?;
    Ok(Some(waiting))
}

/// Deletes messages that were kept long enough, for the sweep.
///
/// # Errors
/// When the database refuses.
pub fn forget(tx: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached(
            "DELETE FROM webhook_messages WHERE seq IN (SELECT seq FROM webhook_messages WHERE at <= ?1 LIMIT ?2)",
        )?
        .execute(params![now.plus_seconds(-KEPT_SECONDS), most])?)
}
