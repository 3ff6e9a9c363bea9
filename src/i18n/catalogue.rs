//! Sentences as data: what a view hands on ([`Text`]), and the table that a locale file becomes ([`Catalogue`]).

use super::text::KEYS;
use portal_contract::Json;
use std::fmt;

/// A sentence of the catalogue with its arguments; it becomes words where it is shown, in the language in use there.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    index: u16,
    args: Vec<Arg>,
}

impl Text {
    /// The sentence at this place of the catalogue, which has no arguments. For the generated table alone.
    pub(super) const fn constant(index: u16) -> Self {
        Self {
            index,
            args: Vec::new(),
        }
    }

    /// The sentence at this place of the catalogue. For the generated table alone.
    pub(super) fn with(index: u16, args: Vec<Arg>) -> Self {
        Self { index, args }
    }
}

/// What stands in for a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A number, written as the language writes numbers.
    Number(f64),
    /// Words of ours: a formatted date, a duration.
    Words(String),
    /// What a person wrote; isolated, because its direction may differ from the sentence's.
    User(String),
    /// Another sentence.
    Text(Text),
}

impl From<String> for Arg {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Count>> From<T> for Arg {
    fn from(number: T) -> Self {
        Self::Number(number.into().0)
    }
}

/// How many; it chooses the plural form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count(pub f64);

impl From<f64> for Count {
    fn from(count: f64) -> Self {
        Self(count)
    }
}

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        Self(f64::from(count))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nothing here counts beyond 2^53"
)]
impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count as f64)
    }
}

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self::from(count as u64)
    }
}

/// What rendering asks of the language in use.
pub trait Language {
    /// The CLDR category of a count; `in_source` asks by the rules of English, for a sentence that is not translated.
    fn category(&self, count: f64, in_source: bool) -> String;
    /// A number as it is written.
    fn number(&self, number: f64) -> String;
    /// Whether it is written from right to left.
    fn is_rtl(&self) -> bool;
}

/// The sentences of one language, in the order of [`KEYS`].
#[derive(Debug, Default)]
pub struct Catalogue {
    messages: Vec<Message>,
}

#[derive(Clone, Debug, Default)]
struct Message {
    /// By category; a sentence that does not count is its `other`.
    forms: Vec<(String, String)>,
    /// Borrowed from the source language.
    in_source: bool,
}

const OTHER: &str = "other";

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

impl Catalogue {
    /// Reads the `messages` of a locale file; a sentence that cannot be used stays empty and is named among the faults.
    pub fn read(messages: &Json) -> (Self, Vec<Fault>) {
        let mut catalogue = Self {
            messages: vec![Message::default(); KEYS.len()],
        };
        let faults = catalogue.put(messages, true);
        (catalogue, faults)
    }

    /// Replaces the sentences that `messages` has.
    pub fn put_over(&mut self, messages: &Json) -> Vec<Fault> {
        self.put(messages, false)
    }

    fn put(&mut self, messages: &Json, whole: bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (signature, message) in KEYS.iter().zip(&mut self.messages) {
            let key = key_of(signature);
            match read_message(messages.get(key), signature) {
                Ok(forms) => {
                    *message = Message {
                        forms,
                        in_source: false,
                    }
                }
                Err(Reason::Missing) if !whole => {}
                Err(reason) => faults.push(Fault {
                    key: key.to_owned(),
                    reason,
                }),
            }
        }
        faults.extend(unknown_keys(messages));
        faults
    }

    /// Whether every sentence is there.
    pub fn is_whole(&self) -> bool {
        self.messages
            .iter()
            .all(|message| !message.forms.is_empty())
    }

    /// Fills what is empty from the source language, so that no place stays blank.
    pub fn fill_from(&mut self, source: &Self) {
        for (message, source) in self.messages.iter_mut().zip(&source.messages) {
            if message.forms.is_empty() {
                *message = Message {
                    forms: source.forms.clone(),
                    in_source: true,
                };
            }
        }
    }

    /// Shows the key where there is no sentence in any language: better than a blank place.
    pub fn fill_with_keys(&mut self) {
        for (message, signature) in self.messages.iter_mut().zip(&KEYS) {
            if message.forms.is_empty() {
                message.forms = vec![(OTHER.to_owned(), key_of(signature).to_owned())];
            }
        }
    }

