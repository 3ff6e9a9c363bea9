//! Routes of data requests.

#[cfg(test)]
mod tests;

use super::extract::{Body, CurrentCustomer, NoBody};
use super::idempotency::{Outcome, once};
use super::interactions::{List, PathIds, Query, wire_page};
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::data_requests::{Customer, FRESH_SECONDS, rows, tracked, tracking_hash};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::data_request::{
    DataRequest, NewDataRequest, TrackDataRequest, TrackedDataRequest,
};
use portal_contract::data_request_event::{
    DataRequestEvent, DataRequestMessage, NewDataRequestMessage,
};
use portal_contract::data_request_options::{
    DataRequestDraft, DataRequestOptions, DataRequestPreview,
};
use portal_contract::session::Scope;
use portal_contract::{DataRequestId, Page, endpoints};
use rusqlite::Transaction;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::DATA_REQUESTS, get(list).post(make))
        .route(endpoints::DATA_REQUEST_OPTIONS, get(options))
        .route(endpoints::DATA_REQUEST_PREVIEW, post(preview))
        .route(endpoints::DATA_REQUEST_TRACKING, post(track))
        .route(endpoints::DATA_REQUEST, get(read))
        .route(endpoints::DATA_REQUEST_CONFIRM, post(confirm))
        .route(endpoints::DATA_REQUEST_CANCEL, post(cancel))
        .route(endpoints::DATA_REQUEST_LIFT, post(lift))
        .route(endpoints::DATA_REQUEST_MESSAGES, get(messages).post(write))
        .route(endpoints::DATA_REQUEST_EVENTS, get(events))
}

/// The customer's side of it.
pub(super) fn side(state: &AppState, customer: &CurrentCustomer) -> Customer {
    Customer::of(state, &customer.id, customer.locale.as_deref())
}

pub(super) fn request_id(ids: &PathIds) -> ApiResult<DataRequestId> {
    ids.get("data_request_id")
}

/// The request as an act leaves it.
pub(super) fn answer(status: StatusCode, request: &DataRequest) -> Outcome {
    Outcome::json(status, request).etag(&request.etag)
}

async fn options(
    State(state): State<AppState>,
    customer: CurrentCustomer,
) -> ApiResult<Json<DataRequestOptions>> {
    customer.require(&Scope::DataRequestsRead)?;
    let side = side(&state, &customer);
    Ok(Json(state.store.read(move |db| side.options(db)).await?))
}

async fn preview(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    body: Body<DataRequestDraft>,
) -> ApiResult<Json<DataRequestPreview>> {
    customer.require(&Scope::DataRequestsRead)?;
    let side = side(&state, &customer);
    let found = state
        .store
        .read(move |db| Ok(side.preview(db, &body.value)))
        .await??;
    Ok(Json(found))
}

/// Signed in or not: the token is all that is needed, and says nothing of who has it.
async fn track(
    State(state): State<AppState>,
    body: Body<TrackDataRequest>,
) -> ApiResult<Json<TrackedDataRequest>> {
    let hash = tracking_hash(&body.value.tracking_token);
    let found = state
        .store
        .read(move |db| rows::tracked(db, &hash))
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(tracked(&state.config, found)))
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<DataRequest>>> {
    customer.require(&Scope::DataRequestsRead)?;
    let (side, limit) = (side(&state, &customer), query.limit()?);
    let list = List::new(&state, &customer.id, ["data requests"]);
    let after = list.after(&query)?;
    let page = state
        .store
        .read(move |db| side.page(db, after, limit))
        .await?;
    Ok(Json(wire_page(page, &list)))
}

async fn make(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewDataRequest>,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsWrite)?;
    let (side, prover) = (side(&state, &customer), customer.clone());
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        if Customer::needs_fresh_proof(&body.value.kind) {
            prover.require_fresh_proof(FRESH_SECONDS, side.now)?;
        }
        Ok(answer(StatusCode::CREATED, &side.make(tx, body.value)?).kept_for_a_week())
    })
    .await?;
    changed(&state, &customer);
    Ok(response)
}

