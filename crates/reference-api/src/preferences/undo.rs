//! Taking a change back.
//!
//! Undoing puts back what stood at the places that the change changed, and touches no other. When one of them was changed again
//! since, nothing is undone: the later change was somebody's word too. An undo is a change like any other and can be undone.

use super::change::{self, Act};
use super::difference::present;
use super::history::{self, Entry};
use super::settings::{Member, Settings, cell};
use super::store::Stored;
use super::surroundings::Surroundings;
use crate::store::StoreError;
use portal_contract::preference_history::{ChangeSubject, PreferenceChange};
use portal_contract::{ContactPointId, PreferenceChangeId};
use rusqlite::Connection;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Everything is as it was before the change.
    Restored,
    /// The customer has no such entry.
    NoSuchEntry,
    /// It is about something that is not undone here: a contact point, a consent.
    NotUndoable,
    /// Something that it changed was changed again since, or a contact point that it would name again is gone.
    ChangedSince,
}

impl Undone {
    /// The word of the problem document; nothing where there is none.
    #[must_use]
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Restored | Self::NoSuchEntry => None,
            Self::NotUndoable => Some("not_undoable"),
            Self::ChangedSince => Some("changed_since"),
        }
    }
}

/// Takes the change back, if everything that it changed still stands as it left it.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn undo(
    db: &Connection,
    act: Act<'_>,
    around: &Surroundings,
    stored: &Stored,
    id: &PreferenceChangeId,
) -> Result<Undone, StoreError> {
    let Some(entry) = history::find(db, act.customer, id)? else {
        return Ok(Undone::NoSuchEntry);
    };
    let restored = match attempt(act, around, &stored.settings, &entry) {
        Ok(restored) => restored,
        Err(refused) => return Ok(refused),
    };
    change::save(db, act, stored, restored, Some(id))?;
    Ok(Undone::Restored)
}

/// The entry as the wire carries it, with whether it can be undone now.
#[must_use]
pub fn shown(
    act: Act<'_>,
    around: &Surroundings,
    settings: &Settings,
    entry: Entry,
) -> PreferenceChange {
    let undoable = attempt(act, around, settings, &entry).is_ok();
    PreferenceChange {
        undoable,
        ..entry.change
    }
}

/// The settings without the change.
fn attempt(
    act: Act<'_>,
    around: &Surroundings,
    settings: &Settings,
    entry: &Entry,
) -> Result<Settings, Undone> {
    let restores = match &entry.restores {
        Some(restores) if entry.change.subject == ChangeSubject::Preferences => restores,
        _ => return Err(Undone::NotUndoable),
    };
    let stands = entry
        .change
        .changes
        .iter()
        .all(|change| present(settings.shown(act.catalogue, &change.pointer)) == change.after);
    if !stands || entry.change.undone_by.is_some() {
        return Err(Undone::ChangedSince);
    }
    let mut restored = settings.clone();
    restores.apply(&mut restored);
    let gone = |id: &ContactPointId| around.point(id).is_none();
    let names_what_is_gone = entry.change.changes.iter().any(|change| {
        cell(act.catalogue, &change.pointer).is_some_and(|(topic, channel, member)| {
            let chosen = restored.choice(topic, &channel).contact_point_id;
            member == Member::ContactPoint && chosen.as_ref().is_some_and(gone)
        })
    });
    if names_what_is_gone {
        return Err(Undone::ChangedSince);
    }
    Ok(restored)
}

#[cfg(test)]
mod tests;
