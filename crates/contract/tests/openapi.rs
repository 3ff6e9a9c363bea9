//! The committed OpenAPI document is the one that the types give, and says what the ground rules say.

#![expect(
    clippy::unwrap_used,
    reason = "a test of its own crate: what fails to unwrap fails the test"
)]

use portal_contract::{endpoints, openapi};
use serde_json::Value;
use std::collections::BTreeSet;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

fn document() -> Value {
    serde_json::to_value(openapi::document()).unwrap()
}

#[test]
fn the_committed_document_is_the_one_that_the_types_give() {
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        committed == openapi::text(),
        "docs/openapi.json is not what the types give. Write it anew:\n  \
         cargo run -p reference-api -- openapi > docs/openapi.json"
    );
}

/// Every constant of `endpoints` that is a path.
fn declared_paths() -> BTreeSet<String> {
    let source = [
        concat!(env!("CARGO_MANIFEST_DIR"), "/src/endpoints.rs"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/src/endpoints/delegations.rs"),
    ]
    .map(|path| std::fs::read_to_string(path).unwrap())
    .concat();
    let values = source.split("&str =").skip(1);
    let values = values.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
    values
        .filter(|value| value.starts_with("/v1/"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_path_of_the_contract_is_described_and_no_other() {
    let document = document();
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert!(described.contains(endpoints::MESSAGE_DOCUMENT));
    assert_eq!(described, declared_paths());
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let named = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().unwrap();
        item.iter().map(move |(method, operation)| {
            (format!("{} {path}", method.to_uppercase()), operation)
        })
    });
    named.collect()
}

fn takes(operation: &Value, parameter: &str) -> bool {
    let wanted = format!("#/components/parameters/{parameter}");
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters.any(|p| p["$ref"] == wanted.as_str())
}

#[test]
fn every_write_of_the_customer_takes_a_key_and_every_change_a_version() {
    let document = document();
    for (name, operation) in operations(&document) {
        let session = name.contains(endpoints::SESSION);
        let one_click = name.contains(endpoints::UNSUBSCRIBE);
        let asks = [
            endpoints::DATA_REQUEST_PREVIEW,
            endpoints::DATA_REQUEST_TRACKING,
            endpoints::DELEGATION_LINK,
            endpoints::DELEGATION_DECISION,
        ];
        // What stands in a body because it belongs in no address changes nothing, or is good for one decision.
        let asks = asks.iter().any(|path| name.ends_with(path));
        let writes = !asks && (name.starts_with("POST") || name.starts_with("PATCH"));
        let repeatable = writes && !session && !one_click;
        let (adds, alters) = (name.starts_with("POST"), name.starts_with("PATCH"));
        // What alters an object as it stood at a version is not done twice without a key either.
        assert_eq!(
            takes(operation, "IdempotencyKey"),
            repeatable && adds,
            "{name}"
        );
        assert_eq!(
            takes(operation, "OptionalIdempotencyKey"),
            repeatable && alters,
            "{name}"
        );
        let refusal = operation["responses"]["400"]["$ref"].as_str();
        let demands = refusal.is_some_and(|to| {
            let name = to.trim_start_matches('#');
            let said = document.pointer(name).unwrap().to_string();
            said.contains("idempotency-key-missing")
        });
        assert_eq!(demands, repeatable && adds, "{name}");
        let changes = name.starts_with("PATCH") || name.starts_with("DELETE");
        assert_eq!(takes(operation, "IfMatch"), changes && !session, "{name}");
        // Where nothing that a browser sends by itself is taken for a proof, nothing has to guard it.
        let reads = name.starts_with("GET");
        let open = reads || one_click || name.ends_with(endpoints::SESSION_EMBED);
        assert_eq!(takes(operation, "Csrf"), !open, "{name}");
    }
}

#[test]
fn an_enum_is_open_and_names_its_values() {
    let document = document();
    let channel = &document["components"]["schemas"]["Channel"];
    assert_eq!(channel["type"], "string");
    assert!(channel.get("enum").is_none(), "closed: {channel}");
    assert!(
        channel["examples"]
            .as_array()
            .unwrap()
            .contains(&Value::from("mobile_app"))
    );
}

#[test]
fn what_may_be_absent_may_be_null() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (member, schema) in properties {
            let text = schema.to_string();
            let nullable = text.contains("\"null\"");
            assert_eq!(
                nullable,
                !required.contains(&member.as_str()),
                "{name}.{member}: {text}"
            );
        }
    }
}

#[test]
fn absence_has_one_form_also_where_any_value_may_stand() {
    // `oneOf` a value or null: a value that could be null itself would match both, and so neither.
    let types = &document()["components"]["schemas"]["Json"]["type"];
    let types = types.as_array().unwrap();
    assert!(
        types.len() == 5 && !types.contains(&Value::from("null")),
        "{types:?}"
    );
}

/// Every `$ref` in the document.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                if let (true, Some(target)) = (name == "$ref", inner.as_str()) {
                    found.insert(target.to_owned());
                }
                references(inner, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in &found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for kind in ["schemas", "parameters", "headers", "responses"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(found.contains(&reference), "{reference} is not used");
        }
    }
}
