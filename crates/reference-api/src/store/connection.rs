//! How every connection is set up.

use super::StoreError;
use super::search::pairs_of;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::path::Path;
use std::time::Duration;

/// How long a connection waits for another process (a backup, an import) to let go.
const BUSY: Duration = Duration::from_secs(5);

/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 128;

pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    configure(path).map_err(|source| StoreError::Open {
        path: path.to_owned(),
        source,
    })
}

fn configure(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // NORMAL loses nothing in WAL mode when the process dies, and syncs once a checkpoint instead of once a commit.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = NORMAL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000;
         PRAGMA mmap_size = 268435456;",
    )?;
    connection.create_scalar_function(
        "pairs_of",
        1,
        FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_INNOCUOUS,
        |call| Ok(pairs_of(call.get_raw(0).as_str().unwrap_or(""))),
    )?;
    Ok(connection)
}