    /// The sentence in words.
    pub fn render(&self, text: &Text, language: &dyn Language) -> String {
        let mut words = String::new();
        let index = usize::from(text.index);
        let (Some(message), Some(signature)) = (self.messages.get(index), KEYS.get(index)) else {
            return words;
        };
        let arguments: Vec<_> = names_of(signature).zip(&text.args).collect();
        let mut rest = message.form(arguments.first().map(|(_, arg)| *arg), language);
        while let Some((before, place, after)) = next_placeholder(rest, &arguments) {
            words.push_str(before);
            let (_, arg) = arguments[place];
            let piece = self.argument(arg, language);
            let isolated = matches!(arg, Arg::User(_)) && needs_isolation(&piece, language);
            if isolated {
                words.push('\u{2068}');
            }
            words.push_str(&piece);
            if isolated {
                words.push('\u{2069}');
            }
            rest = after;
        }
        words.push_str(rest);
        words
    }

    fn argument(&self, arg: &Arg, language: &dyn Language) -> String {
        match arg {
            Arg::Number(number) => language.number(*number),
            Arg::Words(words) | Arg::User(words) => words.clone(),
            Arg::Text(text) => self.render(text, language),
        }
    }
}

impl Message {
    /// The form for a count, which is the first argument of a sentence that counts.
    fn form(&self, first: Option<&Arg>, language: &dyn Language) -> &str {
        let wanted = match (self.forms.len(), first) {
            (2.., Some(Arg::Number(count))) => language.category(*count, self.in_source),
            _ => OTHER.to_owned(),
        };
        let form = |category: &str| self.forms.iter().find(|(known, _)| known == category);
        form(&wanted)
            .or_else(|| form(OTHER))
            .map_or("", |(_, words)| words)
    }
}

/// The first `{name}` that is an argument: what stands before it, which argument, what stands behind. Any other brace is
/// an ordinary character: a file that a company wrote never breaks a sentence.
fn next_placeholder<'a>(
    words: &'a str,
    arguments: &[(&str, &Arg)],
) -> Option<(&'a str, usize, &'a str)> {
    for (at, _) in words.match_indices('{') {
        if let Some((name, after)) = words[at + 1..].split_once('}')
            && let Some(index) = arguments.iter().position(|(known, _)| *known == name)
        {
            return Some((&words[..at], index, after));
        }
    }
    None
}

/// Left-to-right letters within a left-to-right sentence need no isolation: the words stay plain for search and copying.
fn needs_isolation(piece: &str, language: &dyn Language) -> bool {
    language.is_rtl() || piece.chars().any(|character| character >= '\u{590}')
}

fn key_of(signature: &'static str) -> &'static str {
    signature.split(' ').next().unwrap_or_default()
}

fn names_of(signature: &'static str) -> impl Iterator<Item = &'static str> {
    signature.split(' ').skip(1)
}

fn read_message(json: &Json, signature: &'static str) -> Result<Vec<(String, String)>, Reason> {
    let forms = match json {
        Json::Null => return Err(Reason::Missing),
        Json::String(words) => vec![(OTHER.to_owned(), words.clone())],
        Json::Object(members) => {
            let form = |(category, words): &(String, Json)| {
                Some((category.clone(), words.as_str()?.to_owned()))
            };
            members
                .iter()
                .map(form)
                .collect::<Option<_>>()
                .ok_or(Reason::NotAText)?
        }
        Json::Bool(_) | Json::Number(_) | Json::Array(_) => return Err(Reason::NotAText),
    };
    let usual = forms
        .iter()
        .find(|(category, words)| category == OTHER && !words.is_empty());
    let (_, usual) = usual.ok_or(Reason::NotAText)?;
    match names_of(signature).find(|name| !has_placeholder(usual, name)) {
        Some(name) => Err(Reason::Lacks(name.to_owned())),
        None => Ok(forms),
    }
}

fn has_placeholder(words: &str, name: &str) -> bool {
    words
        .match_indices(name)
        .any(|(at, _)| words[..at].ends_with('{') && words[at + name.len()..].starts_with('}'))
}

fn unknown_keys(messages: &Json) -> Vec<Fault> {
    let Json::Object(members) = messages else {
        return Vec::new();
    };
    let is_known = |key: &str| KEYS.iter().any(|signature| key_of(signature) == key);
    let unknown = members.iter().filter(|(key, _)| !is_known(key));
    unknown
        .map(|(key, _)| Fault {
            key: key.clone(),
            reason: Reason::Unknown,
        })
        .collect()
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
