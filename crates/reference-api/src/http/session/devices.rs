//! Browsers that a customer has signed in from.
//!
//! The cookie opens nothing: a code is needed as ever. It says only that this browser is no stranger to that customer.

use super::store::Token;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use rusqlite::{Connection, params};

/// How long a browser is known after the customer last signed in from it, in seconds: half a year.
pub(super) const LIFE_SECONDS: i64 = 180 * 24 * 60 * 60;

/// Whether the customer has signed in from this browser. Asked alike for an address that nobody has.
pub(super) fn knows(
    db: &Connection,
    device: &Token,
    customer: Option<&CustomerId>,
    now: Moment,
) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 FROM known_devices WHERE token_hash = ?1 AND customer_id = ?2 AND seen_at > ?3";
    let since = now.plus_seconds(-LIFE_SECONDS);
    Ok(db
        .prepare_cached(sql)?
        .exists(params![device.hash(), customer, since])?)
}

/// Notes that the customer signed in from this browser, and gives the token for it to keep: its own where it came from here.
/// Several customers can share a browser.
pub(super) fn remember(
    tx: &Connection,
    device: Option<Token>,
    customer: &CustomerId,
    now: Moment,
) -> Result<Token, StoreError> {
    let ours = "SELECT 1 FROM known_devices WHERE token_hash = ?1";
    let token = match device {
        Some(token) if tx.prepare_cached(ours)?.exists([token.hash()])? => token,
        _ => Token::fresh(),
    };
    tx.prepare_cached(
        "INSERT INTO known_devices (token_hash, customer_id, seen_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (token_hash, customer_id) DO UPDATE SET seen_at = excluded.seen_at",
    )?
    .execute(params![token.hash(), customer, now])?;
    Ok(token)
}

/// Deletes browsers that were not used for too long: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM known_devices WHERE (token_hash, customer_id) IN
                   (SELECT token_hash, customer_id FROM known_devices WHERE seen_at <= ?1 LIMIT ?2)";
    Ok(db
        .prepare_cached(sql)?
        .execute(params![now.plus_seconds(-LIFE_SECONDS), most])?)
}
