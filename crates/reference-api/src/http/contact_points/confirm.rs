//! The code that arrived is entered.

use super::{Later, answer, point_id, scene};
use crate::contact_points::acts::find;
use crate::contact_points::{Verdict, attempt};
use crate::http::PathIds;
use crate::http::session::digits;
use crate::http::{
    ApiError, ApiResult, AppState, Body, CurrentCustomer, IdempotencyKeyHeader, once,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use portal_contract::VerificationId;
use portal_contract::contact_point::ConfirmVerification;
use portal_contract::session::Scope;

/// A try is counted in a transaction of its own, so that a refusal, which leaves no record under its key, still counts. A code
/// that was entered already goes on to the record of its first answer.
pub(super) async fn confirm(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<ConfirmVerification>,
) -> ApiResult<Response> {
    customer.require(&Scope::ContactPointsWrite)?;
    let (scene, id) = (scene(&state, &customer), point_id(&ids)?);
    let by: VerificationId = ids.get("verification_id")?;
    let entered = body.value.code.clone();
    let (later, secrets) = (Later::default(), state.secrets.clone());
    let (attempted, code) = {
        let (scene, id, by, secrets) = (scene.clone(), id.clone(), by.clone(), secrets.clone());
        state
            .store
            .transact::<_, ApiError, _>(move |tx| {
                let points = scene.points(tx)?;
                let point = find(&points, &id)?;
                // Only now: about another's contact point nothing is said, not even that the code is none.
                let code = digits(&entered)?;
                let verdict = attempt(tx, &secrets, point, &by, &code, scene.now)?;
                Ok((verdict, code))
            })
            .await?
    };
    refuse_wrong(attempted)?;
    let kept = later.clone();
    let response = once(&state, &customer, key, body.fingerprint, move |tx| {
        let points = scene.points(tx)?;
        let point = find(&points, &id)?;
        match attempt(tx, &secrets, point, &by, &code, scene.now)? {
            Verdict::Right => {}
            Verdict::Used => return Err(ApiError::link_expired()),
            verdict => refuse_wrong(verdict)?,
        }
        kept.keep(scene.confirm(tx, &id, &by)?);
        Ok(answer(StatusCode::OK, &scene.wire(tx, &id)?))
    })
    .await?;
    later.act(&state, &customer);
    Ok(response)
}

fn refuse_wrong(verdict: Verdict) -> ApiResult<()> {
    match verdict {
        Verdict::Right | Verdict::Used => Ok(()),
        Verdict::Wrong(left) => Err(ApiError::verification_failed(left.into())),
        Verdict::Gone => Err(ApiError::link_expired()),
    }
}
