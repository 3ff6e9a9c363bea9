//! How many codes can be asked for. The counters do not know which addresses exist.

use crate::http::{ApiError, ApiResult};
use crate::store::StoreError;
use crate::store::time::Moment;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) const HOUR: i64 = 60 * 60;
pub(crate) const DAY: i64 = 24 * HOUR;

/// So many uses within so many seconds, in a sliding window of at most a [`DAY`].
pub(crate) struct Limit {
    pub(crate) uses: u32,
    pub(crate) within: i64,
}

/// Something that is counted, and how often it may be used.
pub(crate) struct Quota {
    pub(crate) bucket: [u8; 32],
    pub(crate) limits: Vec<Limit>,
}

/// Counts one use of each, or refuses when one is used up; a refusal counts nothing.
pub(crate) fn take(tx: &Connection, quotas: &[Quota], now: Moment) -> ApiResult<()> {
    let mut free_at = now;
    for quota in quotas {
        for limit in &quota.limits {
            free_at = free_at.max(free_from(tx, &quota.bucket, limit, now)?);
        }
    }
    if free_at > now {
        return Err(ApiError::quota_exceeded(now.seconds_until(free_at)));
    }
    for quota in quotas {
        tx.prepare_cached("INSERT INTO quota_uses (bucket, used_at) VALUES (?1, ?2)")?
            .execute(params![quota.bucket, now])?;
    }
    Ok(())
}

/// When the next use is free: when the use that is as many uses back as there are leaves the window.
fn free_from(tx: &Connection, bucket: &[u8; 32], limit: &Limit, now: Moment) -> ApiResult<Moment> {
    let Some(back) = limit.uses.checked_sub(1) else {
        return Ok(Moment::from_millis(i64::MAX));
    };
    let since = now.plus_seconds(-limit.within);
    let blocking: Option<Moment> = tx
        .prepare_cached(
            "SELECT used_at FROM quota_uses WHERE bucket = ?1 AND used_at > ?2
              ORDER BY used_at DESC LIMIT 1 OFFSET ?3",
        )?
        .query_row(params![bucket, since, back], |row| row.get(0))
        .optional()?;
    Ok(blocking.map_or(now, |used_at| used_at.plus_seconds(limit.within)))
}

/// Forgets the uses of a bucket: whoever used it has proven to be who they said.
pub(super) fn give_back(tx: &Connection, bucket: &[u8]) -> ApiResult<()> {
    tx.prepare_cached("DELETE FROM quota_uses WHERE bucket = ?1")?
        .execute([bucket])?;
    Ok(())
}

/// Deletes uses that no window reaches back to: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM quota_uses WHERE rowid IN (SELECT rowid FROM quota_uses WHERE used_at <= ?1 LIMIT ?2)";
    Ok(db
        .prepare_cached(sql)?
        .execute(params![now.plus_seconds(-DAY), most])?)
}
