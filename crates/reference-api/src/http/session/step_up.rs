//! A fresh proof before a sensitive act: a code to the address that the customer signs in with.

use super::challenge::{self, Purpose, Verdict};
use super::code::{self, Wish};
use super::{require_codes, signed_in, store};
use crate::http::extract::{Body, CurrentCustomer};
use crate::http::state::AppState;
use crate::http::{ApiError, ApiResult};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use portal_contract::session::{Challenge, ConfirmChallenge, Scope};

pub(super) async fn start(
    State(state): State<AppState>,
    customer: CurrentCustomer,
) -> ApiResult<(StatusCode, Json<Challenge>)> {
    require_codes(&state)?;
    customer.require(&Scope::StepUp)?;
    let wish = Wish::StepUp(customer.session_id, customer.id);
    code::send(&state, wish, customer.record_locale).await
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    headers: HeaderMap,
    body: Body<ConfirmChallenge>,
) -> ApiResult<Response> {
    require_codes(&state)?;
    customer.require(&Scope::StepUp)?;
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
