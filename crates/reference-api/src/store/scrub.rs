//! Leaving nothing behind: what was deleted is gone from the files of the database too, and not only from its tables.
//!
//! SQLite marks deleted rows as free, keeps remains of them in pages that were split, copies of pages in its log, words in the segments of
//! the search, and samples of indexed values for its planner. `secure_delete` (set on every connection) blackens the first; the others
//! go here.

use super::{Store, StoreError};
use rusqlite::Connection;
use std::sync::PoisonError;

/// How many pages of the search are merged in one transaction: others want to write too.
const PAGES: i64 = 400;

impl Store {
    /// Rewrites the database file, empties its log and merges the search, so that no byte of a deleted row is left. Writers wait for the
    /// time that it takes to copy the file.
    ///
    /// # Errors
    /// When the database refuses; [`is_passing`](StoreError::is_passing) when another process reads it for too long.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        self.merge_search().await?;
        let _turn = self
            .0
            .writer_turn
            .acquire()
            .await
            .map_err(|_| StoreError::Interrupted)?;
        let store = self.clone();
        tokio::task::spawn_blocking(move || {
            let writer = store
                .0
                .writer
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            rewrite(&writer)?;
            empty_log(&writer)
        })
        .await
        .map_err(|_| StoreError::Interrupted)?
    }

    /// Merges all segments of the search into one, which leaves out what was deleted (FTS5, "merge" with a negative count begins over all
    /// segments; less than two changed rows say that nothing is left to do).
    async fn merge_search(&self) -> Result<(), StoreError> {
        let mut pages = -PAGES;
        loop {
            let changed: i64 = self
                .write(move |tx| {
                    let before = total_changes(tx)?;
                    tx.prepare_cached("INSERT INTO search (search, rank) VALUES ('merge', ?1)")?
                        .execute([pages])?;
                    Ok(total_changes(tx)? - before)
                })
                .await?;
            if changed < 2 {
                return Ok(());
            }
            pages = PAGES;
        }
    }
}

fn total_changes(db: &Connection) -> Result<i64, StoreError> {
    Ok(db
        .prepare_cached("SELECT total_changes()")?
        .query_row([], |row| row.get(0))?)
}

fn rewrite(writer: &Connection) -> Result<(), StoreError> {
    // Samples of indexed values. The planner goes by the counts beside them until the next ANALYZE.
    if writer.table_exists(Some("main"), "sqlite_stat4")? {
        writer.execute("DELETE FROM sqlite_stat4", [])?;
    }
    // The copy would else be made in memory, whatever its size.
    writer.execute_batch("PRAGMA temp_store = FILE;")?;
    let rewritten = writer.execute_batch("VACUUM;");
    writer.execute_batch("PRAGMA temp_store = MEMORY;")?;
    Ok(rewritten?)
}

fn empty_log(writer: &Connection) -> Result<(), StoreError> {
    let is_busy: bool =
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if is_busy {
        let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(rusqlite::Error::SqliteFailure(busy, None).into());
    }
    Ok(())
}

#[cfg(test)]
impl Store {
    /// Where the database file lies.
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.0.path
    }
}
