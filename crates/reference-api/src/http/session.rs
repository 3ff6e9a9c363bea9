//! Who is signed in: reading it, proving it, ending it.

mod asker;
mod challenge;
mod code;
mod company;
mod cookies;
mod devices;
pub(crate) mod quota;
mod sign_in;
pub(crate) mod signals;
mod step_up;
pub(crate) mod store;

pub(super) use challenge::digits;
pub(super) use company::{SIGN_OUT, START, open_routes};
pub(crate) use cookies::Cookies;

use super::credential::Credential;
use super::state::{AppState, Change};
use super::{ApiError, ApiResult, CurrentCustomer, links};
use crate::company_sign_in;
use crate::store::customers::CustomerId;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::capabilities::AuthMode;
use portal_contract::endpoints;
use portal_contract::session::{Session, SessionCustomer, SessionState, Signals};
use store::{Carrier, Live, Presence};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::SESSION, get(read).delete(end))
        .route(endpoints::SESSION_SIGNALS, post(signals::report))
        .route(endpoints::SESSION_EMAIL, post(sign_in::start))
        .route(endpoints::SESSION_EMAIL_CONFIRM, post(sign_in::confirm))
        .route(endpoints::SESSION_STEP_UP, post(step_up::start))
        .route(endpoints::SESSION_STEP_UP_CONFIRM, post(step_up::confirm))
        .merge(company::routes())
}

async fn read(State(state): State<AppState>, headers: HeaderMap) -> ApiResult<Json<Session>> {
    let live = match Credential::of(&headers, &state.config) {
        Credential::Session(token, carrier) => {
            store::find(&state, token, carrier, Presence::Active).await?
        }
        Credential::Link(bearer) => {
            return Ok(Json(links::session(&state, bearer, &headers).await?));
        }
        Credential::Nothing => None,
    };
    Ok(Json(match live {
        Some(live) => {
            let gpc = signals::heed(&state, &live, &headers).await?;
            describe(&state, &live, Signals { gpc })
        }
        None => Session::anonymous(signals::of(&headers)),
    }))
}

async fn end(State(state): State<AppState>, headers: HeaderMap) -> ApiResult<Response> {
    let mut departure = None;
    match Credential::of(&headers, &state.config) {
        Credential::Session(token, Carrier::Cookie) => {
            departure = company::keep_departure(&state, &token).await?;
            end_of(&state, token).await?;
        }
        // A cookie that the browser has is of somebody who signed in elsewhere.
        Credential::Session(token, Carrier::Frame) => {
            end_of(&state, token).await?;
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        // A link's bearer lives in the memory of its page alone: forgetting it is its end.
        Credential::Link(_) => return Ok(StatusCode::NO_CONTENT.into_response()),
        Credential::Nothing => {}
    }
    let cookies = [Some(cookies::clearing(&state.config)), departure];
    let cookies = cookies.map(|cookie| cookie.map(|cookie| (SET_COOKIE, cookie)));
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders(cookies.into_iter().flatten()),
    )
        .into_response())
}

async fn end_of(state: &AppState, token: store::Token) -> ApiResult<()> {
    let ended = state.store.write(move |tx| store::end(tx, &token)).await?;
    if let Some(session) = ended {
        state.changes.tell(Change::SessionEnded(session));
    }
    Ok(())
}

/// The session as the portal is told of it.
pub(super) fn describe(state: &AppState, live: &Live, signals: Signals) -> Session {
    let CurrentCustomer {
        id,
        auth_time,
        record_locale,
        time_zone,
        display_name,
        scopes,
        ..
    } = &live.customer;
    Session {
        state: SessionState::Authenticated,
        mode: Some(live.carrier.mode()),
        scopes: scopes.clone(),
        customer: Some(SessionCustomer {
            display_name: display_name.clone(),
            locale: record_locale.clone(),
            time_zone: time_zone.clone(),
        }),
        subject: Some(mark_of(state, id)),
        auth_time: Some(auth_time.to_timestamp()),
        expires_at: Some(live.expires_at(&state.config).to_timestamp()),
        signals,
    }
}

/// An opaque mark of which customer it is.
fn mark_of(state: &AppState, id: &CustomerId) -> String {
    let mark = state.secrets.mac("subject", &[id.as_str().as_bytes()]);
    crate::secrets::hex(&mark[..16])
}

/// Passes where codes by email are a way to sign in here.
fn require_codes(state: &AppState) -> ApiResult<()> {
    if state.config.sign_in_modes.contains(&AuthMode::EmailCode) {
        return Ok(());
    }
    Err(ApiError::not_found().detail("no codes are sent here: sign in by login_url"))
}

/// The answer of a proof that succeeded: the session, and its cookie.
async fn signed_in(
    state: &AppState,
    token: store::Token,
    headers: &HeaderMap,
) -> ApiResult<Response> {
    let cookie: HeaderValue = cookies::setting(&state.config, &token);
    let live = store::find(state, token, Carrier::Cookie, Presence::Active)
        .await?
        .ok_or_else(ApiError::unauthenticated)?;
    let gpc = signals::heed(state, &live, headers).await?;
    let session = describe(state, &live, Signals { gpc });
    Ok(([(SET_COOKIE, cookie)], Json(session)).into_response())
}

/// What the sweep deletes of sessions, of signing in, and of what both are counted by.
pub(super) fn forgetting() -> [(&'static str, crate::sweep::Forget); 5] {
    [
        ("sessions", store::forget),
        ("challenges", challenge::forget),
        ("quota_uses", quota::forget),
        ("known_devices", devices::forget),
        ("company_logout_tokens", company_sign_in::forget),
    ]
}

#[cfg(test)]
mod tests;
