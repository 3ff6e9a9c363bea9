//! Preferences, contact points and consents from a CSV file: what customers told the company before it had this portal.
//!
//! A file says what was wished when it was written; what the customer says here counts more. An opt-out that stands here is
//! never taken back by an import, and what a customer chose or removed after the row was written stays as they left it.

mod consents;
mod map;
mod plan;
mod points;
mod topics;

pub use map::WishesMap;

use super::report::{Place, Report};
use super::rows::{self, Taken, whole};
use super::{ImportError, Progress, Summary};
use crate::config::Config;
use crate::secrets::Secrets;
use crate::store::customers::{self, CustomerId};
use crate::store::ingest::Ingested;
use crate::store::time::Moment;
use crate::store::{Store, StoreError};
use plan::{Plan, Said};
use rusqlite::Transaction;
use std::io::Read;

/// Imports every row of `input` that can be taken and reports the others. Reads as a stream.
///
/// # Errors
/// When the map does not fit the file or the company's topics and purposes, the file cannot be read any further, or the database
/// refuses.
pub fn import_wishes(
    store: &Store,
    config: &Config,
    input: impl Read,
    map: &WishesMap,
    now: Moment,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary, ImportError> {
    let (mut table, names) = rows::begin(input, map.csv.dialect()?)?;
    let plan = Plan::new(map, names)?;
    let secrets = Secrets::load(config.secret.as_deref(), store)?;
    let mut kept = Vec::new();
    let mut summary = rows::run(store, &mut table, report, progress, |tx, row| {
        let said = match plan.read(row) {
            Ok(said) => said,
            Err(reason) => return Ok(Err(reason)),
        };
        let desk = Desk {
            tx,
            config,
            secrets: &secrets,
            now,
        };
        let (taken, left) = desk.take(said)?;
        kept.extend(left.into_iter().map(|reason| (row.line, reason)));
        Ok(taken)
    })?;
    summary.kept = kept.len() as u64;
    for (line, reason) in kept {
        report.tell(Place::Line(line), reason)?;
    }
    Ok(summary)
}

/// Why a row is not taken.
enum Refused {
    /// In words.
    Because(String),
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Where the rows of one transaction are written.
struct Desk<'a> {
    tx: &'a Transaction<'a>,
    config: &'a Config,
    secrets: &'a Secrets,
    now: Moment,
}

/// One customer at the desk.
struct Visit<'a> {
    desk: &'a Desk<'a>,
    customer: CustomerId,
    /// What was left out, and why.
    kept: Vec<String>,
    /// Whether anything was written.
    changed: bool,
}

impl Desk<'_> {
    /// Gives what became of the row, and what was left out of it.
    fn take(&self, said: Said) -> Result<(Taken, Vec<String>), StoreError> {
        let Some(customer) = customers::by_address(self.tx, &said.address)? else {
            let reason = format!(
                "customer.address: nobody signs in with {:?} here; import their interactions first, or correct the address",
                said.address
            );
            return Ok((Err(reason), Vec::new()));
        };
        let mut visit = Visit {
            desk: self,
            customer,
            kept: Vec::new(),
            changed: false,
        };
        let written = whole(self.tx, || visit.write(&said));
        match written {
            Ok(ingested) => Ok((Ok(ingested), visit.kept)),
            Err(Refused::Because(reason)) => Ok((Err(reason), Vec::new())),
            Err(Refused::Store(error)) => Err(error),
        }
    }
}

impl Visit<'_> {
    fn write(&mut self, said: &Said) -> Result<Ingested, Refused> {
        // A topic can be switched on only where there is a contact point for it, which may come with the same row.
        self.points(&said.points)?;
        self.topics(said)?;
        for decision in &said.decisions {
            self.decide(decision)?;
        }
        Ok(if self.changed {
            Ingested::Inserted
        } else {
            Ingested::Unchanged
        })
    }
}

#[cfg(test)]
mod tests;
