//! The customer's own record.

mod contest;
mod patch;

use super::extract::{Body, CurrentCustomer, IfMatch, OptionalIdempotencyKey};
use super::idempotency::{Outcome, perform};
use super::state::Change;
use super::{ApiResult, AppState};
use crate::attributes;
use crate::config::Config;
use crate::signals::Desk;
use crate::store::customers::CustomerId;
use crate::store::interactions::Viewer;
use crate::store::time::Moment;
use crate::store::{StoreError, events, me};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use portal_contract::endpoints::ME;
use portal_contract::event::EventKind;
use portal_contract::me::Me;
use portal_contract::session::Scope;
use rusqlite::Connection;
use serde_json::{Map, Value};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(ME, get(read).patch(change))
        .merge(contest::routes())
}

async fn read(State(state): State<AppState>, customer: CurrentCustomer) -> ApiResult<Response> {
    customer.require(&Scope::ProfileRead)?;
    let (viewer, now, config) = (customer.viewer(), state.clock.now(), state.config.clone());
    let me = state
        .store
        .read(move |db| whole(db, desk(&config, &viewer, now)))
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
    let (viewer, config) = (customer.viewer(), state.config.clone());
    let outcome = perform(&state, &customer, key, body.fingerprint, move |tx| {
        let desk = desk(&config, &viewer, now);
        let current = whole(tx, desk)?;
        on.check(&current.etag, &current)?;
        me::change(tx, &id, &changes.members, now)?;
        if let Err(key) = attributes::change(tx, &id, &changes.attributes, now)? {
            return Err(patch::not_offered(&key));
        }
        let changed = whole(tx, desk)?;
        if changed.etag != current.etag {
            tell(tx, &id, &changed, now)?;
        }
        Ok(Outcome::json(StatusCode::OK, &changed).etag(&changed.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(outcome)
}

/// The record with what is kept beside its members.
fn whole(db: &Connection, desk: Desk<'_>) -> Result<Me, StoreError> {
    let mut me = me::read(db, &desk.viewer.customer)?;
    me.attributes = attributes::of_customer(db, desk)?;
    Ok(me)
}

fn desk<'d>(config: &'d Config, viewer: &'d Viewer, now: Moment) -> Desk<'d> {
    Desk {
        config,
        viewer,
        now,
    }
}

fn tell(tx: &Connection, id: &CustomerId, me: &Me, now: Moment) -> Result<(), StoreError> {
    let (kind, what) = (EventKind::MeUpdated, ("me", "current"));
    events::emit_about(tx, id, &kind, what, Some(&me.etag), now)
}

#[cfg(test)]
mod tests;
