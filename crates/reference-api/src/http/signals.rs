//! Routes of what the company inferred, and the customer's word against it.

use super::extract::{Body, CurrentCustomer, Fingerprint, NoBody};
use super::idempotency::{Outcome, once};
use super::interactions::require;
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::http::PathIds;
use crate::signals::{self, Desk, Word};
use crate::store::events;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use portal_contract::event::EventKind;
use portal_contract::interaction::Action;
use portal_contract::session::Scope;
use portal_contract::signal::{ContestSignal, MAX_CONTEST_CHARACTERS, SignalAction};
use portal_contract::{FieldCode, IdempotencyKey, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::SIGNAL_CONTEST, post(contest))
        .route(endpoints::SIGNAL_UNCONTEST, post(uncontest))
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

/// What the customer says of something that was inferred.
///
/// # Errors
/// `validation` when it is too long.
pub(super) fn contesting(contest: ContestSignal) -> ApiResult<Word> {
    let words = contest.words.map(|words| words.trim().to_owned());
    let words = words.filter(|words| !words.is_empty());
    let length = words.as_ref().map_or(0, |words| words.chars().count());
    if length > MAX_CONTEST_CHARACTERS {
        let limit = Some(MAX_CONTEST_CHARACTERS as u64);
        return Err(ApiError::field(
            "/words",
            FieldCode::TooLong,
            "it is too long",
            limit,
        ));
    }
    Ok(Word::Contest(words))
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
    customer.require(&Scope::InteractionsWrite)?;
    let (interaction, signal) = (ids.interaction()?, ids.get("signal_id")?);
    let (viewer, now, config) = (customer.viewer(), state.clock.now(), state.config.clone());
    let speaker = customer.display_name.clone();
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let seq = require(tx, &viewer, &interaction)?;
        let desk = Desk {
            config: &config,
            viewer: &viewer,
            now,
        };
        let outcome = signals::say(tx, desk, (seq, &interaction), &signal, word, &speaker)?;
        match outcome {
            signals::Outcome::NotFound => Err(ApiError::not_found()),
            signals::Outcome::NothingToTakeBack => {
                let allowed = Action::from(SignalAction::Contest.as_str());
                Err(ApiError::invalid_state(vec![allowed]))
            }
            signals::Outcome::Stands(signal, is_news) => {
                if is_news {
                    let kind = EventKind::InteractionUpdated;
                    events::emit(tx, &viewer.customer, seq, &kind, now)?;
                }
                Ok(Outcome::json(StatusCode::OK, &*signal))
            }
        }
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

#[cfg(test)]
mod tests;
