//! From the source's sentences to one constant or function each.

use super::check::arguments;
use super::numbers::{in_order, signature};
use super::source::{Locale, Message};
use std::fmt::Write;

/// Placeholders that carry what a person or the company wrote, in whatever script. They are isolated.
const USER_TEXT: [&str; 11] = [
    "name",
    "company",
    "file",
    "from_team",
    "to_team",
    "reason",
    "query",
    "email",
    "subject",
    "label",
    "value",
];

/// The Rust of every sentence: under each key's name how it is written. A sentence is known by its number, its place among
/// the keys in order; only tests have the keys themselves.
pub fn rust(english: &Locale) -> String {
    let mut keys = String::new();
    let mut items = String::new();
    for (index, (key, message)) in in_order(english).into_iter().enumerate() {
        writeln!(keys, "    {:?},", signature(key, message))
            .expect("writing to a String cannot fail");
        items.push_str(&item(index, key, message, &arguments(message)));
    }
    let count = english.messages.len();
    format!(
        "/// Every key in order, followed by the names of its placeholders.\n#[cfg(test)]\npub(super) static KEYS: [&str; {count}] = [\n{keys}];\n\n{items}"
    )
}

fn item(index: usize, key: &str, message: &Message, names: &[&str]) -> String {
    let name = key.replace('.', "_");
    let mut rust = String::new();
    for (category, text) in message.forms() {
        let line =
            category.map_or_else(|| text.to_owned(), |category| format!("{category}: {text}"));
        writeln!(
            rust,
            "#[doc = {:?}]\n#[doc = \"\"]",
            format!("`{}`", line.replace('`', "'"))
        )
        .expect("writing to a String cannot fail");
    }
    if names.is_empty() {
        return rust
            + &format!(
                "pub const {}: Text = Text::constant({index});\n\n",
                name.to_uppercase()
            );
    }
    let counted = matches!(message, Message::Plural(_));
    let parameters: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: {}", parameter(name, counted)))
        .collect();
    let values: Vec<String> = names.iter().map(|name| value(name, counted)).collect();
    rust + &format!(
        "#[must_use]\npub fn {name}({}) -> Text {{\n    Text::with({index}, vec![{}])\n}}\n\n",
        parameters.join(", "),
        values.join(", ")
    )
}

fn parameter(name: &str, counted: bool) -> &'static str {
    if counted && name == "count" {
        "impl Into<Count>"
    } else if USER_TEXT.contains(&name) {
        "impl Into<String>"
    } else {
        "impl Into<Arg>"
    }
}

fn value(name: &str, counted: bool) -> String {
    if counted && name == "count" {
        format!("Arg::Number({name}.into().0)")
    } else if USER_TEXT.contains(&name) {
        format!("Arg::User({name}.into())")
    } else {
        format!("{name}.into()")
    }
}
