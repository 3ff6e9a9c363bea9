//! How a delegation goes on: every change of its state.

use super::history::{self, Entry};
use super::rows::{self, Row};
use crate::http::{ApiError, ApiResult};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::DelegationId;
use portal_contract::delegation::{
    DelegationActor as Actor, DelegationEventKind as Kind, DelegationSide as Side,
    DelegationState as State,
};
use rusqlite::{Connection, params};

/// What somebody says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Say {
    Accept,
    Refuse,
    Revoke,
    GiveUp,
}

impl Say {
    /// Whose word it is, when it is not the company's.
    fn side(self) -> Side {
        match self {
            Self::GiveUp => Side::Delegate,
            Self::Accept | Self::Refuse | Self::Revoke => Side::Person,
        }
    }
}

/// The customer's delegation, on whichever side they are.
pub(crate) fn find(db: &Connection, customer: &CustomerId, id: &DelegationId) -> ApiResult<Row> {
    rows::of(db, customer, id)?.ok_or_else(ApiError::not_found)
}

/// A customer says something to it.
///
/// # Errors
/// `not-found` when it is none of theirs; `invalid-state` when that cannot be said now, or not by them.
pub(crate) fn say(
    tx: &Connection,
    customer: &CustomerId,
    id: &DelegationId,
    say: Say,
    now: Moment,
) -> ApiResult<Row> {
    let row = find(tx, customer, id)?;
    if row.side_of(customer) != Some(say.side()) {
        return Err(ApiError::invalid_state(Vec::new()).reason("other_side"));
    }
    decide(tx, &row, say, now)
}

/// One side has said something: it takes effect, or comes too late.
///
/// # Errors
/// `invalid-state` when it cannot be said now.
pub(crate) fn decide(tx: &Connection, row: &Row, say: Say, now: Moment) -> ApiResult<Row> {
    let standing = row.standing_for(&say.side(), now);
    match (say, &standing.state) {
        (Say::Accept, State::AwaitingPerson) if row.ends_at > now => {
            begin(tx, row, Actor::Person, None, now)?;
        }
        (Say::Refuse, State::AwaitingPerson | State::AwaitingCompany) => refuse(tx, row, now)?,
        (Say::Revoke, State::Active) => {
            let entry = Entry::of(Kind::Revoked, Actor::Person).mailed();
            close(tx, row, &State::Revoked, &entry, now)?;
        }
        (Say::GiveUp, State::Active | State::AwaitingPerson | State::AwaitingCompany) => {
            let mut entry = Entry::of(Kind::GivenUp, Actor::Delegate);
            entry.is_mailed = standing.state == State::Active;
            close(tx, row, &State::GivenUp, &entry, now)?;
        }
        (_, state) => return Err(ApiError::invalid_state(Vec::new()).reason(state.as_str())),
    }
    rows::at(tx, row.seq)?.ok_or_else(ApiError::not_found)
}

/// It holds from now on.
pub(super) fn begin(
    tx: &Connection,
    row: &Row,
    actor: Actor,
    note: Option<&str>,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE delegations SET state = 'active', began_at = ?2, note = coalesce(?3, note), version = version + 1 WHERE seq = ?1",
    )?
    .execute(params![row.seq, now, note])?;
    let entry = Entry {
        note,
        ..Entry::of(Kind::Accepted, actor).mailed()
    };
    history::enter(tx, row, &entry, now)
}

/// The person says no. The version stays: whoever asked must not see by it that somebody answered.
fn refuse(tx: &Connection, row: &Row, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE delegations SET state = 'refused', closed_at = ?2, closed_by = 'person' WHERE seq = ?1",
    )?
    .execute(params![row.seq, now])?;
    let entry = Entry {
        side: Some(Side::Person),
        ..Entry::of(Kind::Refused, Actor::Person)
    };
    history::enter(tx, row, &entry, now)
}

/// It is over. What was handed out under it and not used yet is void with it.
pub(super) fn close(
    tx: &Connection,
    row: &Row,
    state: &State,
    entry: &Entry<'_>,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE delegations SET state = ?2, closed_at = ?3, closed_by = ?4, note = coalesce(?5, note), version = version + 1
          WHERE seq = ?1",
    )?
    .execute(params![
        row.seq,
        state.as_str(),
        now,
        entry.actor.as_str(),
        entry.note
    ])?;
    tx.prepare_cached(
        "UPDATE export_downloads SET expires_at = min(expires_at, ?2) WHERE delegation_seq = ?1",
    )?
    .execute(params![row.seq, now])?;
    history::enter(tx, row, entry, now)
}

/// Writes down what time has ended, and gives whose readers are to be told after the commit.
///
/// # Errors
/// When the database refuses.
pub(super) fn settle(tx: &Connection, now: Moment) -> Result<Vec<CustomerId>, StoreError> {
    let mut told = Vec::new();
    for row in rows::run_out(tx, now)? {
        let system = |kind| Entry::of(kind, Actor::System);
        match row.state {
            State::Active => {
                let entry = system(Kind::Ended).mailed();
                close(tx, &row, &State::Ended, &entry, row.ends_at)?;
            }
            // Refused, which whoever asked is not told: for them it runs out now.
            State::Refused => {
                tx.prepare_cached("UPDATE delegations SET ran_out = 1 WHERE seq = ?1")?
                    .execute([row.seq])?;
                let entry = Entry {
                    side: Some(Side::Delegate),
                    ..system(Kind::Expired)
                };
                history::enter(tx, &row, &entry, row.decide_by)?;
            }
            _ => {
                let entry = system(Kind::Expired);
                close(tx, &row, &State::Expired, &entry, row.decide_by)?;
            }
        }
        told.extend([row.delegate, row.person].into_iter().flatten());
    }
    Ok(told)
}

/// Whether time has ended something that is not written down.
pub(super) fn is_anything_over(db: &Connection, now: Moment) -> Result<bool, StoreError> {
    Ok(!rows::run_out(db, now)?.is_empty())
}
