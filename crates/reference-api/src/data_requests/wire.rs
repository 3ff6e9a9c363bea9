//! A request as the contract has it.

use super::desk::{self, Customer};
use super::machine::is_closed;
use super::rows::Row;
use super::{artifacts, effects, messages, rights};
use crate::config::Config;
use crate::delegations::{self, Acting};
use crate::secrets::{Secrets, hex};
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::artifact::{Artifact, ArtifactState};
use portal_contract::data_request::{
    DataRequest, DataRequestAction as Action, DataRequestKind as Kind, DataRequestOutcome,
    DataRequestProgress, DataRequestState as State, Extension, LegalClock, TrackedDataRequest,
};
use portal_contract::{DataRequestId, Timestamp};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

fn timestamp(moment: Option<Moment>) -> Option<Timestamp> {
    moment.map(Moment::to_timestamp)
}

impl Customer {
    /// The request, whole.
    pub(crate) fn whole(&self, db: &Connection, row: Row) -> Result<DataRequest, StoreError> {
        let artifacts = artifacts::of(db, row.seq)?;
        let in_force = effects::in_force(db, &row)?;
        let in_force_since = in_force.flatten().map(Moment::to_timestamp);
        let in_force = in_force.map(|since| since.is_some());
        let filed_by = delegations::wire::filed_by(db, &row)?;
        let is_theirs = |action: &Action| self.acting.is_none() || Acting::may(action);
        let mut allowed_actions = actions(&row, &artifacts, in_force);
        allowed_actions.retain(is_theirs);
        let question_id = match row.standing.state {
            State::AwaitingCustomer | State::AwaitingVerification => {
                messages::open_question(db, row.seq)?
            }
            _ => None,
        };
        let unread = match self.acting {
            Some(_) => row.is_unread_by_delegate(),
            None => row.is_unread(),
        };
        let etag = row.etag();
        let standing = row.standing;
        let refused = matches!(standing.state, State::Denied | State::PartiallyCompleted);
        Ok(DataRequest {
            reference: row.reference,
            scope: row.scope,
            formats: row.formats,
            proposed: row.proposed,
            text: row.text,
            filed_by,
            status_reason: standing.status_reason,
            status_note: standing.status_note,
            submitted_at: standing.submitted_at.to_timestamp(),
            updated_at: row.updated_at.to_timestamp(),
            closed_at: timestamp(standing.closed_at),
            acknowledge_by: timestamp(row.acknowledge_by),
            acknowledged_at: timestamp(standing.acknowledged_at),
            extension: standing.extension.and_then(|extended| {
                Some(Extension {
                    reason: extended.reason,
                    until: timestamp(standing.due_at)?,
                    notified_at: Moment::from_millis(extended.notified_at).to_timestamp(),
                })
            }),
            due_at: timestamp(standing.due_at),
            original_due_at: timestamp(standing.original_due_at),
            clock: LegalClock {
                state: standing.clock,
                since: standing.clock_since.to_timestamp(),
                reason: standing.clock_reason,
            },
            time_zone: row.time_zone,
            expires_at: timestamp(standing.expires_at),
            cancellable_until: allowed_actions
                .contains(&Action::Cancel)
                .then(|| timestamp(standing.runs_at))
                .flatten(),
            runs_at: timestamp(standing.runs_at),
            progress: row
                .progress
                .filter(|_| standing.state == State::InProgress)
                .map(|(done, total)| DataRequestProgress { done, total }),
            artifacts,
            outcome: outcome(standing.outcome, in_force),
            in_force_since,
            question_id,
            allowed_actions,
            complaint_url: Some(desk::complaint_url(&self.config.data_rights, &row.regime)),
            appeal_url: refused.then(|| desk::appeal_url(&self.config)).flatten(),
            regime: row.regime,
            tracking_token: (standing.kind == Kind::Erasure && self.acting.is_none())
                .then(|| tracking_token(&self.secrets, &row.id)),
            kind: standing.kind,
            state: standing.state,
            id: row.id,
            unread,
            etag,
        })
    }
}

/// What came of it so far; of a right that is in force, that it is.
fn outcome(kept: Option<DataRequestOutcome>, in_force: Option<bool>) -> Option<DataRequestOutcome> {
    match (kept, in_force) {
        (None, None) => None,
        (Some(kept), in_force) => Some(DataRequestOutcome { in_force, ..kept }),
        (None, in_force) => Some(DataRequestOutcome {
            note: None,
            records: 0,
            retained: Vec::new(),
            in_force,
        }),
    }
}

/// What the customer may do now.
pub(super) fn actions(row: &Row, artifacts: &[Artifact], in_force: Option<bool>) -> Vec<Action> {
    let standing = &row.standing;
    let mut actions = Vec::new();
    if standing.state == State::AwaitingConfirmation {
        actions.push(Action::Confirm);
    }
    if !is_closed(&standing.state) {
        if !standing.has_begun {
            actions.push(Action::Cancel);
        }
        actions.push(Action::Message);
    } else if standing.state == State::Denied {
        // Against a refusal there is something to be said.
        actions.push(Action::Message);
    }
    if rights::is_copy(&standing.kind) {
        let newest = artifacts.first().map(|artifact| &artifact.state);
        let is_handed_over = matches!(standing.state, State::Ready | State::Completed);
        let is_ready = |artifact: &Artifact| artifact.state == ArtifactState::Ready;
        if is_handed_over && artifacts.iter().any(is_ready) {
            actions.push(Action::Download);
        } else if standing.state == State::Completed && newest == Some(&ArtifactState::Expired) {
            actions.push(Action::Reissue);
        }
    }
    if in_force == Some(true) {
        actions.push(Action::Lift);
    }
    actions
}

/// What reads the status of an erasure: made of its id with the server's key, so that it is kept nowhere.
pub(super) fn tracking_token(secrets: &Secrets, id: &DataRequestId) -> String {
    hex(&secrets.mac("data request tracking", &[id.as_str().as_bytes()]))
}

/// What the database keeps of a token.
pub(crate) fn tracking_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// How it stands, and nothing about whose it is.
pub(crate) fn tracked(config: &Config, row: Row) -> TrackedDataRequest {
    let standing = row.standing;
    TrackedDataRequest {
        reference: row.reference,
        status_reason: standing.status_reason,
        submitted_at: standing.submitted_at.to_timestamp(),
        due_at: timestamp(standing.due_at),
        runs_at: timestamp(standing.runs_at),
        closed_at: timestamp(standing.closed_at),
        // Words are written to somebody; counts, grounds and days are not.
        outcome: standing.outcome.map(|outcome| DataRequestOutcome {
            note: None,
            ..outcome
        }),
        complaint_url: Some(desk::complaint_url(&config.data_rights, &row.regime)),
        kind: standing.kind,
        state: standing.state,
    }
}
