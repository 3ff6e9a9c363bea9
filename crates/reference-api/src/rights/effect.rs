//! When a right comes into force, and when it ends.

use super::force::{self, Begun};
use super::{purposes, rectify};
use crate::data_requests::timeline::{self, About};
use crate::data_requests::{Desk, Row, Standing};
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::data_request::{DataRequestKind as Kind, DataRequestState as State};
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEventKind as EventKind,
};
use rusqlite::Connection;

/// Whether a right of this kind is in force while, and after, its request runs.
fn stays(kind: &Kind) -> bool {
    match kind {
        Kind::Restriction
        | Kind::Objection
        | Kind::OptOutSaleSharing
        | Kind::LimitSensitive
        | Kind::AutomatedDecisionReview => true,
        Kind::Access | Kind::Portability | Kind::Erasure | Kind::Rectification | Kind::Other(_) => {
            false
        }
    }
}

/// After every step of a request: `row` is how it stood before, `standing` how it stands now.
///
/// # Errors
/// When the database refuses.
pub(crate) fn follow(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    standing: &Standing,
) -> Result<(), StoreError> {
    if row.standing.state == standing.state {
        return Ok(());
    }
    match (&standing.kind, &standing.state) {
        (kind, State::InProgress) if stays(kind) => begin(tx, desk, row),
        (kind, State::Denied | State::Cancelled | State::Expired) if stays(kind) => {
            end(tx, desk, row, &Actor::System)
        }
        // A person has looked: what was held back for that goes on.
        (Kind::AutomatedDecisionReview, State::Completed | State::PartiallyCompleted) => {
            end(tx, desk, row, &Actor::System)
        }
        (Kind::Rectification, State::Completed) => match &row.customer {
            Some(customer) => {
                rectify::apply(tx, customer, &row.proposed, desk.now).map(|_written| ())
            }
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Puts it in force, unless it is already.
fn begin(tx: &Connection, desk: Desk<'_>, row: &Row) -> Result<(), StoreError> {
    let Some(customer) = &row.customer else {
        return Ok(());
    };
    if force::since(tx, &row.id)?.is_some() {
        return Ok(());
    }
    let decided = purposes::say_no(tx, desk, customer, row.kind(), &row.scope)?;
    let begun = Begun {
        request: &row.id,
        customer,
        kind: row.kind().as_str(),
        scope: &row.scope,
        purposes: &decided,
        now: desk.now,
    };
    force::begin(tx, &begun)?;
    note(tx, desk, row, &Actor::System, EventKind::EffectBegan)
}

fn end(tx: &Connection, desk: Desk<'_>, row: &Row, actor: &Actor) -> Result<(), StoreError> {
    let (was_in_force, decided) = force::end(tx, &row.id, desk.now)?;
    if !was_in_force {
        return Ok(());
    }
    if let Some(customer) = &row.customer {
        purposes::take_back(tx, desk, customer, &decided)?;
    }
    note(tx, desk, row, actor, EventKind::EffectEnded)
}

fn note(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    actor: &Actor,
    kind: EventKind,
) -> Result<(), StoreError> {
    timeline::note(tx, row.seq, actor, kind, &About::default(), desk.now)
}

/// Since when what the request asked for has been in force, and nothing while it is not; `None` of a kind that brings about nothing
/// lasting.
///
/// # Errors
/// When the database refuses.
pub(crate) fn in_force(db: &Connection, row: &Row) -> Result<Option<Option<Moment>>, StoreError> {
    match stays(row.kind()) {
        true => force::since(db, &row.id).map(Some),
        false => Ok(None),
    }
}

/// The customer ends it.
///
/// # Errors
/// When the database refuses.
pub(crate) fn lift(tx: &Connection, desk: Desk<'_>, row: &Row) -> Result<(), StoreError> {
    end(tx, desk, row, &Actor::Customer)
}
