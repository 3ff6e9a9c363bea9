//! Where the commands of the company do what it decides: the same database, settings and secrets as the server's.

use super::Place;
use crate::clock::Clock;
use crate::config::Config;
use crate::data_requests::Desk;
use crate::secrets::Secrets;
use crate::store::time::Moment;
use crate::store::{Store, StoreError};
use anyhow::Result;
use rusqlite::Transaction;

/// The database, and what goes on with a request or a delegation needs.
pub(super) struct Office {
    store: Store,
    config: Config,
    secrets: Secrets,
    /// The moment of the command.
    pub(super) now: Moment,
}

impl Office {
    pub(super) fn open(place: &Place) -> Result<Self> {
        let (store, config) = (super::existing(place)?, place.config()?);
        let secrets = Secrets::load(config.secret.as_deref(), &store)?;
        Ok(Self {
            store,
            config,
            secrets,
            now: Clock::system().now(),
        })
    }

    /// Does it in one transaction, whole or not at all.
    pub(super) fn act<T, E>(
        &self,
        act: impl FnOnce(&Transaction<'_>, Desk<'_>) -> Result<T, E>,
    ) -> Result<T>
    where
        E: From<StoreError> + std::error::Error + Send + Sync + 'static,
    {
        let desk = Desk {
            config: &self.config,
            secrets: &self.secrets,
            now: self.now,
        };
        Ok(self.store.transact_blocking(|tx| act(tx, desk))?)
    }
}
