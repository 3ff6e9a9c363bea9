//! Whether an answer has the shape that the OpenAPI document gives it.

use crate::http::Exchange;
use crate::operations::{DOCUMENT, Operation};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// How many faults of one answer are told.
const TOLD: usize = 5;

/// What is wrong with the answer, in words; nothing when it fits. Enums of the document are open, and members that it does not know
/// are passed over: changes are additive.
pub(crate) fn faults(exchange: &Exchange) -> Vec<String> {
    let Some(operation) = exchange.operation else {
        return Vec::new();
    };
    let Some(media) = operation.answers.get(&exchange.status) else {
        return unknown_status(exchange, operation);
    };
    if exchange.method == "HEAD" || media.is_empty() {
        return Vec::new();
    }
    let came = exchange.media_type();
    let Some(schema) = media.get(came).or_else(|| media.get("*/*")) else {
        let known: Vec<&str> = media.keys().map(String::as_str).collect();
        return vec![format!(
            "{} comes as `{came}`, and the document knows {}",
            exchange.status,
            known.join(", ")
        )];
    };
    if came.ends_with("json") {
        mismatches(schema, exchange.json())
    } else {
        Vec::new()
    }
}

/// What the document says of no operation in particular: a method that is not there, a fault of the server, a proxy's page.
fn unknown_status(exchange: &Exchange, operation: &Operation) -> Vec<String> {
    if matches!(exchange.status, 405 | 408 | 500 | 502 | 504) && exchange.status != 500 {
        return Vec::new();
    }
    let known: Vec<String> = operation.answers.keys().map(u16::to_string).collect();
    vec![format!(
        "status {} is none that the document knows for {} ({})",
        exchange.status,
        operation.title(),
        known.join(", ")
    )]
}

fn mismatches(schema: &Value, value: &Value) -> Vec<String> {
    let validator = validator(schema);
    let told = validator.iter_errors(value).take(TOLD).map(|error| {
        // The error's own words repeat the value, which may be personal.
        format!(
            "at `{}`: breaks `{}` of the schema",
            error.instance_path(),
            error.schema_path()
        )
    });
    told.collect()
}

fn validator(schema: &Value) -> Arc<Validator> {
    let name = schema.to_string();
    let mut known = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = known.get(&name) {
        return validator.clone();
    }
    let whole = json!({ "components": DOCUMENT["components"], "allOf": [schema] });
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&whole)
        .expect("a test compiles every schema of the document");
    let validator = Arc::new(validator);
    known.insert(name, validator.clone());
    validator
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::operations;

    #[test]
    fn every_schema_of_the_document_can_be_judged_by() {
        for operation in operations() {
            for schema in operation.answers.values().flat_map(|media| media.values()) {
                validator(schema);
            }
        }
    }

    #[test]
    fn an_unknown_value_of_an_open_enum_fits_and_a_wrong_type_does_not() {
        let schema = json!({ "$ref": "#/components/schemas/Topic" });
        assert!(mismatches(&schema, &json!({ "id": "a", "label": "b", "new": 1 })).is_empty());
        assert!(!mismatches(&schema, &json!({ "id": "a", "label": 7 })).is_empty());
        let channel = json!({ "$ref": "#/components/schemas/Channel" });
        assert!(mismatches(&channel, &json!("fax")).is_empty());
        let moment = json!({ "$ref": "#/components/schemas/Timestamp" });
        assert!(!mismatches(&moment, &json!("yesterday")).is_empty());
    }
}
