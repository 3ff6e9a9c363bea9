//! Making a request, and the customer's acts on it.

mod check;

use super::desk::Customer;
use super::machine::takes_effect_at_once;
use super::rows::{self, Row};
use super::standing::{Entry, Refusal, Standing, Step};
use super::timeline::{self, About};
use super::transition::{TransitionError, tell, transition};
use super::{artifacts, company, effects, messages, offer, rights, wire, work};
use crate::delegations::history;
use crate::http::{ApiError, ApiResult};
use crate::store::ids;
use portal_contract::artifact::ArtifactState;
use portal_contract::data_request::{
    ClockState, DataRequest, DataRequestKind as Kind, DataRequestOutcome,
    DataRequestState as State, NewDataRequest,
};
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEventKind as EventKind, DataRequestMessage,
};
use portal_contract::delegation::DelegationEventKind as Done;
use portal_contract::event::EventKind as Change;
use portal_contract::{ArtifactId, DataRequestId, FieldCode};
use rusqlite::{Connection, OptionalExtension};

/// How fresh the proof of who asks must be, in seconds (RFC 9470).
pub(crate) const FRESH_SECONDS: u64 = 300;

impl Customer {
    /// Makes the request.
    pub(crate) fn make(&self, tx: &Connection, new: NewDataRequest) -> ApiResult<DataRequest> {
        self.admitted(tx)?;
        let (new, law) = (self.checked(tx, new)?, self.law(tx)?);
        self.refuse_second(tx, &new.kind)?;
        let calendar = law.calendar(&self.config.data_rights);
        let due = Some(calendar.due(self.now));
        let id: DataRequestId = ids::fresh("dr", self.now);
        let row = Row::new(
            id,
            reference(tx, self)?,
            self,
            new,
            (law.regime, law.region, law.time_zone),
            calendar.acknowledge_by(self.now),
            due,
        );
        let token = wire::tracking_token(&self.secrets, &row.id);
        let hash = wire::tracking_hash(&token);
        let is_erasure = *row.kind() == Kind::Erasure;
        let seq = rows::insert(tx, &row, is_erasure.then_some(&hash[..]))?;
        if let Some(acting) = &self.acting {
            rows::filed(tx, seq, acting.seq, acting.role.as_str(), self.now)?;
        }
        let entry = Entry {
            to: Some(State::Received),
            due_at: due,
            ..Entry::of(EventKind::Submitted)
        };
        timeline::enter(tx, seq, &self.actor(), &entry, &About::default(), self.now)?;
        let row = rows::any(tx, &row.id)?.ok_or_else(ApiError::not_found)?;
        tell(tx, &row, &Change::DataRequestCreated, self.now)?;
        let row = self.begin(tx, row)?;
        self.under(tx, &row, Done::RequestMade)?;
        Ok(self.whole(tx, row)?)
    }

    /// Enters into the history of the delegation, if under one, what was done.
    fn under(&self, tx: &Connection, row: &Row, done: Done) -> ApiResult<()> {
        Ok(history::enter_request(
            tx,
            row.delegation,
            done,
            row.seq,
            self.now,
        )?)
    }

    /// What needs nobody to look at it begins by itself.
    fn begin(&self, tx: &Connection, row: Row) -> ApiResult<Row> {
        let kind = row.kind().clone();
        let by_itself = rights::is_copy(&kind)
            || takes_effect_at_once(&kind)
            || matches!(kind, Kind::Erasure | Kind::Restriction | Kind::Objection);
        if !by_itself {
            return Ok(row);
        }
        let row = self.go(tx, &row.id, &Actor::System, &Step::Begin)?;
        if !takes_effect_at_once(&kind) {
            return Ok(row);
        }
        let outcome = DataRequestOutcome {
            note: None,
            records: 0,
            retained: Vec::new(),
            in_force: None,
        };
        self.go(tx, &row.id, &Actor::System, &Step::Complete { outcome })
    }

