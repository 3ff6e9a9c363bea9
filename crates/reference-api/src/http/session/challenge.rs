//! One-time codes: six digits, ten minutes, five tries, one use.
//!
//! An address that nobody has gets a challenge like any other: the same work, the same answer, and no code that opens it.

use super::asker::Asker;
use super::quota;
use crate::config::SignIn;
use crate::http::{ApiError, ApiResult, SessionId};
use crate::secrets::{Secrets, six_digits};
use crate::store::customers::{self, CustomerId};
use crate::store::time::Moment;
use crate::store::{StoreError, ids};
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

/// An address that a code is to go to, and whose it is.
pub(super) struct Recipient {
    folded: String,
    /// The customer, and the address as they write it; nothing when nobody has it.
    whose: Option<(CustomerId, String)>,
}

impl Recipient {
    pub(super) fn customer(&self) -> Option<&CustomerId> {
        self.whose.as_ref().map(|(customer, _)| customer)
    }
}

/// Who signs in with this address.
pub(super) fn recipient(db: &Connection, address: &str) -> ApiResult<Recipient> {
    let folded = customers::fold(address);
    let whose = db
        .prepare_cached("SELECT customer_id, written_as FROM login_addresses WHERE address = ?1")?
        .query_row([&folded], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(Recipient { folded, whose })
}

/// A code that is wanted.
pub(super) struct Wanted {
    pub(super) purpose: Purpose,
    pub(super) recipient: Recipient,
    pub(super) asker: Asker,
}

/// What came of it.
pub(super) struct Issued {
    pub(super) challenge: Challenge,
    /// The code, whose it is and where it goes; nothing when a code is on its way already.
    pub(super) mail: Option<(String, Option<(CustomerId, String)>)>,
}

/// A new challenge, or the one that the same asker was given less than half a minute ago.
pub(super) fn issue(
    tx: &Connection,
    secrets: &Secrets,
    config: &SignIn,
    wanted: &Wanted,
    now: Moment,
) -> ApiResult<Issued> {
    let Wanted {
        purpose,
        recipient,
        asker,
    } = wanted;
    // A stranger who types the same address is not told of this challenge: they would use up its tries.
    let asked_by = asker.bucket(secrets, &recipient.folded);
    if let Some(challenge) = running(tx, *purpose, &asked_by, now)? {
        return Ok(Issued {
            challenge,
            mail: None,
        });
    }
    quota::take(tx, &asker.quotas(secrets, &recipient.folded, config), now)?;
    let (challenge, code) = insert(tx, secrets, *purpose, &asked_by, recipient.customer(), now)?;
    Ok(Issued {
        challenge,
        mail: Some((code, recipient.whose.clone())),
    })
}

fn running(
    tx: &Connection,
    purpose: Purpose,
    asked_by: &[u8; 32],
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
            params![purpose.name(), asked_by, purpose.session(), now],
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
    asked_by: &[u8; 32],
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
        asked_by,
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
    let Some(sent) = good(tx, purpose, id, now)? else {
        return Ok(Verdict::Refused { attempts_left: 0 });
    };
    let right = secrets.verify(
        "code",
        &[id.as_str().as_bytes(), code.as_bytes()],
        &sent.code_hash,
    );
    tx.prepare_cached(
        "UPDATE challenges SET attempts_left = attempts_left - 1, consumed = ?2 WHERE id = ?1",
    )?
    .execute(params![id.as_str(), right])?;
    match sent.customer {
        Some(customer) if right => {
            quota::give_back(tx, &sent.asked_by)?;
            Ok(Verdict::Proven(customer))
        }
        _ => Ok(Verdict::Refused {
            attempts_left: sent.attempts_left - 1,
        }),
    }
}

/// What is kept of a code that was sent.
struct Sent {
    customer: Option<CustomerId>,
    code_hash: Vec<u8>,
    attempts_left: u32,
    asked_by: Vec<u8>,
}

/// The challenge, if it can still be answered for this purpose.
fn good(
    tx: &Connection,
    purpose: Purpose,
    id: &ChallengeId,
    now: Moment,
) -> ApiResult<Option<Sent>> {
    Ok(tx
        .prepare_cached(
            "SELECT customer_id, code_hash, attempts_left, address_hash FROM challenges
             WHERE id = ?1 AND purpose = ?2 AND session_id IS ?3
               AND expires_at > ?4 AND attempts_left > 0 AND consumed = 0",
        )?
        .query_row(
            params![id.as_str(), purpose.name(), purpose.session(), now],
            |row| {
                Ok(Sent {
                    customer: row.get(0)?,
                    code_hash: row.get(1)?,
                    attempts_left: row.get(2)?,
                    asked_by: row.get(3)?,
                })
            },
        )
        .optional()?)
}

/// Deletes challenges that have run out: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE expires_at <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}

/// The six digits of what was typed: in Western or Arabic numerals, with or without spaces and dashes.
pub(in crate::http) fn digits(typed: &str) -> ApiResult<String> {
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
