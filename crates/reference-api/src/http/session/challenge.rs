//! One-time codes: six digits, ten minutes, five tries, one use.
//!
//! An address that nobody has gets a challenge like any other: the same work, the same answer, and no code that opens it.

use super::quota::{self, Quota};
use crate::http::{ApiError, ApiResult, SessionId};
use crate::secrets::{Secrets, six_digits};
use crate::store::customers::{self, CustomerId};
use crate::store::ids;
use crate::store::time::Moment;
use portal_contract::session::Challenge;
use portal_contract::{ChallengeId, FieldCode};
use rusqlite::{Connection, OptionalExtension, Row, params};

const LIFE_SECONDS: i64 = 10 * 60;
const RESEND_SECONDS: i64 = 30;
const ATTEMPTS: u32 = 5;

/// What a challenge proves.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    SignIn,
    StepUp(SessionId),
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::StepUp(_) => "step_up",
        }
    }

    fn session(self) -> Option<i64> {
        match self {
            Self::SignIn => None,
            Self::StepUp(session) => Some(session.0),
        }
    }
}

/// A code that is wanted.
pub(super) struct Wanted<'a> {
    pub(super) purpose: Purpose,
    pub(super) address: &'a str,
    /// A bucket for where the request came from, and how many it may have.
    pub(super) network: Quota,
    pub(super) per_address: u32,
}

/// What came of it.
pub(super) struct Issued {
    pub(super) challenge: Challenge,
    /// The code and where it goes; nothing when a code is on its way already.
    pub(super) mail: Option<(String, Option<String>)>,
}

/// A new challenge, or the one that the same network was given less than half a minute ago.
pub(super) fn issue(
    tx: &Connection,
    secrets: &Secrets,
    wanted: &Wanted<'_>,
    now: Moment,
) -> ApiResult<Issued> {
    let folded = customers::fold(wanted.address);
    // A stranger who types the same address is not told of this challenge: they would use up its tries.
    let address_hash = secrets.mac("address", &[folded.as_bytes(), &wanted.network.bucket]);
    if let Some(challenge) = running(tx, wanted.purpose, &address_hash, now)? {
        return Ok(Issued {
            challenge,
            mail: None,
        });
    }
    let bucket = secrets.mac("quota:address", &[folded.as_bytes()]);
    let own = Quota {
        bucket,
        limit: wanted.per_address,
    };
    quota::take(tx, &[&own, &wanted.network], now)?;
    tx.prepare_cached("DELETE FROM challenges WHERE expires_at <= ?1")?
        .execute([now])?;
    let (customer, written_as) = whose(tx, &folded)?.unzip();
    let (challenge, code) = insert(
        tx,
        secrets,
        wanted.purpose,
        &address_hash,
        customer.as_ref(),
        now,
    )?;
    Ok(Issued {
        challenge,
        mail: Some((code, written_as)),
    })
}

fn whose(tx: &Connection, folded: &str) -> ApiResult<Option<(CustomerId, String)>> {
    Ok(tx
        .prepare_cached("SELECT customer_id, written_as FROM login_addresses WHERE address = ?1")?
        .query_row([folded], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

fn running(
    tx: &Connection,
    purpose: Purpose,
    address_hash: &[u8; 32],
    now: Moment,
) -> ApiResult<Option<Challenge>> {
    let found = tx
        .prepare_cached(
            "SELECT id, resend_after, expires_at, attempts_left FROM challenges
             WHERE purpose = ?1 AND address_hash = ?2 AND session_id IS ?3
               AND resend_after > ?4 AND attempts_left > 0 AND consumed = 0
             ORDER BY created_at DESC LIMIT 1",
        )?
        .query_row(
            params![purpose.name(), address_hash, purpose.session(), now],
            read,
        )
        .optional()?;
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Challenge> {
    let id: String = row.get(0)?;
    Ok(Challenge {
        id: id.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
        resend_after: row.get::<_, Moment>(1)?.to_timestamp(),
        expires_at: row.get::<_, Moment>(2)?.to_timestamp(),
        attempts_left: row.get::<_, u32>(3)?.into(),
    })
}

fn insert(
    tx: &Connection,
    secrets: &Secrets,
    purpose: Purpose,
    address_hash: &[u8; 32],
    customer: Option<&CustomerId>,
    now: Moment,
) -> ApiResult<(Challenge, String)> {
    let id: ChallengeId = ids::fresh("cha", now);
    let code = six_digits();
    let (resend_after, expires_at) = (
        now.plus_seconds(RESEND_SECONDS),
        now.plus_seconds(LIFE_SECONDS),
    );
    tx.prepare_cached(
        "INSERT INTO challenges (id, purpose, address_hash, customer_id, session_id, code_hash, created_at,
                                 resend_after, expires_at, attempts_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        id.as_str(),
        purpose.name(),
        address_hash,
        customer,
        purpose.session(),
        hash(secrets, &id, &code),
        now,
        resend_after,
        expires_at,
        ATTEMPTS,
    ])?;
    let challenge = Challenge {
        id,
        resend_after: resend_after.to_timestamp(),
        expires_at: expires_at.to_timestamp(),
        attempts_left: ATTEMPTS.into(),
    };
    Ok((challenge, code))
}

fn hash(secrets: &Secrets, id: &ChallengeId, code: &str) -> [u8; 32] {
    secrets.mac("code", &[id.as_str().as_bytes(), code.as_bytes()])
}

/// What came of a try.
pub(super) enum Verdict {
    /// The code was right; the challenge is used up.
    Proven(CustomerId),
    /// It was not, or the challenge is no longer good.
    Refused {
        /// How many tries remain.
        attempts_left: u32,
    },
}

/// Tries a code. Run it in a transaction that is kept also when the code is wrong: the try counts.
pub(super) fn attempt(
    tx: &Connection,
    secrets: &Secrets,
    purpose: Purpose,
    id: &ChallengeId,
    code: &str,
    now: Moment,
) -> ApiResult<Verdict> {
    let found: Option<(Option<CustomerId>, Vec<u8>, u32)> = tx
        .prepare_cached(
            "SELECT customer_id, code_hash, attempts_left FROM challenges
             WHERE id = ?1 AND purpose = ?2 AND session_id IS ?3
               AND expires_at > ?4 AND attempts_left > 0 AND consumed = 0",
        )?
        .query_row(
            params![id.as_str(), purpose.name(), purpose.session(), now],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((customer, code_hash, attempts)) = found else {
        return Ok(Verdict::Refused { attempts_left: 0 });
    };
    let right = secrets.verify(
        "code",
        &[id.as_str().as_bytes(), code.as_bytes()],
        &code_hash,
    );
    tx.prepare_cached(
        "UPDATE challenges SET attempts_left = attempts_left - 1, consumed = ?2 WHERE id = ?1",
    )?
    .execute(params![id.as_str(), right])?;
    Ok(match customer {
        Some(customer) if right => Verdict::Proven(customer),
        _ => Verdict::Refused {
            attempts_left: attempts - 1,
        },
    })
}

/// The six digits of what was typed: in Western or Arabic numerals, with or without spaces and dashes.
pub(super) fn digits(typed: &str) -> ApiResult<String> {
    let digits: Option<String> = typed
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !"-\u{2010}\u{2011}\u{2013}.\u{200e}\u{200f}".contains(*c)
        })
        .map(digit)
        .collect();
    digits.filter(|code| code.len() == 6).ok_or_else(|| {
        ApiError::field(
            "/code",
            FieldCode::InvalidFormat,
            "a code has six digits",
            None,
        )
    })
}

fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06f0}'..='\u{06f9}' => '\u{06f0}',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}
