//! What customers do with their notices.

use super::list::{Desk, Passed, allowed, find, wire};
use super::rows::Row;
use crate::store::time::Moment;
use crate::store::{StoreError, events};
use portal_contract::event::EventKind;
use portal_contract::notice::{MAX_SNOOZE_DAYS, Notice, NoticeAction};
use portal_contract::{NoticeAnswerId, NoticeId};
use rusqlite::{Connection, params};

/// What a customer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Puts it away.
    Dismiss,
    /// Puts it away until then.
    Snooze(Moment),
    /// Answers its question.
    Answer(NoticeAnswerId),
    /// Brings it back.
    Restore,
}

/// Why it was not done.
#[derive(Debug)]
pub enum Refused {
    /// There is no such notice, or it is over, or the preferences keep it back.
    NotFound,
    /// It cannot be done now; this can.
    NotNow(Vec<NoticeAction>),
    /// It has no such answer.
    UnknownAnswer,
    /// The moment is not ahead.
    Past,
    /// The moment is too far ahead.
    TooFar,
    /// The database refused.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Does it, and gives the notice as it stands then. What changes nothing enters nothing.
///
/// # Errors
/// See [`Refused`].
pub fn perform(db: &Connection, desk: &Desk, id: &NoticeId, act: &Act) -> Result<Notice, Refused> {
    let (row, reason) = find(db, desk, id)?.ok_or(Refused::NotFound)?;
    let Some(after) = apply(&row, act, desk.now)? else {
        return Ok(wire(db, desk, (row, reason))?);
    };
    save(db, &after)?;
    events::emit_about(
        db,
        &desk.viewer.customer,
        &EventKind::NoticeUpdated,
        ("notice", id.as_str()),
        Some(&after.etag()),
        desk.now,
    )?;
    let after: Passed = (after, reason);
    Ok(wire(db, desk, after)?)
}

/// The notice after the act; `None` when it changes nothing.
fn apply(row: &Row, act: &Act, now: Moment) -> Result<Option<Row>, Refused> {
    let actions = allowed(row, now);
    let mut after = row.clone();
    after.version += 1;
    match act {
        Act::Dismiss if row.dismissed_at.is_some() || row.answered.is_some() => return Ok(None),
        Act::Dismiss => after.dismissed_at = Some(now),
        Act::Restore if !row.is_away(now) => return Ok(None),
        Act::Restore => {
            (after.dismissed_at, after.snoozed_until, after.answered) = (None, None, None)
        }
        Act::Snooze(until) => {
            if *until <= now {
                return Err(Refused::Past);
            }
            if *until > now.plus_seconds(i64::from(MAX_SNOOZE_DAYS) * 24 * 60 * 60) {
                return Err(Refused::TooFar);
            }
            if row.snoozed_until == Some(*until) {
                return Ok(None);
            }
            require(&actions, &NoticeAction::Snooze)?;
            after.snoozed_until = Some(*until);
        }
        Act::Answer(answer) => {
            if !row.content.answers.iter().any(|known| known.id == *answer) {
                return Err(if row.content.answers.is_empty() {
                    Refused::NotNow(actions)
                } else {
                    Refused::UnknownAnswer
                });
            }
            if row
                .answered
                .as_ref()
                .is_some_and(|(given, _)| given == answer)
            {
                return Ok(None);
            }
            require(&actions, &NoticeAction::Answer)?;
            after.answered = Some((answer.clone(), now));
        }
    }
    Ok(Some(after))
}

fn require(allowed: &[NoticeAction], action: &NoticeAction) -> Result<(), Refused> {
    if allowed.contains(action) {
        Ok(())
    } else {
        Err(Refused::NotNow(allowed.to_vec()))
    }
}

fn save(db: &Connection, row: &Row) -> Result<(), StoreError> {
    let (answer, answered_at) = row.answered.clone().unzip();
    db.prepare_cached(
        "UPDATE notice_deliveries
            SET dismissed_at = ?2, snoozed_until = ?3, answer = ?4, answered_at = ?5, version = ?6
          WHERE seq = ?1",
    )?
    .execute(params![
        row.seq,
        row.dismissed_at,
        row.snoozed_until,
        answer.as_ref().map(NoticeAnswerId::as_str),
        answered_at,
        row.version,
    ])?;
    Ok(())
}
