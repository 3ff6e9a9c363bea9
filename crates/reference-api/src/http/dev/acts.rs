//! What a demonstration or a test makes happen.

use crate::http::session::{Cookies, store as sessions};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use crate::interactions;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use portal_contract::{InteractionId, Timestamp};
use serde::{Deserialize, Serialize};

/// The furthest that the clock moves at once, in seconds: ten years.
const FURTHEST: i64 = 10 * 366 * 24 * 3600;

#[derive(Deserialize)]
pub(super) struct MoveClock {
    advance_seconds: i64,
}

#[derive(Serialize)]
pub(super) struct ClockNow {
    now: Timestamp,
}

/// The server's clock goes forward.
pub(super) async fn move_clock(
    State(state): State<AppState>,
    body: Body<MoveClock>,
) -> ApiResult<Json<ClockNow>> {
    let seconds = body.value.advance_seconds;
    if !(-FURTHEST..=FURTHEST).contains(&seconds) {
        return Err(ApiError::malformed("advance_seconds is at most ten years"));
    }
    state.clock.advance(seconds);
    state.work.ring();
    Ok(Json(ClockNow {
        now: state.clock.now().to_timestamp(),
    }))
}

#[derive(Deserialize)]
pub(super) struct CompanyWrites {
    interaction_id: InteractionId,
    text: String,
}

/// The company answers in a thread; open pages hear of it.
pub(super) async fn company_writes(
    State(state): State<AppState>,
    body: Body<CompanyWrites>,
) -> ApiResult<StatusCode> {
    let CompanyWrites {
        interaction_id,
        text,
    } = body.value;
    let now = state.clock.now();
    let customer = state
        .store
        .write(move |tx| interactions::company_replies(tx, &interaction_id, &text, now))
        .await?
        .ok_or_else(ApiError::not_found)?;
    state.changes.tell(Change::Data(customer));
    Ok(StatusCode::NO_CONTENT)
}

/// The session of this request's cookie ends, as if its time had run out: the browser keeps the cookie and is not told.
pub(super) async fn expire_session(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let token = Cookies::of(&headers)
        .session(&state.config)
        .ok_or_else(ApiError::unauthenticated)?;
    state
        .store
        .write(move |tx| sessions::end(tx, &token))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
