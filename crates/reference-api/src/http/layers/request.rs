//! One request: its id, its line in the log, and where its problem happened.

use crate::http::error::{self, ProblemOf};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use portal_contract::endpoints::REQUEST_ID_HEADER;
use std::time::Instant;

/// The id of a request, for whoever answers it.
#[derive(Clone)]
struct RequestId(String);

/// Gives the request its id, and logs how it went: the route's template and never its path, which can hold ids and words.
pub(in crate::http) async fn frame(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::try_from(&id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, value);
    }
    tracing::info!(
        method = %method,
        route = route.as_ref().map_or("portal", MatchedPath::as_str),
        status = response.status().as_u16(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        request_id = %id,
        "request"
    );
    response
}

/// The id that a proxy gave, when it looks like one, so that its log and ours can be laid side by side; else a fresh one.
fn request_id(headers: &HeaderMap) -> String {
    headers
        .get(REQUEST_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (8..=64).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        .map_or_else(|| uuid::Uuid::now_v7().simple().to_string(), str::to_owned)
}

/// Writes into a problem document where it happened and under which id it stands in the log.
pub(super) async fn locate_problem(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|RequestId(id)| id.clone());
    let mut response = next.run(request).await;
    let Some(ProblemOf(mut problem)) = response.extensions_mut().remove::<ProblemOf>() else {
        return response;
    };
    problem.instance = Some(path);
    problem.request_id = id;
    let (parts, body) = error::document(&problem).into_parts();
    *response.body_mut() = body;
    response.headers_mut().remove(CONTENT_LENGTH);
    if let Some(media_type) = parts.headers.get(CONTENT_TYPE) {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, media_type.clone());
    }
    response
}
