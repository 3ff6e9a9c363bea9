//! One-click unsubscribe (RFC 8058): for mail programs, from anywhere, without a cookie, never a redirect.
//!
//! Reading changes nothing, because programs that look for viruses open every address of a mail. Whoever opens it in a browser
//! gets a page with one button.

use super::page;
use super::session::topics;
use crate::contact_points::masked;
use crate::http::extract::read_body;
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult};
use crate::links::{self, Binding, Claim, Use, one_click, unsubscribe};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use portal_contract::link::Unsubscribe;

/// The largest body of a one-click request, in bytes: one field, in whatever encoding.
const LARGEST: u64 = 4096;

/// The text in the address; one that is not even text names nothing.
type Token = Result<Path<String>, PathRejection>;

pub(super) async fn read(
    State(state): State<AppState>,
    headers: HeaderMap,
    token: Token,
) -> ApiResult<Response> {
    let (claim, binding) = find(&state, token).await?;
    let told = describe(&state, &claim, &binding).await?;
    Ok(answer(&state, &headers, &binding, told, false))
}

pub(super) async fn act(
    State(state): State<AppState>,
    headers: HeaderMap,
    token: Token,
    request: Request,
) -> ApiResult<Response> {
    let (claim, binding) = find(&state, token).await?;
    let body = read_body(request, LARGEST).await?;
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    if !one_click::says_so(content_type, &body) {
        return Err(ApiError::malformed(
            "send List-Unsubscribe=One-Click as application/x-www-form-urlencoded or multipart/form-data",
        ));
    }
    if !binding.is_revoked {
        let (binding, config, now) = (binding.clone(), state.config.clone(), state.clock.now());
        let customer = binding.customer.clone();
        let changed = state
            .store
            .write(move |tx| unsubscribe::switch_off(tx, &config.catalogue, &binding, now))
            .await?;
        if changed {
            state.changes.tell(Change::Data(customer));
        }
    }
    let told = describe(&state, &claim, &binding).await?;
    Ok(answer(&state, &headers, &binding, told, true))
}

/// What the token names. It is honoured after its days too: a wish for less does not run out.
async fn find(state: &AppState, token: Token) -> ApiResult<(Claim, Binding)> {
    let Path(token) = token.map_err(|_| ApiError::not_found())?;
    let claim =
        links::open(&state.secrets, Use::OneClick, &token).ok_or_else(ApiError::not_found)?;
    let binding = state
        .store
        .read(move |db| links::find(db, &claim.binding))
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok((claim, binding))
}

async fn describe(state: &AppState, claim: &Claim, binding: &Binding) -> ApiResult<Unsubscribe> {
    let (config, own) = (state.config.clone(), binding.clone());
    let unsubscribed = state
        .store
        .read(move |db| unsubscribe::is_off(db, &config.catalogue, &own))
        .await?;
    let place = binding.place.as_ref();
    Ok(Unsubscribe {
        address: place.map_or_else(String::new, |(kind, value)| masked(kind, value)),
        topics: topics(state, binding, binding.locale.as_deref()),
        unsubscribed,
        manage_url: manage_url(state, claim, binding),
    })
}

/// The portal's page of the same link, while the link is good for it.
fn manage_url(state: &AppState, claim: &Claim, binding: &Binding) -> Option<String> {
    let is_good = claim.until > state.clock.now() && !binding.is_revoked && binding.place.is_some();
    let base = state.config.public_url.as_deref().unwrap_or("");
    is_good.then(|| links::footer(&state.secrets, base, claim))
}

/// A page for a browser, JSON for everything else.
fn answer(
    state: &AppState,
    headers: &HeaderMap,
    binding: &Binding,
    told: Unsubscribe,
    is_done: bool,
) -> Response {
    let wants_page = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"));
    if wants_page {
        page::page(
            &state.config.company,
            binding.locale.as_deref(),
            &told,
            is_done,
        )
    } else {
        Json(told).into_response()
    }
}
