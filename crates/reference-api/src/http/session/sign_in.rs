//! Signing in with a code sent by email.

use super::challenge::{self, Purpose, Verdict};
use super::code::{self, Wish};
use super::{Cookies, cookies, devices, require_codes, signed_in, store};
use crate::http::extract::{Body, Peer};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult};
use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use portal_contract::FieldCode;
use portal_contract::session::{Challenge, ConfirmChallenge, StartEmailSignIn};

/// The longest address that SMTP carries (RFC 5321), in bytes.
const LONGEST_ADDRESS: usize = 254;

/// The longest language tag that is kept; what is longer is no tag of a language that we have.
const LONGEST_TAG: usize = 35;

pub(super) async fn start(
    State(state): State<AppState>,
    peer: Peer,
    headers: HeaderMap,
    body: Body<StartEmailSignIn>,
) -> ApiResult<(StatusCode, Json<Challenge>)> {
    require_codes(&state)?;
    let address = parse_address(&body.value.email)?;
    let locale = body.value.locale.filter(|tag| tag.len() <= LONGEST_TAG);
    let wish = Wish::SignIn {
        address,
        device: Cookies::of(&headers).device(&state.config),
        network: peer.network(&state.config),
    };
    code::send(&state, wish, locale).await
}

fn parse_address(typed: &str) -> ApiResult<String> {
    let address = typed.trim();
    let refuse = |code, detail, limit| Err(ApiError::field("/email", code, detail, limit));
    if address.is_empty() {
        return refuse(FieldCode::Required, "an email address is needed", None);
    }
    if address.len() > LONGEST_ADDRESS {
        return refuse(
            FieldCode::TooLong,
            "an email address is not that long",
            Some(LONGEST_ADDRESS as u64),
        );
    }
    if address.parse::<lettre::Address>().is_err() {
        return refuse(
            FieldCode::InvalidFormat,
            "an email address looks like name@example.com",
            None,
        );
    }
    Ok(address.to_owned())
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Body<ConfirmChallenge>,
) -> ApiResult<Response> {
    require_codes(&state)?;
    let code = challenge::digits(&body.value.code)?;
    let id = body.value.challenge_id;
    let sent = Cookies::of(&headers);
    let (old, device) = (sent.session(&state.config), sent.device(&state.config));
    let (secrets, now, config) = (
        state.secrets.clone(),
        state.clock.now(),
        state.config.clone(),
    );
    let proof = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            match challenge::attempt(tx, &secrets, Purpose::SignIn, &id, &code, now)? {
                Verdict::Refused { attempts_left } => Ok(Err(attempts_left)),
                Verdict::Proven(customer) => {
                    // The session before, if any, is dead: nobody can fix an id before the sign-in and use it after.
                    let ended = old
                        .map(|token| store::end(tx, &token))
                        .transpose()?
                        .flatten();
                    let device = devices::remember(tx, device, &customer, now)?;
                    Ok(Ok((
                        store::begin(tx, &customer, now, &config)?,
                        ended,
                        device,
                    )))
                }
            }
        })
        .await?;
    let (token, ended, device) =
        proof.map_err(|left| ApiError::verification_failed(left.into()))?;
    if let Some(session) = ended {
        state.changes.tell(Change::SessionEnded(session));
    }
    let known = cookies::knowing(&state.config, &device);
    let answer = signed_in(&state, token, &headers).await?;
    Ok((AppendHeaders([(SET_COOKIE, known)]), answer).into_response())
}
