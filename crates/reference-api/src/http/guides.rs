//! Routes of guides.

use super::extract::{Body, CurrentCustomer};
use super::idempotency::{Outcome, once};
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::guides::{self, Labels, NewRecord};
use crate::http::{List, PathIds, Query};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::guide::{Guide, GuideSummary, NewGuideOutcome};
use portal_contract::session::Scope;
use portal_contract::{FieldCode, GuideId, Page, endpoints};
use std::sync::Arc;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::GUIDES, get(list))
        .route(endpoints::GUIDE, get(read))
        .route(endpoints::GUIDE_OUTCOMES, post(record))
}

/// A company has a hundred guides at most.
async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<GuideSummary>>> {
    customer.require(&Scope::InteractionsRead)?;
    let (config, locale) = (state.config.clone(), customer.locale);
    let items = state
        .store
        .read(move |db| {
            let locale = locale.as_deref();
            let topics = config.guides.all().filter_map(|guide| guide.topic.as_ref());
            let labels = Labels::of(db, &config, topics, locale)?;
            let usual = &config.company.locales;
            let all = config.guides.all();
            Ok(all
                .map(|guide| guides::summary(guide, &labels, locale, usual))
                .collect::<Vec<_>>())
        })
        .await?;
    let list = List::new(&state, &customer.id, ["guides"]);
    Ok(Json(list.page_of_all(items, &query)?))
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Json<Guide>> {
    customer.require(&Scope::InteractionsRead)?;
    let id: GuideId = ids.get("guide_id")?;
    let guide = state.config.guides.find(&id).map(Arc::clone);
    let guide = guide.ok_or_else(ApiError::not_found)?;
    let (config, locale) = (state.config.clone(), customer.locale);
    let wire = state
        .store
        .read(move |db| {
            let labels = Labels::of(db, &config, guide.topics(), locale.as_deref())?;
            let usual = &config.company.locales;
            Ok(guides::to_wire(&guide, &labels, locale.as_deref(), usual))
        })
        .await?;
    Ok(Json(wire))
}

async fn record(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<NewGuideOutcome>,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let id: GuideId = ids.get("guide_id")?;
    if state.config.guides.find(&id).is_none() {
        return Err(ApiError::not_found());
    }
    if body.value.trail.guide_id != id {
        let detail = "the way leads through another guide";
        return Err(ApiError::field(
            "/trail/guide_id",
            FieldCode::Unknown,
            detail,
            None,
        ));
    }
    let (config, now, outcome) = (state.config.clone(), state.clock.now(), body.value);
    let owner = customer.id.clone();
    once(&state, &customer, key, body.fingerprint, move |tx| {
        let version = &outcome.trail.version;
        let guide = guides::at_version(tx, &config.guides, &id, version)?.ok_or_else(|| {
            let detail = "the guide never had this version";
            ApiError::field("/trail/version", FieldCode::Unknown, detail, None)
        })?;
        let new = NewRecord {
            customer: &owner,
            guide: &guide,
            outcome: &outcome,
            now,
        };
        new.check().map_err(ApiError::validation)?;
        Ok(Outcome::json(
            StatusCode::CREATED,
            &guides::record(tx, &new)?,
        ))
    })
    .await
}

#[cfg(test)]
mod tests;
