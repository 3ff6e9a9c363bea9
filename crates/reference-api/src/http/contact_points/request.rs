//! What a request says of a contact point.

use crate::contact_points::address::{self, Address, Refused};
use crate::contact_points::{Changes, NewPoint};
use crate::http::{ApiError, ApiResult};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use jiff::civil::Date;
use portal_contract::contact_point::{ContactPointKind, NewContactPoint};
use portal_contract::{FieldCode, FieldError};
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

/// The longest label and name of a service, in characters.
const LONGEST_LABEL: usize = 60;
const LONGEST_SERVICE: usize = 40;

/// The country that a customer's numbers are dialled in: of the law that applies to them, of their postal address, or of the
/// language that they chose (`de-AT`).
pub(super) fn country(
    db: &Connection,
    customer: &CustomerId,
) -> Result<Option<String>, StoreError> {
    let (jurisdiction, locale, postal): (Option<String>, Option<String>, Option<String>) = db
        .prepare_cached(
            "SELECT jurisdiction_code, locale,
                    (SELECT country FROM contact_points WHERE customer_id = customers.id AND country IS NOT NULL
                      ORDER BY preferred DESC, seq LIMIT 1)
               FROM customers WHERE id = ?1",
        )?
        .query_row([customer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?
        .unwrap_or_default();
    Ok(jurisdiction
        .and_then(|code| letters(&code))
        .or(postal)
        .or_else(|| locale?.split('-').skip(1).find_map(letters)))
}

/// The two letters of a country (`US` of `US-CA`).
fn letters(code: &str) -> Option<String> {
    let country = code.split('-').next()?;
    (country.len() == 2 && country.bytes().all(|b| b.is_ascii_alphabetic()))
        .then(|| country.to_ascii_uppercase())
}

/// A contact point to be added. Everything that is wrong is said at once.
pub(super) fn new_point(new: &NewContactPoint, home: Option<&str>) -> ApiResult<NewPoint> {
    let mut errors = Vec::new();
    let address = taken(&mut errors, read_address(new, home));
    let service = taken(&mut errors, service(new));
    let label = taken(&mut errors, label(new.label.as_deref()));
    let first = taken(&mut errors, day("/valid_from", new.valid_from.as_deref()));
    let last = taken(&mut errors, day("/valid_to", new.valid_to.as_deref()));
    if first
        .flatten()
        .zip(last.flatten())
        .is_some_and(|(first, last)| last < first)
    {
        errors.push(error(
            "/valid_to",
            FieldCode::InvalidFormat,
            "the last day comes before the first",
        ));
    }
    let (Some(address), Some(service), Some(label), Some(first), Some(last)) =
        (address, service, label, first, last)
    else {
        return Err(ApiError::validation(errors));
    };
    if !errors.is_empty() {
        return Err(ApiError::validation(errors));
    }
    Ok(NewPoint {
        kind: new.kind.clone(),
        address,
        service,
        label,
        valid: (first, last),
        replaces: new.replaces.clone(),
    })
}

fn taken<T>(errors: &mut Vec<FieldError>, result: Result<T, FieldError>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}

fn read_address(new: &NewContactPoint, home: Option<&str>) -> Result<Address, FieldError> {
    let country = match new.country.as_deref() {
        Some(given) => Some(letters(given).ok_or_else(|| {
            error(
                "/country",
                FieldCode::InvalidFormat,
                "two letters of ISO 3166, such as DE",
            )
        })?),
        None => home.map(str::to_owned),
    };
    let value = new.value.as_deref().unwrap_or("");
    let read: Result<Address, Refused> = match &new.kind {
        ContactPointKind::Email => address::email(value),
        ContactPointKind::Phone => address::phone(value, country.as_deref()),
        ContactPointKind::Postal => match &new.postal {
            Some(postal) => address::postal(postal),
            None => {
                return Err(error(
                    "/postal",
                    FieldCode::Required,
                    "an address is needed",
                ));
            }
        },
        ContactPointKind::Push => address::token(value),
        ContactPointKind::Messaging => address::messaging(value, country.as_deref()),
        ContactPointKind::Social => address::handle(value),
        ContactPointKind::Other(_) => {
            return Err(error(
                "/kind",
                FieldCode::NotOffered,
                "no kind that can be entered",
            ));
        }
    };
    read.map_err(FieldError::from)
}

fn service(new: &NewContactPoint) -> Result<Option<String>, FieldError> {
    let given = new
        .service
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let has_service = matches!(
        new.kind,
        ContactPointKind::Messaging | ContactPointKind::Social
    );
    let refused = |code, detail| Err(error("/service", code, detail));
    match given {
        None if has_service => refused(FieldCode::Required, "an account is one with a service"),
        None => Ok(None),
        Some(_) if !has_service => refused(FieldCode::NotOffered, "this kind has no service"),
        Some(name) if name.chars().count() > LONGEST_SERVICE => Err(FieldError {
            limit: Some(LONGEST_SERVICE as u64),
            ..error(
                "/service",
                FieldCode::TooLong,
                "no service has a name that long",
            )
        }),
        Some(name) if name.chars().any(|c| c.is_control() || c == '|') => refused(
            FieldCode::InvalidFormat,
            "the name of a service, such as whatsapp",
        ),
        Some(name) => Ok(Some(name.to_lowercase())),
    }
}

fn label(given: Option<&str>) -> Result<Option<String>, FieldError> {
    let label = given.map(str::trim).filter(|label| !label.is_empty());
    if label.is_some_and(|label| label.chars().count() > LONGEST_LABEL) {
        return Err(FieldError {
            limit: Some(LONGEST_LABEL as u64),
            ..error("/label", FieldCode::TooLong, "a label is a word or two")
        });
    }
    if label.is_some_and(|label| label.chars().any(char::is_control)) {
        return Err(error(
            "/label",
            FieldCode::InvalidFormat,
            "one line, without control characters",
        ));
    }
    Ok(label.map(str::to_owned))
}

fn day(pointer: &str, given: Option<&str>) -> Result<Option<Date>, FieldError> {
    let refused = || {
        error(
            pointer,
            FieldCode::InvalidFormat,
            "a day, such as 2026-03-04",
        )
    };
    let Some(text) = given.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    // jiff reads more shapes than the contract has.
    Date::strptime("%Y-%m-%d", text)
        .ok()
        .filter(|day| day.to_string() == text)
        .map(Some)
        .ok_or_else(refused)
}

/// Reads a merge patch (RFC 7396). A member that is absent stays, `null` clears; one that nobody may change here is refused by
/// name.
pub(super) fn changes(patch: &Map<String, Value>) -> ApiResult<Changes> {
    let mut changes = Changes::default();
    let mut errors = Vec::new();
    for (name, value) in patch {
        if let Err(error) = take(&mut changes, name, value) {
            errors.push(error);
        }
    }
    if errors.is_empty() {
        Ok(changes)
    } else {
        Err(ApiError::validation(errors))
    }
}

fn take(changes: &mut Changes, name: &str, value: &Value) -> Result<(), FieldError> {
    // RFC 6901: `~` and `/` of a name are escaped in a pointer.
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    match name {
        "label" => changes.label = Some(label(text(&pointer, value)?)?),
        "valid_from" => changes.valid_from = Some(day(&pointer, text(&pointer, value)?)?),
        "valid_to" => changes.valid_to = Some(day(&pointer, text(&pointer, value)?)?),
        "preferred" => {
            changes.preferred = Some(
                value
                    .as_bool()
                    .ok_or_else(|| error(&pointer, FieldCode::InvalidFormat, "true or false"))?,
            );
        }
        _ => {
            return Err(error(
                &pointer,
                FieldCode::NotOffered,
                "this cannot be changed here",
            ));
        }
    }
    Ok(())
}

fn text<'v>(pointer: &str, value: &'v Value) -> Result<Option<&'v str>, FieldError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => Err(error(pointer, FieldCode::InvalidFormat, "a text or null")),
    }
}

fn error(pointer: &str, code: FieldCode, detail: &str) -> FieldError {
    FieldError {
        pointer: pointer.to_owned(),
        code,
        detail: Some(detail.to_owned()),
        limit: None,
    }
}
