//! From the source's sentences to one constant or function each.

use super::check::arguments;
use super::source::{Locale, Message};
use std::fmt::Write;

/// Placeholders that carry what a person or the company wrote, in whatever script. They are isolated.
const USER_TEXT: [&str; 8] = [
    "name",
    "company",
    "file",
    "from_team",
    "to_team",
    "reason",
    "query",
    "email",
];

/// The Rust of every sentence: the table of keys, and under each key's name how it is written.
pub fn rust(english: &Locale) -> String {
    let mut keys = String::new();
    let mut items = String::new();
    for (index, (key, message)) in english.messages.iter().enumerate() {
        let names = arguments(message);
        let signature = std::iter::once(key.as_str())
            .chain(names.iter().copied())
            .collect::<Vec<_>>()
            .join(" ");
        writeln!(keys, "    {signature:?},").expect("writing to a String cannot fail");
        items.push_str(&item(index, key, message, &names));
    }
    let count = english.messages.len();
    format!(
        "/// Every key in order, followed by the names of its placeholders.\npub(super) static KEYS: [&str; {count}] = [\n{keys}];\n\n{items}"
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
