//! Faults on purpose, so that a test fails as a network and a server fail and not by patching the page.

use crate::http::ApiError;
use crate::http::error::ProblemOf;
use axum::Json;
use axum::body::Body as Bytestream;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a company's gateway sends when what stands behind it is gone.
const GATEWAY_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n\
                            <body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>\n";

/// The faults that are set.
#[derive(Clone, Default)]
pub(in crate::http) struct Faults(Arc<Mutex<Vec<Fault>>>);

/// What goes wrong, for which requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    /// Which requests.
    #[serde(rename = "match")]
    scope: Scope,
    /// What goes wrong.
    fault: Kind,
    /// How late the answer is, with `delay`.
    #[serde(default)]
    delay_ms: u64,
    /// The status, with `fail`; 503 when absent.
    status: Option<u16>,
    /// For how many requests; without end when absent.
    times: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scope {
    method: Option<String>,
    path_prefix: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// The answer is late.
    Delay,
    /// A problem document comes instead, and nothing is done.
    Fail,
    /// All is done, and the connection breaks before the answer.
    DropResponse,
    /// A gateway's page comes instead, and nothing is done.
    Html,
    /// All is done, and the connection breaks in the middle of the answer.
    Truncate,
}

impl Scope {
    fn holds(&self, method: &Method, path: &str) -> bool {
        let same_method = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()));
        same_method && path.starts_with(&self.path_prefix)
    }
}

impl Faults {
    /// The first fault for this request; one that is used up goes.
    fn strike(&self, method: &Method, path: &str) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = faults
            .iter()
            .position(|fault| fault.scope.holds(method, path))?;
        let struck = faults[at].clone();
        match &mut faults[at].times {
            Some(times) if *times <= 1 => drop(faults.remove(at)),
            Some(times) => *times -= 1,
            None => {}
        }
        Some(struck)
    }
}

pub(super) async fn list(State(faults): State<Faults>) -> Json<Vec<Fault>> {
    Json(
        faults
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone(),
    )
}

pub(super) async fn add(State(faults): State<Faults>, Json(fault): Json<Fault>) -> StatusCode {
    if fault.times != Some(0) {
        faults
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }
    StatusCode::NO_CONTENT
}

pub(super) async fn clear(State(faults): State<Faults>) -> StatusCode {
    faults
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clear();
    StatusCode::NO_CONTENT
}

/// Stands around the API and lets the faults happen.
pub(in crate::http) async fn inject(
    State(faults): State<Faults>,
    request: Request,
    next: Next,
) -> Response {
    let Some(fault) = faults.strike(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    match fault.fault {
        Kind::Delay => {
            tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
            next.run(request).await
        }
        Kind::Fail => failed(fault.status),
        Kind::Html => (
            StatusCode::BAD_GATEWAY,
            [(CONTENT_TYPE, "text/html")],
            GATEWAY_PAGE,
        )
            .into_response(),
        Kind::DropResponse => broken(next.run(request).await, None),
        Kind::Truncate => halved(next.run(request).await).await,
    }
}

fn failed(status: Option<u16>) -> Response {
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = match status {
        None | Some(StatusCode::SERVICE_UNAVAILABLE) => ApiError::upstream_unavailable(),
        Some(StatusCode::TOO_MANY_REQUESTS) => ApiError::quota_exceeded(1),
        Some(StatusCode::UNAUTHORIZED) => ApiError::unauthenticated(),
        Some(StatusCode::NOT_FOUND) => ApiError::not_found(),
        Some(other) => ApiError::bare(other),
    }
    .into_response();
    // A test that waits for a second try does not want to wait for long.
    if response.headers().contains_key(RETRY_AFTER) {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The answer's head and these bytes, and then the connection breaks. With no bytes nothing is written at all: the server
/// sends the head together with the first bytes of the body.
fn broken(response: Response, first: Option<Bytes>) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.extensions.remove::<ProblemOf>();
    let pieces = stream::unfold(Step::Begin(first), |step| async move {
        match step {
            Step::Begin(Some(bytes)) => Some((Ok(bytes), Step::Flush)),
            Step::Flush => {
                // Pending for a moment, so that the server writes out what it has.
                tokio::time::sleep(Duration::from_millis(20)).await;
                Some((Err(broke()), Step::Broken))
            }
            Step::Begin(None) => Some((Err(broke()), Step::Broken)),
            Step::Broken => None,
        }
    });
    Response::from_parts(parts, Bytestream::from_stream(pieces))
}

/// How far a breaking body has come.
enum Step {
    Begin(Option<Bytes>),
    Flush,
    Broken,
}

fn broke() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "a fault on purpose")
}

/// The first half of the answer.
async fn halved(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default();
    parts
        .headers
        .insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    broken(Response::from_parts(parts, Bytestream::empty()), Some(half))
}
