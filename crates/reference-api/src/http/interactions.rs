//! Routes of interactions: the history, one of it, beginning one, closing it and taking it up again, its call.

mod act;
mod begin;
mod callback;
mod one;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod isolation;
#[cfg(test)]
mod search;
#[cfg(test)]
mod tests;

pub(super) use one::{require, whole};

use super::idempotency::Outcome;
use super::{ApiError, ApiResult, AppState, CurrentCustomer, List, PathIds, Query};
use crate::store::interactions;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::filter::InteractionFilter;
use portal_contract::interaction::{InteractionFacets, InteractionSummary};
use portal_contract::session::Scope;
use portal_contract::{Page, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::INTERACTIONS, get(list).post(begin::begin))
        .route(endpoints::SIMILAR_INTERACTIONS, get(begin::similar))
        .route(endpoints::INTERACTION_FACETS, get(facets))
        .route(endpoints::INTERACTION, get(read))
        .route(endpoints::CLOSE, post(act::close))
        .route(endpoints::REOPEN, post(act::reopen))
        .route(endpoints::CALLBACK, post(callback::ask))
        .route(endpoints::CALLBACK_RESCHEDULE, post(callback::reschedule))
        .route(endpoints::CALLBACK_CANCEL, post(callback::cancel))
        .route(endpoints::CALLBACK_CALENDAR, get(callback::calendar))
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<InteractionSummary>>> {
    customer.require(&Scope::InteractionsRead)?;
    let filter = InteractionFilter::from_pairs(query.pairs()).map_err(ApiError::validation)?;
    let limit = query.limit()?;
    let pairs = filter.to_pairs();
    let parts = pairs
        .iter()
        .flat_map(|(name, value)| [*name, value.as_str()]);
    let list = List::new(
        &state,
        &customer.id,
        std::iter::once("interactions").chain(parts),
    );
    let after = list.after(&query)?;
    let viewer = customer.viewer();
    let page = state
        .store
        .read(move |db| interactions::list(db, &viewer, &filter, after, limit))
        .await?;
    Ok(Json(list.page(page)))
}

async fn facets(
    State(state): State<AppState>,
    customer: CurrentCustomer,
) -> ApiResult<Json<InteractionFacets>> {
    customer.require(&Scope::InteractionsRead)?;
    let viewer = customer.viewer();
    Ok(Json(
        state
            .store
            .read(move |db| interactions::facets(db, &viewer))
            .await?,
    ))
}

/// Reading an interaction is seeing what is new in it. That is written down only when something is.
async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsRead)?;
    let (viewer, id, now) = (customer.viewer(), ids.interaction()?, state.clock.now());
    let config = state.config.clone();
    let found = state
        .store
        .read(move |db| {
            let Some(seq) = interactions::find(db, &viewer.customer, &id)? else {
                return Ok(None);
            };
            let interaction = whole(db, &config, &viewer, seq, now)?;
            Ok(Some((seq, interactions::is_unread(db, seq)?, interaction)))
        })
        .await?;
    let (seq, unread, interaction) = found.ok_or_else(ApiError::not_found)?;
    if unread {
        state
            .store
            .write(move |tx| interactions::mark_seen(tx, seq, now))
            .await?;
    }
    Ok(Outcome::json(StatusCode::OK, &interaction)
        .etag(&interaction.etag)
        .into_response())
}
