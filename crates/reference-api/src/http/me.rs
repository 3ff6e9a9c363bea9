//! The customer's own record.

mod patch;

use super::extract::{Body, CurrentCustomer, IfMatch, OptionalIdempotencyKey};
use super::idempotency::{Outcome, perform};
use super::state::Change;
use super::{ApiResult, AppState};
use crate::store::{events, me};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use portal_contract::endpoints::ME;
use portal_contract::event::EventKind;
use portal_contract::session::Scope;
use serde_json::{Map, Value};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(ME, get(read).patch(change))
}

async fn read(State(state): State<AppState>, customer: CurrentCustomer) -> ApiResult<Response> {
    customer.require(&Scope::ProfileRead)?;
    let me = state
        .store
        .read(move |db| me::read(db, &customer.id))
        .await?;
    Ok(Outcome::json(StatusCode::OK, &me)
        .etag(&me.etag)
        .into_response())
}

async fn change(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    OptionalIdempotencyKey(key): OptionalIdempotencyKey,
    on: IfMatch,
    body: Body<Map<String, Value>>,
) -> ApiResult<Response> {
    customer.require(&Scope::ProfileWrite)?;
    let changes = patch::read(&body.value, &state.config)?;
    let (id, now) = (customer.id.clone(), state.clock.now());
    let outcome = perform(&state, &customer, key, body.fingerprint, move |tx| {
        let current = me::read(tx, &id)?;
        on.check(&current.etag, &current)?;
        me::change(tx, &id, &changes, now)?;
        let changed = me::read(tx, &id)?;
        if changed.etag != current.etag {
            let (kind, what) = (EventKind::MeUpdated, ("me", "current"));
            events::emit_about(tx, &id, &kind, what, Some(&changed.etag), now)?;
        }
        Ok(Outcome::json(StatusCode::OK, &changed).etag(&changed.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(outcome)
}

#[cfg(test)]
mod tests;
