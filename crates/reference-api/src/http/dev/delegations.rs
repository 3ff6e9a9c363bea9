//! The company decides who acts for whom.

use crate::data_requests::TransitionError;
use crate::delegations::company::{self, CompanyError};
use crate::delegations::rows::Row;
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use axum::Json;
use axum::extract::State;
use portal_contract::delegation::DelegationState;
use portal_contract::{DataRequestId, DelegationId};
use serde::{Deserialize, Serialize};

/// What the company does.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum CompanyActs {
    /// What was shown is enough.
    Accept { id: DelegationId, note: String },
    /// It is not.
    Refuse { id: DelegationId, note: String },
    /// It is over.
    Revoke { id: DelegationId, note: String },
    /// An executor's erasure is meant; `id` is the delegation's, `request` the data request's id or reference.
    ConfirmErasure {
        id: DelegationId,
        request: DataRequestId,
        note: String,
    },
}

/// How it stands then.
#[derive(Serialize)]
pub(super) struct Led {
    state: DelegationState,
}

/// The company acts; open pages of both sides hear of it.
pub(super) async fn act(
    State(state): State<AppState>,
    body: Body<CompanyActs>,
) -> ApiResult<Json<Led>> {
    let office = state.clone();
    let row: Row = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let desk = office.desk();
            Ok(match body.value {
                CompanyActs::Accept { id, note } => company::accept(tx, desk, &id, &note)?,
                CompanyActs::Refuse { id, note } => company::refuse(tx, desk, &id, &note)?,
                CompanyActs::Revoke { id, note } => company::revoke(tx, desk, &id, &note)?,
                CompanyActs::ConfirmErasure { id, request, note } => {
                    company::confirm_erasure(tx, desk, &request, &note)?;
                    company::find(tx, &id)?
                }
            })
        })
        .await?;
    for customer in [row.delegate, row.person].into_iter().flatten() {
        state.changes.tell(Change::Data(customer));
    }
    state.work.ring();
    Ok(Json(Led { state: row.state }))
}

impl From<CompanyError> for ApiError {
    fn from(error: CompanyError) -> Self {
        match error {
            CompanyError::Unknown(_) | CompanyError::Step(TransitionError::Unknown(_)) => {
                Self::not_found()
            }
            CompanyError::Step(TransitionError::Store(error)) => error.into(),
            CompanyError::NoEvidence => Self::malformed(error.to_string()),
            CompanyError::State(..)
            | CompanyError::PersonDecides(_)
            | CompanyError::Nobody(_)
            | CompanyError::NotAnExecutors(_)
            | CompanyError::Step(_) => Self::invalid_state(Vec::new()).detail(error.to_string()),
        }
    }
}
