//! Routes of acting for another. What is done under a delegation stands with [`data_requests`](super::data_requests).

#[cfg(test)]
mod tests;

use super::extract::{Body, CurrentCustomer, NoBody};
use super::idempotency::{Outcome, once};
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::data_requests::FRESH_SECONDS;
use crate::delegations::acts::{self, Say};
use crate::delegations::rows::Row;
use crate::delegations::{ask, history, links, rows, wire};
use crate::http::{List, PathIds, Query};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::Page as Found;
use crate::store::time::{Moment, zone};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use portal_contract::delegation::{
    Delegation, DelegationDecision, DelegationEvent, DelegationLink, DelegationToken, NewDelegation,
};
use portal_contract::session::Scope;
use portal_contract::{DelegationId, Page, endpoints};
use rusqlite::Connection;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::DELEGATIONS, get(list).post(make))
        .route(endpoints::DELEGATION_LINK, post(look))
        .route(endpoints::DELEGATION_DECISION, post(decide))
        .route(endpoints::DELEGATION, get(read))
        .route(endpoints::DELEGATION_EVENTS, get(events))
        .route(endpoints::DELEGATION_ACCEPT, says(Say::Accept))
        .route(endpoints::DELEGATION_REFUSE, says(Say::Refuse))
        .route(endpoints::DELEGATION_REVOKE, says(Say::Revoke))
        .route(endpoints::DELEGATION_GIVE_UP, says(Say::GiveUp))
}

/// Who looks, in which language, when.
#[derive(Clone)]
struct Viewer {
    id: CustomerId,
    locale: Option<String>,
    now: Moment,
}

impl Viewer {
    fn of(state: &AppState, customer: &CurrentCustomer) -> Self {
        Self {
            id: customer.id.clone(),
            locale: customer.locale.clone(),
            now: state.clock.now(),
        }
    }

    fn whole(&self, db: &Connection, row: &Row) -> ApiResult<Delegation> {
        let side = row.side_of(&self.id).ok_or_else(ApiError::not_found)?;
        Ok(wire::whole(
            db,
            row,
            side,
            self.locale.as_deref(),
            self.now,
        )?)
    }
}

fn delegation_id(ids: &PathIds) -> ApiResult<DelegationId> {
    ids.get("delegation_id")
}

fn answer(status: StatusCode, delegation: &Delegation) -> Outcome {
    Outcome::json(status, delegation).etag(&delegation.etag)
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<Delegation>>> {
    customer.require(&Scope::DataRequestsRead)?;
    let (viewer, limit) = (Viewer::of(&state, &customer), query.limit()?);
    let list = List::new(&state, &customer.id, ["delegations"]);
    let after = list.after(&query)?;
    let page = state
        .store
        .read(move |db| {
            let Found { items, next } = rows::page(db, &viewer.id, after, limit)?;
            let items: ApiResult<_> = items.iter().map(|row| viewer.whole(db, row)).collect();
            Ok(items.map(|items| Found { items, next }))
        })
        .await??;
    Ok(Json(list.page(page)))
}

async fn make(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewDelegation>,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsWrite)?;
    let (viewer, office) = (Viewer::of(&state, &customer), state.clone());
    let zone = zone(customer.time_zone.as_deref());
    let id = customer.id.clone();
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        let row = ask(tx, office.desk(), &id, &zone, body.value)?;
        if let Some(person) = &row.person {
            // Told within the transaction: who waits looks again when it is over, and nobody else can see how long that took.
            office.changes.tell(Change::Data(person.clone()));
        }
        Ok(answer(StatusCode::CREATED, &viewer.whole(tx, &row)?))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsRead)?;
    let (viewer, id) = (Viewer::of(&state, &customer), delegation_id(&ids)?);
    let found = state
        .store
        .read(move |db| {
            let found = acts::find(db, &viewer.id, &id);
            Ok(found.and_then(|row| viewer.whole(db, &row)))
        })
        .await??;
    Ok(answer(StatusCode::OK, &found).into_response())
}

async fn events(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<DelegationEvent>>> {
    customer.require(&Scope::DataRequestsRead)?;
    let (viewer, id, limit) = (
        Viewer::of(&state, &customer),
        delegation_id(&ids)?,
        query.limit()?,
    );
    let list = List::new(&state, &customer.id, ["delegation events", id.as_str()]);
    let after = list.after(&query)?;
    let wanted = id.clone();
    let page = state
        .store
        .read(move |db| Ok(history_of(db, &viewer, &wanted, after, limit)))
        .await??;
    Ok(Json(list.page(page)))
}

fn history_of(
    db: &Connection,
    viewer: &Viewer,
    id: &DelegationId,
    after: Option<crate::store::interactions::Place>,
    limit: usize,
) -> ApiResult<Found<DelegationEvent>> {
    let row = acts::find(db, &viewer.id, id)?;
    let side = row.side_of(&viewer.id).ok_or_else(ApiError::not_found)?;
    Ok(history::page(db, &row, &side, after, limit)?)
}

async fn act(
    state: AppState,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
    say: Say,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsWrite)?;
    let (viewer, id, prover) = (
        Viewer::of(&state, &customer),
        delegation_id(&ids)?,
        customer.clone(),
    );
    let wanted = id.clone();
    let response = once(&state, &customer, key, fingerprint, move |tx| {
        acts::find(tx, &viewer.id, &id)?;
        if say == Say::Accept {
            prover.require_fresh_proof(FRESH_SECONDS, viewer.now)?;
        }
        let row = acts::say(tx, &viewer.id, &id, say, viewer.now)?;
        Ok(answer(StatusCode::OK, &viewer.whole(tx, &row)?))
    })
    .await?;
    tell_both(&state, &wanted).await?;
    Ok(response)
}

/// Open pages of both sides look again.
async fn tell_both(state: &AppState, id: &DelegationId) -> Result<(), StoreError> {
    let id = id.clone();
    let row = state.store.read(move |db| rows::any(db, &id)).await?;
    let sides = row.map(|row| [row.delegate, row.person]);
    for customer in sides.into_iter().flatten().flatten() {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

/// What a customer says to a delegation, by an address of its own.
fn says(say: Say) -> MethodRouter<AppState> {
    let route = move |State(state): State<AppState>,
                      customer: CurrentCustomer,
                      key: IdempotencyKeyHeader,
                      ids: PathIds,
                      body: NoBody| act(state, customer, key, ids, body, say);
    post(route)
}

/// Signed in or not: the token is all that is needed. Looking decides nothing, however often it is done and by what.
async fn look(
    State(state): State<AppState>,
    body: Body<DelegationToken>,
) -> ApiResult<Json<DelegationLink>> {
    let office = state.clone();
    let found = state
        .store
        .read(move |db| Ok(links::look(db, office.desk(), &body.value.token)))
        .await??;
    Ok(Json(found))
}

async fn decide(
    State(state): State<AppState>,
    body: Body<DelegationDecision>,
) -> ApiResult<Json<DelegationLink>> {
    let office = state.clone();
    let decided = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            links::decide(tx, &office, &body.value.token, &body.value.decision)
        })
        .await?;
    for customer in decided.told {
        state.changes.tell(Change::Data(customer));
    }
    state.work.ring();
    Ok(Json(decided.link))
}
