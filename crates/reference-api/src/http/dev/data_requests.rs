//! The company works on data requests.

use crate::data_requests::company::{self, CompanyError};
use crate::data_requests::{Desk, Row, TransitionError};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use axum::Json;
use axum::extract::State;
use portal_contract::DataRequestId;
use portal_contract::data_request::DataRequestState;
use portal_contract::data_request_event::QuestionPurpose;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// Who writes, in a demonstration.
const BY: &str = "Noor, data protection";

/// What the company does; `id` is the request's id or its reference.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum CompanyActs {
    /// Takes the next step.
    Advance {
        id: DataRequestId,
        note: Option<String>,
    },
    /// Does it in part.
    Partly {
        id: DataRequestId,
        reason: String,
        note: String,
    },
    /// Refuses.
    Deny {
        id: DataRequestId,
        reason: String,
        note: String,
    },
    /// Takes more time.
    Extend { id: DataRequestId, reason: String },
    /// Asks.
    Ask {
        id: DataRequestId,
        text: String,
        purpose: QuestionPurpose,
    },
    /// Writes.
    Answer { id: DataRequestId, text: String },
}

/// How the request stands then.
#[derive(Serialize)]
pub(super) struct Led {
    state: DataRequestState,
}

/// The company acts; open pages hear of it.
pub(super) async fn act(
    State(state): State<AppState>,
    body: Body<CompanyActs>,
) -> ApiResult<Json<Led>> {
    let (config, secrets, now) = (
        state.config.clone(),
        state.secrets.clone(),
        state.clock.now(),
    );
    let row = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let desk = Desk {
                config: &config,
                secrets: &secrets,
                now,
            };
            Ok(perform(tx, desk, body.value)?)
        })
        .await?;
    if let Some(customer) = row.customer {
        state.changes.tell(Change::Data(customer));
    }
    state.work.ring();
    Ok(Json(Led {
        state: row.standing.state,
    }))
}

fn perform(tx: &Connection, desk: Desk<'_>, act: CompanyActs) -> Result<Row, CompanyError> {
    match act {
        CompanyActs::Advance { id, note } => company::advance(tx, desk, &id, note.as_deref()),
        CompanyActs::Partly { id, reason, note } => {
            company::complete_partially(tx, desk, &id, company::reason(&reason)?, &note)
        }
        CompanyActs::Deny { id, reason, note } => {
            company::deny(tx, desk, &id, company::reason(&reason)?, &note)
        }
        CompanyActs::Extend { id, reason } => company::extend(tx, desk, &id, &reason),
        CompanyActs::Ask { id, text, purpose } => company::ask(tx, desk, &id, (BY, &text), purpose),
        CompanyActs::Answer { id, text } => company::answer(tx, desk, &id, (BY, &text)),
    }
}

impl From<CompanyError> for ApiError {
    fn from(error: CompanyError) -> Self {
        match error {
            CompanyError::Step(TransitionError::Unknown(_)) => Self::not_found(),
            CompanyError::Step(TransitionError::Store(error)) => error.into(),
            CompanyError::Step(TransitionError::Refused { .. })
            | CompanyError::Waits { .. }
            | CompanyError::Closed { .. } => {
                Self::invalid_state(Vec::new()).detail(error.to_string())
            }
            CompanyError::Empty | CompanyError::NoSuchReason(..) => {
                Self::malformed(error.to_string())
            }
        }
    }
}
