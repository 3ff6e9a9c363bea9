//! Every language says everything.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// The forms of a plural (CLDR): how many of them a language has is its own affair.
const PLURALS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

fn unequal_keys(files: &[File]) -> Vec<String> {
    let locales = files
        .iter()
        .filter(|file| file.path.contains("locales/") && file.has_extension("json"));
    let mut parsed = Vec::new();
    let mut violations = Vec::new();
    for file in locales {
        match serde_json::from_str(&file.text) {
            Ok(value) => parsed.push((file, keys(&value))),
            Err(error) => violations.push(format!("{} is not JSON: {error}", file.path)),
        }
    }
    let every = parsed
        .iter()
        .flat_map(|(_, keys)| keys.iter().cloned())
        .collect::<BTreeSet<_>>();
    for (file, keys) in &parsed {
        violations.extend(
            every
                .difference(keys)
                .map(|key| format!("{} lacks {key}", file.path)),
        );
    }
    violations
}

fn keys(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect("", value, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if !is_plural(members.keys()) => {
            for (key, inner) in members {
                collect(&format!("{path}/{key}"), inner, found);
            }
        }
        _ => {
            // `key.other` and `key_other` are how a flat file writes plurals.
            let split = path
                .rsplit_once(['.', '_'])
                .filter(|(_, form)| PLURALS.contains(form));
            found.insert(split.map_or(path, |(stem, _)| stem).to_owned());
        }
    }
}

fn is_plural<'a>(mut keys: impl Iterator<Item = &'a String>) -> bool {
    keys.all(|key| PLURALS.contains(&key.as_str()))
}

#[test]
fn every_locale_has_the_same_keys() {
    assert_kept(unequal_keys, "Add the missing sentences:");
    assert_caught(
        unequal_keys,
        &[
            ("public/locales/de.json", r#"{"a": "b"}"#),
            ("public/locales/en.json", r#"{"a": "b", "c": "d"}"#),
        ],
    );
    assert_caught(unequal_keys, &[("public/locales/de.json", "{")]);
    assert_allowed(
        unequal_keys,
        &[
            (
                "public/locales/ar.json",
                r#"{"n": {"zero": "", "one": "", "two": "", "other": ""}}"#,
            ),
            (
                "public/locales/en.json",
                r#"{"n": {"one": "", "other": ""}}"#,
            ),
        ],
    );
}
