//! Who is signed in: reading it, proving it, ending it.

mod asker;
mod challenge;
mod code;
mod cookies;
mod devices;
pub(crate) mod quota;
mod sign_in;
pub(crate) mod signals;
mod step_up;
pub(crate) mod store;

pub(super) use challenge::digits;
pub(crate) use cookies::Cookies;

use super::state::{AppState, Change};
use super::{ApiResult, CurrentCustomer, links};
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::endpoints;
use portal_contract::session::{Session, SessionCustomer, SessionMode, SessionState, Signals};
use store::{Live, Presence};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::SESSION, get(read).delete(end))
        .route(endpoints::SESSION_SIGNALS, post(signals::report))
        .route(endpoints::SESSION_EMAIL, post(sign_in::start))
        .route(endpoints::SESSION_EMAIL_CONFIRM, post(sign_in::confirm))
        .route(endpoints::SESSION_STEP_UP, post(step_up::start))
        .route(endpoints::SESSION_STEP_UP_CONFIRM, post(step_up::confirm))
}

async fn read(State(state): State<AppState>, headers: HeaderMap) -> ApiResult<Json<Session>> {
    // A bearer was chosen by whoever sends it, and a cookie beside it was not.
    if let Some(bearer) = links::bearer(&headers) {
        return Ok(Json(links::session(&state, bearer, &headers).await?));
    }
    let live = match Cookies::of(&headers).session(&state.config) {
        Some(token) => store::find(&state, token, Presence::Active).await?,
        None => None,
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
    if links::bearer(&headers).is_some() {
        // A link's bearer lives in the memory of its page alone: forgetting it is its end.
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if let Some(token) = Cookies::of(&headers).session(&state.config) {
        let ended = state.store.write(move |tx| store::end(tx, &token)).await?;
        if let Some(session) = ended {
            state.changes.tell(Change::SessionEnded(session));
        }
    }
    Ok((
        StatusCode::NO_CONTENT,
        [(SET_COOKIE, cookies::clearing(&state.config))],
    )
        .into_response())
}

fn describe(state: &AppState, live: &Live, signals: Signals) -> Session {
    let CurrentCustomer {
        id,
        auth_time,
        record_locale,
        time_zone,
        display_name,
        scopes,
        ..
    } = &live.customer;
    let mark = state.secrets.mac("subject", &[id.as_str().as_bytes()]);
    Session {
        state: SessionState::Authenticated,
        mode: Some(SessionMode::Session),
        scopes: scopes.clone(),
        customer: Some(SessionCustomer {
            display_name: display_name.clone(),
            locale: record_locale.clone(),
            time_zone: time_zone.clone(),
        }),
        subject: Some(crate::secrets::hex(&mark[..16])),
        auth_time: Some(auth_time.to_timestamp()),
        expires_at: Some(live.expires_at(&state.config).to_timestamp()),
        signals,
    }
}

/// The answer of a proof that succeeded: the session, and its cookie.
async fn signed_in(
    state: &AppState,
    token: store::Token,
    headers: &HeaderMap,
) -> ApiResult<Response> {
    let cookie: HeaderValue = cookies::setting(&state.config, &token);
    let live = store::find(state, token, Presence::Active)
        .await?
        .ok_or_else(super::ApiError::unauthenticated)?;
    let gpc = signals::heed(state, &live, headers).await?;
    let session = describe(state, &live, Signals { gpc });
    Ok(([(SET_COOKIE, cookie)], Json(session)).into_response())
}

/// What the sweep deletes of sessions, of signing in, and of what both are counted by.
pub(super) fn forgetting() -> [(&'static str, crate::sweep::Forget); 4] {
    [
        ("sessions", store::forget),
        ("challenges", challenge::forget),
        ("quota_uses", quota::forget),
        ("known_devices", devices::forget),
    ]
}

#[cfg(test)]
mod tests;
