//! Sessions in the database.

use crate::config::Config;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::CurrentCustomer;
use crate::http::state::{AppState, SessionId};
use crate::secrets::{self, hex};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::session::{Scope, SessionMode};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use sha2::{Digest, Sha256};

/// How stale `last_seen_at` may get, in seconds, so that a read costs no write.
const SEEN_EVERY: i64 = 60;

/// For how many seconds a frame's session is good, whatever is done with it.
const FRAME_SECONDS: i64 = 10 * 60;

/// What a session of a cookie may do: all that there is.
const SCOPES: [Scope; 17] = [
    Scope::InteractionsRead,
    Scope::InteractionsWrite,
    Scope::ProfileRead,
    Scope::ProfileWrite,
    Scope::ContactPointsRead,
    Scope::ContactPointsWrite,
    Scope::PreferencesRead,
    Scope::PreferencesWrite,
    Scope::ConsentsRead,
    Scope::ConsentsWrite,
    Scope::FeedbackRead,
    Scope::FeedbackWrite,
    Scope::DataRequestsRead,
    Scope::DataRequestsWrite,
    Scope::NoticesRead,
    Scope::NoticesWrite,
    Scope::StepUp,
];

/// What a frame's session may not do: a page around it could have the customer press what they do not see.
const NOT_IN_A_FRAME: [Scope; 2] = [Scope::ContactPointsWrite, Scope::StepUp];

/// What a session's token comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// A cookie, on a top-level page.
    Cookie,
    /// A bearer, in a frame on the company's site.
    Frame,
}

impl Carrier {
    /// As the portal is told of it.
    pub(crate) fn mode(self) -> SessionMode {
        match self {
            Self::Cookie => SessionMode::Session,
            Self::Frame => SessionMode::Embed,
        }
    }

    fn scopes(self) -> Vec<Scope> {
        let all = SCOPES.iter();
        match self {
            Self::Cookie => all.cloned().collect(),
            Self::Frame => all
                .filter(|scope| !NOT_IN_A_FRAME.contains(scope))
                .cloned()
                .collect(),
        }
    }
}

/// What signs in: the value of a cookie, or most of a bearer. Only its hash is kept.
pub(crate) struct Token(String);

impl Token {
    pub(super) fn fresh() -> Self {
        Self(hex(&secrets::random()))
    }

    /// A token's text; anything but 64 hexadecimal digits is none of ours.
    pub(crate) fn parse(raw: &str) -> Option<Self> {
        (raw.len() == 64 && raw.bytes().all(|b| b.is_ascii_hexdigit()))
            .then(|| Self(raw.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

/// A session that has not ended.
pub(crate) struct Live {
    pub(crate) customer: CurrentCustomer,
    /// Whether Global Privacy Control came with it.
    pub(crate) gpc: bool,
    /// What its token came in.
    pub(crate) carrier: Carrier,
    last_seen_at: Moment,
    ends_at: Moment,
}

impl Live {
    /// When it ends by itself, if nothing comes any more.
    pub(crate) fn expires_at(&self, config: &Config) -> Moment {
        match self.carrier {
            Carrier::Cookie => self
                .ends_at
                .min(self.last_seen_at.plus_seconds(idle_seconds(config))),
            Carrier::Frame => self.ends_at,
        }
    }
}

fn idle_seconds(config: &Config) -> i64 {
    i64::from(config.session.idle_minutes) * 60
}

/// Whether a request shows that somebody is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It does.
    Active,
    /// It does not: a page that was left open asks for changes by itself, and would keep its session for ever.
    Waiting,
}

/// The session of this token, if that is what such a token comes in. An active request moves the idle time of a cookie's.
pub(crate) async fn find(
    state: &AppState,
    token: Token,
    carrier: Carrier,
    presence: Presence,
) -> ApiResult<Option<Live>> {
    let (now, config) = (state.clock.now(), state.config.clone());
    let Some(mut live) = state
        .store
        .read(move |db| lookup(db, &token, carrier, now, &config))
        .await?
    else {
        return Ok(None);
    };
    let slides = carrier == Carrier::Cookie && presence == Presence::Active;
    if slides && live.last_seen_at.plus_seconds(SEEN_EVERY) <= now {
        let id = live.customer.session_id;
        state.store.write(move |tx| touch(tx, id, now)).await?;
        live.last_seen_at = now;
    }
    Ok(Some(live))
}

fn lookup(
    db: &Connection,
    token: &Token,
    carrier: Carrier,
    now: Moment,
    config: &Config,
) -> Result<Option<Live>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT s.id, s.customer_id, s.auth_time, s.last_seen_at, s.ends_at, c.display_name, c.locale, c.time_zone,
                    s.gpc
             FROM sessions s JOIN customers c ON c.id = s.customer_id
             WHERE s.token_hash = ?1 AND s.in_frame = ?4 AND s.ends_at > ?2 AND (s.in_frame OR s.last_seen_at > ?3)",
        )?
        .query_row(
            params![
                token.hash(),
                now,
                now.plus_seconds(-idle_seconds(config)),
                carrier == Carrier::Frame
            ],
            |row| read(row, carrier),
        )
        .optional()?)
}

