//! The HTML form of a message, as a page for a sandboxed frame: with a policy of its own, and nothing in it that acts.

#[cfg(test)]
mod tests;

use super::{ApiError, ApiResult, AppState, CurrentCustomer};
use crate::html;
use crate::http::{PathIds, Query};
use crate::store::{interactions, messages};
use axum::Router;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use portal_contract::session::Scope;
use portal_contract::{MessageId, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(endpoints::MESSAGE_DOCUMENT, get(read))
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsRead)?;
    let (viewer, id) = (customer.viewer(), ids.interaction()?);
    let message: MessageId = ids.get("message_id")?;
    let with_images = query.get("images") == Some("allow");
    let page = state
        .store
        .read(move |db| {
            let Some(seq) = interactions::find(db, &viewer.customer, &id)? else {
                return Ok(None);
            };
            let found = messages::html(db, seq, &message)?;
            Ok(found.map(|mail| {
                html::page(&mail.title, mail.lang.as_deref(), &mail.markup, with_images)
            }))
        })
        .await?
        .ok_or_else(ApiError::not_found)?;
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            CONTENT_SECURITY_POLICY,
            policy(with_images, &state.config.allowed_origins)?,
        ),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, page).into_response())
}

/// No script, no form, nothing from elsewhere but, on request, pictures; links open in windows that are free of the sandbox.
/// `allow-same-origin` lets the portal measure the page's height, and is of no use to a page that cannot run scripts.
fn policy(with_images: bool, portals: &[String]) -> ApiResult<HeaderValue> {
    let images = if with_images { "data: https:" } else { "data:" };
    let ancestors = std::iter::once("'self'")
        .chain(portals.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(" ");
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; \
         sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; \
         base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).map_err(|_| ApiError::internal())
}
