//! How many codes are sent, so that nobody can use us to write to strangers.
//!
//! Three buckets are counted: what one customer sends to one target, what one customer sends at all, and what anybody sends to
//! one target. None of them knows whose a target is, so an answer says nothing about other customers.

use crate::http::{ApiError, ApiResult};
use crate::secrets::Secrets;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::contact_point::ContactPointKind;
use rusqlite::{Connection, OptionalExtension, params};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// Codes that one customer has sent to one target in an hour.
pub(super) const OWN_PER_TARGET: u32 = 5;
/// Codes that one customer has sent in a day.
pub(super) const PER_CUSTOMER: u32 = 20;
/// Codes that one target gets in a day, whoever asks.
pub(super) const PER_TARGET: u32 = 10;
/// Letters on paper to one target in a day: each costs a stamp.
pub(super) const LETTERS_PER_TARGET: u32 = 2;

struct Bucket {
    hash: [u8; 32],
    limit: u32,
    window: i64,
}

/// Counts a code to this target, or refuses when there were too many; a refusal counts nothing.
///
/// # Errors
/// `quota-exceeded` with the seconds until one is free.
pub(super) fn take(
    tx: &Connection,
    secrets: &Secrets,
    customer: &CustomerId,
    (kind, compared): (&ContactPointKind, &str),
    now: Moment,
) -> ApiResult<()> {
    let buckets = buckets(secrets, customer, kind, compared);
    let mut free_at = None;
    for bucket in &buckets {
        free_at = free_at.max(full_until(tx, bucket, now)?);
    }
    if let Some(free_at) = free_at {
        return Err(ApiError::quota_exceeded(now.seconds_until(free_at)));
    }
    for bucket in &buckets {
        tx.prepare_cached("INSERT INTO verification_sends (bucket, sent_at) VALUES (?1, ?2)")?
            .execute(params![bucket.hash, now])?;
    }
    Ok(())
}

/// Deletes uses that have left the longest window: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM verification_sends
                WHERE rowid IN (SELECT rowid FROM verification_sends WHERE sent_at <= ?1 LIMIT ?2)";
    Ok(db
        .prepare_cached(sql)?
        .execute(params![now.plus_seconds(-DAY), most])?)
}

fn buckets(
    secrets: &Secrets,
    customer: &CustomerId,
    kind: &ContactPointKind,
    compared: &str,
) -> [Bucket; 3] {
    const USAGE: &str = "quota:verification";
    let (id, kind_name) = (customer.as_str().as_bytes(), kind.as_str().as_bytes());
    let per_target = match kind {
        ContactPointKind::Postal => LETTERS_PER_TARGET,
        _ => PER_TARGET,
    };
    [
        Bucket {
            hash: secrets.mac(USAGE, &[b"own", id, kind_name, compared.as_bytes()]),
            limit: OWN_PER_TARGET,
            window: HOUR,
        },
        Bucket {
            hash: secrets.mac(USAGE, &[b"customer", id]),
            limit: PER_CUSTOMER,
            window: DAY,
        },
        Bucket {
            hash: secrets.mac(USAGE, &[b"target", kind_name, compared.as_bytes()]),
            limit: per_target,
            window: DAY,
        },
    ]
}

/// When the next one is free, if none is now: when the one that is `limit` back leaves the window.
fn full_until(tx: &Connection, bucket: &Bucket, now: Moment) -> ApiResult<Option<Moment>> {
    let blocking: Option<Moment> = tx
        .prepare_cached(
            "SELECT sent_at FROM verification_sends WHERE bucket = ?1 AND sent_at > ?2
             ORDER BY sent_at DESC LIMIT 1 OFFSET ?3",
        )?
        .query_row(
            params![
                bucket.hash,
                now.plus_seconds(-bucket.window),
                bucket.limit - 1
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(blocking.map(|sent_at| sent_at.plus_seconds(bucket.window)))
}
