//! What an archive has, held against what its manifest says. Arithmetic alone: digests are computed by whoever calls.

use super::manifest::{self, Listed, Manifest};
use super::zip::Entry;
use std::collections::BTreeMap;

/// The largest file that is checked and read, in bytes: it lies in the browser's memory as a whole for that.
pub const LARGEST: u64 = 512 << 20;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is as it was made.
    Good,
    /// It differs from what was made.
    Changed,
    /// It was in the export and is not in this archive.
    Missing,
    /// It is in this archive and was not in the export.
    Extra,
    /// It is too large to be checked here.
    TooLarge,
}

/// A file of the manifest, of the archive, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the archive.
    pub path: String,
    /// As the manifest has it.
    pub listed: Option<Listed>,
    /// As the archive has it.
    pub entry: Option<Entry>,
    /// What became of it, as far as that is known.
    pub state: Option<State>,
}

/// Every file once, in the order of the manifest, and what nobody listed behind them. What can be told without reading
/// content is told.
#[must_use]
pub fn compare(manifest: &Manifest, entries: Vec<Entry>) -> Vec<File> {
    let mut entries: BTreeMap<String, Entry> = entries
        .into_iter()
        .filter(|entry| entry.name != manifest::NAME)
        .map(|entry| (entry.name.clone(), entry))
        .collect();
    let listed = manifest.files.iter().map(|listed| {
        let entry = entries.remove(&listed.path);
        let state = match &entry {
            None => Some(State::Missing),
            Some(entry) if entry.size != listed.size => Some(State::Changed),
            Some(entry) if entry.size > LARGEST => Some(State::TooLarge),
            Some(_) => None,
        };
        File {
            path: listed.path.clone(),
            listed: Some(listed.clone()),
            entry,
            state,
        }
    });
    let mut files: Vec<File> = listed.collect();
    files.extend(entries.into_iter().map(|(path, entry)| File {
        path,
        listed: None,
        entry: Some(entry),
        state: Some(State::Extra),
    }));
    files
}

/// How many bytes are to be read to know the rest.
#[must_use]
pub fn to_read(files: &[File]) -> u64 {
    let unknown = files.iter().filter(|file| file.state.is_none());
    unknown
        .filter_map(|file| Some(file.entry.as_ref()?.size))
        .sum()
}

/// A digest as the manifest writes it.
#[must_use]
pub fn hexadecimal(digest: &[u8]) -> String {
    let digit = |value: u8| {
        char::from(if value < 10 {
            b'0' + value
        } else {
            b'a' + value - 10
        })
    };
    let digits = digest
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::export::zip::Method;

    fn entry(name: &str, size: u64) -> Entry {
        Entry {
            name: name.into(),
            method: Method::Stored,
            crc32: 0,
            packed: size,
            size,
            at: 0,
            until: 0,
        }
    }

    fn manifest(files: &[(&str, u64)]) -> Manifest {
        let listed = |(path, size): &(&str, u64)| Listed {
            path: (*path).into(),
            size: *size,
            sha256: String::new(),
            records: None,
            name: None,
        };
        Manifest {
            created_at: "2026-11-22T12:00:00Z".parse().unwrap(),
            customer: None,
            company: None,
            reference: None,
            files: files.iter().map(listed).collect(),
            left_out: vec![],
        }
    }

    #[test]
    fn every_file_is_told_once_with_what_became_of_it() {
        let large = LARGEST + 1;
        let manifest = manifest(&[("a", 1), ("gone", 2), ("longer", 3), ("huge", large)]);
        let entries = ["manifest.json", "a", "longer", "extra"].map(|name| entry(name, 1));
        let entries = entries.into_iter().chain([entry("huge", large)]).collect();
        let files = compare(&manifest, entries);
        let told: Vec<_> = files
            .iter()
            .map(|file| (file.path.as_str(), file.state))
            .collect();
        assert_eq!(
            told,
            [
                ("a", None),
                ("gone", Some(State::Missing)),
                ("longer", Some(State::Changed)),
                ("huge", Some(State::TooLarge)),
                ("extra", Some(State::Extra)),
            ]
        );
        // What is no longer to be decided is not read.
        assert_eq!(to_read(&files), 1);
    }

    #[test]
    fn a_digest_is_written_as_the_manifest_writes_it() {
        assert_eq!(hexadecimal(&[0, 9, 10, 0xab, 0xff]), "00090aabff");
    }
}
