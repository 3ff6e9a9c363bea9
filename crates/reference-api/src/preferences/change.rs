//! Changing the preferences: what is kept, the entry in the history, and the event, in one transaction.

use super::catalogue::Catalogue;
use super::difference::{self, Difference};
use super::history::{self, Author, NewChange};
use super::settings::{self, Settings};
use super::store::{self, Stored};
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use crate::store::{StoreError, events};
use portal_contract::PreferenceChangeId;
use portal_contract::event::EventKind;
use portal_contract::preference_history::ChangeSubject;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the change feed calls the preferences, of which each customer has one.
pub const RESOURCE: &str = "preferences";

/// Who changes what, and when.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// What there is to choose.
    pub catalogue: &'a Catalogue,
    /// Whose preferences.
    pub customer: &'a CustomerId,
    /// By whom, and which way.
    pub author: &'a Author,
    /// When.
    pub now: Moment,
}

/// Makes `after` the customer's settings. What changes nothing that anybody sees makes no new version, no entry and no event.
///
/// # Errors
/// When the database refuses.
pub fn save(
    db: &Connection,
    act: Act<'_>,
    before: &Stored,
    after: Settings,
    undoes: Option<&PreferenceChangeId>,
) -> Result<Option<PreferenceChangeId>, StoreError> {
    let difference = difference::between(act.catalogue, &before.settings, &after);
    if difference.changes.is_empty() {
        // A word that agrees with what held anyway is kept all the same: a later catalogue cannot turn it around.
        if after != before.settings {
            let kept = Stored {
                settings: after,
                ..before.clone()
            };
            store::save(db, act.customer, &kept)?;
        }
        return Ok(None);
    }
    let stored = Stored {
        off_since: off_since(act, before, &after, &difference),
        settings: after,
        version: before.version + 1,
        updated_at: Some(act.now),
    };
    store::save(db, act.customer, &stored)?;
    let entry = NewChange {
        customer: act.customer,
        at: act.now,
        author: act.author,
        subject: ChangeSubject::Preferences,
        changes: difference.changes,
        restores: Some(difference.restores),
        undoes: undoes.cloned(),
    };
    let id = history::record(db, &entry)?;
    tell(db, act, &stored)?;
    Ok(id)
}

fn tell(db: &Connection, act: Act<'_>, stored: &Stored) -> Result<(), StoreError> {
    events::emit_about(
        db,
        act.customer,
        &EventKind::PreferencesUpdated,
        (RESOURCE, RESOURCE),
        Some(&stored.etag()),
        act.now,
    )
}

/// When each thing was switched off that is off after the change. Setting a pause anew is switching off anew.
fn off_since(
    act: Act<'_>,
    before: &Stored,
    after: &Settings,
    difference: &Difference,
) -> BTreeMap<String, i64> {
    let mut since = before.off_since.clone();
    for change in &difference.changes {
        let pointer = change.pointer.as_str();
        if is_off(pointer, &after.shown(act.catalogue, pointer)) {
            since.insert(pointer.to_owned(), act.now.millis());
        } else {
            since.remove(pointer);
        }
    }
    since
}

/// Whether this value at this place keeps messages away that came without it.
fn is_off(pointer: &str, value: &Value) -> bool {
    match pointer {
        settings::GLOBAL_OPT_OUT => *value == json!(true),
        settings::PAUSED_UNTIL => !value.is_null(),
        _ => pointer.starts_with("/topics/") && *value == json!(false),
    }
}