/// Open pages hear of it, and what there is to do in the background is looked for.
pub(super) fn changed(state: &AppState, customer: &CurrentCustomer) {
    state.changes.tell(Change::Data(customer.id.clone()));
    state.work.ring();
}

/// Reading a request is seeing what is new of it. That is written down only when something is.
async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsRead)?;
    let (side, id) = (side(&state, &customer), request_id(&ids)?);
    let (reader, wanted) = (side.clone(), id.clone());
    let found: DataRequest = state
        .store
        .read(move |db| Ok(reader.one(db, &wanted)))
        .await??;
    if found.unread {
        state
            .store
            .write(move |tx| rows::mark_seen(tx, &side.id, &id, side.now))
            .await?;
    }
    Ok(answer(StatusCode::OK, &found).into_response())
}

type Act = fn(&Customer, &Transaction<'_>, &DataRequestId) -> ApiResult<DataRequest>;

async fn act(
    state: AppState,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
    act: Act,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsWrite)?;
    let (side, id) = (side(&state, &customer), request_id(&ids)?);
    let response = once(&state, &customer, key, fingerprint, move |tx| {
        Ok(answer(StatusCode::OK, &act(&side, tx, &id)?))
    })
    .await?;
    changed(&state, &customer);
    Ok(response)
}

async fn confirm(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsWrite)?;
    let (side, id, prover) = (side(&state, &customer), request_id(&ids)?, customer.clone());
    let response = once(&state, &customer, key, fingerprint, move |tx| {
        if Customer::needs_fresh_proof(side.find(tx, &id)?.kind()) {
            prover.require_fresh_proof(FRESH_SECONDS, side.now)?;
        }
        Ok(answer(StatusCode::OK, &side.confirm(tx, &id)?))
    })
    .await?;
    changed(&state, &customer);
    Ok(response)
}

async fn cancel(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    body: NoBody,
) -> ApiResult<Response> {
    act(state, customer, key, ids, body, |side, tx, id| {
        side.cancel(tx, id)
    })
    .await
}

async fn lift(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    body: NoBody,
) -> ApiResult<Response> {
    act(state, customer, key, ids, body, |side, tx, id| {
        side.lift(tx, id)
    })
    .await
}

async fn messages(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<DataRequestMessage>>> {
    customer.require(&Scope::DataRequestsRead)?;
    let (side, id, limit) = (side(&state, &customer), request_id(&ids)?, query.limit()?);
    let list = List::new(&state, &customer.id, ["data request messages", id.as_str()]);
    let after = list.after(&query)?;
    let wanted = id.clone();
    let page = state
        .store
        .read(move |db| Ok(side.messages(db, &wanted, after, limit)))
        .await??;
    Ok(Json(wire_page(page, &list)))
}

async fn events(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<DataRequestEvent>>> {
    customer.require(&Scope::DataRequestsRead)?;
    let (side, id, limit) = (side(&state, &customer), request_id(&ids)?, query.limit()?);
    let list = List::new(&state, &customer.id, ["data request events", id.as_str()]);
    let after = list.after(&query)?;
    let wanted = id.clone();
    let page = state
        .store
        .read(move |db| Ok(side.events(db, &wanted, after, limit)))
        .await??;
    Ok(Json(wire_page(page, &list)))
}

async fn write(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<NewDataRequestMessage>,
) -> ApiResult<Response> {
    customer.require(&Scope::DataRequestsWrite)?;
    let (side, id, author) = (
        side(&state, &customer),
        request_id(&ids)?,
        customer.display_name.clone(),
    );
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        let written = side.write(tx, &id, &author, &body.value.text)?;
        Ok(Outcome::json(StatusCode::CREATED, &written))
    })
    .await?;
    changed(&state, &customer);
    Ok(response)
}
