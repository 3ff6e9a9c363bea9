//! What is called when work is due.

use super::Job;
use crate::http::AppState;
use crate::store::StoreError;
use portal_contract::ArtifactId;

/// Makes a copy.
pub(super) async fn export(
    state: &AppState,
    job: &Job,
    artifact: &ArtifactId,
) -> Result<(), StoreError> {
    Ok(crate::exports::make(state, job, artifact).await?)
}

/// Erases.
pub(super) async fn erase(state: &AppState, job: &Job) -> Result<(), StoreError> {
    crate::erasure::run(state, job).await
}
