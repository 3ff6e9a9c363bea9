//! The company tells something by itself, ends it, asks how it goes since.

use crate::company_file::FileError;
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use crate::notices::{self, NotWritten, RawNotice};
use crate::sweep;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

/// A notice as a file has it, as JSON; open pages hear of it.
pub(super) async fn add(
    State(state): State<AppState>,
    body: Body<RawNotice>,
) -> ApiResult<StatusCode> {
    let new = notices::parse_one(body.value, &notices::moment)?;
    let (config, now) = (state.config.clone(), state.clock.now());
    let written = state
        .store
        .transact::<_, ApiError, _>(move |tx| Ok(notices::add(tx, &config.catalogue, &new, now)?))
        .await?;
    for customer in written.everybody() {
        state.changes.tell(Change::Data(customer.clone()));
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct End {
    key: String,
}

/// Nobody is shown it any more; open pages hear of it.
pub(super) async fn end(State(state): State<AppState>, body: Body<End>) -> ApiResult<StatusCode> {
    let (key, now) = (body.value.key, state.clock.now());
    let ended = state
        .store
        .write(move |tx| notices::end(tx, &key, now))
        .await?
        .ok_or_else(ApiError::not_found)?;
    for customer in ended {
        state.changes.tell(Change::Data(customer));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Makes the check-ins that are due now, as is done every hour.
pub(super) async fn check_ins(State(state): State<AppState>) -> ApiResult<StatusCode> {
    sweep::check_ins(&state).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<FileError> for ApiError {
    fn from(error: FileError) -> Self {
        Self::malformed(error.to_string())
    }
}

impl From<NotWritten> for ApiError {
    fn from(error: NotWritten) -> Self {
        match error {
            NotWritten::Store(error) => error.into(),
            other => Self::malformed(other.to_string()),
        }
    }
}
