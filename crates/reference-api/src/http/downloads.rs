//! Routes of artifacts: an address to fetch one, the fetching, and having one made anew.

#[cfg(test)]
mod tests;

use super::attachments::{disposition, pieces};
use super::data_requests::{Party, answer, request_id};
use super::error;
use super::extract::NoBody;
use super::idempotency::{Outcome, once};
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::data_requests::{Desk, FRESH_SECONDS, artifacts};
use crate::exports::{self, Fetch};
use crate::http::PathIds;
use crate::store::StoreError;
use crate::store::time::Moment;
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use portal_contract::artifact::ArtifactState;
use portal_contract::session::Scope;
use portal_contract::{ArtifactId, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::ARTIFACT_DOWNLOADS, post(open))
        .route(endpoints::ARTIFACT_REISSUE, post(reissue))
        // A program that only looks what is there must not use the address up.
        .route(endpoints::DOWNLOAD, get(fetch).head(error::wrong_method))
}

async fn open(
    State(state): State<AppState>,
    party: Party,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsWrite)?;
    // A frame is told before anything is looked for: it has a tab opened, whatever there is.
    party.customer.require(&Scope::StepUp)?;
    let (side, id) = (party.side.clone(), request_id(&ids)?);
    let artifact: ArtifactId = ids.get("artifact_id")?;
    let prover = party.customer.clone();
    once(
        &state,
        &party.customer,
        key,
        party.print(fingerprint),
        move |tx| {
            side.find(tx, &id)?;
            let held = artifacts::find(tx, &id, &artifact)?.ok_or_else(ApiError::not_found)?;
            prover.require_fresh_proof(FRESH_SECONDS, side.now)?;
            let until = held
                .artifact
                .expires_at
                .as_ref()
                .and_then(Moment::from_timestamp);
            let is_over = until.is_some_and(|until| until <= side.now);
            if held.artifact.state != ArtifactState::Ready || is_over {
                return Err(ApiError::invalid_state(Vec::new()).reason("not_ready"));
            }
            let address = exports::open(tx, &artifact, until, side.acting.as_ref(), side.now)?;
            Ok(Outcome::json(StatusCode::CREATED, &address))
        },
    )
    .await
}

async fn reissue(
    State(state): State<AppState>,
    party: Party,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    party.customer.require(&Scope::DataRequestsWrite)?;
    // A frame is told before anything is looked for: it has a tab opened, whatever there is.
    party.customer.require(&Scope::StepUp)?;
    let (side, id) = (party.side.clone(), request_id(&ids)?);
    let artifact: ArtifactId = ids.get("artifact_id")?;
    let prover = party.customer.clone();
    let response = once(
        &state,
        &party.customer,
        key,
        party.print(fingerprint),
        move |tx| {
            side.find(tx, &id)?;
            prover.require_fresh_proof(FRESH_SECONDS, side.now)?;
            Ok(answer(StatusCode::OK, &side.reissue(tx, &id, &artifact)?))
        },
    )
    .await?;
    party.changed(&state);
    Ok(response)
}

/// Whoever has the address: it was given to somebody who had just proven who they are, and it is good once.
async fn fetch(
    State(state): State<AppState>,
    token: Result<Path<String>, PathRejection>,
) -> ApiResult<Response> {
    // What is not even text names nothing.
    let Path(token) = token.map_err(|_| ApiError::not_found())?;
    let (config, secrets, now) = (
        state.config.clone(),
        state.secrets.clone(),
        state.clock.now(),
    );
    let fetched = state
        .store
        .write(move |tx| {
            let desk = Desk {
                config: &config,
                secrets: &secrets,
                now,
            };
            exports::fetch(tx, desk, &token)
        })
        .await?;
    let (stored_as, file_name, customer) = match fetched {
        Fetch::Unknown => return Err(ApiError::not_found()),
        Fetch::Over => return Err(ApiError::link_expired()),
        Fetch::Content {
            stored_as,
            file_name,
            customer,
        } => (stored_as, file_name, customer),
    };
    if let Some(customer) = customer {
        state.changes.tell(Change::Data(customer));
    }
    let path = exports::folder(&state.files).join(stored_as);
    let content = tokio::fs::File::open(path)
        .await
        .map_err(StoreError::from)?;
    let size = content.metadata().await.map_err(StoreError::from)?.len();
    let name = HeaderValue::try_from(disposition::download(&file_name))
        .map_err(|_| StoreError::Corrupt("the name of an artifact".to_owned()))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (CONTENT_DISPOSITION, name),
        (CONTENT_LENGTH, HeaderValue::from(size)),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
    ];
    Ok((headers, Body::from_stream(pieces(content))).into_response())
}