fn read(row: &Row<'_>, carrier: Carrier) -> rusqlite::Result<Live> {
    Ok(Live {
        customer: CurrentCustomer {
            session_id: SessionId(row.get(0)?),
            id: row.get(1)?,
            auth_time: row.get(2)?,
            display_name: row.get(5)?,
            locale: row.get(6)?,
            record_locale: row.get(6)?,
            time_zone: row.get(7)?,
            scopes: carrier.scopes(),
        },
        gpc: row.get(8)?,
        carrier,
        last_seen_at: row.get(3)?,
        ends_at: row.get(4)?,
    })
}

fn touch(tx: &Transaction<'_>, id: SessionId, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sessions SET last_seen_at = ?2 WHERE id = ?1")?
        .execute(params![id.0, now])?;
    Ok(())
}

/// Global Privacy Control came with this session.
pub(super) fn remember_gpc(tx: &Connection, id: SessionId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sessions SET gpc = 1 WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// Whether the session by which this customer came has not ended since.
pub(crate) async fn lives(state: &AppState, customer: &CurrentCustomer) -> ApiResult<bool> {
    let (id, now) = (customer.session_id, state.clock.now());
    let idle_since = now.plus_seconds(-idle_seconds(&state.config));
    Ok(state
        .store
        .read(move |db| {
            let sql = "SELECT 1 FROM sessions WHERE id = ?1 AND ends_at > ?2 AND (in_frame OR last_seen_at > ?3)";
            Ok(db.prepare_cached(sql)?.exists((id.0, now, idle_since))?)
        })
        .await?)
}

/// Passes when this session has not ended since its request began. Who came by a link has none that could end.
///
/// # Errors
/// `unauthenticated` when it has.
pub(crate) fn require(db: &Connection, id: SessionId, now: Moment) -> ApiResult<()> {
    let sql = "SELECT 1 FROM sessions WHERE id = ?1 AND ends_at > ?2";
    if id == SessionId::NONE || db.prepare_cached(sql)?.exists((id.0, now))? {
        Ok(())
    } else {
        Err(ApiError::unauthenticated())
    }
}

/// Begins a session, with a fresh token.
pub(crate) fn begin(
    tx: &Connection,
    customer: &CustomerId,
    now: Moment,
    config: &Config,
) -> Result<Token, StoreError> {
    let token = Token::fresh();
    let ends_at = now.plus_seconds(i64::from(config.session.absolute_hours) * 3600);
    tx.prepare_cached(
        "INSERT INTO sessions (token_hash, customer_id, auth_time, created_at, last_seen_at, ends_at)
         VALUES (?1, ?2, ?3, ?3, ?3, ?4)",
    )?
    .execute(params![token.hash(), customer, now, ends_at])?;
    Ok(token)
}

/// Begins a frame's session, with a fresh token. When the customer last proved who they are, the company says.
pub(crate) fn begin_in_frame(
    tx: &Connection,
    customer: &CustomerId,
    auth_time: Moment,
    now: Moment,
) -> Result<Token, StoreError> {
    let token = Token::fresh();
    let ends_at = now.plus_seconds(FRAME_SECONDS);
    tx.prepare_cached(
        "INSERT INTO sessions (token_hash, customer_id, auth_time, created_at, last_seen_at, ends_at, in_frame)
         VALUES (?1, ?2, ?3, ?4, ?4, ?5, 1)",
    )?
    .execute(params![token.hash(), customer, auth_time, now, ends_at])?;
    Ok(token)
}

/// A fresh proof: the session goes on under a fresh token. When it ends stays as it was.
pub(super) fn renew(tx: &Connection, id: SessionId, now: Moment) -> Result<Token, StoreError> {
    let token = Token::fresh();
    tx.prepare_cached(
        "UPDATE sessions SET token_hash = ?2, auth_time = ?3, last_seen_at = ?3 WHERE id = ?1",
    )?
    .execute(params![id.0, token.hash(), now])?;
    Ok(token)
}

/// Ends the session of this token, and says which it was.
pub(crate) fn end(tx: &Connection, token: &Token) -> Result<Option<SessionId>, StoreError> {
    Ok(tx
        .prepare_cached("DELETE FROM sessions WHERE token_hash = ?1 RETURNING id")?
        .query_row([token.hash()], |row| row.get(0).map(SessionId))
        .optional()?)
}

/// Deletes sessions that have ended by themselves: see [`sweep`](crate::sweep).
pub(crate) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql =
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE ends_at <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}
