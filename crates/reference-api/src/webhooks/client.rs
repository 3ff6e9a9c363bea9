//! One POST to an endpoint. Nothing of the answer is read but its head.

use super::endpoint::Endpoint;
pub(super) use crate::outgoing::Failure;
use crate::outgoing::{self, Bounds};
use axum::http::{Request, header};
use bytes::Bytes;
use http_body_util::Full;
use std::time::Duration;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 15 });

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// `Retry-After`, as it was sent.
    pub(super) retry_after: Option<String>,
}

/// Posts the body with these headers.
pub(super) async fn post(
    endpoint: &Endpoint,
    headers: &[(&'static str, String)],
    body: &str,
) -> Result<Answer, Failure> {
    let mut request =
        Request::post(endpoint.url.clone()).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request
        .body(Full::new(Bytes::from(body.to_owned())))
        .map_err(|_| Failure::Broken)?;
    let bounds = Bounds {
        patience: PATIENCE,
        most_bytes: 0,
        private_network: endpoint.private_network,
    };
    let reply = outgoing::send(request, bounds).await?;
    let retry_after = reply.headers.get(header::RETRY_AFTER);
    Ok(Answer {
        status: reply.status.as_u16(),
        retry_after: retry_after.and_then(|value| Some(value.to_str().ok()?.to_owned())),
    })
}
