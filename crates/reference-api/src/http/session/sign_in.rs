//! Signing in with a code sent by email.

use super::challenge::{self, Issued, Purpose, Verdict, Wanted};
use super::quota::Quota;
use super::{Cookies, signed_in, store};
use crate::http::extract::{Body, Peer};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult};
use crate::mail::{CodeMail, CodePurpose};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use portal_contract::FieldCode;
use portal_contract::session::{Challenge, ConfirmChallenge, StartEmailSignIn};

/// The longest address that SMTP carries (RFC 5321), in bytes.
const LONGEST_ADDRESS: usize = 254;

/// The longest language tag that is kept; what is longer is no tag of a language that we have.
const LONGEST_TAG: usize = 35;

pub(super) async fn start(
    State(state): State<AppState>,
    peer: Peer,
    body: Body<StartEmailSignIn>,
) -> ApiResult<(StatusCode, Json<Challenge>)> {
    let address = parse_address(&body.value.email)?;
    let locale = body.value.locale.filter(|tag| tag.len() <= LONGEST_TAG);
    let network = network_quota(&state, &peer);
    let Issued { challenge, mail } = {
        let (secrets, now) = (state.secrets.clone(), state.clock.now());
        let per_address = state.config.sign_in.codes_per_address;
        state
            .store
            .transact(move |tx| {
                let wanted = Wanted {
                    purpose: Purpose::SignIn,
                    address: &address,
                    network,
                    per_address,
                };
                challenge::issue(tx, &secrets, &wanted, now)
            })
            .await?
    };
    if let Some((code, to)) = mail {
        state.mailer.send_code(CodeMail {
            to,
            locale,
            code,
            purpose: CodePurpose::SignIn,
        });
    }
    Ok((StatusCode::ACCEPTED, Json(challenge)))
}

/// How many codes this network address can ask for.
pub(super) fn network_quota(state: &AppState, peer: &Peer) -> Quota {
    Quota {
        bucket: state
            .secrets
            .mac("quota:network", &[peer.network(&state.config).as_bytes()]),
        limit: state.config.sign_in.codes_per_network,
    }
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
    let code = challenge::digits(&body.value.code)?;
    let id = body.value.challenge_id;
    let old = Cookies::of(&headers).session(&state.config);
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
                    Ok(Ok((store::begin(tx, &customer, now, &config)?, ended)))
                }
            }
        })
        .await?;
    let (token, ended) = proof.map_err(|left| ApiError::verification_failed(left.into()))?;
    if let Some(session) = ended {
        state.changes.tell(Change::SessionEnded(session));
    }
    signed_in(&state, token, &headers).await
}
