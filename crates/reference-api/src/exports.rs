//! Copies of what is held about a customer, for access (GDPR, Art. 15) and portability (Art. 20): a ZIP with everything as JSON and CSV,
//! the same as pages to read, and a manifest with the sum of every file.
//!
//! A copy is written from the database in pages: what it takes of memory does not depend on how much is held.

mod archive;
mod copy;
mod extent;
mod name;
mod page;
mod row;
mod set;
mod sets;
mod source;
mod table;
mod words;

use crate::store::StoreError;

/// Why a copy was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive or a file in it cannot be read or written.
    #[error("the copy cannot be written: {0}")]
    File(#[from] std::io::Error),
    /// The archive cannot take a file.
    #[error("the archive cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A record is not what this program writes.
    #[error("an {0} cannot be read")]
    Unreadable(&'static str),
    /// It is not wanted any more, or somebody else makes it now.
    #[error("the copy is not wanted any more")]
    Stopped,
}
