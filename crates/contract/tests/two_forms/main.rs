//! The serde form and the lean form of every type are one: what one reads, writes or refuses, the other does too.

#![expect(
    clippy::unwrap_used,
    reason = "a test of its own crate: what fails to unwrap fails the test"
)]

mod samples;

use portal_contract::{DecodeError, FromJson, Json, ToJson};
use samples::{Checks, every_enum, every_record, page};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;

/// Reads `sample` in both forms; they agree on the value, and on that there is none.
fn read<T: FromJson + DeserializeOwned + PartialEq + Debug>(
    sample: &Value,
) -> Result<T, DecodeError> {
    let lean = T::from_json(&Json::from(sample.clone()));
    let serde = serde_json::from_value::<T>(sample.clone());
    match (&lean, &serde) {
        (Ok(lean), Ok(serde)) => assert_eq!(lean, serde, "{sample}"),
        (Err(_), Err(_)) => {}
        _ => panic!("the forms disagree about {sample}: {lean:?}, {serde:?}"),
    }
    lean
}

/// Writes `value` in both forms; they agree.
fn write<T: ToJson + Serialize>(value: &T) -> Value {
    let serde = serde_json::to_value(value).unwrap();
    assert_eq!(Value::from(&value.to_json()), serde);
    serde
}

/// Every place in `document`, as JSON Pointers, the document itself excepted.
fn places(document: &Value, at: &str, found: &mut Vec<String>) {
    let mut visit = |name: String, inner: &Value| {
        let place = format!("{at}/{name}");
        found.push(place.clone());
        places(inner, &place, found);
    };
    match document {
        Value::Object(members) => members.iter().for_each(|(k, v)| visit(k.clone(), v)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, v)| visit(i.to_string(), v)),
        _ => {}
    }
}

fn without(document: &Value, place: &str) -> Option<Value> {
    let (parent, name) = place.rsplit_once('/')?;
    let mut document = document.clone();
    let members = document.pointer_mut(parent)?.as_object_mut()?;
    members.remove(name)?;
    Some(document)
}

/// Values that are wrong in nearly every place.
fn odd_values() -> [Value; 9] {
    [
        json!(null),
        json!(true),
        json!(1.5),
        json!(-1),
        json!(7),
        json!("no id / no moment"),
        json!(""),
        json!([]),
        json!({}),
    ]
}

struct TwoForms;

impl Checks for TwoForms {
    fn check<T>(&mut self, name: &'static str, sample: &Value)
    where
        T: FromJson + ToJson + Serialize + DeserializeOwned + PartialEq + Debug,
    {
        let value: T = read(sample).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(&write(&value), sample, "{name}");

        let mut all = Vec::new();
        places(sample, "", &mut all);
        for place in all {
            if let Some(document) = without(sample, &place) {
                place_is_named(name, &place, read::<T>(&document));
            }
            for odd in odd_values() {
                let mut document = sample.clone();
                *document.pointer_mut(&place).unwrap() = odd;
                place_is_named(name, &place, read::<T>(&document));
            }
        }
    }
}

fn place_is_named<T>(name: &str, place: &str, outcome: Result<T, DecodeError>) {
    if let Err(error) = outcome {
        assert!(
            error.pointer.starts_with(place),
            "{name}: {error} for {place}"
        );
    }
}

#[test]
fn both_forms_read_write_and_refuse_alike_and_name_the_place() {
    every_record(&mut TwoForms);
}

#[test]
fn every_enum_keeps_what_it_does_not_know_in_both_forms() {
    every_enum(&mut TwoForms);
}

#[test]
fn a_page_is_one_in_both_forms() {
    page(&mut TwoForms);
}

#[test]
fn whatever_is_no_object_is_no_record() {
    use portal_contract::interaction::Topic;
    for odd in odd_values().into_iter().filter(|odd| !odd.is_object()) {
        let error = read::<Topic>(&odd).unwrap_err();
        assert_eq!(error, DecodeError::expected("an object"));
    }
}

/// The names that follow `record! {` and `open_enum! {` in the sources.
fn declared(opening: &str, keyword: &str) -> BTreeSet<String> {
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(sources).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for declaration in source.split(opening).skip(1) {
            let after = declaration.split(keyword).nth(1).unwrap_or_default();
            let name = after.split([' ', '{']).next().unwrap_or_default();
            names.insert(name.to_owned());
        }
    }
    names
}

#[derive(Default)]
struct Names(BTreeSet<String>);

impl Checks for Names {
    fn check<T>(&mut self, name: &'static str, _: &Value)
    where
        T: FromJson + ToJson + Serialize + DeserializeOwned + PartialEq + Debug,
    {
        self.0.insert(name.to_owned());
    }
}

#[test]
fn no_type_is_left_out_of_these_tests() {
    let mut records = Names::default();
    every_record(&mut records);
    assert_eq!(records.0, declared("\nrecord! {", "pub struct "));

    let mut enums = Names::default();
    every_enum(&mut enums);
    let mut expected = declared("\nopen_enum! {", "pub enum ");
    expected.insert("ProblemKind".to_owned());
    assert_eq!(enums.0, expected);
}
