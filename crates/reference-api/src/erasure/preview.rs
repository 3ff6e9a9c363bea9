//! What an erasure would do, were it run now. Nothing is changed.

use super::job::retained;
use super::retention::Retention;
use super::tally::Tally;
use super::target::Target;
use super::{archive, beneath, ends, own, requests, suppression};
use crate::config::Config;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::data_request::{DataRequestScope, Retained};
use portal_contract::data_request_options::{AffectedCategory, Ending};
use rusqlite::Connection;

/// What would go and what would stay, in numbers.
pub(super) fn foretell(
    db: &Connection,
    retention: &Retention,
    target: &Target,
    now: Moment,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    if target.walks() {
        beneath::foretell(db, target, retention, now, &mut tally)?;
    }
    own::foretell(db, target, &mut tally)?;
    if target.is_whole() {
        suppression::foretell(db, target, &mut tally)?;
        archive::foretell_proofs(db, target, retention, now, &mut tally)?;
        requests::foretell(db, target, retention, now, &mut tally)?;
    }
    Ok(tally)
}

/// What an erasure would do, as the contract says it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Foretold {
    /// What would go.
    pub(crate) affected: Vec<AffectedCategory>,
    /// What would stay.
    pub(crate) retained: Vec<Retained>,
    /// What else would end.
    pub(crate) ends: Vec<Ending>,
    /// Whether the account would be gone.
    pub(crate) ends_account: bool,
}

/// For whom an erasure is foretold, and in which words.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'r> {
    pub(crate) config: &'r Config,
    pub(crate) customer: &'r CustomerId,
    /// BCP 47 tag of the customer's language.
    pub(crate) locale: Option<&'r str>,
    /// What people call a category.
    pub(crate) label: &'r dyn Fn(Category) -> String,
}

/// What an erasure of this scope would do, were it run now.
pub(crate) fn preview(
    db: &Connection,
    reader: Reader<'_>,
    scope: &DataRequestScope,
    now: Moment,
) -> Result<Foretold, StoreError> {
    let (config, tag) = (reader.config, reader.locale);
    let target = Target::of(reader.customer, scope);
    let tally = foretell(db, &config.retention, &target, now)?;
    Ok(Foretold {
        affected: tally
            .goes
            .iter()
            .map(|(category, count)| AffectedCategory {
                category: category.id(),
                label: (reader.label)(*category),
                count: *count,
            })
            .collect(),
        retained: retained(&tally, &config.retention, tag, &config.company.locales),
        ends: ends::ends(db, config, &target, tag, now)?,
        ends_account: ends::ends_account(&target),
    })
}
