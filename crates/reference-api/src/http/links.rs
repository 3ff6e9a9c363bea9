//! Routes of email footers: the exchange of a link, "this isn't me", and one-click unsubscribe.

mod page;
mod reducer;
mod session;
mod unsubscribe;

pub(super) use reducer::Reducer;
pub(super) use session::session;

use super::error::wrong_method;
use super::{ApiError, ApiResult, AppState};
use crate::links::{self, Binding, Use};
use crate::store::time::Moment;
use axum::Router;
use axum::routing::{get, post};
use portal_contract::endpoints;
use portal_contract::session::Scope;

/// The routes for the portal.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::SESSION_LINK, post(session::exchange))
        .route(endpoints::SESSION_LINK_DISOWN, post(session::disown))
}

/// The routes that mail programs call from anywhere.
pub(super) fn open_routes() -> Router<AppState> {
    Router::new()
        .route(
            endpoints::UNSUBSCRIBE,
            get(unsubscribe::read).post(unsubscribe::act),
        )
        .method_not_allowed_fallback(wrong_method)
}

/// What a bearer is good for.
pub(super) struct Grant {
    pub(super) binding: Binding,
    pub(super) until: Moment,
}

/// The grant of a bearer that has not run out. That its binding was revoked is for the caller to see.
async fn grant(state: &AppState, bearer: &str) -> ApiResult<Option<Grant>> {
    let claim = links::open(&state.secrets, Use::Bearer, bearer);
    let Some(claim) = claim.filter(|claim| claim.until > state.clock.now()) else {
        return Ok(None);
    };
    let binding = state
        .store
        .read(move |db| links::find(db, &claim.binding))
        .await?;
    Ok(binding.map(|binding| Grant {
        binding,
        until: claim.until,
    }))
}

/// Why an operation that is not for links refuses a bearer.
pub(super) async fn refusal(state: &AppState, bearer: &str) -> ApiError {
    match grant(state, bearer).await {
        Ok(Some(_)) => ApiError::scope_insufficient("session")
            .detail("a link may reduce contact and nothing else: sign in"),
        Ok(None) => ApiError::unauthenticated(),
        Err(error) => error,
    }
}

/// That a change asks for more than a link may.
pub(super) fn only_less() -> ApiError {
    ApiError::scope_insufficient(Scope::PreferencesWrite.as_str())
        .detail("a link may reduce contact and nothing else: sign in for more")
}

#[cfg(test)]
mod tests;
