//! The company's side: what an operator does with requests. Every state is reached by it and by what it waits for.

use super::messages;
use super::rows::{self, Row};
use super::standing::Step;
use super::timeline;
use super::transition::{Desk, TransitionError, transition};
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::DataRequestId;
use portal_contract::data_request::{
    DataRequestKind as Kind, DataRequestOutcome, DataRequestReason, DataRequestState as State,
};
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEvent, DataRequestMessage, QuestionPurpose,
};
use rusqlite::Connection;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// The step cannot be taken.
    #[error(transparent)]
    Step(#[from] TransitionError),
    /// It waits for somebody else.
    #[error("{reference} is {state}: it goes on by itself when {waits_for}")]
    Waits {
        /// Which request.
        reference: String,
        /// How it stands.
        state: String,
        /// For what.
        waits_for: &'static str,
    },
    /// It is over.
    #[error("{reference} is {state}: nothing more happens to it")]
    Closed {
        /// Which request.
        reference: String,
        /// How it stands.
        state: String,
    },
    /// Nothing was written.
    #[error("the words are empty: write something for the customer")]
    Empty,
    /// Not a reason of the contract.
    #[error("{0:?} is no reason: it is one of {1}")]
    NoSuchReason(String, String),
}

impl From<StoreError> for CompanyError {
    fn from(error: StoreError) -> Self {
        Self::Step(error.into())
    }
}

/// The request of this id or reference.
///
/// # Errors
/// When there is none.
pub fn find(db: &Connection, id: &DataRequestId) -> Result<Row, CompanyError> {
    let found = rows::any(db, id)?;
    Ok(found.ok_or_else(|| TransitionError::Unknown(id.clone()))?)
}

/// What was said about it, and its timeline.
///
/// # Errors
/// When the database refuses.
pub fn history(
    db: &Connection,
    row: &Row,
) -> Result<(Vec<DataRequestMessage>, Vec<DataRequestEvent>), StoreError> {
    const ALL: usize = 10_000;
    Ok((
        messages::page(db, row.seq, None, ALL)?.items,
        timeline::page(db, row.seq, None, ALL)?.items,
    ))
}

/// Takes the next step that the company takes: begins what arrived, schedules or completes what is under way.
///
/// # Errors
/// When the next step is not the company's.
pub fn advance(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    note: Option<&str>,
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    let step = next_step(&row, desk, note)?;
    Ok(transition(tx, desk, &row.id, &Actor::Company, &step)?)
}

fn next_step(row: &Row, desk: Desk<'_>, note: Option<&str>) -> Result<Step, CompanyError> {
    let waits = |waits_for| CompanyError::Waits {
        reference: row.reference.clone(),
        state: row.standing.state.as_str().to_owned(),
        waits_for,
    };
    match (&row.standing.state, row.kind()) {
        (State::Received | State::AwaitingVerification, _) => Ok(Step::Begin),
        (State::AwaitingConfirmation, _) => Err(waits("the customer confirms it")),
        (State::AwaitingCustomer, _) => Err(waits("the customer answers")),
        (State::InProgress, Kind::Access | Kind::Portability) => {
            Err(waits("the server has made the copy"))
        }
        (State::InProgress, Kind::Erasure) => Ok(Step::Schedule {
            runs_at: runs_at(row, desk),
        }),
        (State::InProgress, _) => Ok(Step::Complete {
            outcome: outcome(row, note),
        }),
        (State::Ready, _) => Err(waits("the customer has fetched the copy, or it runs out")),
        (State::Scheduled, _) => Err(waits("its time has come and the server has erased")),
        _ => Err(CompanyError::Closed {
            reference: row.reference.clone(),
            state: row.standing.state.as_str().to_owned(),
        }),
    }
}

/// Says in place of a customer who cannot that an erasure is meant, and schedules it.
///
/// # Errors
/// When it does not wait for that.
pub(crate) fn confirm(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
) -> Result<Row, TransitionError> {
    let row = transition(tx, desk, id, &Actor::Company, &Step::Confirm)?;
    let runs_at = runs_at(&row, desk);
    transition(tx, desk, id, &Actor::System, &Step::Schedule { runs_at })
}

/// When an erasure that is meant runs.
pub(super) fn runs_at(row: &Row, desk: Desk<'_>) -> Moment {
    after_cooling_off(desk, row.standing.confirmed_at.unwrap_or(desk.now)).max(desk.now)
}

/// When the time to think again is over.
pub(crate) fn after_cooling_off(desk: Desk<'_>, confirmed: Moment) -> Moment {
    let days = i64::from(desk.config.data_rights.cooling_off_days);
    confirmed.plus_seconds(days * 24 * 60 * 60)
}

fn outcome(row: &Row, note: Option<&str>) -> DataRequestOutcome {
    DataRequestOutcome {
        note: note.map(str::to_owned),
        records: u64::try_from(row.proposed.len()).unwrap_or(u64::MAX),
        retained: Vec::new(),
        in_force: None,
    }
}

/// Does it in part.
///
/// # Errors
/// When it is not under way, or nothing is said.
pub fn complete_partially(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    reason: DataRequestReason,
    note: &str,
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    let note = said(note)?;
    let step = Step::CompletePartially {
        reason,
        outcome: outcome(&row, Some(note)),
    };
    Ok(transition(tx, desk, &row.id, &Actor::Company, &step)?)
}

/// Refuses it.
///
/// # Errors
/// When it is over, or nothing is said.
pub fn deny(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    reason: DataRequestReason,
    note: &str,
) -> Result<Row, CompanyError> {
    let step = Step::Deny {
        reason,
        note: said(note)?.to_owned(),
    };
    Ok(transition(tx, desk, id, &Actor::Company, &step)?)
}

/// Takes more time.
///
/// # Errors
/// When it was taken before, is over, or nothing is said.
pub fn extend(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    reason: &str,
) -> Result<Row, CompanyError> {
    let step = Step::Extend {
        reason: said(reason)?.to_owned(),
    };
    Ok(transition(tx, desk, id, &Actor::Company, &step)?)
}

/// Asks the customer; the request waits for the answer.
///
/// # Errors
/// When nothing can be asked now, or nothing is said.
pub fn ask(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    (author, text): (&str, &str),
    purpose: QuestionPurpose,
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    let days = desk.config.data_rights.answer_days;
    let answer_by = row
        .calendar(&desk.config.data_rights)
        .days_later(desk.now, days);
    let asked = (purpose, answer_by);
    Ok(messages::ask(tx, desk, &row, author, said(text)?, asked)?)
}

/// Writes to the customer.
///
/// # Errors
/// When there is no such request, it has no customer any more, or nothing is said.
pub fn answer(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    (author, text): (&str, &str),
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    if row.customer.is_none() {
        return Err(CompanyError::Closed {
            reference: row.reference,
            state: row.standing.state.as_str().to_owned(),
        });
    }
    messages::from_company(tx, desk, &row, author, said(text)?)?;
    find(tx, &row.id)
}

fn said(text: &str) -> Result<&str, CompanyError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CompanyError::Empty);
    }
    Ok(text)
}

/// The reason of this name.
///
/// # Errors
/// With those that there are.
pub fn reason(name: &str) -> Result<DataRequestReason, CompanyError> {
    let known = DataRequestReason::KNOWN;
    known
        .iter()
        .find(|reason| reason.as_str() == name)
        .cloned()
        .ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(DataRequestReason::as_str).collect();
            CompanyError::NoSuchReason(name.to_owned(), names.join(", "))
        })
}
