//! Routes of what the company tells by itself.

use super::extract::{Body, CurrentCustomer, Fingerprint, NoBody};
use super::idempotency::{Outcome, once};
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::http::{List, PathIds, Query};
use crate::notices::{self, Act, Desk, Refused, Shelf};
use crate::store::time::Moment;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::interaction::Action;
use portal_contract::notice::{
    AnswerNotice, MAX_SNOOZE_DAYS, Notice, NoticeAction, NoticeState, SnoozeNotice,
};
use portal_contract::session::Scope;
use portal_contract::{FieldCode, IdempotencyKey, Page, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::NOTICES, get(list))
        .route(endpoints::NOTICE_DISMISS, post(dismiss))
        .route(endpoints::NOTICE_SNOOZE, post(snooze))
        .route(endpoints::NOTICE_ANSWER, post(answer))
        .route(endpoints::NOTICE_RESTORE, post(restore))
}

/// Where this customer's notices are read and put away.
pub(super) fn desk(state: &AppState, customer: &CurrentCustomer) -> Desk {
    Desk {
        config: state.config.clone(),
        viewer: customer.viewer(),
        now: state.clock.now(),
    }
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<Notice>>> {
    customer.require(&Scope::NoticesRead)?;
    let (name, shelf) = shelf(&query)?;
    let limit = query.limit()?;
    let list = List::new(&state, &customer.id, ["notices", name]);
    let after = list.after(&query)?;
    let desk = desk(&state, &customer);
    let page = state
        .store
        .read(move |db| notices::page(db, &desk, shelf, after, limit))
        .await?;
    Ok(Json(list.page(page)))
}

fn shelf(query: &Query) -> ApiResult<(&'static str, Shelf)> {
    let state = query
        .get("state")
        .map_or(NoticeState::Current, NoticeState::from);
    match state {
        NoticeState::Current => Ok(("current", Shelf::Current)),
        NoticeState::PutAside => Ok(("put_aside", Shelf::PutAside)),
        NoticeState::Other(_) => {
            let detail = "current or put_aside";
            Err(ApiError::field("?state", FieldCode::Unknown, detail, None))
        }
    }
}

async fn dismiss(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(print): NoBody,
) -> ApiResult<Response> {
    act(state, customer, key, ids, print, Act::Dismiss).await
}

async fn restore(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(print): NoBody,
) -> ApiResult<Response> {
    act(state, customer, key, ids, print, Act::Restore).await
}

async fn snooze(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<SnoozeNotice>,
) -> ApiResult<Response> {
    let until = Moment::from_timestamp(&body.value.until).ok_or_else(|| {
        let detail = "a moment of the calendar, such as 2026-03-04T05:06:07Z";
        ApiError::field("/until", FieldCode::InvalidFormat, detail, None)
    })?;
    act(
        state,
        customer,
        key,
        ids,
        body.fingerprint,
        Act::Snooze(until),
    )
    .await
}

async fn answer(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<AnswerNotice>,
) -> ApiResult<Response> {
    let Body { value, fingerprint } = body;
    act(
        state,
        customer,
        key,
        ids,
        fingerprint,
        Act::Answer(value.answer),
    )
    .await
}

async fn act(
    state: AppState,
    customer: CurrentCustomer,
    key: IdempotencyKey,
    ids: PathIds,
    fingerprint: Fingerprint,
    act: Act,
) -> ApiResult<Response> {
    customer.require(&Scope::NoticesWrite)?;
    let id = ids.get("notice_id")?;
    let desk = desk(&state, &customer);
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let notice = notices::perform(tx, &desk, &id, &act)?;
        Ok(Outcome::json(StatusCode::OK, &notice).etag(&notice.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        let until = |code, detail: &str, limit| Self::field("/until", code, detail, limit);
        match refused {
            Refused::NotFound => Self::not_found(),
            Refused::NotNow(allowed) => Self::invalid_state(words(allowed)),
            Refused::UnknownAnswer => {
                let detail = "none of the notice's answers";
                Self::field("/answer", FieldCode::Unknown, detail, None)
            }
            Refused::Past => until(FieldCode::Past, "a moment that is ahead", None),
            Refused::TooFar => until(
                FieldCode::NotOffered,
                "that is too many days ahead",
                Some(u64::from(MAX_SNOOZE_DAYS)),
            ),
            Refused::Store(error) => error.into(),
        }
    }
}

fn words(allowed: Vec<NoticeAction>) -> Vec<Action> {
    allowed
        .into_iter()
        .map(|action| Action::from(action.as_str()))
        .collect()
}

#[cfg(test)]
mod tests;
