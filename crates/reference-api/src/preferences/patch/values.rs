//! Single values of a patch.

use super::Refusal;
use crate::store::time::Moment;
use portal_contract::{FieldCode, Timestamp};
use serde_json::{Value, json};

pub(super) fn invalid(expected: &str) -> Refusal {
    Refusal::new(FieldCode::InvalidFormat, expected)
}

pub(super) fn not_offered(detail: &str) -> Refusal {
    Refusal::new(FieldCode::NotOffered, detail)
}

/// `true` or `false`; a switch has no third position, so `null` clears nothing.
pub(super) fn switch(value: &Value) -> Result<Value, Refusal> {
    match value {
        Value::Bool(_) => Ok(value.clone()),
        _ => Err(invalid("true or false")),
    }
}

/// A moment to come, or `null`.
pub(super) fn later(value: &Value, now: Moment) -> Result<Value, Refusal> {
    let text = match value {
        Value::Null => return Ok(Value::Null),
        Value::String(text) => text,
        _ => return Err(invalid("a moment by RFC 3339, or null")),
    };
    let moment = text
        .parse::<Timestamp>()
        .ok()
        .and_then(|timestamp| Moment::from_timestamp(&timestamp))
        .ok_or_else(|| invalid("a UTC moment by RFC 3339, such as 2026-03-04T05:06:07Z"))?;
    if moment <= now {
        return Err(Refusal::new(FieldCode::Past, "this moment has passed"));
    }
    Ok(json!(moment.to_timestamp()))
}

/// One of the company's languages, in any of its dialects; or `null`.
pub(super) fn language(value: &Value, offered: &[String]) -> Result<Value, Refusal> {
    let tag = match value {
        Value::Null => return Ok(Value::Null),
        Value::String(tag) => tag,
        _ => return Err(invalid("a BCP 47 tag, such as en-GB, or null")),
    };
    let shaped = tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    if !shaped || tag.is_empty() {
        Err(invalid("a BCP 47 tag, such as en-GB"))
    } else if offered.iter().all(|known| primary(known) != primary(tag)) {
        Err(not_offered("not one of the company's languages"))
    } else {
        Ok(value.clone())
    }
}

/// An IANA zone, or `null`.
pub(super) fn zone(value: &Value) -> Result<Value, Refusal> {
    let unknown = "an IANA zone, such as America/St_Johns, or null";
    match value {
        Value::Null => Ok(Value::Null),
        Value::String(name) if jiff::tz::TimeZone::get(name).is_ok() => Ok(value.clone()),
        Value::String(_) => Err(Refusal::new(FieldCode::Unknown, unknown)),
        _ => Err(invalid(unknown)),
    }
}
