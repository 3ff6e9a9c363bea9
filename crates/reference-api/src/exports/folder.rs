//! Where copies lie: a folder beside the attachments. A copy is written under a name that nobody reads and gets its own once it is whole.

use crate::secrets::hex;
use crate::store::{Store, StoreError};
use portal_contract::ArtifactId;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The folder within the folder of attachments.
const FOLDER: &str = "exports";

/// What the name of an unfinished copy ends with.
const UNFINISHED: &str = "part";

/// The folder of copies.
#[must_use]
pub fn folder(files: &Path) -> PathBuf {
    files.join(FOLDER)
}

/// A copy that is being written. Dropped before it is kept, it is gone.
pub struct Draft {
    folder: PathBuf,
    /// Its name without its ending, which nobody can guess.
    stem: String,
    kept: bool,
}

/// A copy that is whole.
pub struct Whole {
    /// Its name in the folder.
    pub stored_as: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

impl Draft {
    /// Begins the copy of this artifact. What an interrupted attempt left of it is removed.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn begin(files: &Path, artifact: &ArtifactId) -> io::Result<(Self, BufWriter<File>)> {
        let folder = folder(files);
        fs::create_dir_all(&folder)?;
        remove_all_of(&folder, artifact)?;
        let draft = Self {
            stem: format!("{artifact}.{}", Uuid::new_v4().simple()),
            folder,
            kept: false,
        };
        let file = File::create_new(draft.path())?;
        Ok((draft, BufWriter::with_capacity(1 << 16, file)))
    }

    fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.{UNFINISHED}", self.stem))
    }

    /// Ends it: all of it is on the disk, and then under its own name.
    ///
    /// # Errors
    /// When it cannot be read again or renamed.
    pub fn keep(mut self, written: BufWriter<File>) -> io::Result<Whole> {
        let file = written
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        let (size, sha256) = sum(&self.path())?;
        let stored_as = format!("{}.zip", self.stem);
        fs::rename(self.path(), self.folder.join(&stored_as))?;
        self.kept = true;
        // The name is on the disk too before the database says that it is there.
        File::open(&self.folder)?.sync_all()?;
        Ok(Whole {
            stored_as,
            size,
            sha256,
        })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now, the sweep finds.
            let _ = fs::remove_file(self.path());
        }
    }
}

fn sum(path: &Path) -> io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let mut size = 0;
    let mut read = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = read.read(&mut piece)?;
        if length == 0 {
            return Ok((size, hex(&digest.finalize())));
        }
        digest.update(&piece[..length]);
        size += length as u64;
    }
}

fn remove_all_of(folder: &Path, artifact: &ArtifactId) -> io::Result<()> {
    let beginning = format!("{artifact}.");
    for name in names(folder)? {
        if name.starts_with(&beginning) {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

/// Removes the contents that have these names. One that is gone already is no error.
///
/// # Errors
/// When one is there and cannot be removed.
pub fn remove<'a>(files: &Path, stored: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    let folder = folder(files);
    for name in stored {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Removes what nobody knows: copies whose request went another way, or whose customer is erased. Gives how many there were.
///
/// # Errors
/// When the folder or the database refuses.
pub fn tidy(store: &Store, files: &Path) -> Result<usize, StoreError> {
    // The names first: what is made from here on is not among them, and what is being made is known to the database.
    let names = names(&folder(files))?;
    let unknown: Vec<String> = store.read_blocking(|db| {
        let mut known = db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM data_request_artifacts
                             WHERE id = ?1 AND (stored_as = ?2 OR (stored_as IS NULL AND state = 'preparing')))",
        )?;
        let mut unknown = Vec::new();
        for name in names {
            let id = name.split('.').next().unwrap_or("");
            let is_known: bool = known.query_row([id, name.as_str()], |row| row.get(0))?;
            if !is_known {
                unknown.push(name);
            }
        }
        Ok(unknown)
    })?;
    remove(files, unknown.iter().map(String::as_str))?;
    Ok(unknown.len())
}
