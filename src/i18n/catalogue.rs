//! Sentences as data: what a view hands on ([`Text`]), and the table that a locale file becomes ([`Catalogue`]).

mod named;

#[cfg(test)]
use named::Reason;
pub use named::{Fault, Names};

use portal_contract::Json;
use std::num::NonZeroU16;
use std::rc::Rc;

/// A sentence of the catalogue with its arguments; it becomes words where it is shown, in the language in use there. It is two words of the
/// machine: there are a thousand places that hand one on, and each would copy a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    index: NonZeroU16,
    args: Option<Rc<Vec<Arg>>>,
}

impl Text {
    /// The sentence at this place of the catalogue, which has no arguments. For the generated table alone.
    pub(super) const fn constant(index: u16) -> Self {
        Self {
            index: placed(index),
            args: None,
        }
    }

    /// The sentence at this place of the catalogue. For the generated table alone.
    pub(super) fn with(index: u16, args: Vec<Arg>) -> Self {
        Self {
            index: placed(index),
            args: Some(Rc::new(args)),
        }
    }

    fn index(&self) -> usize {
        usize::from(self.index.get()) - 1
    }

    fn args(&self) -> &[Arg] {
        self.args.as_deref().map_or(&[], Vec::as_slice)
    }
}

/// Counted from one, so that no sentence at all needs no more room than one.
const fn placed(index: u16) -> NonZeroU16 {
    NonZeroU16::MIN.saturating_add(index)
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

/// The sentences of one language, as far as they were needed yet.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// What the company words itself: single sentences, or a language of its own.
    own: Sentences,
    /// What comes with the portal.
    shipped: Sentences,
    /// Whether `shipped` speaks the source language, and counts by its rules.
    in_source: bool,
}

/// Sentences by their numbers. Those of screens that nobody opened are not there.
type Sentences = Vec<Option<Message>>;

#[derive(Clone, Debug)]
struct Message {
    /// By category; a sentence that does not count is its `other`. A placeholder is the number of its argument: `{0}`.
    forms: Vec<(String, String)>,
}

const OTHER: &str = "other";

fn put(sentences: &mut Sentences, index: usize, message: Message) {
    if sentences.len() <= index {
        sentences.resize(index + 1, None);
    }
    sentences[index] = Some(message);
}

impl Catalogue {
    /// Nothing yet; `in_source` says that what comes with the portal speaks the source language in this one's place.
    pub fn new(in_source: bool) -> Self {
        Self {
            in_source,
            ..Self::default()
        }
    }

    /// Adds sentences that come with the portal: an object by their numbers, which the build checked and wrote.
    pub fn put_shipped(&mut self, sentences: &Json) {
        let Json::Object(members) = sentences else {
            return;
        };
        for (index, message) in members {
            if let (Ok(index), Some(forms)) = (index.parse(), forms(message)) {
                put(&mut self.shipped, index, Message { forms });
            }
        }
    }

    /// Adds the company's own sentences by their keys: some, or a `whole` language. What cannot be used is named, and what comes
    /// with the portal stays in its place.
    pub fn put_own(&mut self, messages: &Json, names: &Names, whole: bool) -> Vec<Fault> {
        let (sentences, faults) = names.read(messages, whole);
        for (index, forms) in sentences {
            put(&mut self.own, index, Message { forms });
        }
        faults
    }

    /// The sentence in words; none where it did not come.
    pub fn render(&self, text: &Text, language: &dyn Language) -> String {
        let mut words = String::new();
        let index = text.index();
        let stands = |sentences: &'_ Sentences| sentences.get(index).is_some_and(Option::is_some);
        let (sentences, in_source) = if stands(&self.own) {
            (&self.own, false)
        } else {
            (&self.shipped, self.in_source)
        };
        let Some(Some(message)) = sentences.get(index) else {
            return words;
        };
        let mut rest = message.form(text.args().first(), in_source, language);
        while let Some((before, arg, after)) = next_placeholder(rest, text.args()) {
            words.push_str(before);
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

/// The forms of a sentence by category; `None` when it is neither a text nor an object of texts.
fn forms(message: &Json) -> Option<Vec<(String, String)>> {
    match message {
        Json::String(words) => Some(vec![(OTHER.to_owned(), words.clone())]),
        Json::Object(members) => members
            .iter()
            .map(|(category, words)| Some((category.clone(), words.as_str()?.to_owned())))
            .collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => None,
    }
}

impl Message {
    /// The form for a count, which is the first argument of a sentence that counts.
    fn form(&self, first: Option<&Arg>, in_source: bool, language: &dyn Language) -> &str {
        let wanted = match (self.forms.len(), first) {
            (2.., Some(Arg::Number(count))) => language.category(*count, in_source),
            _ => OTHER.to_owned(),
        };
        let form = |category: &str| self.forms.iter().find(|(known, _)| known == category);
        form(&wanted)
            .or_else(|| form(OTHER))
            .map_or("", |(_, words)| words)
    }
}

/// The first `{0}` that is an argument: what stands before it, the argument, what stands behind. Any other brace is an
/// ordinary character: a file that a company wrote never breaks a sentence.
fn next_placeholder<'a>(
    words: &'a str,
    arguments: &'a [Arg],
) -> Option<(&'a str, &'a Arg, &'a str)> {
    for (at, _) in words.match_indices('{') {
        if let Some((number, after)) = words[at + 1..].split_once('}')
            && let Ok(number) = number.parse::<usize>()
            && let Some(argument) = arguments.get(number)
        {
            return Some((&words[..at], argument, after));
        }
    }
    None
}

/// Left-to-right letters within a left-to-right sentence need no isolation: the words stay plain for search and copying.
fn needs_isolation(piece: &str, language: &dyn Language) -> bool {
    language.is_rtl() || piece.chars().any(|character| character >= '\u{590}')
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
