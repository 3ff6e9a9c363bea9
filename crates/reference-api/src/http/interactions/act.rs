//! Closing an interaction, and taking it up again.

use super::{require, whole};
use crate::contact::callbacks;
use crate::feedback::ask;
use crate::http::PathIds;
use crate::http::extract::NoBody;
use crate::http::state::Change;
use crate::http::{
    ApiError, ApiResult, AppState, CurrentCustomer, IdempotencyKeyHeader, Outcome, once,
};
use crate::store::StoreError;
use crate::store::events;
use crate::store::interactions::{self, Seq};
use crate::store::time::Moment;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use portal_contract::event::EventKind;
use portal_contract::interaction::Action;
use portal_contract::session::Scope;
use rusqlite::Connection;

/// What an act does to the row.
type Effect = fn(&Connection, Seq, Moment) -> Result<(), StoreError>;

pub(super) async fn close(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    press: NoBody,
) -> ApiResult<Response> {
    act(
        state,
        customer,
        key,
        ids,
        press,
        Action::Close,
        // Who says that it is done does not wait for a call.
        |db, seq, now| {
            callbacks::cancel(db, seq, now)?;
            interactions::close(db, seq, now)
        },
    )
    .await
}

pub(super) async fn reopen(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    press: NoBody,
) -> ApiResult<Response> {
    act(
        state,
        customer,
        key,
        ids,
        press,
        Action::Reopen,
        interactions::reopen,
    )
    .await
}

async fn act(
    state: AppState,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
    action: Action,
    effect: Effect,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let (viewer, id, now) = (customer.viewer(), ids.interaction()?, state.clock.now());
    let config = state.config.clone();
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let seq = require(tx, &viewer, &id)?;
        let allowed = interactions::situation(tx, seq)?.allowed_actions(now);
        if !allowed.contains(&action) {
            return Err(ApiError::invalid_state(allowed));
        }
        effect(tx, seq, now)?;
        if action == Action::Close {
            ask::after_settling(tx, &config.surveys, seq, now)?;
        }
        events::emit(
            tx,
            &viewer.customer,
            seq,
            &EventKind::InteractionUpdated,
            now,
        )?;
        let interaction = whole(tx, &config, &viewer, seq, now)?;
        Ok(Outcome::json(StatusCode::OK, &interaction).etag(&interaction.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}
