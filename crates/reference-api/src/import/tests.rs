//! Whole files into a database.

mod csv;
mod mail;
mod suppressed;

use super::Intake;
use crate::config::Config;
use crate::store::Store;
use crate::store::ingest::Files;
use crate::store::time::Moment;
use std::path::PathBuf;

struct Bench {
    store: Store,
    files: Files,
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            store: Store::in_memory().unwrap(),
            files: Files::in_directory(folder.path()),
            folder,
        }
    }

    fn intake<'b>(&'b self, config: &'b Config) -> Intake<'b> {
        Intake::new(&self.store, &self.files, config, now()).unwrap()
    }

    fn text(&self, query: &str) -> String {
        self.store
            .read_blocking(|db| Ok(db.query_row(query, [], |row| row.get(0))?))
            .unwrap()
    }

    fn number(&self, query: &str) -> i64 {
        self.store
            .read_blocking(|db| Ok(db.query_row(query, [], |row| row.get(0))?))
            .unwrap()
    }
}

fn now() -> Moment {
    Moment::from_timestamp(&"2026-03-01T12:00:00Z".parse().unwrap()).unwrap()
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/import")
        .join(name)
}
