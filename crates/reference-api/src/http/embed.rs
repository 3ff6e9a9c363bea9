//! Identity in a frame: the assertion of a host page becomes a bearer.

use super::credential::frame_bearer;
use super::error::wrong_method;
use super::extract::{Body, Peer};
use super::session::quota::{self, HOUR, Limit, Quota};
use super::session::store::{self, Carrier, Presence};
use super::session::{describe, signals};
use super::{ApiError, ApiResult, AppState};
use crate::embed::{Asserted, Identity, Refusal, use_up};
use crate::store::customers;
use axum::extract::{FromRequestParts, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::routing::post;
use axum::{Json, Router};
use portal_contract::FieldCode;
use portal_contract::embed::{
    EmbedAssertion, EmbedSession, MAX_NONCE_CHARACTERS, MIN_NONCE_CHARACTERS,
};
use portal_contract::endpoints;
use portal_contract::session::Signals;
use std::sync::Arc;

/// So many assertions an hour that were not taken are answered in detail, of one network. One that is good is always taken: else
/// somebody could shut out all who share their network.
const REFUSALS_PER_NETWORK: u32 = 60;

/// The routes that a frame calls, which has no cookie that would have to be guarded.
pub(super) fn open_routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::SESSION_EMBED, post(exchange))
        .method_not_allowed_fallback(wrong_method)
}

/// The host whose word is taken. Where there is none, there is no such operation.
struct Known(Arc<Identity>);

impl FromRequestParts<AppState> for Known {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let known = state.identity.clone().map(Self);
        known.ok_or_else(ApiError::not_found)
    }
}

async fn exchange(
    State(state): State<AppState>,
    Known(identity): Known,
    peer: Peer,
    headers: HeaderMap,
    body: Body<EmbedAssertion>,
) -> ApiResult<Json<EmbedSession>> {
    let EmbedAssertion { assertion, nonce } = body.value;
    check_nonce(&nonce)?;
    let now = state.clock.now();
    let token = match identity.check(&assertion, &nonce, now).await {
        Ok(asserted) => begin(&state, &identity, asserted).await?,
        Err(refusal) => Err(refusal),
    };
    let token = match token {
        Ok(token) => token,
        Err(Refusal::NoKeys) => return Err(ApiError::upstream_unavailable()),
        Err(Refusal::Wrong(detail)) => return Err(refuse(&state, &peer, detail).await),
    };
    let bearer = frame_bearer(&token);
    let live = store::find(&state, token, Carrier::Frame, Presence::Active)
        .await?
        .ok_or_else(ApiError::unauthenticated)?;
    let gpc = signals::heed(&state, &live, &headers).await?;
    Ok(Json(EmbedSession {
        bearer,
        expires_at: live.expires_at(&state.config).to_timestamp(),
        session: describe(&state, &live, Signals { gpc }),
    }))
}

/// Uses the assertion up, and begins a session where there is such a customer. The refusals of one that was used and of a customer who
/// is not here are one: they tell nobody who is a customer.
async fn begin(
    state: &AppState,
    identity: &Identity,
    asserted: Asserted,
) -> ApiResult<Result<store::Token, Refusal>> {
    let (now, secrets, issuer) = (
        state.clock.now(),
        state.secrets.clone(),
        identity.issuer().to_owned(),
    );
    let begun = state
        .store
        .write(move |tx| {
            let is_new = use_up(tx, &secrets, &issuer, &asserted)?;
            let customer = customers::by_reference(tx, &asserted.subject)?;
            let Some(customer) = customer.filter(|_| is_new) else {
                return Ok(None);
            };
            store::begin_in_frame(tx, &customer, asserted.auth_time, now).map(Some)
        })
        .await?;
    Ok(begun.ok_or_else(|| {
        Refusal::Wrong("jti, sub: was used before, or is nobody who can be shown here".to_owned())
    }))
}

fn check_nonce(nonce: &str) -> ApiResult<()> {
    let refuse = |code, limit: Option<usize>| {
        let detail = "a nonce is 22 to 128 characters of A-Z a-z 0-9 - _";
        Err(ApiError::field(
            "/nonce",
            code,
            detail,
            limit.map(|limit| limit as u64),
        ))
    };
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    match nonce.len() {
        length if length < MIN_NONCE_CHARACTERS => {
            refuse(FieldCode::TooShort, Some(MIN_NONCE_CHARACTERS))
        }
        length if length > MAX_NONCE_CHARACTERS => {
            refuse(FieldCode::TooLong, Some(MAX_NONCE_CHARACTERS))
        }
        _ if !nonce.bytes().all(is_plain) => refuse(FieldCode::InvalidFormat, None),
        _ => Ok(()),
    }
}

/// The refusal, as long as this network has not had too many.
async fn refuse(state: &AppState, peer: &Peer, detail: String) -> ApiError {
    let (network, now) = (peer.network(&state.config), state.clock.now());
    let quota = Quota {
        bucket: state
            .secrets
            .mac("refused assertions of a network", &[network.as_bytes()]),
        limits: vec![Limit {
            uses: REFUSALS_PER_NETWORK,
            within: HOUR,
        }],
    };
    // Before the colon stands which part it was; what follows could repeat the assertion.
    let part = detail.split(':').next().unwrap_or_default().to_owned();
    let counted = state
        .store
        .transact::<_, ApiError, _>(move |tx| quota::take(tx, &[quota], now))
        .await;
    match counted {
        Ok(()) => {
            tracing::info!(part, "an assertion of the host was not taken");
            ApiError::unauthenticated().detail(detail)
        }
        Err(error) => error,
    }
}

#[cfg(test)]
mod tests;
