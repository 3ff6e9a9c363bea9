//! The company's own sign-in over HTTP: out to the provider and back, and what the provider says by itself.
//!
//! These addresses are no part of the contract: the portal knows `login_url` and `logout_url` of the capabilities, the provider what it was
//! told when this server was registered with it.

mod back_channel;
mod callback;
mod leaving;
mod start;
#[cfg(test)]
mod tests;

pub(super) use leaving::keep as keep_departure;

use crate::company_sign_in::{CompanySignIn, Problem};
use crate::config::Config;
use crate::http::state::AppState;
use crate::http::{ApiError, ApiResult};
use axum::Router;
use axum::http::header::{CACHE_CONTROL, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

/// `login_url` of the capabilities.
pub(in crate::http) const START: &str = "/v1/session/company";
/// `logout_url` of the capabilities.
pub(in crate::http) const SIGN_OUT: &str = "/v1/session/company/sign-out";
/// The redirect URI.
const CALLBACK: &str = "/v1/session/company/callback";
/// The post-logout redirect URI.
const SIGNED_OUT: &str = "/v1/session/company/signed-out";
/// The back-channel logout URI.
const BACK_CHANNEL: &str = "/v1/session/company/backchannel-logout";

/// The routes that browsers are led to.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(START, get(start::begin))
        .route(CALLBACK, get(callback::arrive))
        .route(SIGN_OUT, get(leaving::depart))
        .route(SIGNED_OUT, get(leaving::depart_done))
}

/// The route that the provider calls by itself.
pub(in crate::http) fn open_routes() -> Router<AppState> {
    Router::new().route(BACK_CHANNEL, post(back_channel::end))
}

/// The company's own sign-in, where there is one.
fn company(state: &AppState) -> ApiResult<&CompanySignIn> {
    state.company.as_deref().ok_or_else(ApiError::not_found)
}

/// The address of one of these places as the provider and browsers reach it. On a developer's machine it is where the browser asked.
fn outside(config: &Config, headers: &HeaderMap, path: &str) -> Result<String, Problem> {
    let asked = headers.get(HOST).and_then(|host| host.to_str().ok());
    let local = asked.filter(|host| {
        let name = host.rsplit_once(':').map_or(*host, |(name, _)| name);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    });
    let portal = match (&config.public_url, local) {
        (Some(portal), _) => portal.clone(),
        (None, Some(host)) => format!("http://{host}"),
        (None, None) => {
            tracing::error!(
                "the company's own sign-in needs public_url: set where customers reach the portal"
            );
            return Err(Problem::Failed);
        }
    };
    Ok(format!("{}{path}", config.api_address(&portal)))
}

/// A path of the portal's origin as an address to go to.
fn portal_address(config: &Config, path: &str) -> String {
    // Beside the portal a path will do; from an origin of its own the API has to say which.
    match (&config.api_url, config.public_origin()) {
        (Some(_), Some(origin)) => format!("{origin}{path}"),
        _ => path.to_owned(),
    }
}

/// The way out of whatever went wrong: the portal's sign-in screen, which says it.
fn told(config: &Config, problem: Problem, next: Option<&str>) -> Response {
    let base = config.portal_base();
    let mut path = format!("{base}/sign-in?problem={}", problem.slug());
    if let Some(next) = next.map(|next| within(base, next)) {
        path.push_str("&next=");
        path.push_str(&encode(next));
    }
    go(&portal_address(config, &path))
}

/// A path of the portal's origin as the portal's own addresses say where to go: from where it stands.
fn within<'a>(base: &str, path: &'a str) -> &'a str {
    let rest = path.strip_prefix(base);
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// Leads the browser on. By `See Other`, and never kept: the way is gone once.
fn go(address: &str) -> Response {
    let Ok(address) = HeaderValue::try_from(address) else {
        return ApiError::internal().into_response();
    };
    let headers = [
        (LOCATION, address),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

/// A value of a query.
fn encode(value: &str) -> String {
    openidconnect::url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}
