//! A fresh proof before a sensitive act: a code to the address that the customer signs in with.

use super::challenge::{self, Issued, Purpose, Verdict, Wanted};
use super::sign_in::network_quota;
use super::{signed_in, store};
use crate::http::extract::{Body, CurrentCustomer, Peer};
use crate::http::state::AppState;
use crate::http::{ApiError, ApiResult};
use crate::mail::{CodeMail, CodePurpose};
use crate::store::customers;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use portal_contract::session::{Challenge, ConfirmChallenge};

pub(super) async fn start(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    peer: Peer,
) -> ApiResult<(StatusCode, Json<Challenge>)> {
    let network = network_quota(&state, &peer);
    let purpose = Purpose::StepUp(customer.session_id);
    let Issued { challenge, mail } = {
        let (secrets, now, id) = (state.secrets.clone(), state.clock.now(), customer.id);
        let per_address = state.config.sign_in.codes_per_address;
        state
            .store
            .transact::<_, ApiError, _>(move |tx| {
                // Without an address there is no other proof than signing in again.
                let address =
                    customers::login_address(tx, &id)?.ok_or_else(ApiError::unauthenticated)?;
                let wanted = Wanted {
                    purpose,
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
            locale: customer.locale,
            code,
            purpose: CodePurpose::StepUp,
        });
    }
    Ok((StatusCode::ACCEPTED, Json(challenge)))
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    headers: HeaderMap,
    body: Body<ConfirmChallenge>,
) -> ApiResult<Response> {
    let code = challenge::digits(&body.value.code)?;
    let id = body.value.challenge_id;
    let (secrets, now, session) = (
        state.secrets.clone(),
        state.clock.now(),
        customer.session_id,
    );
    let proof = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            match challenge::attempt(tx, &secrets, Purpose::StepUp(session), &id, &code, now)? {
                Verdict::Proven(proven) if proven == customer.id => {
                    Ok(Ok(store::renew(tx, session, now)?))
                }
                Verdict::Proven(_) => Ok(Err(0)),
                Verdict::Refused { attempts_left } => Ok(Err(attempts_left)),
            }
        })
        .await?;
    let token = proof.map_err(|left| ApiError::verification_failed(left.into()))?;
    signed_in(&state, token, &headers).await
}
