//! What stands around every answer.

mod csrf;
mod request;

use super::AppState;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use tower_http::compression::CompressionLayer;

/// The layers of the API, the outermost last.
pub(super) fn around_api(api: Router<AppState>, state: &AppState) -> Router<AppState> {
    api.layer(from_fn_with_state(state.clone(), csrf::check))
        .layer(map_response(private))
        .layer(from_fn(request::frame))
        .layer(CompressionLayer::new().gzip(true).br(true))
}

/// Personal data is never cached and never taken for something else than it says. A handler that knows better has said so.
async fn private<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
