//! The smallest value that a schema of the document allows: the body of a request that is to be refused for another reason.

use crate::operations::resolved;
use serde_json::{Map, Value, json};

/// A moment that lies ahead for a long time.
const LATER: &str = "2100-01-01T00:00:00Z";

/// The value.
pub(crate) fn of(schema: &Value) -> Value {
    let schema = resolved(schema);
    if let Some(example) = schema["examples"]
        .as_array()
        .and_then(|examples| examples.first())
    {
        return example.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[choice]
            .as_array()
            .and_then(|choices| choices.first())
        {
            return of(first);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().and_then(Value::as_str).unwrap_or(""),
        kind => kind.as_str().unwrap_or(""),
    };
    match kind {
        "object" => object(schema),
        "array" => json!([]),
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        "boolean" => json!(false),
        "string" if schema["format"] == "date-time" => json!(LATER),
        "string" => json!("conformance"),
        _ => Value::Null,
    }
}

fn object(schema: &Value) -> Value {
    let required = schema["required"].as_array().into_iter().flatten();
    let members = required.filter_map(Value::as_str).map(|name| {
        let member = &schema["properties"][name];
        (name.to_owned(), of(member))
    });
    Value::Object(members.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_required_is_there() {
        let message = of(&json!({ "$ref": "#/components/schemas/NewMessage" }));
        assert_eq!(
            message,
            json!({ "text": "conformance", "attachment_ids": [] })
        );
        let snooze = of(&json!({ "$ref": "#/components/schemas/SnoozeNotice" }));
        assert_eq!(
            snooze.as_object().unwrap().values().next(),
            Some(&json!(LATER))
        );
    }
}
