//! The company acts on feedback, and asks for it.

use super::sample::base;
use crate::feedback::company::{self, CompanyError, ImprovementText, NewImprovement, Reply};
use crate::feedback::{ask, telling};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use crate::store::customers::CustomerId;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use portal_contract::feedback::FeedbackStatus;
use portal_contract::improvement::ImprovementState;
use portal_contract::{FeedbackId, FeedbackRequestId, ImprovementId, InteractionId};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// What the company does.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum CompanyActs {
    /// Asks about an interaction at once, whatever was asked lately.
    Request { interaction_id: InteractionId },
    /// Answers.
    Answer {
        feedback_id: FeedbackId,
        by: String,
        text: String,
        lang: Option<String>,
    },
    /// Says how far it has come.
    State {
        feedback_id: FeedbackId,
        status: FeedbackStatus,
        note: Option<String>,
    },
    /// Enters an improvement with feedback behind it.
    Improve {
        feedback_ids: Vec<FeedbackId>,
        title: String,
        you_said: String,
        we_did: String,
        state: ImprovementState,
    },
    /// An improvement is done.
    Finish { improvement_id: ImprovementId },
}

/// What it led to.
#[derive(Default, Serialize)]
pub(super) struct Led {
    request_id: Option<FeedbackRequestId>,
    improvement_id: Option<ImprovementId>,
}

/// The company acts; open pages hear of it.
pub(super) async fn act(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Body<CompanyActs>,
) -> ApiResult<Json<Led>> {
    let parts = state.clone();
    let (told, led) = state
        .store
        .transact::<_, ApiError, _>(move |tx| perform(tx, &parts, body.value))
        .await?;
    for customer in told {
        state.changes.tell(Change::Data(customer));
    }
    telling::tell(&state, &base(&state, &headers)).await?;
    Ok(Json(led))
}

fn perform(
    tx: &Connection,
    state: &AppState,
    act: CompanyActs,
) -> ApiResult<(Vec<CustomerId>, Led)> {
    let now = state.clock.now();
    let mut led = Led::default();
    let told = match act {
        CompanyActs::Request { interaction_id } => {
            let asked = ask::at_once(tx, &state.config.surveys, &interaction_id, now)?;
            let (customer, id) = asked.ok_or_else(ApiError::not_found)?;
            led.request_id = Some(id);
            vec![customer]
        }
        CompanyActs::Answer {
            feedback_id,
            by,
            text,
            lang,
        } => {
            let reply = Reply { by, text, lang };
            vec![company::answer(tx, &feedback_id, &reply, now)?]
        }
        CompanyActs::State {
            feedback_id,
            status,
            note,
        } => {
            let note = note.as_deref();
            vec![company::set_status(tx, &feedback_id, &status, note, now)?]
        }
        CompanyActs::Improve {
            feedback_ids,
            title,
            you_said,
            we_did,
            state,
        } => {
            let text = ImprovementText {
                title,
                you_said,
                we_did,
            };
            let new = NewImprovement {
                state,
                texts: std::iter::once(("en".to_owned(), text)).collect(),
                others: 0,
            };
            let id = company::add_improvement(tx, &new, now)?;
            let mut told = Vec::new();
            for feedback in &feedback_ids {
                told.push(company::link(tx, &id, feedback, now)?);
            }
            led.improvement_id = Some(id);
            told
        }
        CompanyActs::Finish { improvement_id } => company::finish(tx, &improvement_id, now)?,
    };
    Ok((told, led))
}

impl From<CompanyError> for ApiError {
    fn from(error: CompanyError) -> Self {
        match error {
            CompanyError::NoFeedback(_) | CompanyError::NoImprovement(_) => Self::not_found(),
            CompanyError::Withdrawn(_) => Self::invalid_state(Vec::new()).detail(error.to_string()),
            CompanyError::NoSuchState(_) | CompanyError::NoReason | CompanyError::Empty(_) => {
                Self::malformed(error.to_string())
            }
            CompanyError::Store(error) => error.into(),
        }
    }
}
