//! The database: SQLite in WAL mode, one writer, several readers.
//!
//! Nothing here blocks the runtime: work runs on the blocking pool, in a transaction. Statements go through
//! `prepare_cached`.

mod connection;
pub mod customers;
pub mod ids;
pub mod ingest;
pub(crate) mod me;
mod migrations;
#[cfg(any(test, feature = "testing"))]
mod own;
mod scrub;
pub mod time;

pub mod attachments;
pub mod effort;
pub mod events;
pub mod interactions;
pub mod messages;
pub mod overview;
pub mod search;

use connection::open;
#[cfg(any(test, feature = "testing"))]
pub use own::Snapshot;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// How many reads run at once. SQLite readers do not wait for each other; the bound keeps memory flat under load.
const READERS: usize = 8;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file cannot be opened.
    #[error("the database {path} cannot be opened: {source}")]
    Open {
        /// Which file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file was written by a newer version of this program.
    #[error(
        "the database has version {found}, this program knows versions up to {known}: \
         start the newer program, or another database"
    )]
    TooNew {
        /// The version of the file.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// A stored value is not what this program writes.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
    /// The work was cut short: it panicked, or the server is going down.
    #[error("the work was cut short")]
    Interrupted,
    /// A file beside the database cannot be read or written.
    #[error("a file beside the database cannot be used: {0}")]
    File(#[from] std::io::Error),
}

impl StoreError {
    /// Whether the same work may succeed in a moment: another process held the database for too long.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Sqlite(rusqlite::Error::SqliteFailure(error, _))
                if matches!(error.code, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
        )
    }
}

/// The database. Clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    path: PathBuf,
    writer: Mutex<Connection>,
    writer_turn: Semaphore,
    readers: Mutex<Vec<Connection>>,
    reader_turns: Semaphore,
    /// The folder of a database that lives as long as its store.
    _folder: Option<tempfile::TempDir>,
}

impl Store {
    /// Opens the database at `path`, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened, or was written by a newer program.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_in(path.as_ref(), None)
    }

    fn open_in(path: &Path, folder: Option<tempfile::TempDir>) -> Result<Self, StoreError> {
        let mut writer = open(path)?;
        migrations::migrate(&mut writer)?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            writer_turn: Semaphore::new(1),
            readers: Mutex::new(Vec::new()),
            reader_turns: Semaphore::new(READERS),
            _folder: folder,
        })))
    }

    /// Runs `work` on one consistent state of the database.
    ///
    /// # Errors
    /// What `work` gives, and [`StoreError::Interrupted`] when it panics.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let _turn = self
            .0
            .reader_turns
            .acquire()
            .await
            .map_err(|_| StoreError::Interrupted)?;
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_blocking(work))
            .await
            .map_err(|_| StoreError::Interrupted)?
    }

    /// Runs `work` in a transaction that is kept when it succeeds and undone when it fails.
    ///
    /// # Errors
    /// What `work` gives, and [`StoreError::Interrupted`] when it panics.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.transact(work).await
    }

    /// Like [`write`](Self::write), for work that can also refuse for reasons of its own (`E`); a refusal undoes the
    /// transaction.
    ///
    /// # Errors
    /// What `work` gives, and `E::from(StoreError)`.
    pub async fn transact<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let _turn = self
            .0
            .writer_turn
            .acquire()
            .await
            .map_err(|_| StoreError::Interrupted)?;
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.transact_blocking(work))
            .await
            .map_err(|_| E::from(StoreError::Interrupted))?
    }

    /// [`read`](Self::read) for a program that has no runtime.
    ///
    /// # Errors
    /// What `work` gives.
    pub fn read_blocking<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .0
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => open(&self.0.path)?,
        };
        let answer = {
            let snapshot = reader.transaction()?;
            work(&snapshot)
        };
        self.0
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(reader);
        answer
    }

    /// [`write`](Self::write) for a program that has no runtime.
    ///
    /// # Errors
    /// What `work` gives.
    pub fn write_blocking<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact_blocking(work)
    }

    /// [`transact`](Self::transact) for a program that has no runtime.
    pub(crate) fn transact_blocking<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic in earlier work has rolled its transaction back while unwinding: the connection is good.
        let mut writer = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let answer = work(&transaction)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(answer)
    }

    /// Writes the log back into the database file, so that the file alone is a whole backup.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || {
            let writer = store
                .0
                .writer
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            writer.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")
        })
        .await
        .map_err(|_| StoreError::Interrupted)??;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
