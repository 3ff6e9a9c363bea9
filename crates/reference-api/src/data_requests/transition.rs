//! The one way in which a request goes on. State, deadlines, timeline, what is to run and what is in force change in one transaction.

use super::rows::{self, Row};
use super::standing::{Refusal, Standing, Step, step};
use super::timeline::{self, About};
use super::{effects, work};
use crate::config::Config;
use crate::delegations::wire::follower;
use crate::http::AppState;
use crate::secrets::Secrets;
use crate::store::time::Moment;
use crate::store::{StoreError, events};
use portal_contract::DataRequestId;
use portal_contract::data_request_event::DataRequestActor as Actor;
use portal_contract::event::EventKind;
use rusqlite::Connection;

/// What goes on with a request needs to know.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The server's keys.
    pub(crate) secrets: &'a Secrets,
    /// Now.
    pub now: Moment,
}

impl AppState {
    /// The desk of this moment.
    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk {
            config: &self.config,
            secrets: &self.secrets,
            now: self.clock.now(),
        }
    }
}

/// Why a request did not go on.
#[derive(Debug, thiserror::Error)]
pub enum TransitionError {
    /// There is no such request.
    #[error("there is no data request {0}: `requests list` shows what there is")]
    Unknown(DataRequestId),
    /// The step cannot be taken.
    #[error("{reference} is {state}: {refusal}")]
    Refused {
        /// Which request.
        reference: String,
        /// How it stands.
        state: String,
        /// Why not.
        refusal: Refusal,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for TransitionError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Takes a step with the request, and gives how it stands then. Tell its customer's readers after the commit.
///
/// # Errors
/// When there is no such request, the step cannot be taken now or not by this actor, or the database refuses. Nothing is written then.
pub fn transition(
    tx: &Connection,
    desk: Desk<'_>,
    id: &DataRequestId,
    actor: &Actor,
    taken: &Step,
) -> Result<Row, TransitionError> {
    let row = rows::any(tx, id)?.ok_or_else(|| TransitionError::Unknown(id.clone()))?;
    let calendar = row.calendar(&desk.config.data_rights);
    let outcome = step(&row.standing, &calendar, actor, taken, desk.now);
    let (standing, entries) = outcome.map_err(|refusal| TransitionError::Refused {
        reference: row.reference.clone(),
        state: row.standing.state.as_str().to_owned(),
        refusal,
    })?;
    rows::save(tx, row.seq, &standing, desk.now)?;
    for entry in &entries {
        timeline::enter(tx, row.seq, actor, entry, &About::default(), desk.now)?;
    }
    if matches!(actor, Actor::Company | Actor::System) {
        rows::company_acted(tx, row.seq, desk.now)?;
    }
    follow(tx, desk, &row, &standing)?;
    let after = rows::any(tx, &row.id)?.ok_or_else(|| TransitionError::Unknown(id.clone()))?;
    tell(tx, &after, &EventKind::DataRequestUpdated, desk.now)?;
    Ok(after)
}

/// What comes of it: work to run, rights in force.
fn follow(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    standing: &Standing,
) -> Result<(), StoreError> {
    work::follow(tx, desk, row, standing)?;
    effects::follow(tx, desk, row, standing)
}

/// Enters into the change feeds of the customer, and of whoever made it in their name, that the request changed; nobody's changes are told to nobody.
///
/// # Errors
/// When the database refuses.
pub fn tell(tx: &Connection, row: &Row, kind: &EventKind, now: Moment) -> Result<(), StoreError> {
    let Some(customer) = &row.customer else {
        return Ok(());
    };
    let about = ("data_request", row.id.as_str());
    events::emit_about(tx, customer, kind, about, Some(&row.etag()), now)?;
    match follower(tx, row, now)? {
        Some(delegate) => events::emit_about(tx, &delegate, kind, about, Some(&row.etag()), now),
        None => Ok(()),
    }
}
