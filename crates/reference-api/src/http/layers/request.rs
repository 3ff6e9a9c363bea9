//! One request: its id, its line in the log, and where its problem happened.

use crate::http::error::{self, ProblemOf};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use portal_contract::endpoints::REQUEST_ID_HEADER;
use std::time::Instant;

/// Gives the request its id, and logs how it went: the route's template and never its path, which can hold ids and words.
pub(crate) async fn frame(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    locate_problem(&mut response, &path, &id);
    if let Ok(value) = HeaderValue::try_from(&id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, value);
    }
    tracing::info!(
        method = %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = response.status().as_u16(),
        ms = started.elapsed().as_millis(),
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

fn locate_problem(response: &mut Response, path: &str, id: &str) {
    let Some(ProblemOf(mut problem)) = response.extensions_mut().remove::<ProblemOf>() else {
        return;
    };
    problem.instance = Some(path.to_owned());
    problem.request_id = Some(id.to_owned());
    let (parts, body) = error::document(&problem).into_parts();
    *response.body_mut() = body;
    response.headers_mut().remove(CONTENT_LENGTH);
    if let Some(media_type) = parts.headers.get(CONTENT_TYPE) {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, media_type.clone());
    }
}
