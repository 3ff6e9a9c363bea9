//! Tools of a demonstration: the mail that was sent, faults on purpose, the clock, the company's answers.
//!
//! They are routes of the real server and exist with `serve --demo` alone. They answer this machine alone, and no page of
//! another site.

mod acts;
pub(super) mod faults;
mod outbox;
mod pages;

use super::error::not_found;
use super::extract::Peer;
use super::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use faults::Faults;

/// The routes.
pub(super) fn routes(state: &AppState, faults: &Faults) -> Router<AppState> {
    let with_faults = Router::new()
        .route(
            "/dev/faults",
            get(faults::list).post(faults::add).delete(faults::clear),
        )
        .with_state(faults.clone());
    Router::new()
        .route("/dev", get(pages::index))
        .route("/dev/outbox", get(pages::outbox))
        .route("/dev/outbox.json", get(outbox::json))
        .route("/dev/clock", post(acts::move_clock))
        .route("/dev/events/message", post(acts::company_writes))
        .route("/dev/session/expire", post(acts::expire_session))
        .merge(with_faults)
        .layer(from_fn_with_state(state.clone(), gate))
}

/// Lets this machine in, and nobody else; to others there is no such address.
async fn gate(State(_): State<AppState>, peer: Peer, request: Request, next: Next) -> Response {
    let site = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    let foreign = !request.method().is_safe() && matches!(site, Some("cross-site" | "same-site"));
    if !peer.is_local() || foreign {
        return not_found().await.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(pages::POLICY),
    );
    response
}

#[cfg(test)]
mod tests;
