//! What a step does to a request: its state, its clock, its deadlines, and what its timeline says of it. Nothing here knows a database.

#[cfg(test)]
mod tests;

use super::deadlines::Calendar;
use super::machine::{Facts, Move, is_closed, next};
use crate::store::time::Moment;
use portal_contract::data_request::{
    ClockReason, ClockState, DataRequestKind, DataRequestOutcome, DataRequestReason,
    DataRequestState as State,
};
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEventKind as EventKind, QuestionPurpose,
};

/// How a request stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Which right.
    pub kind: DataRequestKind,
    /// How it stands.
    pub state: State,
    /// When it arrived.
    pub submitted_at: Moment,
    /// When the customer said that it is meant.
    pub confirmed_at: Option<Moment>,
    /// Whether the erasure has begun to run.
    pub has_begun: bool,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// When the company said that it has it.
    pub acknowledged_at: Option<Moment>,
    /// By when it must be answered.
    pub due_at: Option<Moment>,
    /// What that was at first.
    pub original_due_at: Option<Moment>,
    /// More time, where it was taken.
    pub extension: Option<Extended>,
    /// Whether time counts.
    pub clock: ClockState,
    /// Since when.
    pub clock_since: Moment,
    /// Why not.
    pub clock_reason: Option<ClockReason>,
    /// Until when somebody must confirm or answer.
    pub expires_at: Option<Moment>,
    /// When the erasure runs.
    pub runs_at: Option<Moment>,
    /// Why it was refused.
    pub status_reason: Option<DataRequestReason>,
    /// The same in words.
    pub status_note: Option<String>,
    /// What came of it.
    pub outcome: Option<DataRequestOutcome>,
}

/// More time.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Extended {
    /// Why.
    pub reason: String,
    /// When the customer was told, in milliseconds since 1970.
    pub notified_at: i64,
}

/// A step, with what it brings.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The company, or its systems, begin.
    Begin,
    /// The customer says that it is meant.
    Confirm,
    /// The company asks.
    Ask {
        /// What for.
        purpose: QuestionPurpose,
        /// Until when an answer is waited for.
        answer_by: Moment,
    },
    /// The customer answers.
    Answer,
    /// The erasure is set for a moment.
    Schedule {
        /// When it runs.
        runs_at: Moment,
    },
    /// What was asked for can be fetched.
    MakeReady,
    /// It is done.
    Complete {
        /// What came of it.
        outcome: DataRequestOutcome,
    },
    /// It is done in part.
    CompletePartially {
        /// Why not all of it.
        reason: DataRequestReason,
        /// What came of it.
        outcome: DataRequestOutcome,
    },
    /// The company refuses.
    Deny {
        /// Why.
        reason: DataRequestReason,
        /// The same in words.
        note: String,
    },
    /// The customer calls it off.
    Cancel,
    /// Nobody confirmed, or answered, in time.
    Expire,
    /// The company takes more time.
    Extend {
        /// Why.
        reason: String,
    },
}

impl Step {
    /// The move of the state machine; a deadline moves without one.
    #[must_use]
    pub fn as_move(&self) -> Option<Move> {
        Some(match self {
            Self::Begin => Move::Begin,
            Self::Confirm => Move::Confirm,
            Self::Ask { purpose, .. } => Move::asking(purpose),
            Self::Answer => Move::Answer,
            Self::Schedule { .. } => Move::Schedule,
            Self::MakeReady => Move::MakeReady,
            Self::Complete { .. } => Move::Complete,
            Self::CompletePartially { .. } => Move::CompletePartially,
            Self::Deny { .. } => Move::Deny,
            Self::Cancel => Move::Cancel,
            Self::Expire => Move::Expire,
            Self::Extend { .. } => return None,
        })
    }
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not from this state, or not by this actor.
    #[error("it cannot be done in the state that the request is in")]
    IllegalStep,
    /// The law gives more time once.
    #[error("more time was taken already: the law gives it once")]
    ExtendedBefore,
    /// Whoever wants more time says so before the time is over.
    #[error("the time is over: more can be taken only before the request is due")]
    TooLateToExtend,
    /// A refusal, or more time, is explained.
    #[error("a reason is needed, in words for the customer")]
    NoReason,
}

