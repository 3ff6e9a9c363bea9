//! What the browser asks for by itself: Global Privacy Control, in a header or told by the portal.

use super::describe;
use super::store::{self, Live, Presence};
use crate::consents;
use crate::http::credential::Credential;
use crate::http::extract::{Body, CurrentCustomer};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use portal_contract::session::{Session, Signals};

/// What this request asks for (`Sec-GPC: 1`).
pub(crate) fn of(headers: &HeaderMap) -> Signals {
    Signals {
        gpc: headers.get("sec-gpc").is_some_and(|value| value == "1"),
    }
}

/// Honours what comes with a request of this session, once a session; whether the session asks for it.
pub(crate) async fn heed(state: &AppState, live: &Live, headers: &HeaderMap) -> ApiResult<bool> {
    if !live.gpc && of(headers).gpc {
        honour(state, &live.customer).await?;
        return Ok(true);
    }
    Ok(live.gpc)
}

/// The portal tells what no header told; that there is no signal takes nothing back.
pub(super) async fn report(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    headers: HeaderMap,
    body: Body<Signals>,
) -> ApiResult<Json<Session>> {
    if body.value.gpc {
        honour(&state, &customer).await?;
    }
    let Credential::Session(token, carrier) = Credential::of(&headers, &state.config) else {
        return Err(ApiError::unauthenticated());
    };
    let live = store::find(&state, token, carrier, Presence::Active)
        .await?
        .ok_or_else(ApiError::unauthenticated)?;
    let gpc = live.gpc;
    Ok(Json(describe(&state, &live, Signals { gpc })))
}

async fn honour(state: &AppState, customer: &CurrentCustomer) -> ApiResult<()> {
    let (config, now) = (state.config.clone(), state.clock.now());
    let (id, session, mark) = (
        customer.id.clone(),
        customer.session_id,
        consents::mark(&state.secrets, &customer.id),
    );
    let honoured = state
        .store
        .write(move |tx| {
            store::remember_gpc(tx, session)?;
            let usual = &config.company.locales;
            consents::honour(tx, &config.purposes, usual, &id, &mark, now)
        })
        .await?;
    if honoured > 0 {
        state.changes.tell(Change::Data(customer.id.clone()));
    }
    Ok(())
}
