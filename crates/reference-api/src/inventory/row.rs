//! A record of the inventory, made of the row that an arm gives.

use super::Reader;
use crate::attributes::Texts;
use crate::consents::{Local, in_language};
use crate::rights::{ATTRIBUTE, Flags};
use crate::signals;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::InventoryRecordId;
use portal_contract::inventory::{HeldPlace, InventoryRecord, RecordAction, SeenAt, ValueFormat};
use portal_contract::me::Origin;
use rusqlite::Row as SqlRow;
use serde::Deserialize;
use serde_json::Value;

/// The members of the customer's record that are put right by a request alone.
const BY_REQUEST: [&str; 3] = ["display_name", "date_of_birth", "jurisdiction"];

/// A row as every arm gives it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) at: Moment,
    pub(super) inner: i64,
    id: String,
    what: String,
    value: String,
    lang: Option<String>,
    origin: Origin,
    source: Option<String>,
    collected: Option<Moment>,
    place: Option<String>,
    place_id: Option<String>,
    part: Option<String>,
    contested: Option<Moment>,
}

pub(super) fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        at: row.get("at")?,
        inner: row.get("inner")?,
        id: row.get("id")?,
        what: row.get("what")?,
        value: row.get("value")?,
        lang: row.get("lang")?,
        origin: Origin::from(row.get::<_, String>("origin")?),
        source: row.get("source")?,
        collected: row.get("collected")?,
        place: row.get("place")?,
        place_id: row.get("place_id")?,
        part: row.get("part")?,
        contested: row.get("contested")?,
    })
}

/// What a row says, in words.
struct Said {
    label: String,
    value: String,
    lang: Option<String>,
    source: Option<String>,
    editable: bool,
}

/// The record.
///
/// # Errors
/// When the row holds what cannot be read.
pub(super) fn record(
    reader: &Reader<'_>,
    row: Row,
    flags: &Flags,
) -> Result<InventoryRecord, StoreError> {
    let said = said(reader, &row)?;
    let by_request = BY_REQUEST.contains(&row.what.as_str());
    let inferred = row.origin == Origin::Inferred && !by_request;
    let attribute = row.what == "attribute";
    let editable = said.editable
        || matches!(row.place.as_deref(), Some("contact_points" | "preferences"))
        || (row.place.as_deref() == Some("profile") && !attribute && !by_request);
    let field = if attribute {
        Some(format!("{ATTRIBUTE}{}", row.id))
    } else {
        by_request.then(|| row.what.clone())
    };
    let is_contested = row.contested.is_some();
    let of_interaction = row.place.as_deref() == Some("interaction");
    let interaction = row.place_id.as_deref().filter(|_| of_interaction);
    let in_force = flags.of_record(field.as_deref(), interaction);
    let allowed_actions = match (inferred, editable, &field) {
        (true, _, _) if is_contested => vec![RecordAction::Contest, RecordAction::Uncontest],
        (true, _, _) => vec![RecordAction::Contest],
        (false, true, _) => vec![RecordAction::Edit],
        (false, false, Some(_)) => vec![RecordAction::Rectify],
        (false, false, None) => Vec::new(),
    };
    Ok(InventoryRecord {
        id: name(&row),
        label: said.label,
        value: said.value,
        format: format_of(&row.what),
        lang: said.lang,
        origin: row.origin,
        source: said.source.or(row.source),
        collected_at: row.collected.map(Moment::to_timestamp),
        purpose: None,
        seen_at: row.place.map(|place| SeenAt {
            place: HeldPlace::from(place),
            id: row.place_id,
            part: row.part,
        }),
        field,
        in_force,
        contested_at: row.contested.map(Moment::to_timestamp),
        allowed_actions,
    })
}

/// Members of the customer's record that are kept as codes.
fn format_of(what: &str) -> Option<ValueFormat> {
    Some(match what {
        "date_of_birth" => ValueFormat::Date,
        "locale" => ValueFormat::Language,
        "time_zone" => ValueFormat::TimeZone,
        "jurisdiction" => ValueFormat::Country,
        _ => return None,
    })
}

/// Names of rows are ids mostly; what is none gets one.
fn name(row: &Row) -> InventoryRecordId {
    row.id.parse().unwrap_or_else(|_| {
        let name = format!("{}-{}", row.what, row.at.millis());
        name.parse().expect("a word and digits are an id")
    })
}

fn said(reader: &Reader<'_>, row: &Row) -> Result<Said, StoreError> {
    let plain = |value: String, lang: Option<String>| Said {
        label: reader.word(&row.what),
        value,
        lang,
        source: None,
        editable: false,
    };
    Ok(match row.what.as_str() {
        "attribute" => attribute(reader, &row.value)?,
        "inferred" => inferred(reader, &row.value)?,
        "notice" => {
            let texts: Local<Value> = parsed(&row.value)?;
            let (lang, words) = reader.of(&texts)?;
            plain(text(&words["title"]), Some(lang.to_owned()))
        }
        "decision" => {
            let (purpose, status): (String, String) = parsed(&row.value)?;
            plain(
                format!("{}: {}", reader.purpose(&purpose), reader.word(&status)),
                None,
            )
        }
        "choice" => {
            let choice: Choice = parsed(&row.value)?;
            plain(choice.said(reader), None)
        }
        "accommodation" => plain(reader.word(&row.value), None),
        what => plain(content(reader, what, &row.value), row.lang.clone()),
    })
}

/// What is not for people is called by its name: `#…`, or nothing at all.
fn content(reader: &Reader<'_>, what: &str, value: &str) -> String {
    match value.strip_prefix('#') {
        Some(name) => reader.word(name),
        None if value.is_empty() => reader.word(&format!("{what}_value")),
        None => value.to_owned(),
    }
}

#[derive(Deserialize)]
struct Kept {
    label: String,
    value: String,
    texts: Local<Texts>,
    editable: i64,
}

fn attribute(reader: &Reader<'_>, value: &str) -> Result<Said, StoreError> {
    let kept: Kept = parsed(value)?;
    let words = in_language(&kept.texts, reader.language, reader.usual);
    let (lang, words) = match words {
        Some((lang, words)) => (Some(lang.to_owned()), words.clone()),
        None => (None, Texts::default()),
    };
    Ok(Said {
        label: words.label.unwrap_or(kept.label),
        value: words.value.unwrap_or(kept.value),
        lang,
        source: words.source,
        editable: kept.editable != 0,
    })
}

fn inferred(reader: &Reader<'_>, value: &str) -> Result<Said, StoreError> {
    let texts: Local<signals::Words> = parsed(value)?;
    let (lang, words) = reader.of(&texts)?;
    Ok(Said {
        label: words.label.clone(),
        value: words.value.clone(),
        lang: Some(lang.to_owned()),
        source: Some(words.inferred_by.clone()),
        editable: false,
    })
}

/// A value of the preferences, and where it stands in them.
#[derive(Deserialize)]
struct Choice {
    pointer: String,
    value: Value,
}

impl Choice {
    fn said(&self, reader: &Reader<'_>) -> String {
        let parts = self.pointer.split('/').filter(|part| !part.is_empty());
        let parts = parts.filter(|part| *part != "topics");
        let parts: Vec<String> = parts.map(|part| reader.topic(part)).collect();
        format!("{}: {}", parts.join(" · "), text(&self.value))
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn parsed<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("inventory: {error}")))
}