/// Something that the timeline says.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What happened.
    pub kind: EventKind,
    /// How it stood before.
    pub from: Option<State>,
    /// How it stands since.
    pub to: Option<State>,
    /// When it is due since.
    pub due_at: Option<Moment>,
    /// When it was due before.
    pub previous_due_at: Option<Moment>,
    /// Why the clock stood.
    pub clock_reason: Option<ClockReason>,
    /// Why, in words.
    pub note: Option<String>,
}

impl Entry {
    /// An entry that says no more than what happened.
    #[must_use]
    pub fn of(kind: EventKind) -> Self {
        Self {
            kind,
            from: None,
            to: None,
            due_at: None,
            previous_due_at: None,
            clock_reason: None,
            note: None,
        }
    }
}

/// How the request stands after the step, and what its timeline says of it.
///
/// # Errors
/// When the step cannot be taken now, or not by this actor.
pub fn step(
    before: &Standing,
    calendar: &Calendar,
    actor: &Actor,
    step: &Step,
    now: Moment,
) -> Result<(Standing, Vec<Entry>), Refusal> {
    let mut turn = Turn {
        standing: before.clone(),
        entries: Vec::new(),
        calendar,
        now,
    };
    match step {
        Step::Extend { reason } => turn.extend(actor, reason)?,
        moving => turn.go(actor, moving)?,
    }
    Ok((turn.standing, turn.entries))
}

struct Turn<'a> {
    standing: Standing,
    entries: Vec<Entry>,
    calendar: &'a Calendar,
    now: Moment,
}