    /// One of a kind at a time: a second leads to the first.
    fn refuse_second(&self, tx: &Connection, kind: &Kind) -> ApiResult<()> {
        let running = rows::running(tx, &self.id)?;
        match running.iter().find(|row| row.kind() == kind) {
            // That the person asked for it themselves is all that whoever acts for them learns.
            Some(first) if first.delegation != self.delegation() && self.acting.is_some() => {
                Err(ApiError::invalid_state(Vec::new()).reason("runs_already"))
            }
            Some(first) => Err(ApiError::duplicate_active_request(first.id.as_str())),
            None => Ok(()),
        }
    }

    /// The request of this customer; for whoever acts for them, one that was made under the delegation, while it holds.
    pub(crate) fn find(&self, db: &Connection, id: &DataRequestId) -> ApiResult<Row> {
        self.admitted(db)?;
        let row = rows::of(db, &self.id, id)?.ok_or_else(ApiError::not_found)?;
        match self.acting {
            Some(_) if row.delegation != self.delegation() => Err(ApiError::not_found()),
            _ => Ok(row),
        }
    }

    fn go(
        &self,
        tx: &Connection,
        id: &DataRequestId,
        actor: &Actor,
        step: &Step,
    ) -> ApiResult<Row> {
        transition(tx, self.desk(), id, actor, step).map_err(refused)
    }

    /// The customer says that it is meant: an erasure is scheduled by it.
    pub(crate) fn confirm(&self, tx: &Connection, id: &DataRequestId) -> ApiResult<DataRequest> {
        let row = self.find(tx, id)?;
        self.alone()?;
        let row = self.go(tx, &row.id, &Actor::Customer, &Step::Confirm)?;
        self.under(tx, &row, Done::ErasureConfirmed)?;
        let runs_at = company::runs_at(&row, self.desk());
        let step = Step::Schedule { runs_at };
        let row = self.go(tx, &row.id, &Actor::System, &step)?;
        Ok(self.whole(tx, row)?)
    }

    /// The customer calls it off.
    pub(crate) fn cancel(&self, tx: &Connection, id: &DataRequestId) -> ApiResult<DataRequest> {
        let row = self.find(tx, id)?;
        let row = self.go(tx, &row.id, &self.actor(), &Step::Cancel)?;
        let done = match self.acting {
            Some(_) => Done::RequestCancelled,
            None => Done::ErasureCancelled,
        };
        if self.acting.is_some() || *row.kind() == Kind::Erasure {
            self.under(tx, &row, done)?;
        }
        Ok(self.whole(tx, row)?)
    }

    /// The customer ends what is in force.
    pub(crate) fn lift(&self, tx: &Connection, id: &DataRequestId) -> ApiResult<DataRequest> {
        let row = self.find(tx, id)?;
        self.alone()?;
        if effects::in_force(tx, &row)?.flatten().is_none() {
            return Err(ApiError::invalid_state(Vec::new()).reason("not_in_force"));
        }
        effects::lift(tx, self.desk(), &row)?;
        rows::touch(tx, row.seq, self.now)?;
        let row = self.find(tx, id)?;
        tell(tx, &row, &Change::DataRequestUpdated, self.now)?;
        Ok(self.whole(tx, row)?)
    }

    /// The customer writes.
    pub(crate) fn write(
        &self,
        tx: &Connection,
        id: &DataRequestId,
        author: &str,
        text: &str,
    ) -> ApiResult<DataRequestMessage> {
        let row = self.find(tx, id)?;
        let text = check::words(text, "/text")?
            .ok_or_else(|| ApiError::field("/text", FieldCode::Required, "words", None))?;
        let may = wire::actions(&row, &[], None);
        if !may.contains(&portal_contract::data_request::DataRequestAction::Message) {
            return Err(ApiError::invalid_state(Vec::new()).reason("closed"));
        }
        let by = (self.actor(), author);
        let written = messages::from_customer(tx, self.desk(), &row, by, &text);
        if self.acting.is_some() {
            self.under(tx, &row, Done::MessageWritten)?;
        }
        written.map_err(refused)
    }

