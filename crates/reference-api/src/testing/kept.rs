//! What an API held at one moment: others go on from there, which is quicker than filling each anew.

use super::{NOW, TestApi};
use crate::config::Config;
use crate::store::time::Moment;
use crate::store::{Snapshot, Store};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// See the module, and [`TestApi::kept`].
pub struct Kept {
    database: Snapshot,
    /// By their paths within the folder.
    files: Vec<(PathBuf, Vec<u8>)>,
    at: Moment,
}

impl Kept {
    /// What this database and this folder hold.
    ///
    /// # Panics
    /// When somebody reads at this moment, or a file cannot be read.
    #[must_use]
    pub fn of(store: &Store, folder: &Path, at: Moment) -> Self {
        let mut files = Vec::new();
        gather(folder, Path::new(""), &mut files);
        Self {
            database: store.snapshot().expect("nobody reads"),
            files,
            at,
        }
    }

    /// A database and a folder of one's own that hold it.
    ///
    /// # Panics
    /// When they cannot be written.
    #[must_use]
    pub fn unpacked(&self) -> (Store, TempDir) {
        let folder = tempfile::tempdir().expect("a test has a temporary folder");
        self.put(folder.path());
        (self.database(), folder)
    }

    fn database(&self) -> Store {
        Store::beginning_with(&self.database).expect("a test has a database")
    }

    fn put(&self, folder: &Path) {
        for (name, bytes) in &self.files {
            let file = folder.join(name);
            let above = file.parent().expect("it lies in the folder");
            std::fs::create_dir_all(above).expect("a test can make folders");
            std::fs::write(file, bytes).expect("a test can write files");
        }
    }

    /// The demonstration, told from this moment. Telling it takes longer than most tests do: keep it where several want it.
    ///
    /// # Panics
    /// When it cannot be told.
    #[must_use]
    pub fn demonstration(at: Moment) -> Self {
        let folder = tempfile::tempdir().expect("a test has a temporary folder");
        let store = Store::in_memory().expect("a test has a database");
        let files = crate::store::ingest::Files::in_directory(folder.path());
        crate::demo::seed(&store, &files, at).expect("the demonstration can be told");
        Self::of(&store, folder.path(), at)
    }
}

/// The files below a folder, by their paths in it.
fn gather(folder: &Path, within: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    let listed = std::fs::read_dir(folder.join(within)).expect("the folder is there");
    for entry in listed {
        let entry = entry.expect("the folder can be read");
        let name = within.join(entry.file_name());
        if entry.path().is_dir() {
            gather(folder, &name, files);
        } else {
            let bytes = std::fs::read(entry.path()).expect("a file that is listed can be read");
            files.push((name, bytes));
        }
    }
}

impl TestApi {
    /// What it holds now: its database, its attachments, and how late it is.
    ///
    /// # Panics
    /// When somebody reads at this moment, or a file cannot be read.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept::of(&self.state.store, self.files(), self.state.clock.now())
    }

    /// An API that goes on where another stood.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn going_on_from(kept: &Kept, configure: impl FnOnce(&mut Config)) -> Self {
        let api = Self::over(kept.database(), configure);
        kept.put(api.files());
        api.state.clock.advance((kept.at.millis() - NOW) / 1000);
        api
    }
}
