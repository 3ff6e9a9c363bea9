//! How things stand at this moment: how long the wait is, and what is closed whatever its hours say.

use super::Local;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::ContactOptionId;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// What the company's systems say of a way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The wait in minutes, and when it was measured.
    pub wait: Option<(u64, Moment)>,
    /// That it is closed.
    pub closed: Option<Closed>,
}

/// That a way is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// Why.
    pub because: Local<String>,
    /// Until when; `None` while nobody knows.
    pub until: Option<Moment>,
}

/// How every way stands of which something is known. What was closed until a moment that has passed is open.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn all(db: &Connection, now: Moment) -> Result<HashMap<String, Now>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT option_id, wait_minutes, measured_at, closed, closed_because, closed_until FROM contact_options_now",
    )?;
    let mut rows = statement.query([])?;
    let mut all = HashMap::new();
    while let Some(row) = rows.next()? {
        let (wait, measured): (Option<u64>, Option<Moment>) = (row.get(1)?, row.get(2)?);
        let (closed, until): (bool, Option<Moment>) = (row.get(3)?, row.get(5)?);
        let because: String = row.get(4)?;
        let because = serde_json::from_str(&because)
            .map_err(|error| StoreError::Corrupt(format!("contact_options_now: {error}")))?;
        let is_closed = closed && until.is_none_or(|until| now < until);
        let state = Now {
            wait: wait.zip(measured),
            closed: is_closed.then_some(Closed { because, until }),
        };
        all.insert(row.get(0)?, state);
    }
    Ok(all)
}

/// Whether a way is closed.
///
/// # Errors
/// As [`all`].
pub fn is_closed(db: &Connection, id: &ContactOptionId, now: Moment) -> Result<bool, StoreError> {
    Ok(all(db, now)?
        .get(id.as_str())
        .is_some_and(|state| state.closed.is_some()))
}

/// Notes how a way stands, in place of what was noted before.
///
/// # Errors
/// When the database refuses.
pub fn note(db: &Connection, id: &ContactOptionId, state: &Now) -> Result<(), StoreError> {
    let closed = state.closed.as_ref();
    let because = closed.map(|closed| &closed.because);
    let because = serde_json::to_string(&because.cloned().unwrap_or_default())
        .expect("texts by their language are JSON");
    db.prepare_cached(
        "INSERT OR REPLACE INTO contact_options_now
         (option_id, wait_minutes, measured_at, closed, closed_because, closed_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id.as_str(),
        state.wait.map(|(minutes, _)| minutes),
        state.wait.map(|(_, at)| at),
        closed.is_some(),
        because,
        closed.and_then(|closed| closed.until),
    ])?;
    Ok(())
}
