//! How a request may go on: which step, from which state, by whom. Nothing here knows a database.

#[cfg(test)]
mod tests;

use portal_contract::data_request::{DataRequestKind as Kind, DataRequestState as State};
use portal_contract::data_request_event::{DataRequestActor as Actor, QuestionPurpose};

/// A step that somebody takes with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The company, or its systems, begin; who asks is known.
    Begin,
    /// The customer says that it is meant.
    Confirm,
    /// The company asks who it is.
    AskIdentity,
    /// The company asks something else.
    Ask,
    /// The customer answers what was asked.
    Answer,
    /// The erasure is set for a moment.
    Schedule,
    /// What was asked for can be fetched.
    MakeReady,
    /// It is done.
    Complete,
    /// It is done in part.
    CompletePartially,
    /// The company refuses.
    Deny,
    /// The customer calls it off.
    Cancel,
    /// Nobody confirmed, or answered, in time.
    Expire,
}

impl Move {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Begin,
        Self::Confirm,
        Self::AskIdentity,
        Self::Ask,
        Self::Answer,
        Self::Schedule,
        Self::MakeReady,
        Self::Complete,
        Self::CompletePartially,
        Self::Deny,
        Self::Cancel,
        Self::Expire,
    ];

    /// The step by which this is asked.
    #[must_use]
    pub fn asking(purpose: &QuestionPurpose) -> Self {
        match purpose {
            QuestionPurpose::Identity => Self::AskIdentity,
            QuestionPurpose::Clarification
            | QuestionPurpose::Information
            | QuestionPurpose::Other(_) => Self::Ask,
        }
    }
}

/// What decides beside the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Which right.
    pub kind: Kind,
    /// Whether the customer said that it is meant.
    pub is_confirmed: bool,
    /// Whether the erasure has begun to run: there is no way back.
    pub has_begun: bool,
}

impl Facts {
    fn is_copy(&self) -> bool {
        matches!(self.kind, Kind::Access | Kind::Portability)
    }

    fn is_erasure(&self) -> bool {
        self.kind == Kind::Erasure
    }
}

/// Nothing more happens to it.
#[must_use]
pub fn is_closed(state: &State) -> bool {
    matches!(
        state,
        State::Completed
            | State::PartiallyCompleted
            | State::Denied
            | State::Cancelled
            | State::Expired
    )
}

/// How it stands after the step; `None` when this actor cannot take it now.
#[must_use]
pub fn next(facts: &Facts, state: &State, actor: &Actor, step: Move) -> Option<State> {
    if is_closed(state) || facts.has_begun && !ends_a_run(step, actor) {
        return None;
    }
    match actor {
        // Only the customer says that it is meant.
        Actor::Delegate if step == Move::Confirm => None,
        Actor::Customer | Actor::Delegate => by_customer(facts, state, step),
        Actor::Company => by_company(facts, state, step),
        Actor::System => by_system(facts, state, step),
        Actor::Other(_) => None,
    }
}

/// What runs is only ended, and only by what runs.
fn ends_a_run(step: Move, actor: &Actor) -> bool {
    *actor == Actor::System && matches!(step, Move::Complete | Move::CompletePartially)
}

fn by_customer(facts: &Facts, state: &State, step: Move) -> Option<State> {
    match (step, state) {
        (Move::Confirm, State::AwaitingConfirmation) => Some(State::InProgress),
        // Somebody has to look whether it shows who asks.
        (Move::Answer, State::AwaitingVerification) => Some(State::Received),
        (Move::Answer, State::AwaitingCustomer) => Some(State::InProgress),
        // The first fetch.
        (Move::Complete, State::Ready) if facts.is_copy() => Some(State::Completed),
        (Move::Cancel, _) => Some(State::Cancelled),
        _ => None,
    }
}

fn by_company(facts: &Facts, state: &State, step: Move) -> Option<State> {
    match (step, state) {
        (Move::Begin, State::Received | State::AwaitingVerification) => Some(begun(facts)),
        // In place of a customer who cannot: an executor's request.
        (Move::Confirm, State::AwaitingConfirmation) if facts.is_erasure() => {
            Some(State::InProgress)
        }
        (Move::AskIdentity, State::Received | State::InProgress) => {
            Some(State::AwaitingVerification)
        }
        (Move::Ask, State::Received | State::InProgress) => Some(State::AwaitingCustomer),
        (Move::Schedule, State::InProgress) if facts.is_erasure() => Some(State::Scheduled),
        // A copy is handed over, and data are erased, by what does it, and not by saying so.
        (Move::Complete, State::InProgress) if !facts.is_copy() && !facts.is_erasure() => {
            Some(State::Completed)
        }
        (Move::CompletePartially, State::InProgress) if !facts.is_copy() && !facts.is_erasure() => {
            Some(State::PartiallyCompleted)
        }
        (
            Move::Deny,
            State::Received
            | State::AwaitingVerification
            | State::AwaitingConfirmation
            | State::InProgress
            | State::AwaitingCustomer
            | State::Scheduled,
        ) => Some(State::Denied),
        _ => None,
    }
}

fn by_system(facts: &Facts, state: &State, step: Move) -> Option<State> {
    match (step, state) {
        (Move::Begin, State::Received) => Some(begun(facts)),
        (Move::Schedule, State::InProgress) if facts.is_erasure() => Some(State::Scheduled),
        (Move::MakeReady, State::InProgress) if facts.is_copy() => Some(State::Ready),
        // What was not fetched in time has been handed over all the same.
        (Move::Complete, State::Ready) if facts.is_copy() => Some(State::Completed),
        (Move::Complete, State::InProgress) if takes_effect_at_once(&facts.kind) => {
            Some(State::Completed)
        }
        (Move::Complete, State::Scheduled) if facts.is_erasure() => Some(State::Completed),
        (Move::CompletePartially, State::Scheduled) if facts.is_erasure() => {
            Some(State::PartiallyCompleted)
        }
        (
            Move::Expire,
            State::AwaitingVerification | State::AwaitingConfirmation | State::AwaitingCustomer,
        ) => Some(State::Expired),
        _ => None,
    }
}

/// What is begun is under way, but for an erasure that nobody confirmed yet.
fn begun(facts: &Facts) -> State {
    if facts.is_erasure() && !facts.is_confirmed {
        State::AwaitingConfirmation
    } else {
        State::InProgress
    }
}

/// Opting out needs nobody to look at it.
#[must_use]
pub fn takes_effect_at_once(kind: &Kind) -> bool {
    matches!(kind, Kind::OptOutSaleSharing | Kind::LimitSensitive)
}
