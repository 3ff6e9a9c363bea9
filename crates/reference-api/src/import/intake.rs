//! Where an import writes, and whom it takes in.

use crate::config::Config;
use crate::erasure;
use crate::secrets::Secrets;
use crate::store::customers::{CustomerId, NewCustomer};
use crate::store::ingest::{self, Files};
use crate::store::time::Moment;
use crate::store::{Store, StoreError};
use rusqlite::Connection;

/// The database that an import fills, the folder of files beside it, and the company whose it is.
pub struct Intake<'a> {
    pub(super) store: &'a Store,
    pub(super) files: &'a Files,
    pub(super) now: Moment,
    config: &'a Config,
    secrets: Secrets,
}

impl<'a> Intake<'a> {
    /// An intake into this database at this moment. Name the server's own configuration: whether an address is one that wanted no
    /// advertising is told with its secret.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn new(
        store: &'a Store,
        files: &'a Files,
        config: &'a Config,
        now: Moment,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            store,
            files,
            now,
            config,
            secrets: Secrets::load(config.secret.as_deref(), store)?,
        })
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// The customer with one of the addresses, or a new one. Who wanted no advertising when they left gets none from the moment in
    /// which they are back.
    pub(super) fn customer(
        &self,
        tx: &Connection,
        new: &NewCustomer,
    ) -> Result<CustomerId, StoreError> {
        let customer = ingest::customer(tx, new, self.now)?;
        erasure::honour_opt_out(tx, self.config, &self.secrets, &customer, self.now)?;
        Ok(customer)
    }
}
