//! Changing preferences for a customer from elsewhere than their own session: a person of the company, an import.

use super::change::{self, Act};
use super::history::Author;
use super::patch::{self, Rules};
use super::store;
use super::surroundings::Surroundings;
use crate::config::Config;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::FieldError;
use rusqlite::Connection;
use serde_json::{Map, Value};

/// Why nothing was changed.
#[derive(Debug)]
pub enum Refused {
    /// These members of the patch cannot be taken.
    Fields(Vec<FieldError>),
    /// The database refused.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Applies a merge patch to what stands there now, by the rules that hold for the customer too.
///
/// # Errors
/// With the members that cannot be taken, or when the database refuses.
pub fn apply(
    db: &Connection,
    config: &Config,
    customer: &CustomerId,
    author: &Author,
    patch: &Map<String, Value>,
    now: Moment,
) -> Result<(), Refused> {
    let stored = store::load(db, customer)?;
    let around = Surroundings::read(db, config, customer, now)?;
    let rules = Rules {
        catalogue: &config.catalogue,
        around: &around,
        locales: &config.company.locales,
        now,
    };
    let after = patch::apply(patch, &stored.settings, rules).map_err(Refused::Fields)?;
    let act = Act {
        catalogue: &config.catalogue,
        customer,
        author,
        now,
    };
    change::save(db, act, &stored, after, None)?;
    Ok(())
}
