//! Sentences by their keys: what a company writes itself. The portal's own travel by number, and nobody needs their keys; so these
//! are asked for only where somebody speaks by key.

use super::{OTHER, forms};
use portal_contract::Json;
use std::fmt;

/// The key of every sentence, followed by the names of its placeholders, in the order of their numbers.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

/// What is wrong with one sentence of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The sentence's key.
    pub key: String,
    /// What is wrong.
    pub reason: Reason,
}

/// Why a sentence cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not in the file.
    Missing,
    /// No sentence has this key.
    Unknown,
    /// It is neither a text nor an object of texts with the form `other`.
    NotAText,
    /// It lacks this placeholder.
    Lacks(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        f.write_str(&self.key)?;
        f.write_str(match &self.reason {
            Reason::Missing => "\" is missing",
            Reason::Unknown => "\" is not a key of en.json",
            Reason::NotAText => "\" is not a text, or not an object of texts with \"other\"",
            Reason::Lacks(_) => "\" lacks the placeholder ",
        })?;
        match &self.reason {
            Reason::Lacks(name) => f.write_str(name),
            Reason::Missing | Reason::Unknown | Reason::NotAText => Ok(()),
        }
    }
}

/// A sentence's forms by category.
type Forms = Vec<(String, String)>;

impl Names {
    /// Reads the list that the build wrote.
    pub fn new(signatures: impl IntoIterator<Item = String>) -> Self {
        Self(signatures.into_iter().collect())
    }

    /// The sentences that can be used, by number, and what is wrong with the others.
    pub fn read(&self, messages: &Json, whole: bool) -> (Vec<(usize, Forms)>, Vec<Fault>) {
        let mut sentences = Vec::new();
        let mut faults = Vec::new();
        for (index, signature) in self.0.iter().enumerate() {
            let key = key_of(signature);
            match read(messages.get(key), signature) {
                Ok(forms) => sentences.push((index, forms)),
                Err(Reason::Missing) if !whole => {}
                Err(reason) => faults.push(Fault {
                    key: key.to_owned(),
                    reason,
                }),
            }
        }
        faults.extend(self.unknown(messages));
        (sentences, faults)
    }

    fn unknown(&self, messages: &Json) -> Vec<Fault> {
        let Json::Object(members) = messages else {
            return Vec::new();
        };
        let is_known = |key: &str| self.0.iter().any(|signature| key_of(signature) == key);
        let unknown = members.iter().filter(|(key, _)| !is_known(key));
        unknown
            .map(|(key, _)| Fault {
                key: key.clone(),
                reason: Reason::Unknown,
            })
            .collect()
    }
}

fn key_of(signature: &str) -> &str {
    signature.split(' ').next().unwrap_or_default()
}

fn read(message: &Json, signature: &str) -> Result<Forms, Reason> {
    if *message == Json::Null {
        return Err(Reason::Missing);
    }
    let mut forms = forms(message).ok_or(Reason::NotAText)?;
    let usual = forms
        .iter()
        .find(|(category, words)| category == OTHER && !words.is_empty());
    let (_, usual) = usual.ok_or(Reason::NotAText)?;
    let names = || signature.split(' ').skip(1);
    let braced = |name: &str| ["{", name, "}"].concat();
    if let Some(name) = names().find(|name| !usual.contains(&braced(name))) {
        return Err(Reason::Lacks(name.to_owned()));
    }
    for (_, words) in &mut forms {
        for (number, name) in names().enumerate() {
            *words = words.replace(&braced(name), &braced(&number.to_string()));
        }
    }
    Ok(forms)
}
