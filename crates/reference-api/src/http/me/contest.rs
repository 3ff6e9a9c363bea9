//! The customer's word against what was inferred about them.

use super::{desk, tell, whole};
use crate::attributes::{self, Outcome as Said};
use crate::http::PathIds;
use crate::http::extract::{Body, CurrentCustomer, Fingerprint, NoBody};
use crate::http::idempotency::{Outcome, once};
use crate::http::signals::contesting;
use crate::http::state::Change;
use crate::http::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::signals::Word;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use portal_contract::interaction::Action;
use portal_contract::session::Scope;
use portal_contract::signal::ContestSignal;
use portal_contract::{AttributeKey, IdempotencyKey, endpoints};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::ATTRIBUTE_CONTEST, post(contest))
        .route(endpoints::ATTRIBUTE_UNCONTEST, post(uncontest))
}

async fn contest(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<ContestSignal>,
) -> ApiResult<Response> {
    let word = contesting(body.value)?;
    say(state, customer, key, ids, body.fingerprint, word).await
}

async fn uncontest(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(print): NoBody,
) -> ApiResult<Response> {
    say(state, customer, key, ids, print, Word::Uncontest).await
}

async fn say(
    state: AppState,
    customer: CurrentCustomer,
    key: IdempotencyKey,
    ids: PathIds,
    fingerprint: Fingerprint,
    word: Word,
) -> ApiResult<Response> {
    customer.require(&Scope::ProfileWrite)?;
    let attribute: AttributeKey = ids.get("key")?;
    let (viewer, now, config) = (customer.viewer(), state.clock.now(), state.config.clone());
    let speaker = customer.display_name.clone();
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let desk = desk(&config, &viewer, now);
        let is_news = match attributes::say(tx, desk, &attribute, word, &speaker)? {
            Said::NotFound => return Err(ApiError::not_found()),
            Said::NotNow => {
                let mine = attributes::of_customer(tx, desk)?;
                let mine = mine.into_iter().find(|it| it.key == attribute);
                let allowed = mine.into_iter().flat_map(|it| it.allowed_actions);
                let allowed = allowed.map(|action| Action::from(action.as_str()));
                return Err(ApiError::invalid_state(allowed.collect()));
            }
            Said::Stands(is_news) => is_news,
        };
        let me = whole(tx, desk)?;
        if is_news {
            tell(tx, &viewer.customer, &me, now)?;
        }
        Ok(Outcome::json(StatusCode::OK, &me).etag(&me.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}
