//! The provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).

use super::company;
use crate::company_sign_in;
use crate::http::ApiResult;
use crate::http::extract::{media_type, read_body};
use crate::http::state::{AppState, Change, SessionId};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use openidconnect::url::form_urlencoded;
use serde_json::json;
use sha2::{Digest, Sha256};

/// No logout token is larger.
const LARGEST: u64 = 64 * 1024;

/// How long a token's name is remembered, in seconds: longer than one is taken.
const REMEMBERED: i64 = 60 * 60;

pub(super) async fn end(State(state): State<AppState>, request: Request) -> ApiResult<Response> {
    let company = company(&state)?;
    if media_type(request.headers()) != "application/x-www-form-urlencoded" {
        return Ok(refused("send a form with logout_token"));
    }
    let body = read_body(request, LARGEST).await?;
    let Some((_, raw)) = form_urlencoded::parse(&body).find(|(name, _)| name == "logout_token")
    else {
        return Ok(refused("send a form with logout_token"));
    };
    let token = match company.logout_token(&raw).await {
        Ok(token) => token,
        Err(why) => return Ok(refused(why)),
    };
    let until = state.clock.now().plus_seconds(REMEMBERED);
    let ended = state
        .store
        .write(move |tx| {
            let jti = Sha256::digest(token.jti.as_bytes()).into();
            if !company_sign_in::first_use(tx, &jti, until)? {
                return Ok(None);
            }
            company_sign_in::end_of(tx, &token).map(Some)
        })
        .await?;
    let Some(ended) = ended else {
        return Ok(refused("it was used before (jti)"));
    };
    tracing::info!(
        sessions = ended.len(),
        "signed out at the company's sign-in"
    );
    for session in ended {
        state.changes.tell(Change::SessionEnded(SessionId(session)));
    }
    Ok(StatusCode::OK.into_response())
}

/// Section 2.8.
fn refused(why: &str) -> Response {
    tracing::warn!(why, "a logout token is refused");
    let body = json!({ "error": "invalid_request", "error_description": why });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
