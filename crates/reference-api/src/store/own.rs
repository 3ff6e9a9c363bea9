//! Databases of a test's own: files that go with their store, so that readers and the writer run side by side as they do in earnest.

use super::{Store, StoreError};
use std::sync::{Arc, OnceLock, PoisonError};

/// A database as it stood at one moment: others begin with it.
#[derive(Clone)]
pub struct Snapshot(Arc<[u8]>);

/// A database with its tables and nothing in them. Making the tables takes longer than most tests do.
static EMPTY: OnceLock<Snapshot> = OnceLock::new();

impl Store {
    /// A database with nothing in it.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn in_memory() -> Result<Self, StoreError> {
        if let Some(empty) = EMPTY.get() {
            return Self::beginning_with(empty);
        }
        let folder = tempfile::tempdir()?;
        let made = Self::open(folder.path().join("portal.db"))?;
        Self::beginning_with(
            EMPTY.get_or_init(|| made.snapshot().expect("a fresh database can be read")),
        )
    }

    /// A database with what another held.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn beginning_with(snapshot: &Snapshot) -> Result<Self, StoreError> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("portal.db");
        std::fs::write(&path, &snapshot.0)?;
        let store = Self::open_in(&path, Some(folder))?;
        // What goes with the process need not outlast the machine.
        store.writer().pragma_update(None, "synchronous", "OFF")?;
        Ok(store)
    }

    /// What it holds now.
    ///
    /// # Errors
    /// When SQLite refuses, or somebody reads at this moment.
    pub fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let writer = self.writer();
        let busy: bool =
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(StoreError::Interrupted);
        }
        Ok(Snapshot(std::fs::read(&self.0.path)?.into()))
    }

    fn writer(&self) -> std::sync::MutexGuard<'_, rusqlite::Connection> {
        let lock = self.0.writer.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(store: &Store, id: &'static str) {
        let insert = "INSERT INTO customers (id, display_name, created_at, updated_at) VALUES (?1, 'A', 0, 0)";
        store
            .write_blocking(|tx| Ok(tx.execute(insert, [id])?))
            .unwrap();
    }

    fn count(store: &Store) -> i64 {
        let count = "SELECT count(*) FROM customers";
        store
            .read_blocking(|db| Ok(db.query_row(count, [], |row| row.get(0))?))
            .unwrap()
    }

    #[test]
    fn what_begins_with_a_snapshot_holds_what_stood_then_and_shares_nothing_later() {
        let first = Store::in_memory().unwrap();
        add(&first, "a");
        let snapshot = first.snapshot().unwrap();
        add(&first, "b");
        let second = Store::beginning_with(&snapshot).unwrap();
        assert_eq!((count(&first), count(&second)), (2, 1));
        add(&second, "c");
        assert_eq!(count(&Store::beginning_with(&snapshot).unwrap()), 1);
        assert_eq!(count(&Store::in_memory().unwrap()), 0);
    }
}
