//! Copies of what is held about a customer, for access (GDPR, Art. 15) and portability (Art. 20): a ZIP with everything as JSON and CSV,
//! the same as pages to read, and a manifest with the sum of every file.
//!
//! A copy is written from the database in pages: what it takes of memory does not depend on how much is held.

mod archive;
mod copy;
mod downloads;
mod extent;
mod folder;
mod job;
mod name;
mod page;
mod row;
mod set;
mod sets;
mod source;
mod table;
mod words;

pub(crate) use downloads::open;
pub use downloads::{Fetch, fetch, forget};
pub use folder::{folder, tidy};
pub use job::make;
pub(crate) use table::neutral;

use crate::data_requests::{Desk, TransitionError, artifacts};
use crate::http::{AppState, Change};
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

impl From<ExportError> for StoreError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error,
            ExportError::File(error) => Self::File(error),
            ExportError::Stopped => Self::Interrupted,
            other @ (ExportError::Zip(_) | ExportError::Unreadable(_)) => {
                Self::Corrupt(other.to_string())
            }
        }
    }
}

/// How many copies run out in one transaction.
const BATCH: usize = 100;

/// Ends copies whose time is over, and removes what lies in their folder and is nobody's.
///
/// # Errors
/// When the database or the folder refuses; what ended before that has ended.
pub async fn sweep(state: &AppState) -> Result<(), StoreError> {
    loop {
        let ended = run_out(state).await?;
        let full = ended.len() == BATCH;
        let (files, stored): (_, Vec<String>) = (state.files.clone(), ended);
        tokio::task::spawn_blocking(move || {
            folder::remove(&files, stored.iter().map(String::as_str))
        })
        .await
        .map_err(|_| StoreError::Interrupted)??;
        if !full {
            break;
        }
    }
    let (store, files) = (state.store.clone(), state.files.clone());
    let gone = tokio::task::spawn_blocking(move || tidy(&store, &files))
        .await
        .map_err(|_| StoreError::Interrupted)??;
    if gone > 0 {
        tracing::debug!(gone, "copies that were nobody's were removed");
    }
    Ok(())
}

/// The entries first, then the contents: an entry never lacks its content.
async fn run_out(state: &AppState) -> Result<Vec<String>, StoreError> {
    let (config, secrets, now) = (
        state.config.clone(),
        state.secrets.clone(),
        state.clock.now(),
    );
    let (stored, told) = state
        .store
        .write(move |tx| {
            let desk = Desk {
                config: &config,
                secrets: &secrets,
                now,
            };
            let (mut stored, mut told) = (Vec::new(), Vec::new());
            for id in artifacts::run_out(tx, now, BATCH)? {
                match artifacts::expire(tx, desk, &id) {
                    Ok((content, customer)) => {
                        stored.extend(content);
                        told.extend(customer);
                    }
                    Err(TransitionError::Store(error)) => return Err(error),
                    Err(error) => return Err(StoreError::Corrupt(error.to_string())),
                }
            }
            Ok((stored, told))
        })
        .await?;
    for customer in told {
        state.changes.tell(Change::Data(customer));
    }
    Ok(stored)
}