impl Turn<'_> {
    fn go(&mut self, actor: &Actor, step: &Step) -> Result<(), Refusal> {
        let Some(to) = self.after(actor, step) else {
            return Err(Refusal::IllegalStep);
        };
        if matches!(step, Step::Deny { note, .. } if note.trim().is_empty()) {
            return Err(Refusal::NoReason);
        }
        if matches!(actor, Actor::Company | Actor::System) && *step != Step::Expire {
            self.acknowledge();
        }
        self.enter(to, step);
        self.keep_time(step);
        Ok(())
    }

    fn after(&self, actor: &Actor, step: &Step) -> Option<State> {
        let facts = Facts {
            kind: self.standing.kind.clone(),
            is_confirmed: self.standing.confirmed_at.is_some(),
            has_begun: self.standing.has_begun,
        };
        next(&facts, &self.standing.state, actor, step.as_move()?)
    }

    fn acknowledge(&mut self) {
        if self.standing.acknowledged_at.is_none() {
            self.standing.acknowledged_at = Some(self.now);
            self.entries.push(Entry::of(EventKind::Acknowledged));
        }
    }

    fn enter(&mut self, to: State, step: &Step) {
        let from = std::mem::replace(&mut self.standing.state, to.clone());
        let standing = &mut self.standing;
        // What was waited for is not waited for any more.
        standing.expires_at = None;
        match step {
            Step::Confirm => standing.confirmed_at = Some(self.now),
            Step::Ask { answer_by, .. } => standing.expires_at = Some(*answer_by),
            Step::Schedule { runs_at } => standing.runs_at = Some(*runs_at),
            Step::Complete { outcome } => standing.outcome = Some(outcome.clone()),
            Step::CompletePartially { reason, outcome } => {
                standing.status_reason = Some(reason.clone());
                standing.outcome = Some(outcome.clone());
            }
            Step::Deny { reason, note } => {
                standing.status_reason = Some(reason.clone());
                standing.status_note = Some(note.clone());
            }
            Step::Begin if to == State::AwaitingConfirmation => {
                standing.expires_at = Some(self.calendar.days_later(self.now, CONFIRM_DAYS));
            }
            Step::Begin
            | Step::Answer
            | Step::MakeReady
            | Step::Cancel
            | Step::Expire
            | Step::Extend { .. } => {}
        }
        if is_closed(&to) {
            standing.closed_at = Some(self.now);
            standing.runs_at = standing.runs_at.filter(|_| step_ran(step));
        }
        self.entries.push(Entry {
            from: Some(from),
            to: Some(to),
            note: match step {
                Step::Deny { note, .. } => Some(note.clone()),
                _ => None,
            },
            ..Entry::of(EventKind::StateChanged)
        });
    }

    /// The clock, after the state: it stands while the law lets the company wait for this answer, and is over with the request.
    fn keep_time(&mut self, step: &Step) {
        if let Step::Ask { purpose, .. } = step
            && self.calendar.pauses_for(purpose)
        {
            let reason = match purpose {
                QuestionPurpose::Identity => ClockReason::Verification,
                QuestionPurpose::Clarification
                | QuestionPurpose::Information
                | QuestionPurpose::Other(_) => ClockReason::Clarification,
            };
            self.turn_clock(ClockState::Paused, Some(reason.clone()));
            self.entries.push(Entry {
                clock_reason: Some(reason),
                ..Entry::of(EventKind::ClockPaused)
            });
        } else if is_closed(&self.standing.state) {
            self.turn_clock(ClockState::Stopped, Some(ClockReason::Closed));
        } else if self.standing.clock == ClockState::Paused {
            self.resume();
        }
    }

    fn turn_clock(&mut self, state: ClockState, reason: Option<ClockReason>) {
        self.standing.clock = state;
        self.standing.clock_since = self.now;
        self.standing.clock_reason = reason;
    }

    fn resume(&mut self) {
        let (paused, reason) = (self.standing.clock_since, self.standing.clock_reason.take());
        self.turn_clock(ClockState::Running, None);
        self.entries.push(Entry {
            clock_reason: reason.clone(),
            ..Entry::of(EventKind::ClockResumed)
        });
        if let Some(due) = self.standing.due_at {
            let moved = self.calendar.resumed(due, paused, self.now);
            self.move_due(moved, reason, None);
        }
    }

    /// The one place where a deadline moves: never without an entry.
    fn move_due(&mut self, to: Moment, clock_reason: Option<ClockReason>, note: Option<String>) {
        let previous = self.standing.due_at.replace(to);
        if previous != Some(to) {
            self.entries.push(Entry {
                due_at: Some(to),
                previous_due_at: previous,
                clock_reason,
                note,
                ..Entry::of(EventKind::DueChanged)
            });
        }
    }

    fn extend(&mut self, actor: &Actor, reason: &str) -> Result<(), Refusal> {
        let standing = &self.standing;
        let (Some(due), Some(original)) = (standing.due_at, standing.original_due_at) else {
            return Err(Refusal::IllegalStep);
        };
        if *actor != Actor::Company || is_closed(&standing.state) {
            return Err(Refusal::IllegalStep);
        }
        if standing.extension.is_some() {
            return Err(Refusal::ExtendedBefore);
        }
        if due < self.now {
            return Err(Refusal::TooLateToExtend);
        }
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        // The days that the clock stood are not lost.
        let later = self.calendar.extended(standing.submitted_at);
        let later = self.calendar.resumed(later, original, due);
        self.acknowledge();
        self.standing.extension = Some(Extended {
            reason: reason.to_owned(),
            notified_at: self.now.millis(),
        });
        self.move_due(later, None, Some(reason.to_owned()));
        Ok(())
    }
}

/// How long the customer has to say that an erasure is meant.
const CONFIRM_DAYS: u32 = 7;

fn step_ran(step: &Step) -> bool {
    matches!(step, Step::Complete { .. } | Step::CompletePartially { .. })
}
