//! Preferences in the database.

use super::settings::Settings;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::Etag;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// A customer's preferences as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// What was decided.
    pub settings: Settings,
    /// When each thing was last switched off that is off now, by its pointer, in milliseconds since 1970.
    pub off_since: BTreeMap<String, i64>,
    /// How often something changed.
    pub version: i64,
    /// When something that people see last changed.
    pub updated_at: Option<Moment>,
}

impl Stored {
    /// The version, for `If-Match`.
    #[must_use]
    pub fn etag(&self) -> Etag {
        format!("pref-{}", self.version)
            .parse()
            .expect("letters, a dash and digits are an etag")
    }

    /// When what stands at `pointer` was last switched off.
    #[must_use]
    pub fn off_since(&self, pointer: &str) -> Option<Moment> {
        self.off_since
            .get(pointer)
            .map(|millis| Moment::from_millis(*millis))
    }
}

/// The customer's preferences; those of somebody who decided nothing when there is no row.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn load(db: &Connection, customer: &CustomerId) -> Result<Stored, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT settings, off_since, version, updated_at FROM preferences WHERE customer_id = ?1",
        )?
        .query_row([customer], row)
        .optional()?;
    let Some((settings, off_since, version, updated_at)) = found else {
        return Ok(Stored::default());
    };
    let corrupt = |error| StoreError::Corrupt(format!("preferences: {error}"));
    Ok(Stored {
        settings: serde_json::from_str(&settings).map_err(corrupt)?,
        off_since: serde_json::from_str(&off_since).map_err(corrupt)?,
        version,
        updated_at,
    })
}

fn row(row: &Row<'_>) -> rusqlite::Result<(String, String, i64, Option<Moment>)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

/// Keeps the customer's preferences as they are in `stored`.
///
/// # Errors
/// When the database refuses.
pub fn save(db: &Connection, customer: &CustomerId, stored: &Stored) -> Result<(), StoreError> {
    let json = |error| StoreError::Corrupt(format!("preferences: {error}"));
    db.prepare_cached(
        "INSERT INTO preferences (customer_id, settings, off_since, version, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (customer_id) DO UPDATE SET settings = excluded.settings, off_since = excluded.off_since,
             version = excluded.version, updated_at = excluded.updated_at",
    )?
    .execute(params![
        customer,
        serde_json::to_string(&stored.settings).map_err(json)?,
        serde_json::to_string(&stored.off_since).map_err(json)?,
        stored.version,
        stored.updated_at,
    ])?;
    Ok(())
}
