//! Sentences of mails from files: in each of our languages, with places in braces that are filled when a mail is written.

use super::texts::{Language, Said};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a letter says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) subject: Said,
    pub(super) body: Said,
}

/// The sentence with what stands in braces. Each place is filled once, so that nothing within somebody's words is taken for one.
pub(super) fn fill(sentence: &str, place: impl Fn(&str) -> String) -> String {
    let mut rest = sentence;
    let mut filled = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .expect("a test has filled every place");
        filled.push_str(before);
        filled.push_str(&place(name));
        rest = after;
    }
    filled + rest
}

/// What people call it; a name without words is told as it is.
pub(super) fn named(language: Language, names: &BTreeMap<String, Said>, name: &str) -> String {
    names.get(name).map_or_else(
        || name.replace('_', " "),
        |said| language.say(said).to_owned(),
    )
}
