//! Assertions that were exchanged: each is good once.

use super::Asserted;
use crate::secrets::Secrets;
use crate::store::StoreError;
use crate::store::time::Moment;
use rusqlite::{Connection, params};

/// Uses an assertion up. `false` when it was used before.
pub(crate) fn use_up(
    tx: &Connection,
    secrets: &Secrets,
    issuer: &str,
    asserted: &Asserted,
) -> Result<bool, StoreError> {
    let mark = secrets.mac("assertion", &[issuer.as_bytes(), asserted.jti.as_bytes()]);
    let sql =
        "INSERT INTO used_assertions (mark, forget_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let written = tx
        .prepare_cached(sql)?
        .execute(params![mark, asserted.over_at])?;
    Ok(written == 1)
}

/// Forgets those that are too old to be taken anyway: see [`sweep`](crate::sweep).
pub(crate) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM used_assertions WHERE mark IN (SELECT mark FROM used_assertions WHERE forget_at <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}
