//! Bringing a company's history in: CSV files through a map, mailboxes as they are. `docs/importing.md` tells how.

pub(crate) mod customers;
mod intake;
mod list;
pub mod mailbox;
pub mod map;
mod progress;
mod report;
mod rows;
pub(crate) mod slug;
pub mod table;
pub mod wishes;

pub use intake::Intake;
pub use list::write_customers;
pub use progress::Progress;
pub use report::{Place, Rejection, Report};
pub use rows::import_csv;

use crate::store::StoreError;
use crate::store::ingest::Ingested;
use std::fmt;

/// Why an import could not go on. What was finished before is kept.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The map cannot be used.
    #[error(transparent)]
    Map(#[from] map::MapError),
    /// The file has no first row with the columns' names.
    #[error("the file is empty; its first row has to name the columns")]
    NoHeader,
    /// The first row cannot be read.
    #[error("line {line}: the row that names the columns cannot be read: {reason}")]
    BadHeader {
        /// Its line.
        line: u64,
        /// Why.
        reason: String,
    },
    /// The options do not go together, or name somebody who is not here.
    #[error("{0}")]
    Options(String),
    /// A file cannot be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A list cannot be written.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New here.
    pub imported: u64,
    /// Here already, as they came.
    pub unchanged: u64,
    /// Here already, and brought up to date.
    pub updated: u64,
    /// Not taken; each was reported.
    pub rejected: u64,
    /// Opt-outs that stand here and that a row would have taken back; each was reported, and the rest of its row was taken.
    pub kept: u64,
}

impl Summary {
    fn count(&mut self, ingested: Ingested) {
        match ingested {
            Ingested::Inserted => self.imported += 1,
            Ingested::Unchanged => self.unchanged += 1,
            Ingested::Updated => self.updated += 1,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} imported, {} unchanged, ",
            self.imported, self.unchanged
        )?;
        if self.updated > 0 {
            write!(f, "{} updated, ", self.updated)?;
        }
        write!(f, "{} rejected", self.rejected)?;
        if self.kept > 0 {
            write!(f, ", {} opt-outs kept", self.kept)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
