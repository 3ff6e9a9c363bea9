//! The company's own sentences: by keys that there are, with the placeholders that the portal fills.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::place::below;
use super::schema::nearest;
use super::texts;

/// Everything that is wrong with `texts`.
pub fn check(shipped: &Path, json: &Value, find: &mut impl FnMut(&str, String)) {
    let Some(languages) = json.get("texts").and_then(Value::as_object) else {
        return;
    };
    let English(messages) = English::read(shipped);
    let offered: Vec<&str> = texts(json, "/locales").collect();
    for (tag, sentences) in languages {
        let pointer = below("/texts", tag);
        if !offered.contains(&&**tag) {
            find(
                &pointer,
                format!("\"{tag}\" is none of \"locales\": nobody would read these sentences"),
            );
        }
        for (key, sentence) in sentences.as_object().into_iter().flatten() {
            let pointer = below(&pointer, key);
            match messages.get(key) {
                Some(usual) => compare(usual, sentence, &pointer, find),
                None => {
                    let known: Vec<&str> = messages.keys().map(String::as_str).collect();
                    let near = nearest(key, &known).map_or_else(
                        || "the keys stand in public/locales/en.json".to_owned(),
                        |near| format!("did you mean \"{near}\"?"),
                    );
                    find(&pointer, format!("there is no sentence \"{key}\"; {near}"));
                }
            }
        }
    }
}

struct English(Map<String, Value>);

impl English {
    fn read(shipped: &Path) -> Self {
        let file = fs::read(shipped.join("en.json")).unwrap_or_default();
        let mut file: Value = serde_json::from_slice(&file).unwrap_or_default();
        let messages = file.get_mut("messages").and_then(Value::as_object_mut);
        Self(messages.map(std::mem::take).unwrap_or_default())
    }
}

/// A sentence of the company's beside the usual one.
fn compare(usual: &Value, own: &Value, pointer: &str, find: &mut impl FnMut(&str, String)) {
    let counts = usual.is_object();
    let wanted = arguments(usual);
    let own = match own {
        Value::String(words) => vec![(pointer.to_owned(), "other", &**words)],
        Value::Object(forms) => {
            if !counts {
                find(
                    pointer,
                    "this sentence does not count: give it as a text".into(),
                );
            }
            if !forms.contains_key("other") {
                find(pointer, "the form \"other\" is missing".into());
            }
            forms
                .iter()
                .filter_map(|(category, words)| {
                    Some((below(pointer, category), &**category, words.as_str()?))
                })
                .collect()
        }
        _ => {
            return find(
                pointer,
                "this should be a text, or an object of texts by plural category".into(),
            );
        }
    };
    for (pointer, category, words) in own {
        if !["zero", "one", "two", "few", "many", "other"].contains(&category) {
            find(
                &pointer,
                format!("\"{category}\" is no plural category: zero, one, two, few, many, other"),
            );
        }
        if words.trim().is_empty() {
            find(&pointer, "this is empty".into());
        }
        let found = placeholders(words);
        // Where a form stands for one number the number itself may be left out.
        let may_omit = |name: &str| name == "count" && category != "other";
        for name in wanted
            .iter()
            .filter(|name| !found.contains(**name) && !may_omit(name))
        {
            find(
                &pointer,
                format!(
                    "{{{name}}} is missing, which the usual sentence has: {}",
                    sentence(usual)
                ),
            );
        }
        for name in found.iter().filter(|name| !wanted.contains(**name)) {
            find(
                &pointer,
                format!(
                    "nothing fills {{{name}}}; the usual sentence is {}",
                    sentence(usual)
                ),
            );
        }
    }
}

/// The usual form.
fn sentence(message: &Value) -> &Value {
    message.get("other").unwrap_or(message)
}

fn arguments(message: &Value) -> BTreeSet<&str> {
    let mut names = placeholders(sentence(message).as_str().unwrap_or_default());
    if message.is_object() {
        names.insert("count");
    }
    names
}

/// The names in `{…}`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let after_braces = text.split('{').skip(1);
    after_braces
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}
