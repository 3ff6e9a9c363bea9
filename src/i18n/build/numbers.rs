//! In which order sentences are numbered, and by what.

use super::check::arguments;
use super::source::{Locale, Message};

/// The sentences in the order of their keys, by which they are numbered.
pub fn in_order(english: &Locale) -> Vec<(&str, &Message)> {
    let mut sentences: Vec<_> = english
        .messages
        .iter()
        .map(|(key, message)| (&**key, message))
        .collect();
    sentences.sort_by_key(|(key, _)| *key);
    sentences
}

/// The key and the names of its placeholders, which are numbered in that order.
pub fn signature(key: &str, message: &Message) -> String {
    let names = arguments(message);
    [key].into_iter().chain(names).collect::<Vec<_>>().join(" ")
}