    /// An artifact that ran out is made anew.
    pub(crate) fn reissue(
        &self,
        tx: &Connection,
        id: &DataRequestId,
        artifact: &ArtifactId,
    ) -> ApiResult<DataRequest> {
        let row = self.find(tx, id)?;
        let held = artifacts::find(tx, id, artifact)?.ok_or_else(ApiError::not_found)?;
        let newest = artifacts::of(tx, row.seq)?;
        let others = newest
            .iter()
            .any(|one| matches!(one.state, ArtifactState::Ready | ArtifactState::Preparing));
        if held.artifact.state != ArtifactState::Expired
            || others
            || row.standing.state != State::Completed
        {
            return Err(ApiError::invalid_state(Vec::new()).reason("not_expired"));
        }
        work::make_anew(tx, &row, &self.actor(), self.now)?;
        rows::touch(tx, row.seq, self.now)?;
        let row = self.find(tx, id)?;
        tell(tx, &row, &Change::DataRequestUpdated, self.now)?;
        Ok(self.whole(tx, row)?)
    }

    /// Whether making a request of this kind needs a fresh proof of who asks: whoever acts for another proves it for each.
    pub(crate) fn makes_with_fresh_proof(&self, kind: &Kind) -> bool {
        self.acting.is_some() || Self::needs_fresh_proof(kind)
    }

    /// Whether a request of this kind needs a fresh proof of who asks.
    pub(crate) fn needs_fresh_proof(kind: &Kind) -> bool {
        rights::needs_fresh_proof(kind)
    }
}

impl Row {
    fn new(
        id: DataRequestId,
        reference: String,
        asker: &Customer,
        new: NewDataRequest,
        (regime, region, time_zone): (portal_contract::data_request::Regime, String, String),
        acknowledge_by: Option<crate::store::time::Moment>,
        due_at: Option<crate::store::time::Moment>,
    ) -> Self {
        let now = asker.now;
        let formats = if new.formats.is_empty() {
            offer::formats(&new.kind)
        } else {
            new.formats
        };
        Self::received(
            id,
            reference,
            asker.id.clone(),
            Standing {
                kind: new.kind,
                state: State::Received,
                submitted_at: now,
                confirmed_at: None,
                has_begun: false,
                closed_at: None,
                acknowledged_at: None,
                due_at,
                original_due_at: due_at,
                extension: None,
                clock: ClockState::Running,
                clock_since: now,
                clock_reason: None,
                expires_at: None,
                runs_at: None,
                status_reason: None,
                status_note: None,
                outcome: None,
            },
            rows::Asked {
                scope: new.scope,
                formats,
                proposed: new.proposed,
                text: new.text,
                locale: asker.locale.clone(),
                regime,
                region,
                time_zone,
                acknowledge_by,
            },
        )
    }
}

/// What people quote: `DR-2026-7KQ4M`, without letters and digits that are taken for others.
fn reference(tx: &Connection, asker: &Customer) -> ApiResult<String> {
    const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKLMNPQRSTUVWXY";
    let year = asker.now.to_timestamp().as_str()[..4].to_owned();
    loop {
        let tail: String = crate::secrets::random()[..6]
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
            .collect();
        let reference = format!("DR-{year}-{tail}");
        let taken: Option<i64> = tx
            .prepare_cached("SELECT 1 FROM data_requests WHERE reference = ?1")?
            .query_row([&reference], |row| row.get(0))
            .optional()?;
        if taken.is_none() {
            return Ok(reference);
        }
    }
}

fn refused(error: TransitionError) -> ApiError {
    match error {
        TransitionError::Unknown(_) => ApiError::not_found(),
        TransitionError::Refused { state, refusal, .. } => {
            let reason = match refusal {
                Refusal::IllegalStep => state.as_str(),
                Refusal::ExtendedBefore | Refusal::TooLateToExtend | Refusal::NoReason => {
                    "not_allowed"
                }
            };
            ApiError::invalid_state(Vec::new()).reason(reason)
        }
        TransitionError::Store(error) => error.into(),
    }
}
