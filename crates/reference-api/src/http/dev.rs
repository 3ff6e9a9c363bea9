//! Tools of a demonstration: the mail that was sent, faults on purpose, the clock, the company's answers.
//!
//! They are routes of the real server and exist with `serve --demo` alone. They answer this machine alone, and no page of
//! another site.

mod acts;
mod contact;
mod contact_points;
mod data_requests;
mod delegations;
pub(super) mod faults;
mod feedback;
mod notices;
mod outbox;
mod pages;
mod preferences;
mod sample;

use super::error::not_found;
use super::extract::Peer;
use super::state::AppState;
use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use faults::Faults;

/// The routes.
pub(super) fn routes(faults: &Faults) -> Router<AppState> {
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
        .route("/dev/mail/topic", post(sample::send))
        .route("/dev/clock", post(acts::move_clock))
        .route(
            "/dev/contact-points/deliverability",
            post(contact_points::note),
        )
        .route("/dev/feedback", post(feedback::act))
        .route("/dev/data-requests", post(data_requests::act))
        .route("/dev/delegations", post(delegations::act))
        .route("/dev/contact-options", post(contact::note))
        .route("/dev/callbacks", post(contact::call))
        .route("/dev/events/message", post(acts::company_writes))
        .route("/dev/notices", post(notices::add))
        .route("/dev/notices/end", post(notices::end))
        .route("/dev/notices/check-ins", post(notices::check_ins))
        .route("/dev/preferences", post(preferences::change))
        .route("/dev/session/expire", post(acts::expire_session))
        .merge(with_faults)
        .layer(from_fn(gate))
}

/// Lets this machine in, and nobody else; to others there is no such address.
async fn gate(peer: Peer, request: Request, next: Next) -> Response {
    if !peer.is_local() || is_foreign(request.method(), request.headers()) {
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

/// Whether a page of another site made this browser send it: by its own word, or under a name of that site's that was turned to
/// this machine (DNS rebinding).
fn is_foreign(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let crossed = matches!(text("sec-fetch-site"), Some("cross-site" | "same-site"));
    let host = text("host").unwrap_or("localhost");
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|b| b.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let ours = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    !ours || (crossed && !method.is_safe())
}

#[cfg(test)]
mod tests;
