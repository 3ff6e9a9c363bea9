//! How many codes can be asked for. The counters do not know which addresses exist.

use crate::http::{ApiError, ApiResult};
use crate::store::time::Moment;
use rusqlite::{Connection, OptionalExtension, params};

/// The length of the sliding window, in seconds.
const WINDOW: i64 = 60 * 60;

/// Something that is counted: a bucket, and how many uses it has within the window.
pub(super) struct Quota {
    pub(super) bucket: [u8; 32],
    pub(super) limit: u32,
}

/// Counts one use of each, or refuses when one is used up; a refusal counts nothing.
pub(super) fn take(tx: &Connection, quotas: &[&Quota], now: Moment) -> ApiResult<()> {
    tx.prepare_cached("DELETE FROM quota_uses WHERE used_at <= ?1")?
        .execute([now.plus_seconds(-WINDOW)])?;
    for quota in quotas {
        if let Some(free_at) = full_until(tx, quota)? {
            return Err(ApiError::quota_exceeded(now.seconds_until(free_at)));
        }
    }
    for quota in quotas {
        tx.prepare_cached("INSERT INTO quota_uses (bucket, used_at) VALUES (?1, ?2)")?
            .execute(params![quota.bucket, now])?;
    }
    Ok(())
}

/// When the next use is free, if none is now: when the use that is `limit` uses back leaves the window.
fn full_until(tx: &Connection, quota: &Quota) -> ApiResult<Option<Moment>> {
    let Some(back) = quota.limit.checked_sub(1) else {
        return Ok(Some(Moment::from_millis(i64::MAX)));
    };
    let blocking: Option<Moment> = tx
        .prepare_cached("SELECT used_at FROM quota_uses WHERE bucket = ?1 ORDER BY used_at DESC LIMIT 1 OFFSET ?2")?
        .query_row(params![quota.bucket, back], |row| row.get(0))
        .optional()?;
    Ok(blocking.map(|used_at| used_at.plus_seconds(WINDOW)))
}
