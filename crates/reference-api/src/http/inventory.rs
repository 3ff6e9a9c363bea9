//! Routes of what is held about the customer.

#[cfg(test)]
mod tests;

use super::extract::CurrentCustomer;
use super::{ApiError, ApiResult, AppState};
use crate::http::{List, PathIds, Query};
use crate::inventory::{self, Category, Reader};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::inventory::{InventoryCategory, InventoryRecord};
use portal_contract::session::Scope;
use portal_contract::{InventoryCategoryId, Page, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::DATA_INVENTORY, get(categories))
        .route(endpoints::DATA_INVENTORY_RECORDS, get(records))
}

async fn categories(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<InventoryCategory>>> {
    customer.require(&Scope::ProfileRead)?;
    let (config, now) = (state.config.clone(), state.clock.now());
    let (id, locale) = (customer.id.clone(), customer.locale);
    let items = state
        .store
        .read(move |db| {
            let reader = Reader::new(&config, locale.as_deref());
            inventory::all(db, &reader, &id, now)
        })
        .await?;
    let list = List::new(&state, &customer.id, ["inventory"]);
    Ok(Json(list.page_of_all(items, &query)?))
}

async fn records(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<InventoryRecord>>> {
    customer.require(&Scope::ProfileRead)?;
    let id: InventoryCategoryId = ids.get("category_id")?;
    let category = Category::named(id.as_str()).ok_or_else(ApiError::not_found)?;
    let limit = query.limit()?;
    let list = List::new(&state, &customer.id, ["inventory", category.as_str()]);
    let after = list.after(&query)?;
    let (config, id, locale) = (
        state.config.clone(),
        customer.id.clone(),
        customer.locale.clone(),
    );
    let page = state
        .store
        .read(move |db| {
            let reader = Reader::new(&config, locale.as_deref());
            inventory::records(db, &reader, (&id, category), after, limit)
        })
        .await?;
    Ok(Json(list.page(page)))
}
