//! Values as the database has them, and as they are written.

use crate::secrets::hex;
use crate::store::StoreError;
use crate::store::time::Moment;
use rusqlite::Row as Stored;
use rusqlite::types::ValueRef;
use serde_json::Value;

/// A record: what is written, and what only this program needs.
#[derive(Debug)]
pub struct Row {
    /// The values, as many as the set has columns.
    pub cells: Vec<Value>,
    /// The values whose names begin with `_`.
    pub hidden: Vec<Value>,
}

#[derive(Clone, Copy)]
enum Kind {
    AsItIs,
    Moment,
    Bool,
    Json,
}

/// What a column is called, and what its values are.
fn kind(name: &str) -> (&str, Kind) {
    match name.rsplit_once(':') {
        Some((name, "moment")) => (name, Kind::Moment),
        Some((name, "bool")) => (name, Kind::Bool),
        Some((name, "json")) => (name, Kind::Json),
        _ => (name, Kind::AsItIs),
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('_')
}

/// The names of the columns that are written.
pub fn shown<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names
        .map(|name| kind(name).0)
        .filter(|name| !is_hidden(name))
        .map(str::to_owned)
        .collect()
}

/// Reads a record, whose columns are called so.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn read(row: &Stored<'_>, names: &[String]) -> Result<Row, StoreError> {
    let mut read = Row {
        cells: Vec::with_capacity(names.len()),
        hidden: Vec::new(),
    };
    for (place, name) in names.iter().enumerate() {
        let (name, kind) = kind(name);
        let value = value(row.get_ref(place)?, kind)
            .ok_or_else(|| StoreError::Corrupt(format!("the {name} of an exported record")))?;
        if is_hidden(name) {
            read.hidden.push(value);
        } else {
            read.cells.push(value);
        }
    }
    Ok(read)
}

fn value(stored: ValueRef<'_>, kind: Kind) -> Option<Value> {
    Some(match (stored, kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(millis), Kind::Moment) => {
            Moment::from_millis(millis).to_timestamp().as_str().into()
        }
        (ValueRef::Integer(yes), Kind::Bool) => (yes != 0).into(),
        (ValueRef::Text(text) | ValueRef::Blob(text), Kind::Json) => {
            serde_json::from_slice(text).ok()?
        }
        (ValueRef::Integer(number), _) => number.into(),
        (ValueRef::Real(number), _) => serde_json::Number::from_f64(number)?.into(),
        (ValueRef::Text(text), _) => String::from_utf8_lossy(text).into(),
        (ValueRef::Blob(bytes), _) => hex(bytes).into(),
    })
}
