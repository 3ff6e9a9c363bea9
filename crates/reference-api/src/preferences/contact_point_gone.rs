//! Choices that name a contact point which is no longer there.

use super::change::{self, Act};
use super::settings::{Member, cell};
use super::store;
use crate::store::StoreError;
use portal_contract::ContactPointId;
use rusqlite::Connection;
use serde_json::{Value, json};

/// Makes every choice that names `from` name `to`, or the preferred contact point again when there is none. Call it in the
/// transaction that removes `from`; what changed is entered in the history of the preferences.
///
/// # Errors
/// When the database refuses.
pub fn contact_point_replaced(
    db: &Connection,
    act: Act<'_>,
    from: &ContactPointId,
    to: Option<&ContactPointId>,
) -> Result<(), StoreError> {
    let stored = store::load(db, act.customer)?;
    let named = json!(from);
    let mut after = stored.settings.clone();
    for pointer in stored.settings.pointers() {
        let is_place = pointer.ends_with(Member::ContactPoint.name());
        if is_place && stored.settings.get(pointer) == Some(&named) {
            // A topic that the catalogue no longer has keeps no trace of what is gone.
            let known = cell(act.catalogue, pointer).is_some();
            let value = to.filter(|_| known).map_or(Value::Null, |to| json!(to));
            after.set(pointer, value);
        }
    }
    change::save(db, act, &stored, after, None)?;
    Ok(())
}
