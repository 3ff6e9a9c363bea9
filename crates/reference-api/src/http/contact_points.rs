//! Routes of contact points: where the company can reach the customer.

mod confirm;
mod request;

#[cfg(test)]
mod tests;

use super::state::Change;
use super::{
    ApiError, ApiResult, AppState, Body, CurrentCustomer, IdempotencyKeyHeader, IfMatch,
    OptionalIdempotencyKey, Outcome, once, perform,
};
use crate::contact_points::acts::{Aftermath, Scene, find};
use crate::http::{List, PathIds, Query};
use crate::preferences::history::Author;
use crate::store::interactions::{Page as Found, Place};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::contact_point::{
    ContactPoint, ContactPointAction, NewContactPoint, NewVerification,
};
use portal_contract::preference_history::ChangeRoute;
use portal_contract::session::Scope;
use portal_contract::{ContactPointId, Page, endpoints};
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, PoisonError};

/// How fresh the proof must be for adding and removing one, in seconds.
const FRESH_SECONDS: u64 = 5 * 60;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::CONTACT_POINTS, get(list).post(add))
        .route(
            endpoints::CONTACT_POINT,
            get(read).patch(change).delete(remove),
        )
        .route(endpoints::VERIFICATIONS, post(verify))
        .route(endpoints::VERIFICATION_CONFIRM, post(confirm::confirm))
}

/// Who acts, for the domain.
fn scene(state: &AppState, customer: &CurrentCustomer) -> Scene {
    Scene {
        customer: customer.id.clone(),
        session: Some(customer.session_id),
        locale: customer.record_locale.clone(),
        time_zone: customer.time_zone.clone(),
        author: Author::customer(ChangeRoute::Portal, &customer.display_name),
        catalogue: state.config.catalogue.clone(),
        now: state.clock.now(),
    }
}

fn point_id(ids: &PathIds) -> ApiResult<ContactPointId> {
    ids.get("contact_point_id")
}

/// What is to be done once a write is kept. A repeated write leaves it empty: nothing is sent twice.
#[derive(Clone, Default)]
struct Later(Arc<Mutex<Aftermath>>);

impl Later {
    fn keep(&self, aftermath: Aftermath) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = aftermath;
    }

    /// Call it after the commit.
    fn act(&self, state: &AppState, customer: &CurrentCustomer) {
        let aftermath = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for mail in aftermath.mails {
            state.mailer.tell_contact(mail);
        }
        for session in aftermath.ended {
            state.changes.tell(Change::SessionEnded(session));
        }
        state.changes.tell(Change::Data(customer.id.clone()));
    }
}

/// The oldest first: what is added while a reader pages comes last.
async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<ContactPoint>>> {
    customer.require(&Scope::ContactPointsRead)?;
    let (scene, limit) = (scene(&state, &customer), query.limit()?);
    let list = List::new(&state, &customer.id, ["contact points"]);
    let after = list.after(&query)?;
    let page = state
        .store
        .read(move |db| {
            let points = scene.points(db)?;
            let book = scene.book(&points);
            let placed = points
                .iter()
                .map(|point| (point.place(), book.wire(point)))
                .filter(|(place, _)| after.is_none_or(|after| place.seq > after.seq))
                .take(limit + 1)
                .collect::<Vec<(Place, ContactPoint)>>();
            Ok(Found::cut(placed, limit))
        })
        .await?;
    Ok(Json(list.page(page)))
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::ContactPointsRead)?;
    let (scene, id) = (scene(&state, &customer), point_id(&ids)?);
    let found = state
        .store
        .read(move |db| Ok(scene.wire(db, &id)))
        .await??;
    Ok(answer(StatusCode::OK, &found).into_response())
}

fn answer(status: StatusCode, point: &ContactPoint) -> Outcome {
    Outcome::json(status, point).etag(&point.etag)
}

async fn add(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewContactPoint>,
) -> ApiResult<Response> {
    customer.require(&Scope::ContactPointsWrite)?;
    let scene = scene(&state, &customer);
    customer.require_fresh_proof(FRESH_SECONDS, scene.now)?;
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        let country = request::country(tx, &scene.customer)?;
        let new = request::new_point(&body.value, country.as_deref())?;
        let id = scene.add(tx, &new)?;
        Ok(answer(StatusCode::CREATED, &scene.wire(tx, &id)?))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

async fn change(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    OptionalIdempotencyKey(key): OptionalIdempotencyKey,
    on: IfMatch,
    body: Body<Map<String, Value>>,
) -> ApiResult<Response> {
    customer.require(&Scope::ContactPointsWrite)?;
    let (scene, id) = (scene(&state, &customer), point_id(&ids)?);
    let response = perform(&state, &customer, key, body.fingerprint, move |tx| {
        let points = scene.points(tx)?;
        let point = find(&points, &id)?;
        on.check(&point.etag(), &scene.book(&points).wire(point))?;
        let changes = request::changes(&body.value)?;
        scene.change(tx, &points, point, &changes)?;
        Ok(answer(StatusCode::OK, &scene.wire(tx, &id)?))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(response)
}

async fn remove(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    on: IfMatch,
) -> ApiResult<StatusCode> {
    customer.require(&Scope::ContactPointsWrite)?;
    let (scene, id, later) = (scene(&state, &customer), point_id(&ids)?, Later::default());
    customer.require_fresh_proof(FRESH_SECONDS, scene.now)?;
    let (kept, session) = (later.clone(), customer.session_id);
    state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            super::session::store::require(tx, session, scene.now)?;
            let points = scene.points(tx)?;
            let point = find(&points, &id)?;
            on.check(&point.etag(), &scene.book(&points).wire(point))?;
            kept.keep(scene.remove(tx, &points, point)?);
            Ok(())
        })
        .await?;
    later.act(&state, &customer);
    Ok(StatusCode::NO_CONTENT)
}

async fn verify(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewVerification>,
) -> ApiResult<Response> {
    customer.require(&Scope::ContactPointsWrite)?;
    let (scene, id, later) = (scene(&state, &customer), point_id(&ids)?, Later::default());
    let (kept, secrets) = (later.clone(), state.secrets.clone());
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        let points = scene.points(tx)?;
        let (book, point) = (scene.book(&points), find(&points, &id)?);
        if !book
            .allowed_actions(point)
            .contains(&ContactPointAction::Verify)
        {
            return Err(ApiError::invalid_state(book.allowed_words(point)));
        }
        let channel = body.value.channel.as_ref();
        let (verification, aftermath) = scene.send_code(tx, &secrets, point, channel)?;
        kept.keep(aftermath);
        Ok(Outcome::json(StatusCode::CREATED, &verification))
    })
    .await?;
    later.act(&state, &customer);
    Ok(response)
}
