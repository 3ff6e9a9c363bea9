//! JSON by the browser's own reader: smaller than one of ours.

use js_sys::{Array, JSON, Object};
use portal_contract::Json;
use wasm_bindgen::{JsCast, JsValue};

/// Reads a JSON text; `None` when it is none, or not whole.
#[must_use]
pub fn parse(text: &str) -> Option<Json> {
    JSON::parse(text).ok().map(|value| read(&value))
}

/// What `JSON.parse` gives is a tree as deep as its text, and that is bounded by the browser's own recursion.
fn read(value: &JsValue) -> Json {
    if let Some(text) = value.as_string() {
        Json::String(text)
    } else if let Some(number) = value.as_f64() {
        Json::Number(number)
    } else if let Some(truth) = value.as_bool() {
        Json::Bool(truth)
    } else if Array::is_array(value) {
        Json::Array(
            value
                .unchecked_ref::<Array>()
                .iter()
                .map(|item| read(&item))
                .collect(),
        )
    } else if value.is_object() {
        Json::Object(
            Object::entries(value.unchecked_ref())
                .iter()
                .map(|entry| member(entry.unchecked_ref()))
                .collect(),
        )
    } else {
        Json::Null
    }
}

fn member(entry: &Array) -> (String, Json) {
    (
        entry.get(0).as_string().unwrap_or_default(),
        read(&entry.get(1)),
    )
}

/// Writes a JSON text.
#[must_use]
pub fn write(json: &Json) -> String {
    let mut text = String::new();
    push(json, &mut text);
    text
}

fn push(json: &Json, text: &mut String) {
    match json {
        Json::Null => text.push_str("null"),
        Json::Bool(true) => text.push_str("true"),
        Json::Bool(false) => text.push_str("false"),
        Json::Number(number) => push_number(*number, text),
        Json::String(words) => push_string(words, text),
        Json::Array(items) => {
            push_all('[', items, text, push);
            text.push(']');
        }
        Json::Object(members) => {
            push_all('{', members, text, |(name, value), text| {
                push_string(name, text);
                text.push(':');
                push(value, text);
            });
            text.push('}');
        }
    }
}

fn push_all<T>(open: char, items: &[T], text: &mut String, mut one: impl FnMut(&T, &mut String)) {
    text.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        one(item, text);
    }
}

/// Whole numbers are all that the contract writes; any other is left to the browser, whose formatter is there already.
fn push_number(number: f64, text: &mut String) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and within 2^53"
    )]
    if number.trunc() == number && number.abs() <= 9_007_199_254_740_992.0 {
        text.push_str(&(number as i64).to_string());
    } else if number.is_finite() {
        let written = js_sys::Number::from(number).to_string_with_radix(10);
        text.push_str(&written.map_or_else(|_| "null".to_owned(), String::from));
    } else {
        text.push_str("null");
    }
}

fn push_string(words: &str, text: &mut String) {
    text.push('"');
    for character in words.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                const HEX: [char; 16] = [
                    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
                ];
                let code = character as usize;
                text.push_str("\\u00");
                text.push(HEX[code >> 4]);
                text.push(HEX[code & 15]);
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_any_reader_reads_back() {
        let json = Json::Object(vec![
            (
                "a \"quote\"\\".into(),
                Json::String("line\nbreak\t\u{0}\u{1f} <b> ünï 漢 \u{2028}".into()),
            ),
            (
                "list".into(),
                Json::Array(vec![
                    Json::Null,
                    Json::Bool(true),
                    Json::Bool(false),
                    Json::Number(-12.0),
                    Json::Number(9e15),
                ]),
            ),
            ("none".into(), Json::Array(vec![])),
            ("empty".into(), Json::Object(vec![])),
        ]);
        let read: serde_json::Value = serde_json::from_str(&write(&json)).unwrap();
        assert_eq!(read, serde_json::Value::from(&json));
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        assert_eq!(write(&Json::Number(f64::NAN)), "null");
    }
}
