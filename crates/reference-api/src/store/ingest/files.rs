//! Files that come from elsewhere, kept beside the database as uploads are.

use std::fs;
use std::io;
use std::path::PathBuf;

/// Where files are kept.
#[derive(Clone, Debug)]
pub struct Files {
    directory: PathBuf,
}

impl Files {
    /// Files are kept in `directory`, which is made when the first one comes.
    #[must_use]
    pub fn in_directory(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
        }
    }

    /// Keeps `content` and gives the name that it is stored under, which says nothing of the file's own name. The same file
    /// of the same message has the same name every time, so that a repeated import leaves no second copy.
    pub(super) fn keep(&self, sha256: &str, id: &str, content: &[u8]) -> io::Result<String> {
        let name = format!("{id}-{}", &sha256[..16]);
        let path = self.directory.join(&name);
        fs::create_dir_all(&self.directory)?;
        // Whole or not at all: a reader never meets half a file.
        let unfinished = self.directory.join(format!("{name}.part"));
        fs::write(&unfinished, content)?;
        fs::rename(&unfinished, path)?;
        Ok(name)
    }
}
