//! Routes of data requests: one's own, and with `?on_behalf=` those of whoever one acts for.

mod party;
#[cfg(test)]
mod tests;

pub(super) use party::Party;

use super::extract::{Body, NoBody};
use super::idempotency::{Outcome, once};
use super::{ApiError, ApiResult, AppState, CurrentCustomer, IdempotencyKeyHeader};
use crate::data_requests::{Customer, FRESH_SECONDS, rows, tracked, tracking_hash};
use crate::http::{PathIds, Query};
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

/// The customer's own side of it.
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
    party: Party,
) -> ApiResult<Json<DataRequestOptions>> {
    party.customer.require(&Scope::DataRequestsRead)?;
    let side = party.side;
    Ok(Json(state.store.read(move |db| side.options(db)).await?))
}

async fn preview(
    State(state): State<AppState>,
    party: Party,
    body: Body<DataRequestDraft>,
) -> ApiResult<Json<DataRequestPreview>> {
    party.customer.require(&Scope::DataRequestsRead)?;
    let side = party.side;
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
    party: Party,
    query: Query,
) -> ApiResult<Json<Page<DataRequest>>> {
    party.customer.require(&Scope::DataRequestsRead)?;
    let (side, limit) = (party.side.clone(), query.limit()?);
    let list = party.list(&state, &["data requests"]);
    let after = list.after(&query)?;
    let page = state
        .store
        .read(move |db| side.page(db, after, limit))
        .await?;
    Ok(Json(list.page(page)))
}

async fn make(
    State(state): State<AppState>,
    party: Party,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewDataRequest>,
) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsWrite)?;
    let (side, prover) = (party.side.clone(), party.customer.clone());
    let response = once(
        &state,
        &party.customer,
        key,
        party.print(body.fingerprint),
        move |tx| {
            if side.makes_with_fresh_proof(&body.value.kind) {
                prover.require_fresh_proof(FRESH_SECONDS, side.now)?;
            }
            Ok(answer(StatusCode::CREATED, &side.make(tx, body.value)?).kept_for_a_week())
        },
    )
    .await?;
    party.changed(&state);
    Ok(response)
}

/// Reading a request is seeing what is new of it. That is written down only when something is.
async fn read(State(state): State<AppState>, party: Party, ids: PathIds) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsRead)?;
    let (side, id) = (party.side.clone(), request_id(&ids)?);
    let (reader, wanted) = (side.clone(), id.clone());
    let found: DataRequest = state
        .store
        .read(move |db| Ok(reader.one(db, &wanted)))
        .await??;
    if found.unread {
        state
            .store
            .write(move |tx| match side.acting {
                Some(_) => rows::mark_seen_by_delegate(tx, &id, side.now),
                None => rows::mark_seen(tx, &side.id, &id, side.now),
            })
            .await?;
    }
    Ok(answer(StatusCode::OK, &found).into_response())
}

type Act = fn(&Customer, &Transaction<'_>, &DataRequestId) -> ApiResult<DataRequest>;

async fn act(
    state: AppState,
    party: Party,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
    act: Act,
) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsWrite)?;
    let (side, id) = (party.side.clone(), request_id(&ids)?);
    let response = once(
        &state,
        &party.customer,
        key,
        party.print(fingerprint),
        move |tx| Ok(answer(StatusCode::OK, &act(&side, tx, &id)?)),
    )
    .await?;
    party.changed(&state);
    Ok(response)
}

async fn confirm(
    State(state): State<AppState>,
    party: Party,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsWrite)?;
    let (side, id, prover) = (
        party.side.clone(),
        request_id(&ids)?,
        party.customer.clone(),
    );
    let response = once(
        &state,
        &party.customer,
        key,
        party.print(fingerprint),
        move |tx| {
            if Customer::needs_fresh_proof(side.find(tx, &id)?.kind()) {
                prover.require_fresh_proof(FRESH_SECONDS, side.now)?;
            }
            Ok(answer(StatusCode::OK, &side.confirm(tx, &id)?))
        },
    )
    .await?;
    party.changed(&state);
    Ok(response)
}

async fn cancel(
    State(state): State<AppState>,
    party: Party,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    body: NoBody,
) -> ApiResult<Response> {
    act(state, party, key, ids, body, |side, tx, id| {
        side.cancel(tx, id)
    })
    .await
}

async fn lift(
    State(state): State<AppState>,
    party: Party,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    body: NoBody,
) -> ApiResult<Response> {
    act(state, party, key, ids, body, |side, tx, id| {
        side.lift(tx, id)
    })
    .await
}

async fn messages(
    State(state): State<AppState>,
    party: Party,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<DataRequestMessage>>> {
    party.customer.require(&Scope::DataRequestsRead)?;
    let (side, id, limit) = (party.side.clone(), request_id(&ids)?, query.limit()?);
    let list = party.list(&state, &["data request messages", id.as_str()]);
    let after = list.after(&query)?;
    let wanted = id.clone();
    let page = state
        .store
        .read(move |db| Ok(side.messages(db, &wanted, after, limit)))
        .await??;
    Ok(Json(list.page(page)))
}

async fn events(
    State(state): State<AppState>,
    party: Party,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<DataRequestEvent>>> {
    party.customer.require(&Scope::DataRequestsRead)?;
    let (side, id, limit) = (party.side.clone(), request_id(&ids)?, query.limit()?);
    let list = party.list(&state, &["data request events", id.as_str()]);
    let after = list.after(&query)?;
    let wanted = id.clone();
    let page = state
        .store
        .read(move |db| Ok(side.events(db, &wanted, after, limit)))
        .await??;
    Ok(Json(list.page(page)))
}

async fn write(
    State(state): State<AppState>,
    party: Party,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<NewDataRequestMessage>,
) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsWrite)?;
    let (side, id, author) = (
        party.side.clone(),
        request_id(&ids)?,
        party.customer.display_name.clone(),
    );
    let response = once(
        &state,
        &party.customer,
        key,
        party.print(body.fingerprint),
        move |tx| {
            let written = side.write(tx, &id, &author, &body.value.text)?;
            Ok(Outcome::json(StatusCode::CREATED, &written))
        },
    )
    .await?;
    party.changed(&state);
    Ok(response)
}
