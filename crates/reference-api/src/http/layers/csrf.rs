//! Requests that another site made the browser send are refused.
//!
//! Three locks, each enough by itself where browsers keep to their rules: a header that a cross-site form cannot set, the
//! browser's own word on where the request came from, and a content type that needs permission first.

use crate::config::Config;
use crate::http::credential::has_bearer;
use crate::http::extract::media_type;
use crate::http::{ApiError, AppState};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use portal_contract::endpoints::CSRF_HEADER;

/// Content types that a form of any site can send without asking (the Fetch standard's safelist).
const SIMPLE: [&str; 3] = [
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
];

pub(super) async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match refusal(request.method(), request.headers(), &state.config) {
        Some(why) => ApiError::scope_insufficient("same-origin")
            .detail(why)
            .into_response(),
        None => next.run(request).await,
    }
}

fn refusal(method: &Method, headers: &HeaderMap, config: &Config) -> Option<&'static str> {
    if method.is_safe() || is_bearer_alone(headers) {
        return None;
    }
    if headers.get(CSRF_HEADER).is_none_or(|value| value != "1") {
        return Some("send X-Portal-CSRF: 1");
    }
    if !comes_from_home(headers, config) {
        return Some("the request comes from another site");
    }
    if is_simple(headers) {
        return Some("send a content type that a form cannot");
    }
    None
}

/// A bearer is never sent by the browser itself. Cookies are, and so are the name and password of an address
/// (`https://a:b@host/`): beside either, the header says nothing of who made the request.
fn is_bearer_alone(headers: &HeaderMap) -> bool {
    has_bearer(headers) && !headers.contains_key(COOKIE)
}

/// The browser's own word first (`Sec-Fetch-Site`, which no script can set); `Origin` against the host for those that lack
/// it. A program that sends neither is no browser, and has no cookie that it did not fetch itself.
fn comes_from_home(headers: &HeaderMap, config: &Config) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(ORIGIN.as_str());
    if origin.is_some_and(|origin| {
        config
            .allowed_origins
            .iter()
            .any(|allowed| allowed == origin)
    }) {
        return true;
    }
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = origin else {
        return true;
    };
    if config.public_origin() == Some(origin) {
        return true;
    }
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_some() && authority == text(HOST.as_str())
}

fn is_simple(headers: &HeaderMap) -> bool {
    SIMPLE.contains(&media_type(headers).as_str())
}
