use super::*;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn config(text: &str) -> Result<Config, ConfigError> {
    Config::read(&Json::from(value(text)))
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The files of one kind, in the order of their names.
fn fixtures(kind: &str) -> Vec<(PathBuf, String)> {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap();
    let folder = Path::new(&root).join("tests/fixtures/config").join(kind);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{kind}");
    files
}

/// Where the schema finds the first fault, as the portal names keys.
fn refused_by_the_schema(file: &Value) -> Option<String> {
    let schema = value(include_str!("../../public/config.schema.json"));
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let fault = schema.iter_errors(file).next()?;
    let mut pointer = fault.instance_path().as_str().to_owned();
    let below = match fault.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected.first().cloned(),
        ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
        _ => None,
    };
    if let Some(below) = below {
        pointer = [&*pointer, "/", &*below].concat();
    }
    Some(pointer.trim_start_matches('/').replace('/', "."))
}

#[test]
fn the_shipped_configuration_is_good() {
    let shipped = include_str!("../../public/config.json");
    assert_eq!(config(shipped).unwrap().locales, ["en", "de", "ar"]);
    assert_eq!(refused_by_the_schema(&value(shipped)), None);
}

#[test]
fn the_portal_and_its_schema_take_the_same_files() {
    for (path, text) in fixtures("good") {
        assert!(
            config(&text).is_ok(),
            "{}: {:?}",
            path.display(),
            config(&text)
        );
        assert_eq!(
            refused_by_the_schema(&value(&text)),
            None,
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_portal_and_its_schema_refuse_the_same_files_at_the_same_place() {
    for (path, text) in fixtures("bad") {
        let by_the_portal = config(&text).err().map(|error| error.key);
        assert!(by_the_portal.is_some(), "{} is taken", path.display());
        assert_eq!(
            by_the_portal,
            refused_by_the_schema(&value(&text)),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_schema_names_every_feature_and_no_other() {
    let schema = value(include_str!("../../public/config.schema.json"));
    let named = schema["properties"]["features"]["properties"]
        .as_object()
        .unwrap();
    for name in named.keys() {
        assert!(AreaSet::named(name).is_some(), "{name}");
    }
    for known in portal_contract::capabilities::Feature::KNOWN {
        assert!(named.contains_key(known.as_str()), "{known:?}");
    }
    for known in ["interactions", "preferences", "consent", "data_rights"] {
        assert!(named.contains_key(known), "{known}");
    }
}

#[test]
fn what_is_switched_off_is_missing() {
    use crate::routes::Area;
    let config =
        config(r#"{"name":"A","locales":["en"],"features":{"guides":false,"contact":true}}"#);
    let off = config.unwrap().off;
    assert!(off.has(Area::Guides));
    assert!(!off.has(Area::Contact));
}
