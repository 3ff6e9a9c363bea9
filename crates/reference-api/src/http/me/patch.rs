//! Reading a merge patch (RFC 7396) of the customer's record.

mod accommodations;

use crate::config::Config;
use crate::http::{ApiError, ApiResult};
use crate::store::me::Changes;
use portal_contract::{AttributeKey, FieldCode, FieldError};
use serde_json::{Map, Value};

/// The longest name and pronouns, in characters.
const LONGEST_NAME: usize = 100;
const LONGEST_PRONOUNS: usize = 40;
/// The longest value of an attribute, in characters.
const LONGEST_ATTRIBUTE: usize = 200;

/// What is to change: members of the record, and what is kept beside them.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) members: Changes,
    pub(super) attributes: Vec<(AttributeKey, Option<String>)>,
}

/// An attribute that there is none of, or that is not the customer's to change.
pub(super) fn not_offered(key: &AttributeKey) -> ApiError {
    let pointer = format!("/attributes/{key}");
    ApiError::field(
        &pointer,
        FieldCode::NotOffered,
        "this cannot be changed here",
        None,
    )
}

/// What is to change. A member that is absent stays, `null` clears; one that nobody may change here is refused by name.
pub(super) fn read(patch: &Map<String, Value>, config: &Config) -> ApiResult<Asked> {
    let mut changes = Asked::default();
    let mut errors = Vec::new();
    for (name, value) in patch {
        if let Err(error) = take(&mut changes, name, value, config) {
            errors.push(error);
        }
    }
    if errors.is_empty() {
        Ok(changes)
    } else {
        Err(ApiError::validation(errors))
    }
}

fn take(asked: &mut Asked, name: &str, value: &Value, config: &Config) -> Result<(), FieldError> {
    let changes = &mut asked.members;
    match name {
        "attributes" => asked.attributes = attributes(value)?,
        "preferred_name" => changes.preferred_name = Some(short_text(name, value, LONGEST_NAME)?),
        "pronouns" => changes.pronouns = Some(short_text(name, value, LONGEST_PRONOUNS)?),
        "locale" => changes.locale = Some(offered_locale(name, value, config)?),
        "accommodations" => changes.accommodations = Some(accommodations::read(value)?),
        "time_zone" => changes.time_zone = Some(known_zone(name, value)?),
        _ => {
            return Err(refused(
                name,
                FieldCode::NotOffered,
                "this cannot be changed here",
                None,
            ));
        }
    }
    Ok(())
}

/// Values by key; the keys are looked up later.
fn attributes(value: &Value) -> Result<Vec<(AttributeKey, Option<String>)>, FieldError> {
    let Value::Object(members) = value else {
        let detail = "an object of values by key";
        return Err(refused(
            "attributes",
            FieldCode::InvalidFormat,
            detail,
            None,
        ));
    };
    let one = |(key, value): (&String, &Value)| {
        let unknown = || {
            refused(
                "attributes",
                FieldCode::NotOffered,
                "there is no such attribute",
                None,
            )
        };
        let key: AttributeKey = key.parse().map_err(|_| unknown())?;
        let value =
            short_text("attributes", value, LONGEST_ATTRIBUTE).map_err(|error| FieldError {
                pointer: format!("/attributes/{key}"),
                ..error
            })?;
        Ok((key, value))
    };
    members.iter().map(one).collect()
}

fn text(name: &str, value: &Value) -> Result<Option<String>, FieldError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        _ => Err(refused(
            name,
            FieldCode::InvalidFormat,
            "a text or null",
            None,
        )),
    }
}

fn short_text(name: &str, value: &Value, longest: usize) -> Result<Option<String>, FieldError> {
    let text = text(name, value)?;
    if text
        .as_ref()
        .is_some_and(|text| text.chars().count() > longest)
    {
        return Err(refused(
            name,
            FieldCode::TooLong,
            "too long",
            Some(longest as u64),
        ));
    }
    if text
        .as_ref()
        .is_some_and(|text| text.chars().any(char::is_control))
    {
        return Err(refused(
            name,
            FieldCode::InvalidFormat,
            "one line, without control characters",
            None,
        ));
    }
    Ok(text)
}

fn offered_locale(
    name: &str,
    value: &Value,
    config: &Config,
) -> Result<Option<String>, FieldError> {
    let tag = text(name, value)?;
    // `de-AT` is taken where `de` is offered: the region decides how dates are written.
    let primary = |tag: &str| tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    let shaped =
        |tag: &str| tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match &tag {
        Some(tag) if !shaped(tag) => Err(refused(
            name,
            FieldCode::InvalidFormat,
            "a BCP 47 tag, such as en-GB",
            None,
        )),
        Some(tag)
            if !config
                .company
                .locales
                .iter()
                .any(|offered| primary(offered) == primary(tag)) =>
        {
            Err(refused(
                name,
                FieldCode::NotOffered,
                "not one of the company's languages",
                None,
            ))
        }
        _ => Ok(tag),
    }
}

fn known_zone(name: &str, value: &Value) -> Result<Option<String>, FieldError> {
    let zone = text(name, value)?;
    match &zone {
        Some(zone) if jiff::tz::TimeZone::get(zone).is_err() => Err(refused(
            name,
            FieldCode::Unknown,
            "an IANA zone, such as Europe/Berlin",
            None,
        )),
        _ => Ok(zone),
    }
}

fn refused(name: &str, code: FieldCode, detail: &str, limit: Option<u64>) -> FieldError {
    // RFC 6901: `~` and `/` of a name are escaped in a pointer.
    let escaped = name.replace('~', "~0").replace('/', "~1");
    FieldError {
        pointer: format!("/{escaped}"),
        code,
        detail: Some(detail.to_owned()),
        limit,
    }
}
