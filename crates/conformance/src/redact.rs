//! What a report shows of a request or an answer: enough to find the fault, nothing secret, nothing personal.

use crate::http::Exchange;
use serde_json::Value;
use std::fmt::Write;

/// The most characters of a body that are shown.
const LONGEST: usize = 1_500;
/// The most items of a list.
const ITEMS: usize = 3;

/// Members that hold secrets, or words and particulars of people.
const HIDDEN: [&str; 21] = [
    "address",
    "answers",
    "assertion",
    "bearer",
    "date_of_birth",
    "display_name",
    "download_url",
    "email",
    "excerpt",
    "manage_url",
    "preferred_name",
    "pronouns",
    "reference",
    "subject",
    "text",
    "token",
    "tracking_token",
    "url",
    "value",
    "words",
    "postal",
];
/// Members of problem documents, in the server's own words.
const OWN_WORDS: [&str; 4] = ["type", "title", "detail", "pointer"];
/// Headers of answers that tell something.
const TELLING: [&str; 10] = [
    "cache-control",
    "content-type",
    "content-disposition",
    "content-security-policy",
    "etag",
    "idempotency-replayed",
    "retry-after",
    "www-authenticate",
    "x-content-type-options",
    "x-request-id",
];

/// The request, as one would write it down.
pub(crate) fn request(exchange: &Exchange) -> String {
    let mut text = format!("{} {}", exchange.method, path(exchange));
    for (name, value) in &exchange.sent_headers {
        let shown = match name.as_str() {
            "accept" => continue,
            "cookie" | "authorization" => "[secret]",
            name if name.starts_with("x-") && name != "x-portal-csrf" => "[secret]",
            _ => value,
        };
        let _ = write!(text, "\n{name}: {shown}");
    }
    push_body(
        &mut text,
        &exchange.sent,
        exchange
            .sent_headers
            .iter()
            .find(|(name, _)| name == "content-type")
            .map_or("", |(_, value)| value),
    );
    text
}

/// The answer.
pub(crate) fn answer(exchange: &Exchange) -> String {
    let mut text = exchange.status.to_string();
    let told = exchange
        .headers
        .iter()
        .filter(|(name, _)| TELLING.contains(&name.as_str()));
    for (name, value) in told {
        let _ = write!(text, "\n{name}: {value}");
    }
    push_body(&mut text, &exchange.body, exchange.media_type());
    text
}

/// The path without the tokens that some hold, and without what somebody looked for.
fn path(exchange: &Exchange) -> String {
    let (path, query) = exchange
        .path
        .split_once('?')
        .unwrap_or((&exchange.path, ""));
    let holds_token = exchange.operation.is_some_and(|operation| {
        operation
            .path_parameters
            .iter()
            .any(|name| name.ends_with("token"))
    });
    let path = match path.rsplit_once('/') {
        Some((before, _)) if holds_token => format!("{before}/[secret]"),
        _ => path.to_owned(),
    };
    if query.is_empty() {
        return path;
    }
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("q" | "subject"), _)) => format!("{name}=[cut]"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn push_body(text: &mut String, body: &[u8], media_type: &str) {
    if body.is_empty() {
        return;
    }
    let shown = match serde_json::from_slice::<Value>(body) {
        Ok(value) => serde_json::to_string_pretty(&clean("", &value)).unwrap_or_default(),
        Err(_) => format!("[{} bytes of {media_type}]", body.len()),
    };
    let cut: String = shown.chars().take(LONGEST).collect();
    let more = if cut.len() < shown.len() {
        "\n[cut]"
    } else {
        ""
    };
    let _ = write!(text, "\n\n{cut}{more}");
}

fn clean(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let shown = members.iter().filter(|(_, value)| !value.is_null());
            shown
                .map(|(name, value)| (name.clone(), clean(name, value)))
                .collect()
        }
        Value::Array(items) => {
            let mut shown: Vec<Value> = items
                .iter()
                .take(ITEMS)
                .map(|item| clean(name, item))
                .collect();
            if items.len() > ITEMS {
                shown.push(format!("[{} more]", items.len() - ITEMS).into());
            }
            shown.into()
        }
        Value::String(text) if OWN_WORDS.contains(&name) => text.clone().into(),
        Value::String(text) if HIDDEN.contains(&name) || !is_machine_word(text) => {
            format!("[{} characters]", text.chars().count()).into()
        }
        Value::Number(_) if HIDDEN.contains(&name) => "[a number]".into(),
        other => other.clone(),
    }
}

/// Ids, states, moments: nothing that a person wrote, and no code that one was sent.
fn is_machine_word(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.~:".contains(c);
    let is_code = text.chars().all(|c| c.is_ascii_digit());
    !is_code
        && text.len() <= 64
        && text.chars().all(is_plain)
        && !text.chars().next().is_some_and(|c| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_that_a_person_wrote_is_shown() {
        let value = json!({
            "id": "int_1", "status": "open", "text": "hello", "display_name": "maya", "label": "Bill of May", "at": "2026-03-04T05:06:07Z",
            "tracking_token": "abc", "errors": [{ "pointer": "/text", "code": "too_long" }], "gone": null
        });
        assert_eq!(
            clean("", &value),
            json!({
                "id": "int_1", "status": "open", "text": "[5 characters]", "display_name": "[4 characters]", "label": "[11 characters]",
                "at": "2026-03-04T05:06:07Z", "tracking_token": "[3 characters]",
                "errors": [{ "pointer": "/text", "code": "too_long" }]
            })
        );
    }
}
