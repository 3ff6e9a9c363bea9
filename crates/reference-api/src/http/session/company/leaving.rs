//! Signing out at the provider too, after signing out here (OpenID Connect RP-Initiated Logout 1.0).

use super::{SIGNED_OUT, company, go, outside, portal_address, with_cookie};
use crate::company_sign_in::{self, DEPARTURE};
use crate::http::ApiResult;
use crate::http::session::store::Token;
use crate::http::session::{Cookies, cookies};
use crate::http::state::AppState;
use crate::secrets::{hex, random};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// Called before a session ends: keeps what the provider's sign-out needs, and gives the cookie for whoever goes there.
pub(in crate::http::session) async fn keep(
    state: &AppState,
    token: &Token,
) -> ApiResult<Option<HeaderValue>> {
    let Some(company) = &state.company else {
        return Ok(None);
    };
    let hash = token.hash();
    let id_token = state
        .store
        .read(move |db| company_sign_in::id_token(db, &hash))
        .await?;
    Ok(id_token.map(|id_token| {
        let departure = Token::fresh();
        company.departures.keep(departure.hash(), id_token);
        cookies::departing(&state.config, &departure, DEPARTURE.as_secs())
    }))
}

/// On to the provider's sign-out. Who did not come from there, or comes a second time, goes to the portal.
pub(super) async fn depart(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let company = company(&state)?;
    let config = &state.config;
    let id_token = Cookies::of(&headers)
        .departure(config)
        .and_then(|token| company.departures.take(&token.hash()));
    let address = match (id_token, outside(config, &headers, SIGNED_OUT)) {
        (Some(id_token), Ok(back)) => {
            let state = hex(&random()[..16]);
            company.sign_out_address(&id_token, back, state).await
        }
        _ => None,
    };
    let response = match address {
        Some(address) => go(&address),
        None => home(&state),
    };
    Ok(with_cookie(response, cookies::departed(config)))
}

/// Back from it. Nothing hangs on the `state` that comes back: whoever makes a browser come here brings it to the portal's sign-in screen.
pub(super) async fn depart_done(State(state): State<AppState>) -> ApiResult<Response> {
    company(&state)?;
    Ok(home(&state))
}

fn home(state: &AppState) -> Response {
    let config = &state.config;
    let path = format!("{}/sign-in", config.portal_base());
    go(&portal_address(config, &path))
}
