//! What makes contact possible: a list that is written whole.

use portal_contract::me::{Accommodation, AccommodationKind};
use portal_contract::{FieldCode, FieldError};
use serde_json::Value;

/// The longest language tag that is kept, in bytes (RFC 5646 recommends room for 35).
const LONGEST_TAG: usize = 35;

/// The list; `null` empties it.
pub(super) fn read(value: &Value) -> Result<Vec<Accommodation>, FieldError> {
    let items = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(items) => items,
        _ => {
            return Err(refused(
                String::new(),
                FieldCode::InvalidFormat,
                "a list or null",
            ));
        }
    };
    let mut read: Vec<Accommodation> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let accommodation = one(item, index)?;
        if read.iter().any(|known| known.kind == accommodation.kind) {
            return Err(refused(
                format!("/{index}/kind"),
                FieldCode::AlreadyThere,
                "each kind stands once",
            ));
        }
        read.push(accommodation);
    }
    Ok(read)
}

fn one(item: &Value, index: usize) -> Result<Accommodation, FieldError> {
    let kind = item["kind"].as_str().map(AccommodationKind::from);
    let kind = kind.filter(|kind| AccommodationKind::KNOWN.contains(kind));
    let Some(kind) = kind else {
        return Err(refused(
            format!("/{index}/kind"),
            FieldCode::NotOffered,
            "large_print, relay_service, easy_language or interpreter",
        ));
    };
    Ok(Accommodation {
        language: language(&item["language"], &kind, index)?,
        kind,
    })
}

fn language(
    value: &Value,
    kind: &AccommodationKind,
    index: usize,
) -> Result<Option<String>, FieldError> {
    let at = |code, detail| Err(refused(format!("/{index}/language"), code, detail));
    let shaped = |tag: &str| {
        tag.len() <= LONGEST_TAG
            && tag.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            })
    };
    let interprets = *kind == AccommodationKind::Interpreter;
    match value {
        Value::Null if interprets => at(FieldCode::Required, "into which language?"),
        Value::Null => Ok(None),
        Value::String(tag) if tag.trim().is_empty() && interprets => {
            at(FieldCode::Required, "into which language?")
        }
        Value::String(_) if !interprets => {
            at(FieldCode::NotOffered, "an interpreter alone has a language")
        }
        Value::String(tag) if shaped(tag.trim()) => Ok(Some(tag.trim().to_owned())),
        _ => at(
            FieldCode::InvalidFormat,
            "a BCP 47 tag, such as ar, or gsg for a sign language",
        ),
    }
}

fn refused(below: String, code: FieldCode, detail: &str) -> FieldError {
    FieldError {
        pointer: format!("/accommodations{below}"),
        code,
        detail: Some(detail.to_owned()),
        limit: None,
    }
}
