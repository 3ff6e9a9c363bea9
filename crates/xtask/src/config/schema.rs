//! config.json against its published schema, said in the words of whoever writes it.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

use super::place::below;

const SCHEMA: &str = include_str!("../../../../public/config.schema.json");

/// Everything that the schema refuses.
pub fn check(json: &Value, find: &mut impl FnMut(&str, String)) {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON: a test reads it");
    let validator =
        jsonschema::draft202012::new(&schema).expect("the schema is a schema: a test compiles it");
    let mut told = Vec::new();
    for error in validator.iter_errors(json) {
        let at = error.instance_path().as_str().to_owned();
        // Two patterns of one value say the same.
        if told.contains(&at) && matches!(error.kind(), Kind::Pattern { .. }) {
            continue;
        }
        say(&schema, &at, &error, find);
        told.push(at);
    }
}

fn say(schema: &Value, at: &str, error: &ValidationError, find: &mut impl FnMut(&str, String)) {
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            for name in unexpected {
                let known = names(schema, at);
                let near = nearest(name, &known).map_or_else(
                    || format!("the keys here are {}", known.join(", ")),
                    |near| format!("did you mean \"{near}\"?"),
                );
                find(
                    &below(at, name),
                    format!("there is no setting \"{name}\"; {near}"),
                );
            }
        }
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            find(
                &below(at, name),
                format!(
                    "\"{name}\" is needed: {}",
                    meaning(schema, &below(at, name))
                ),
            );
        }
        Kind::MinItems { .. } => find(at, format!("{} needs at least one entry", key(at))),
        Kind::MinLength { .. } => {
            find(at, format!("{} is empty: {}", key(at), meaning(schema, at)))
        }
        Kind::Type { kind } => {
            let kind = match kind {
                jsonschema::error::TypeKind::Single(one) => one.to_string(),
                jsonschema::error::TypeKind::Multiple(many) => many
                    .iter()
                    .map(|one| one.to_string())
                    .filter(|one| one != "null")
                    .collect::<Vec<_>>()
                    .join(" or "),
            };
            find(
                at,
                format!(
                    "{} should be a JSON {kind}, and is {}",
                    key(at),
                    error.instance()
                ),
            );
        }
        Kind::Pattern { .. } => {
            find(
                at,
                format!("{} cannot be {}: {}", key(at), error.instance(), wanted(at)),
            );
        }
        _ => find(at, format!("{}: {error}", key(at))),
    }
}

/// What a text has to be, by its place.
fn wanted(at: &str) -> &'static str {
    match at.split('/').nth(1).unwrap_or_default() {
        "logo" => "give the path of a file of the portal, which begins with /",
        "links" => "give an https:// address, or a path that begins with /",
        "locales" => "give the tag of a language, such as pt-BR",
        "api" => {
            "give an https:// address or a path that begins with /, without a slash at its end"
        }
        "frame_parents" => {
            "give an origin alone, such as https://www.example.com: no path, no wildcard, small letters; http:// only for localhost and 127.0.0.1"
        }
        _ => "see docs/configuring.md",
    }
}

fn key(at: &str) -> String {
    let name = at.trim_start_matches('/').replace('/', ".");
    if name.is_empty() {
        "the file".to_owned()
    } else {
        format!("\"{name}\"")
    }
}

/// The part of the schema about a place.
fn part<'a>(schema: &'a Value, at: &str) -> Option<&'a Value> {
    at.split('/')
        .skip(1)
        .try_fold(schema, |part, name| part.get("properties")?.get(name))
}

fn meaning<'a>(schema: &'a Value, at: &str) -> &'a str {
    part(schema, at)
        .and_then(|part| part.get("description")?.as_str())
        .unwrap_or("see docs/configuring.md")
}

fn names<'a>(schema: &'a Value, at: &str) -> Vec<&'a str> {
    let properties = part(schema, at).and_then(|part| part.get("properties")?.as_object());
    properties
        .into_iter()
        .flat_map(|all| all.keys().map(String::as_str))
        .collect()
}

/// The name that somebody who wrote this one probably meant: one that is two changes of a letter away at most.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|one| (distance(name, one), *one))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, one)| one)
}

/// Levenshtein's.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
