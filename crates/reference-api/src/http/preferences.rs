//! Routes of the preferences: what there is to choose, what was chosen, who changed it, and what would reach the customer.

mod ask;

use super::extract::{Body, CurrentCustomer, IfMatch, NoBody, OptionalIdempotencyKey};
use super::idempotency::{Outcome, once, perform};
use super::links::Reducer;
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::config::Config;
use crate::http::{List, PathIds, Query};
use crate::preferences::change::{self, Act};
use crate::preferences::document::document;
use crate::preferences::history::{self, Author};
use crate::preferences::patch::{self, Rules};
use crate::preferences::store::{self, Stored};
use crate::preferences::undo::{self, Undone};
use crate::preferences::{Settings, Surroundings};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::Page as StoredPage;
use crate::store::time::Moment;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json as JsonAnswer, Router};
use portal_contract::preference_catalog::PreferenceCatalog;
use portal_contract::preference_history::{ChangeRoute, PreferenceChange};
use portal_contract::preferences::Preferences;
use portal_contract::session::Scope;
use portal_contract::{Json, Page, PreferenceChangeId, ToJson, endpoints};
use rusqlite::Connection;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::PREFERENCE_CATALOG, get(catalogue))
        .route(endpoints::PREFERENCES, get(read).patch(save))
        .route(endpoints::PREFERENCE_HISTORY, get(list))
        .route(endpoints::PREFERENCE_UNDO, post(take_back))
        .route(endpoints::PREFERENCE_REACH, get(ask::reach))
}

/// Whose preferences are looked at, when, and against what.
#[derive(Clone)]
struct Desk {
    config: Arc<Config>,
    customer: CustomerId,
    now: Moment,
}

impl Desk {
    fn new(state: &AppState, customer: &CurrentCustomer) -> Self {
        Self {
            config: state.config.clone(),
            customer: customer.id.clone(),
            now: state.clock.now(),
        }
    }

    fn load(&self, db: &Connection) -> Result<(Stored, Surroundings), StoreError> {
        let stored = store::load(db, &self.customer)?;
        let around = Surroundings::read(db, &self.config, &self.customer, self.now)?;
        Ok((stored, around))
    }

    fn document(&self, db: &Connection) -> Result<Preferences, StoreError> {
        let (stored, around) = self.load(db)?;
        Ok(document(&self.config.catalogue, &stored, &around, self.now))
    }

    fn act<'a>(&'a self, author: &'a Author) -> Act<'a> {
        Act {
            catalogue: &self.config.catalogue,
            customer: &self.customer,
            author,
            now: self.now,
        }
    }

    /// The settings with the patch applied.
    fn apply(
        &self,
        patch: &Map<String, Value>,
        before: &Settings,
        around: &Surroundings,
    ) -> ApiResult<Settings> {
        let rules = Rules {
            catalogue: &self.config.catalogue,
            around,
            locales: &self.config.company.locales,
            now: self.now,
        };
        patch::apply(patch, before, rules).map_err(ApiError::validation)
    }
}

/// The document, made only when a refusal shows it.
struct OnDemand<F>(F);

impl<F: Fn() -> Preferences> ToJson for OnDemand<F> {
    fn to_json(&self) -> Json {
        (self.0)().to_json()
    }
}

fn answer(document: &Preferences) -> Outcome {
    Outcome::json(StatusCode::OK, document).etag(&document.etag)
}

async fn catalogue(
    State(state): State<AppState>,
    reader: Reducer,
) -> ApiResult<JsonAnswer<PreferenceCatalog>> {
    reader.require(&Scope::PreferencesRead)?;
    let locale = reader.customer.locale.as_deref().or(state
        .config
        .company
        .locales
        .first()
        .map(String::as_str));
    Ok(JsonAnswer(state.config.catalogue.to_wire(locale)))
}

async fn read(State(state): State<AppState>, reader: Reducer) -> ApiResult<Response> {
    reader.require(&Scope::PreferencesRead)?;
    let desk = Desk::new(&state, &reader.customer);
    let document = state.store.read(move |db| desk.document(db)).await?;
    Ok(answer(&reader.view(document)).into_response())
}

async fn save(
    State(state): State<AppState>,
    writer: Reducer,
    OptionalIdempotencyKey(key): OptionalIdempotencyKey,
    on: IfMatch,
    body: Body<Map<String, Value>>,
) -> ApiResult<Response> {
    writer.require(&Scope::PreferencesWrite)?;
    let customer = writer.customer.clone();
    let desk = Desk::new(&state, &customer);
    let patch = body.value;
    let response = perform(&state, &customer, key, body.fingerprint, move |tx| {
        let (stored, around) = desk.load(tx)?;
        let shape = |stored: &Stored| document(&desk.config.catalogue, stored, &around, desk.now);
        on.check(&stored.etag(), &OnDemand(|| writer.view(shape(&stored))))?;
        let after = desk.apply(&patch, &stored.settings, &around)?;
        if writer.link.is_some() {
            let wanted = Stored {
                settings: after.clone(),
                ..stored.clone()
            };
            writer.check(&shape(&stored), &shape(&wanted))?;
        }
        change::save(tx, desk.act(&writer.author()), &stored, after, None)?;
        let changed = store::load(tx, &desk.customer)?;
        Ok(answer(&writer.view(shape(&changed))))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<JsonAnswer<Page<PreferenceChange>>> {
    customer.require(&Scope::PreferencesRead)?;
    let limit = query.limit()?;
    let list = List::new(&state, &customer.id, ["preference history"]);
    let after = list.after(&query)?;
    let desk = Desk::new(&state, &customer);
    let page = state
        .store
        .read(move |db| {
            let (stored, around) = desk.load(db)?;
            let nobody = Author::nobody(ChangeRoute::System);
            let act = desk.act(&nobody);
            let page = history::page(db, &desk.customer, after, limit)?;
            let shown = |entry| undo::shown(act, &around, &stored.settings, entry);
            Ok(StoredPage {
                items: page.items.into_iter().map(shown).collect(),
                next: page.next,
            })
        })
        .await?;
    Ok(JsonAnswer(list.page(page)))
}

async fn take_back(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    customer.require(&Scope::PreferencesWrite)?;
    let id: PreferenceChangeId = ids.get("change_id")?;
    let desk = Desk::new(&state, &customer);
    let author = Author::customer(ChangeRoute::Portal, &customer.display_name);
    let response = once(&state, &customer, key, fingerprint, move |tx| {
        let (stored, around) = desk.load(tx)?;
        let undone = undo::undo(tx, desk.act(&author), &around, &stored, &id)?;
        match (undone, undone.reason()) {
            (Undone::NoSuchEntry, _) => Err(ApiError::not_found()),
            (_, Some(reason)) => Err(ApiError::invalid_state(Vec::new()).reason(reason)),
            (_, None) => Ok(answer(&desk.document(tx)?)),
        }
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

#[cfg(test)]
mod tests;
