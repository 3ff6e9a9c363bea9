//! Contents whose entry is gone.

use crate::http::AppState;
use crate::store::StoreError;
use rusqlite::params;
use std::io::ErrorKind;
use std::path::Path;

/// How many are removed between two transactions.
const BATCH: usize = 200;

/// Removes every content that is to be removed. The note of it goes after the content: whenever the program ends, none is forgotten.
///
/// # Errors
/// When the database refuses, or a content cannot be removed.
pub(crate) async fn remove(state: &AppState) -> Result<(), StoreError> {
    loop {
        let names = state
            .store
            .read(|db| {
                let sql = "SELECT stored_as FROM files_to_remove ORDER BY stored_as LIMIT ?1";
                let mut statement = db.prepare_cached(sql)?;
                let rows = statement.query_map([BATCH], |row| row.get(0))?;
                Ok(rows.collect::<Result<Vec<String>, _>>()?)
            })
            .await?;
        if names.is_empty() {
            return Ok(());
        }
        let folder = state.files.clone();
        let names = tokio::task::spawn_blocking(move || {
            names
                .iter()
                .try_for_each(|name| remove_one(&folder, name))
                .map(|()| names)
        })
        .await
        .map_err(|_| StoreError::Interrupted)??;
        state
            .store
            .write(move |tx| {
                let mut done =
                    tx.prepare_cached("DELETE FROM files_to_remove WHERE stored_as = ?1")?;
                for name in names {
                    done.execute(params![name])?;
                }
                Ok(())
            })
            .await?;
    }
}

fn remove_one(folder: &Path, name: &str) -> std::io::Result<()> {
    match std::fs::remove_file(folder.join(name)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
