//! Erasing what is held about a customer (GDPR, article 17): everything with the account, categories, or single conversations.
//!
//! One table of rules says what becomes of every table's rows. The preview counts by it without changing anything, the
//! [`run`] erases by it; neither knows anything that the other does not. What a law wants kept ([`Retention`]) moves to an archive that
//! nothing else reads, or stays where it is as long as the account does.

mod archive;
mod beneath;
mod ends;
mod files;
mod job;
mod own;
mod preview;
mod requests;
mod retention;
mod rules;
mod run;
mod suppression;
mod tally;
mod target;
mod walk;

pub(crate) use files::remove as remove_files;
pub use job::run;
pub(crate) use preview::{Reader, preview};
pub use retention::Retention;
pub(crate) use rules::goes_alone;

use crate::config::Config;
use crate::http::{AppState, Change};
use crate::secrets::Secrets;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use rusqlite::Connection;

/// Deletes records of the archive whose time is over: see [`sweep`](crate::sweep).
pub(crate) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    archive::forget(db, now, most)
}

/// The same at once, for one who comes by an import.
///
/// # Errors
/// When the database refuses.
pub(crate) fn honour_opt_out(
    tx: &Connection,
    config: &Config,
    secrets: &Secrets,
    customer: &CustomerId,
    now: Moment,
) -> Result<(), StoreError> {
    suppression::honour(tx, config, secrets, customer, now).map(drop)
}

/// Customers who came back under an address that wanted no advertising get none until they decide: see [`sweep`](crate::sweep).
pub(crate) async fn honour_opt_outs(state: &AppState) -> Result<(), StoreError> {
    let (config, secrets, now) = (
        state.config.clone(),
        state.secrets.clone(),
        state.clock.now(),
    );
    let honoured = state
        .store
        .write(move |tx| suppression::honour_all(tx, &config, &secrets, now))
        .await?;
    for customer in honoured {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
