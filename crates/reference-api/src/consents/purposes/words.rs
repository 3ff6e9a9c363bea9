//! The same in several languages.

use std::collections::BTreeMap;

/// Something by the tag of its language; empty for nothing at all.
pub type Local<T> = BTreeMap<String, T>;

/// The first that there is: in the language of the tag, in one of the company's, in any; with the tag of its language.
#[must_use]
pub fn in_language<'a, T>(
    texts: &'a Local<T>,
    tag: Option<&str>,
    usual: &[String],
) -> Option<(&'a str, &'a T)> {
    tag.into_iter()
        .chain(usual.iter().map(String::as_str))
        .flat_map(|tag| [tag, tag.split('-').next().unwrap_or(tag)])
        .find_map(|tag| texts.get_key_value(tag))
        .or_else(|| texts.iter().next())
        .map(|(language, text)| (language.as_str(), text))
}
