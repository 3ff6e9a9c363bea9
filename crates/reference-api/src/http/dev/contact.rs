//! How ways to get in touch stand at this moment, and calls that the company makes.

use crate::contact::now::{self, Closed, Now};
use crate::contact::{Local, callbacks};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use crate::store::{events, interactions};
use axum::extract::State;
use axum::http::StatusCode;
use portal_contract::event::EventKind;
use portal_contract::{ContactOptionId, InteractionId};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stands {
    option_id: ContactOptionId,
    /// The wait; absent for that of the file.
    wait_minutes: Option<u64>,
    #[serde(default)]
    closed: bool,
    /// Why it is closed, by language.
    #[serde(default)]
    because: Local<String>,
    /// For how long; absent while nobody knows.
    closed_minutes: Option<u32>,
}

/// The company's systems note how a way stands, in place of what they noted before.
pub(super) async fn note(
    State(state): State<AppState>,
    body: Body<Stands>,
) -> ApiResult<StatusCode> {
    let stands = body.value;
    let id = stands.option_id;
    if state.config.ways.find(&id).is_none() {
        return Err(ApiError::not_found());
    }
    let at = state.clock.now();
    let until = |minutes: u32| at.plus_seconds(i64::from(minutes) * 60);
    let noted = Now {
        wait: stands.wait_minutes.map(|minutes| (minutes, at)),
        closed: stands.closed.then(|| Closed {
            because: stands.because,
            until: stands.closed_minutes.map(until),
        }),
    };
    state
        .store
        .write(move |tx| now::note(tx, &id, &noted))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Made {
    interaction_id: InteractionId,
    /// Whether somebody answered.
    reached: bool,
}

/// The company makes the call of an interaction; open pages hear of it.
pub(super) async fn call(State(state): State<AppState>, body: Body<Made>) -> ApiResult<StatusCode> {
    let Made {
        interaction_id: id,
        reached,
    } = body.value;
    let now = state.clock.now();
    let customer = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let (seq, customer) = interactions::owner(tx, &id)?.ok_or_else(ApiError::not_found)?;
            if !callbacks::made(tx, seq, reached, now)? {
                return Err(ApiError::not_found().detail("no call of this interaction is planned"));
            }
            events::emit(tx, &customer, seq, &EventKind::InteractionUpdated, now)?;
            Ok(customer)
        })
        .await?;
    state.changes.tell(Change::Data(customer));
    Ok(StatusCode::NO_CONTENT)
}
