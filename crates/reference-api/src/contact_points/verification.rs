//! Codes that show whose a contact point is: six digits, five tries, one use. Only their hashes are kept.

use super::address::{Reach, reach};
use super::limits;
use super::point::Point;
use crate::http::{ApiError, ApiResult};
use crate::secrets::{Secrets, six_digits};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::time::Moment;
use portal_contract::contact_point::{ContactPointKind, Verification};
use portal_contract::interaction::Channel;
use portal_contract::{FieldCode, VerificationId};
use rusqlite::{Connection, OptionalExtension, params};

const ATTEMPTS: u32 = 5;

/// How long a code is good and when another can be asked for, in seconds.
struct Times {
    life: i64,
    resend: i64,
}

fn times(channel: &Channel) -> Times {
    const DAY: i64 = 24 * 60 * 60;
    match channel {
        // A letter is on its way for days, and another one would cross it.
        Channel::Post => Times {
            life: 30 * DAY,
            resend: 5 * DAY,
        },
        Channel::Sms | Channel::Phone => Times {
            life: 10 * 60,
            resend: 60,
        },
        _ => Times {
            life: 10 * 60,
            resend: 30,
        },
    }
}

/// Over which channel a code goes there: the one that was asked for, or the usual one.
///
/// # Errors
/// `validation` when nothing can be sent there over the channel.
pub fn channel(point: &Point, wanted: Option<&Channel>) -> ApiResult<Channel> {
    let offered: &[Channel] = match &point.kind {
        ContactPointKind::Email => &[Channel::Email],
        ContactPointKind::Phone => match reach(&point.compared) {
            Reach::Text => &[Channel::Sms, Channel::Phone],
            Reach::Voice => &[Channel::Phone],
        },
        ContactPointKind::Postal => &[Channel::Post],
        ContactPointKind::Push => &[Channel::Push],
        ContactPointKind::Messaging => &[Channel::Messaging],
        ContactPointKind::Social => &[Channel::Social],
        ContactPointKind::Other(_) => &[],
    };
    let chosen = match wanted {
        Some(wanted) => offered.iter().find(|channel| *channel == wanted),
        None => offered.first(),
    };
    chosen.cloned().ok_or_else(|| {
        ApiError::field(
            "/channel",
            FieldCode::NotOffered,
            "no code can be sent there over this channel",
            None,
        )
    })
}

/// A code on its way.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What the customer is told.
    pub verification: Verification,
    /// The code; it goes to the contact point and nowhere else.
    pub code: String,
    /// For how long it is good, in seconds.
    pub good_for_seconds: i64,
}

/// Issues a code. The one before is good for nothing from now on.
///
/// # Errors
/// `quota-exceeded` when another one cannot be asked for yet, or there were too many.
pub(crate) fn issue(
    tx: &Connection,
    secrets: &Secrets,
    customer: &CustomerId,
    point: &Point,
    channel: Channel,
    now: Moment,
) -> ApiResult<Issued> {
    if let Some(resend_after) = resend_after(tx, point)?.filter(|moment| *moment > now) {
        return Err(ApiError::quota_exceeded(now.seconds_until(resend_after)));
    }
    limits::take(tx, secrets, customer, (&point.kind, &point.compared), now)?;
    tx.prepare_cached("DELETE FROM contact_point_verifications WHERE contact_point_seq = ?1")?
        .execute([point.seq])?;
    let id: VerificationId = ids::fresh("ver", now);
    let code = six_digits();
    let Times { life, resend } = times(&channel);
    let (resend_after, expires_at) = (now.plus_seconds(resend), now.plus_seconds(life));
    tx.prepare_cached(
        "INSERT INTO contact_point_verifications
             (id, contact_point_seq, code_hash, created_at, resend_after, expires_at, attempts_left, channel)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id.as_str(),
        point.seq,
        hash(secrets, &id, &code),
        now,
        resend_after,
        expires_at,
        ATTEMPTS,
        channel.as_str()
    ])?;
    Ok(Issued {
        verification: Verification {
            id,
            channel,
            resend_after: resend_after.to_timestamp(),
            expires_at: expires_at.to_timestamp(),
            attempts_left: ATTEMPTS.into(),
        },
        code,
        good_for_seconds: life,
    })
}

/// From when another code can be asked for.
fn resend_after(tx: &Connection, point: &Point) -> Result<Option<Moment>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT max(resend_after) FROM contact_point_verifications
              WHERE contact_point_seq = ?1 AND consumed = 0 AND attempts_left > 0",
        )?
        .query_row([point.seq], |row| row.get(0))?)
}

const USAGE: &str = "contact point code";

fn hash(secrets: &Secrets, id: &VerificationId, code: &str) -> [u8; 32] {
    secrets.mac(USAGE, &[id.as_str().as_bytes(), code.as_bytes()])
}

/// How a code compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is right.
    Right,
    /// It is wrong; so many tries remain.
    Wrong(u32),
    /// It was entered before.
    Used,
    /// There is no such code, or no longer: it ran out, its tries are used up, or a later one was sent.
    Gone,
}

/// Compares a code. A wrong one uses a try up: run this in a transaction that is kept.
pub(crate) fn attempt(
    tx: &Connection,
    secrets: &Secrets,
    point: &Point,
    id: &VerificationId,
    code: &str,
    now: Moment,
) -> Result<Verdict, StoreError> {
    let found: Option<(Vec<u8>, u32, bool, Moment)> = tx
        .prepare_cached(
            "SELECT code_hash, attempts_left, consumed, expires_at FROM contact_point_verifications
              WHERE id = ?1 AND contact_point_seq = ?2",
        )?
        .query_row(params![id.as_str(), point.seq], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((code_hash, attempts, consumed, expires_at)) = found else {
        return Ok(Verdict::Gone);
    };
    if consumed {
        return Ok(Verdict::Used);
    }
    if attempts == 0 || expires_at <= now {
        return Ok(Verdict::Gone);
    }
    if secrets.verify(
        USAGE,
        &[id.as_str().as_bytes(), code.as_bytes()],
        &code_hash,
    ) {
        return Ok(Verdict::Right);
    }
    tx.prepare_cached(
        "UPDATE contact_point_verifications SET attempts_left = attempts_left - 1 WHERE id = ?1",
    )?
    .execute([id.as_str()])?;
    Ok(Verdict::Wrong(attempts - 1))
}

/// The code is used up.
pub(crate) fn consume(tx: &Connection, id: &VerificationId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE contact_point_verifications SET consumed = 1 WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// Deletes codes that have run out: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM contact_point_verifications
                WHERE id IN (SELECT id FROM contact_point_verifications WHERE expires_at <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}
