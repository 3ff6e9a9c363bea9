//! What stands around every answer.

mod cors;
mod csrf;
pub(super) mod pace;
pub(super) mod request;

use super::AppState;
use super::error::ApiError;
use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// The layers of the API, the outermost last. What is `open` takes nothing that a browser sends by itself for a proof, and is
/// meant to be called from anywhere: it is not asked where its requests come from.
pub(super) fn around_api(
    api: Router<AppState>,
    open: Router<AppState>,
    state: &AppState,
) -> Router<AppState> {
    let api = api
        .layer(from_fn_with_state(state.clone(), csrf::check))
        .merge(open)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(private))
        .layer(from_fn(request::locate_problem))
        // Level 4 is where more work stops to save bytes worth waiting for.
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(4))
                // What is compressed already keeps its length, so that a browser can say how much is to come.
                .compress_when(
                    DefaultPredicate::new().and(NotForContentType::const_new("application/zip")),
                ),
        );
    match cors::of(&state.config) {
        Some(layer) => api.layer(layer),
        None => api,
    }
}

/// Personal data is never cached, never shown in a frame, and never taken for something else than it says. A handler that knows better has said so.
async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers
        .entry(HeaderName::from_static("cross-origin-resource-policy"))
        .or_insert(HeaderValue::from_static("same-origin"));
    response
}

/// A handler that panics answers like any other fault. What it said goes nowhere: it may quote a customer.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    ApiError::internal().into_response()
}
