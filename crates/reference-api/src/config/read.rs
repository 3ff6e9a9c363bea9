//! Reading settings from a file and the environment, and saying what is wrong with one.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Value;

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This file.
    File(PathBuf),
    /// This environment variable.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "in {}", path.display()),
            Self::Variable(name) => write!(f, "in the environment variable {name}"),
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {path} cannot be read: {reason}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is no TOML.
    #[error("the configuration file {path} is not TOML: {reason}")]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// What and where.
        reason: String,
    },
    /// There is no such setting.
    #[error("there is no setting \"{key}\" ({origin}){}", .meant.as_ref().map(|key| format!("; did you mean \"{key}\"?")).unwrap_or_default())]
    Unknown {
        /// The setting, `table.name`.
        key: String,
        /// Where it stands.
        origin: Origin,
        /// A setting of nearly that name.
        meant: Option<String>,
    },
    /// The value is not what the setting takes.
    #[error("\"{key}\" ({origin}): expected {expected}, found {found}")]
    Value {
        /// The setting.
        key: String,
        /// Where it stands.
        origin: Origin,
        /// What it takes.
        expected: String,
        /// What was there; never a secret.
        found: String,
    },
    /// A file that a setting names cannot be used.
    #[error("\"{key}\": {reason}")]
    Content {
        /// The setting.
        key: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// A setting is needed because of another.
    #[error("\"{key}\" is needed when \"{because}\" is set")]
    Missing {
        /// The setting that is needed.
        key: String,
        /// The other.
        because: String,
    },
}

/// What environment variables of ours begin with.
pub(super) const PREFIX: &str = "PORTAL_API_";

/// Settings whose values are never shown.
const SECRET: [&str; 4] = [
    "secret",
    "mail.password",
    "webhooks",
    "sign_in.openid_connect.client_secret",
];

/// The settings that were given, each with its origin. Taking them all leaves those that nobody knows.
#[derive(Debug, Default)]
pub(super) struct Settings(BTreeMap<String, (Value, Origin)>);

impl Settings {
    /// Lays the settings of a file under the ones that are there.
    pub(super) fn read_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let table: toml::Table =
            text.parse()
                .map_err(|error: toml::de::Error| ConfigError::Syntax {
                    path: path.to_owned(),
                    reason: error.to_string(),
                })?;
        self.flatten("", table, &Origin::File(path.to_owned()));
        Ok(())
    }

    fn flatten(&mut self, above: &str, table: toml::Table, origin: &Origin) {
        for (name, value) in table {
            let key = format!("{above}{name}");
            match value {
                Value::Table(table) => self.flatten(&format!("{key}."), table, origin),
                value => drop(self.0.insert(key, (value, origin.clone()))),
            }
        }
    }

    /// Lays the variables over the settings that are there. `PORTAL_API_MAIL_HOST` is `mail.host`.
    pub(super) fn read_environment(
        &mut self,
        variables: impl IntoIterator<Item = (String, String)>,
        keys: &[&str],
    ) -> Result<(), ConfigError> {
        for (name, text) in variables {
            let Some(tail) = name.strip_prefix(PREFIX) else {
                continue;
            };
            let known = keys.iter().find(|key| variable_tail(key) == tail);
            let origin = Origin::Variable(name.clone());
            let Some(key) = known else {
                let key = tail.to_ascii_lowercase();
                let nearest = nearest(tail, keys.iter().map(|key| variable_tail(key)));
                return Err(ConfigError::Unknown {
                    key,
                    origin,
                    meant: nearest.map(|tail| format!("{PREFIX}{tail}")),
                });
            };
            self.0
                .insert((*key).to_owned(), (Value::String(text), origin));
        }
        Ok(())
    }

    /// Whether a setting was given.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Takes a setting, read by `parse`; `expected` says what it takes.
    pub(super) fn take<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some((value, origin)) = self.0.remove(key) else {
            return Ok(None);
        };
        parse(&value).map(Some).ok_or_else(|| ConfigError::Value {
            key: key.to_owned(),
            origin,
            expected: expected.to_owned(),
            found: if SECRET.contains(&key) {
                "something else".to_owned()
            } else {
                value.to_string()
            },
        })
    }

    /// Refuses what is left: a setting that nobody takes is a mistake and not a wish.
    pub(super) fn finish(self, keys: &[&str]) -> Result<(), ConfigError> {
        match self.0.into_iter().next() {
            None => Ok(()),
            Some((key, (_, origin))) => {
                let meant = nearest(&key, keys.iter().map(|key| (*key).to_owned()));
                Err(ConfigError::Unknown { key, origin, meant })
            }
        }
    }
}

fn variable_tail(key: &str) -> String {
    key.replace('.', "_").to_ascii_uppercase()
}

/// The candidate that differs least, if it differs by a third of its letters at most.
fn nearest(given: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    candidates
        .map(|candidate| (distance(given, &candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance * 3 <= candidate.len())
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be put in, taken out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// A text that is not empty.
pub(super) fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// `true` or `false`.
pub(super) fn switch(value: &Value) -> Option<bool> {
    value
        .as_bool()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// A whole number within the bounds.
pub(super) fn number(value: &Value, bounds: std::ops::RangeInclusive<u64>) -> Option<u64> {
    let number = match value {
        Value::Integer(number) => u64::try_from(*number).ok()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    bounds.contains(&number).then_some(number)
}

/// A list of texts; in a variable, with commas between.
pub(super) fn list(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(text).collect(),
        Value::String(line) => Some(
            line.split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect(),
        ),
        _ => None,
    }
}
