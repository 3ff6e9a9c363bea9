//! A tar (POSIX ustar) that says nothing of who made it, where and when.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::Files;

/// All files below one folder, in the order of their names.
///
/// # Errors
/// When a name is too long for the format.
pub fn tar(folder: &str, files: &Files) -> Result<Vec<u8>> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(moment(bytes));
        header.set_uid(0);
        header.set_gid(0);
        builder
            .append_data(&mut header, format!("{folder}/{name}"), bytes.as_slice())
            .with_context(|| format!("cannot pack {name}"))?;
    }
    builder.into_inner().context("cannot end the archive")
}

/// A moment of the years 2010 to 2019 that follows from the bytes, in seconds since 1970. Servers make the version of a file (`ETag`)
/// from its length and this: with one moment for all, a new index.html of the same length would be taken for the old one.
fn moment(bytes: &[u8]) -> u64 {
    const START: u64 = 1_262_304_000;
    const SPAN: u64 = 310_000_000;
    let digest = Sha256::digest(bytes);
    let number = digest
        .iter()
        .take(7)
        .fold(0, |number, byte| number << 8 | u64::from(*byte));
    START + number % SPAN
}
