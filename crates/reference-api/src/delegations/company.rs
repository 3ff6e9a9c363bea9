//! The company's side: what an operator decides, with what shows it.

use super::acts::{begin, close};
use super::history::{self, Entry};
use super::rows::{self, Row};
use crate::data_requests::{self, Desk, TransitionError};
use crate::store::StoreError;
use portal_contract::data_request::DataRequestState;
use portal_contract::delegation::{
    DelegationActor as Actor, DelegationEventKind as Kind, DelegationRole as Role,
    DelegationState as State,
};
use portal_contract::{DataRequestId, DelegationId};
use rusqlite::Connection;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// There is none of that id.
    #[error("there is no delegation {0}: `delegations list` shows what there is")]
    Unknown(DelegationId),
    /// It is not in a state for that.
    #[error("{0} is {1}: that cannot be done now")]
    State(DelegationId, String),
    /// The person decides.
    #[error("{0} is an agent's: the person confirms it, from their own mailbox or signed in")]
    PersonDecides(DelegationId),
    /// The address is nobody's.
    #[error("{0} is about an address that no customer here has: there is nothing to act on")]
    Nobody(DelegationId),
    /// What shows it was not said.
    #[error("say what shows it: a certificate, its number, where the copy lies")]
    NoEvidence,
    /// The erasure is not one that an executor asked for, or does not wait.
    #[error("{0} is no erasure of an executor's that waits to be confirmed")]
    NotAnExecutors(DataRequestId),
    /// The data request did not go on.
    #[error(transparent)]
    Step(#[from] TransitionError),
}

impl From<StoreError> for CompanyError {
    fn from(error: StoreError) -> Self {
        Self::Step(error.into())
    }
}

/// The one of this id.
///
/// # Errors
/// When there is none.
pub fn find(db: &Connection, id: &DelegationId) -> Result<Row, CompanyError> {
    rows::any(db, id)?.ok_or_else(|| CompanyError::Unknown(id.clone()))
}

/// The company is satisfied: it holds. `evidence` says by what, and both sides read it.
///
/// # Errors
/// When it does not wait, the person decides it, or the address is nobody's.
pub fn accept(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DelegationId,
    evidence: &str,
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    let state = row.standing(desk.now).state;
    let waits = matches!(state, State::AwaitingPerson | State::AwaitingCompany);
    if !waits || row.ends_at <= desk.now {
        return Err(wrong(&row, desk));
    }
    if !matches!(row.role, Role::Parent | Role::Executor) {
        return Err(CompanyError::PersonDecides(row.id));
    }
    if row.person.is_none() {
        return Err(CompanyError::Nobody(row.id));
    }
    begin(tx, &row, Actor::Company, Some(said(evidence)?), desk.now)?;
    find(tx, id)
}

/// The company is not satisfied.
///
/// # Errors
/// When it does not wait, or nothing is said.
pub fn refuse(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DelegationId,
    words: &str,
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    match row.standing(desk.now).state {
        State::AwaitingPerson | State::AwaitingCompany => {
            over(tx, desk, &row, (State::Refused, Kind::Refused), words)
        }
        _ => Err(wrong(&row, desk)),
    }
}

/// The company ends it.
///
/// # Errors
/// When it does not hold, or nothing is said.
pub fn revoke(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DelegationId,
    words: &str,
) -> Result<Row, CompanyError> {
    let row = find(tx, id)?;
    match row.standing(desk.now).state {
        State::Active => over(tx, desk, &row, (State::Revoked, Kind::Revoked), words),
        _ => Err(wrong(&row, desk)),
    }
}

fn over(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    (state, kind): (State, Kind),
    words: &str,
) -> Result<Row, CompanyError> {
    let entry = Entry {
        note: Some(said(words)?),
        is_mailed: kind == Kind::Revoked,
        ..Entry::of(kind, Actor::Company)
    };
    close(tx, row, &state, &entry, desk.now)?;
    find(tx, &row.id)
}

/// An erasure that an executor asked for is meant: the person cannot say so any more.
///
/// # Errors
/// When it is none, or nothing is said.
pub fn confirm_erasure(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    evidence: &str,
) -> Result<data_requests::Row, CompanyError> {
    let evidence = said(evidence)?;
    let not_one = || CompanyError::NotAnExecutors(id.clone());
    let request = data_requests::rows::any(tx, id)?.ok_or_else(not_one)?;
    let is_executors = request.filed_role.as_deref() == Some(Role::Executor.as_str());
    if !is_executors || request.standing.state != DataRequestState::AwaitingConfirmation {
        return Err(not_one());
    }
    let confirmed = data_requests::company::confirm(tx, desk, &request.id)?;
    if let Some(row) = request
        .delegation
        .map(|seq| rows::at(tx, seq))
        .transpose()?
        .flatten()
    {
        let entry = Entry {
            note: Some(evidence),
            ..Entry::of(Kind::ErasureConfirmed, Actor::Company).about(request.seq)
        };
        history::enter(tx, &row, &entry, desk.now)?;
    }
    Ok(confirmed)
}

fn wrong(row: &Row, desk: Desk<'_>) -> CompanyError {
    let state = row.standing(desk.now).state;
    CompanyError::State(row.id.clone(), state.as_str().to_owned())
}

fn said(words: &str) -> Result<&str, CompanyError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(CompanyError::NoEvidence);
    }
    Ok(words)
}
