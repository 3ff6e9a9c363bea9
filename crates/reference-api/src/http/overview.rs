//! The route of the overview.

#[cfg(test)]
mod tests;

use super::data_requests;
use super::feedback;
use super::notices;
use super::{ApiResult, AppState, CurrentCustomer};
use crate::store::overview;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::endpoints;
use portal_contract::notice::MAX_OVERVIEW_NOTICES;
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
    let (viewer, now) = (customer.viewer(), state.clock.now());
    let told = customer.scopes.contains(&Scope::NoticesRead);
    let desk = told.then(|| notices::desk(&state, &customer));
    let ledger = feedback::ledger(&state, &customer);
    let rights = customer
        .scopes
        .contains(&Scope::DataRequestsRead)
        .then(|| data_requests::side(&state, &customer));
    let overview = state.store.read(move |db| {
        let mut overview = overview::overview(db, &viewer, now)?;
        overview.feedback_requests = ledger.first_requests(db)?;
        if let Some(desk) = desk {
            (overview.notices, overview.notices_count) =
                crate::notices::shown(db, &desk, MAX_OVERVIEW_NOTICES)?;
        }
        if let Some(rights) = rights {
            (overview.data_requests, overview.data_requests_count) = rights.running(db)?;
        }
        Ok(overview)
    });
    Ok(Json(overview.await?))
}
