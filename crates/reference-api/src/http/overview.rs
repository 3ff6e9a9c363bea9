//! The route of the overview.

#[cfg(test)]
mod tests;

use super::interactions::viewer;
use super::{ApiResult, AppState, CurrentCustomer};
use crate::store::overview;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::endpoints;
use portal_contract::overview::Overview;
use portal_contract::session::Scope;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(endpoints::OVERVIEW, get(read))
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
) -> ApiResult<Json<Overview>> {
    customer.require(&Scope::InteractionsRead)?;
    let (viewer, now) = (viewer(&customer), state.clock.now());
    Ok(Json(
        state
            .store
            .read(move |db| overview::overview(db, &viewer, now))
            .await?,
    ))
}
