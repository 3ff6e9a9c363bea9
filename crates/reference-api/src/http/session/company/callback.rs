//! Back from the provider.
//!
//! The browser comes by a link of another site, so that the session's cookie (`SameSite=Strict`) does not come with it; the cookie of the
//! way does. The session that begins is set here, and the portal, which asks for it from its own page, has it.

use super::{company, go, outside, portal_address, told, with_cookie};
use crate::company_sign_in::{self, Answer, Problem, Proof, Purpose, Transaction};
use crate::http::session::store::{self, Token};
use crate::http::session::{Cookies, cookies, devices, mark_of};
use crate::http::state::{AppState, Change, SessionId};
use crate::http::{ApiError, ApiResult};
use crate::store::customers::CustomerId;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;

/// What comes back.
#[derive(Deserialize)]
pub(super) struct Back {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

pub(super) async fn arrive(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> ApiResult<Response> {
    company(&state)?;
    let config = &state.config;
    // Another browser's way, one that was gone already, and one that took too long: none has a cookie here.
    let named = back.state.as_deref().filter(|named| is_state(named));
    let now = state.clock.now();
    let way = named.and_then(|named| {
        let value = Cookies::of(&headers).way(config, named)?;
        Transaction::open(&state.secrets, named, value, now)
    });
    let Some(way) = way else {
        return Ok(told(config, Problem::Stale, None));
    };
    let answer = Answer {
        code: back.code,
        error: back.error,
        iss: back.iss,
    };
    let gone = cookies::arriving(config, &way.state);
    let response = match enter(&state, &headers, &way, answer).await {
        Ok(token) => {
            let response = go(&portal_address(config, &way.next));
            let device = knowing(&state, &headers, &token).await?;
            let response = with_cookie(response, cookies::setting(config, &token));
            match device {
                Some(device) => with_cookie(response, cookies::knowing(config, &device)),
                None => response,
            }
        }
        Err(Refused::Told(problem)) => told(config, problem, Some(&way.next)),
        Err(Refused::Failed(error)) => return Err(error),
    };
    Ok(with_cookie(response, gone))
}

/// Why nobody comes in.
enum Refused {
    /// For a reason that the customer is told.
    Told(Problem),
    /// For a fault of this server.
    Failed(ApiError),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Told(problem)
    }
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self::Failed(error)
    }
}

fn is_state(named: &str) -> bool {
    named.len() == 32 && named.bytes().all(|b| b.is_ascii_hexdigit())
}

async fn enter(
    state: &AppState,
    headers: &HeaderMap,
    way: &Transaction,
    answer: Answer,
) -> Result<Token, Refused> {
    let now = state.clock.now();
    let callback = outside(&state.config, headers, super::CALLBACK)?;
    let proof = company(state)?
        .proven(&state.secrets, way, answer, callback, now)
        .await?;
    let named = proof.named.clone();
    let customer = state
        .store
        .read(move |db| company_sign_in::find(db, &named))
        .await
        .map_err(ApiError::from)?
        .ok_or(Problem::UnknownCustomer)?;
    let session = match &way.purpose {
        Purpose::StepUp { mark, .. } if *mark != mark_of(state, &customer) => {
            return Err(Problem::OtherCustomer.into());
        }
        Purpose::StepUp { session, .. } => Began::GoesOn(SessionId(*session)),
        Purpose::SignIn { before } => Began::Anew(before.map(SessionId)),
    };
    Ok(begin(state, session, customer, proof).await?)
}

/// What becomes of the session.
enum Began {
    /// It goes on under a fresh token, unless it has ended meanwhile.
    GoesOn(SessionId),
    /// Another begins, and this one ends.
    Anew(Option<SessionId>),
}

async fn begin(
    state: &AppState,
    began: Began,
    customer: CustomerId,
    proof: Proof,
) -> ApiResult<Token> {
    let (now, config) = (state.clock.now(), state.config.clone());
    // Where the provider does not tell when the proof was, it is as old as was asked for at most.
    let oldest = i64::from(config.session.absolute_hours) * 60 * 60;
    let auth_time = proof.auth_time.unwrap_or(now.plus_seconds(-oldest));
    let (token, ended) = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let (token, ended) = match began {
                Began::GoesOn(session) if is_of(tx, session, &customer)? => {
                    (store::renew(tx, session, now)?, None)
                }
                Began::GoesOn(_) => (store::begin(tx, &customer, now, &config)?, None),
                Began::Anew(before) => {
                    let ended = before.map(|one| end(tx, one)).transpose()?.flatten();
                    (store::begin(tx, &customer, now, &config)?, ended)
                }
            };
            company_sign_in::note(tx, &token.hash(), &proof, auth_time)?;
            Ok((token, ended))
        })
        .await?;
    if let Some(session) = ended {
        state.changes.tell(Change::SessionEnded(session));
    }
    Ok(token)
}

fn is_of(tx: &Connection, session: SessionId, customer: &CustomerId) -> ApiResult<bool> {
    let sql = "SELECT 1 FROM sessions WHERE id = ?1 AND customer_id = ?2";
    Ok(tx.prepare_cached(sql)?.exists((session.0, customer))?)
}

fn end(tx: &Connection, session: SessionId) -> ApiResult<Option<SessionId>> {
    let sql = "DELETE FROM sessions WHERE id = ?1 RETURNING id";
    let ended = tx
        .prepare_cached(sql)?
        .query_row([session.0], |row| row.get(0).map(SessionId))
        .optional()?;
    Ok(ended)
}

/// Whoever came in by the company's sign-in is no stranger to the codes of their own address either.
async fn knowing(state: &AppState, headers: &HeaderMap, token: &Token) -> ApiResult<Option<Token>> {
    let device = Cookies::of(headers).device(&state.config);
    let (hash, now) = (token.hash(), state.clock.now());
    Ok(state
        .store
        .write(move |tx| {
            let sql = "SELECT customer_id FROM sessions WHERE token_hash = ?1";
            let customer: Option<CustomerId> =
                tx.query_row(sql, [hash], |row| row.get(0)).optional()?;
            customer
                .map(|customer| devices::remember(tx, device, &customer, now))
                .transpose()
        })
        .await?)
}
