//! Routes of feedback: what the company asks, what the customer says, what changed because of it.

#[cfg(test)]
mod tests;

use super::extract::{Body, CurrentCustomer, NoBody};
use super::idempotency::{Outcome, once, perform, rewrite};
use super::state::Change;
use super::{ApiResult, AppState, IdempotencyKeyHeader, IfMatch, OptionalIdempotencyKey};
use crate::feedback::Ledger;
use crate::http::{List, PathIds, Query};
use crate::mail::Letter;
use crate::store::StoreError;
use crate::store::interactions::{Page as Found, Place};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::feedback::{
    Feedback, FeedbackKind, FeedbackOptions, FeedbackRequest, NewFeedback,
};
use portal_contract::improvement::Improvement;
use portal_contract::interaction::Channel;
use portal_contract::session::Scope;
use portal_contract::{FeedbackId, FeedbackRequestId, Page, endpoints};
use rusqlite::Connection;
use serde_json::{Map, Value};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::FEEDBACK_REQUESTS, get(requests))
        .route(endpoints::FEEDBACK_REQUEST, get(request))
        .route(endpoints::FEEDBACK_DECLINE, post(decline))
        .route(endpoints::FEEDBACK, get(list).post(give))
        .route(endpoints::FEEDBACK_OPTIONS, get(options))
        .route(endpoints::FEEDBACK_ENTRY, get(read).patch(change))
        .route(endpoints::FEEDBACK_WITHDRAW, post(withdraw))
        .route(endpoints::IMPROVEMENTS, get(improvements))
}

/// The customer's side of it.
pub(super) fn ledger(state: &AppState, customer: &CurrentCustomer) -> Ledger {
    Ledger::of(
        &state.config,
        &customer.id,
        customer.locale.as_deref(),
        state.clock.now(),
    )
}

/// What reads a page of something.
type Reading<T> = fn(&Ledger, &Connection, Option<Place>, usize) -> Result<Found<T>, StoreError>;

async fn page<T: Send + 'static>(
    state: AppState,
    customer: CurrentCustomer,
    query: Query,
    name: &'static str,
    reading: Reading<T>,
) -> ApiResult<Json<Page<T>>> {
    customer.require(&Scope::FeedbackRead)?;
    let (ledger, limit) = (ledger(&state, &customer), query.limit()?);
    let list = List::new(&state, &customer.id, [name]);
    let after = list.after(&query)?;
    let page = state
        .store
        .read(move |db| reading(&ledger, db, after, limit))
        .await?;
    Ok(Json(list.page(page)))
}

async fn requests(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<FeedbackRequest>>> {
    page(
        state,
        customer,
        query,
        "feedback requests",
        Ledger::open_requests,
    )
    .await
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<Feedback>>> {
    page(state, customer, query, "feedback", Ledger::entries).await
}

async fn improvements(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<Improvement>>> {
    page(state, customer, query, "improvements", Ledger::improvements).await
}

async fn options(
    State(state): State<AppState>,
    customer: CurrentCustomer,
) -> ApiResult<Json<FeedbackOptions>> {
    customer.require(&Scope::FeedbackRead)?;
    Ok(Json(ledger(&state, &customer).options()))
}

async fn request(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Json<FeedbackRequest>> {
    customer.require(&Scope::FeedbackRead)?;
    let (ledger, id) = (ledger(&state, &customer), ids.get("request_id")?);
    let found = state
        .store
        .read(move |db| Ok(ledger.request(db, &id)))
        .await??;
    Ok(Json(found))
}

async fn decline(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    customer.require(&Scope::FeedbackWrite)?;
    let ledger = ledger(&state, &customer);
    let id: FeedbackRequestId = ids.get("request_id")?;
    let response = once(&state, &customer, key, fingerprint, move |tx| {
        Ok(Outcome::json(StatusCode::OK, &ledger.decline(tx, &id)?))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

fn answer(status: StatusCode, feedback: &Feedback) -> Outcome {
    Outcome::json(status, feedback).etag(&feedback.etag)
}

async fn give(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewFeedback>,
) -> ApiResult<Response> {
    customer.require(&Scope::FeedbackWrite)?;
    let ledger = ledger(&state, &customer);
    let complains = body.value.kind == Some(FeedbackKind::Complaint);
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        Ok(answer(StatusCode::CREATED, &ledger.give(tx, body.value)?))
    })
    .await?;
    let is_first = !response.headers().contains_key(endpoints::REPLAYED_HEADER);
    if complains && is_first {
        tell_company(&state);
    }
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

/// A mail to the company that there is a complaint. It holds nothing of it: mail is read by many, the words are read where they are
/// answered.
fn tell_company(state: &AppState) {
    let controller = state.config.purposes.controller.as_ref();
    let usual = controller.map(|controller| controller.email.clone());
    let Some(to) = state.config.surveys.notify.clone().or(usual) else {
        return;
    };
    state.mailer.send(Letter {
        customer: None,
        channel: Channel::Email,
        to,
        subject: "A customer complains".to_owned(),
        body: "A complaint came in. `reference-api feedback list --kind complaint` shows it, `feedback answer` answers it.\n"
            .to_owned(),
        code: None,
        locale: "en",
        headers: Vec::new(),
    });
}

/// Reading an entry is seeing what is new of it. That is written down only when something is.
async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::FeedbackRead)?;
    let (ledger, id) = (ledger(&state, &customer), entry_id(&ids)?);
    let (reader, wanted) = (ledger.clone(), id.clone());
    let found = state
        .store
        .read(move |db| Ok(reader.entry(db, &wanted)))
        .await??;
    if found.unread {
        state
            .store
            .write(move |tx| ledger.mark_seen(tx, &id))
            .await?;
    }
    Ok(answer(StatusCode::OK, &found).into_response())
}

fn entry_id(ids: &PathIds) -> ApiResult<FeedbackId> {
    ids.get("feedback_id")
}

async fn change(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    OptionalIdempotencyKey(key): OptionalIdempotencyKey,
    on: IfMatch,
    body: Body<Map<String, Value>>,
) -> ApiResult<Response> {
    customer.require(&Scope::FeedbackWrite)?;
    let (ledger, id) = (ledger(&state, &customer), entry_id(&ids)?);
    let response = perform(&state, &customer, key, body.fingerprint, move |tx| {
        let check = |current: &Feedback| on.check(&current.etag, current);
        let changed = ledger.edit(tx, &id, &body.value, check)?;
        Ok(answer(StatusCode::OK, &changed))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

/// What is taken back is gone: also from the answers that are kept for who sends the same request again.
async fn withdraw(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    customer.require(&Scope::FeedbackWrite)?;
    let (ledger, id) = (ledger(&state, &customer), entry_id(&ids)?);
    let response = once(&state, &customer, key, fingerprint, move |tx| {
        let outcome = answer(StatusCode::OK, &ledger.withdraw(tx, &id)?);
        rewrite(tx, &ledger.customer, id.as_str(), &outcome)?;
        Ok(outcome)
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}
