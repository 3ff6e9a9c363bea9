//! Files of the company's own: read strictly, and refused with which file, which part of it, what is wrong and what would be right.
//!
//! Guides have a way of their own (`guides::Faults`): who writes a tree wants to know of all its faults at once.

use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::path::Path;
use std::str::FromStr;

/// The place of what is wrong with a file as a whole.
const WHOLE: &str = "the file";

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {place}: {problem}")]
pub struct FileError {
    /// Which file.
    pub file: String,
    /// Which part of it (`topic "outages", channels`).
    pub place: String,
    /// What is wrong, and what would be right.
    pub problem: String,
}

/// What is wrong, and in which part of a file.
pub(crate) type Wrong = (String, String);

pub(crate) fn wrong(place: impl Into<String>, problem: impl Into<String>) -> Wrong {
    (place.into(), problem.into())
}

impl FileError {
    /// It in this file.
    pub(crate) fn of(file: &str, (place, problem): Wrong) -> Self {
        Self {
            file: file.to_owned(),
            place,
            problem,
        }
    }
}

/// Reads a file, and what it says by `parse`, which is told how the file is called.
pub(crate) fn load<T>(
    path: &Path,
    parse: impl FnOnce(&str, &str) -> Result<T, FileError>,
) -> Result<T, FileError> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| FileError::of(&file, wrong(WHOLE, format!("cannot be read: {error}"))))?;
    parse(&file, &text)
}

/// Reads the text of a file (TOML) into its form, and makes of that what `check` says.
pub(crate) fn parse<R: DeserializeOwned, T>(
    file: &str,
    text: &str,
    check: impl FnOnce(R) -> Result<T, Wrong>,
) -> Result<T, FileError> {
    let raw: Result<R, _> = toml::from_str(text);
    raw.map_err(|error| wrong(WHOLE, error.to_string()))
        .and_then(check)
        .map_err(|wrong| FileError::of(file, wrong))
}

/// Refuses names of which one stands twice; `kind` says of what they are names.
pub(crate) fn no_name_twice<'n>(
    names: impl Iterator<Item = &'n str>,
    kind: &str,
) -> Result<(), Wrong> {
    let mut known = HashSet::new();
    for name in names {
        if !known.insert(name) {
            return Err(wrong(
                format!("{kind} {name:?}"),
                "stands twice; every id is one of its own",
            ));
        }
    }
    Ok(())
}

/// An id of the company's: it stands in addresses and in JSON Pointers as it is.
pub(crate) fn id<T: FromStr>(text: &str) -> Result<T, String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    let short = text.len() <= 64 && text.chars().all(fits);
    text.parse()
        .ok()
        .filter(|_| short)
        .ok_or_else(|| format!("{text:?} is no id: 1 to 64 of a-z, 0-9, \"_\" and \"-\""))
}
