//! What is kept about a customer beside the usual members of their record, and their word against what was inferred.
//!
//! An inferred attribute is contested as a [signal](crate::signals) is: from then on it is in use no more.

use crate::consents::{Local, in_language};
use crate::rights::holds_back_attribute;
use crate::signals::{self, Desk, Word, may_be_used};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::parsed;
use crate::store::time::Moment;
use portal_contract::me::{Attribute, AttributeAction, Origin};
use portal_contract::{AttributeKey, Json};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::{Deserialize, Serialize};

/// What an attribute says in one language, as far as that differs from its row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// What it is called.
    pub label: Option<String>,
    /// What it is; never of one that the customer changes.
    pub value: Option<String>,
    /// Who or what inferred it, or told the company.
    pub source: Option<String>,
    /// From what it was inferred.
    pub basis: Option<String>,
}

/// An attribute to be written.
#[derive(Clone, Debug)]
pub struct NewAttribute {
    /// Its stable name.
    pub key: AttributeKey,
    /// Where it stands among the others.
    pub position: i64,
    /// Its label and value where a language has none.
    pub plain: (String, String),
    /// Its words by language.
    pub texts: Local<Texts>,
    /// Where it came from.
    pub origin: Origin,
    /// What it is kept for.
    pub purpose: Option<String>,
    /// When it was collected.
    pub collected_at: Moment,
    /// Whether the customer changes it in place.
    pub editable: bool,
}

/// Writes an attribute, unless there is one of its name.
///
/// # Errors
/// When the database refuses.
pub fn add(db: &Connection, customer: &CustomerId, new: &NewAttribute) -> Result<(), StoreError> {
    let texts = serde_json::to_string(&new.texts).expect("words by language are JSON");
    db.prepare_cached(
        "INSERT INTO customer_attributes (customer_id, key, position, label, value, origin, purpose_id, collected_at, editable, texts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        customer,
        new.key.as_str(),
        new.position,
        new.plain.0,
        new.plain.1,
        new.origin.as_str(),
        new.purpose,
        new.collected_at,
        new.editable,
        texts,
    ])?;
    Ok(())
}

/// An attribute as it is kept.
#[derive(Clone, Debug)]
struct Row {
    key: AttributeKey,
    label: String,
    value: String,
    origin: Origin,
    purpose: Option<String>,
    collected_at: Option<Moment>,
    editable: bool,
    texts: Local<Texts>,
    contested_at: Option<Moment>,
    contest_words: Option<String>,
}

const COLUMNS: &str = "key, label, value, origin, purpose_id, collected_at, editable, texts, contested_at, contest_words";

fn row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let texts: String = row.get(7)?;
    Ok(Row {
        key: parsed(row, 0)?,
        label: row.get(1)?,
        value: row.get(2)?,
        origin: Origin::from(row.get::<_, String>(3)?),
        purpose: row.get(4)?,
        collected_at: row.get(5)?,
        editable: row.get(6)?,
        texts: serde_json::from_str(&texts).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(
                7,
                rusqlite::types::Type::Text,
                Box::new(error),
            )
        })?,
        contested_at: row.get(8)?,
        contest_words: row.get(9)?,
    })
}

/// All of a customer's, in the company's order.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn of_customer(db: &Connection, desk: Desk<'_>) -> Result<Vec<Attribute>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customer_attributes WHERE customer_id = ?1 ORDER BY position, key"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([&desk.viewer.customer], row)?;
    rows.map(|row| wire(db, desk, row?)).collect()
}

fn wire(db: &Connection, desk: Desk<'_>, row: Row) -> Result<Attribute, StoreError> {
    let (lang, words) = words(desk, &row);
    let is_contested = row.contested_at.is_some();
    let purpose = row.purpose.as_ref().and_then(|id| id.parse().ok());
    let customer = &desk.viewer.customer;
    let in_use = !is_contested
        && !holds_back_attribute(db, customer, row.key.as_str(), &row.origin)?
        && may_be_used(db, desk, purpose.as_ref())?;
    Ok(Attribute {
        label: words.label.unwrap_or(row.label),
        value: words.value.unwrap_or(row.value),
        lang,
        source: words.source,
        basis: words.basis,
        purpose_id: row.purpose,
        collected_at: row.collected_at.map(Moment::to_timestamp),
        editable: row.editable,
        in_use,
        contested_at: row.contested_at.map(Moment::to_timestamp),
        contest_words: row.contest_words,
        allowed_actions: actions(&row.origin, row.editable, is_contested),
        origin: row.origin,
        key: row.key,
    })
}

fn words(desk: Desk<'_>, row: &Row) -> (Option<String>, Texts) {
    let usual = &desk.config.company.locales;
    let found = in_language(&row.texts, desk.viewer.locale.as_deref(), usual);
    found.map_or_else(
        || (None, Texts::default()),
        |(lang, words)| (Some(lang.to_owned()), words.clone()),
    )
}

fn actions(origin: &Origin, editable: bool, is_contested: bool) -> Vec<AttributeAction> {
    match (origin, editable) {
        (Origin::Inferred, _) if is_contested => {
            vec![AttributeAction::Contest, AttributeAction::Uncontest]
        }
        (Origin::Inferred, _) => vec![AttributeAction::Contest],
        (_, true) => vec![AttributeAction::Edit],
        (_, false) => vec![AttributeAction::Rectify],
    }
}

fn find(
    db: &Connection,
    customer: &CustomerId,
    key: &AttributeKey,
) -> Result<Option<Row>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM customer_attributes WHERE customer_id = ?1 AND key = ?2");
    Ok(db
        .prepare_cached(&sql)?
        .query_row(params![customer, key.as_str()], row)
        .optional()?)
}

/// What came of the customer's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is no such attribute.
    NotFound,
    /// It was not inferred, so that there is nothing to contest; or it is not contested, and there is nothing to take back.
    NotNow,
    /// It stands, and whether that is news.
    Stands(bool),
}

/// Takes the customer's word on an attribute that was inferred: entered in the history, and the record has a new version.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn say(
    db: &Connection,
    desk: Desk<'_>,
    key: &AttributeKey,
    word: Word,
    speaker: &str,
) -> Result<Outcome, StoreError> {
    let customer = &desk.viewer.customer;
    let Some(before) = find(db, customer, key)? else {
        return Ok(Outcome::NotFound);
    };
    let mut after = before.clone();
    match word.upon(before.contested_at, desk.now) {
        Some(contest) if before.origin == Origin::Inferred => {
            (after.contested_at, after.contest_words) = contest;
        }
        _ => return Ok(Outcome::NotNow),
    }
    let is_news =
        (before.contested_at, &before.contest_words) != (after.contested_at, &after.contest_words);
    if is_news {
        db.prepare_cached(
            "UPDATE customer_attributes SET contested_at = ?3, contest_words = ?4 WHERE customer_id = ?1 AND key = ?2",
        )?
        .execute(params![customer, key.as_str(), after.contested_at, after.contest_words])?;
        touch(db, customer, desk.now)?;
        let change = (entered(desk, &before), entered(desk, &after));
        signals::enter(db, desk, speaker, format!("/me/attributes/{key}"), change)?;
    }
    Ok(Outcome::Stands(is_news))
}

/// The record has a new version.
fn touch(db: &Connection, customer: &CustomerId, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE customers SET version = version + 1, updated_at = ?2 WHERE id = ?1")?
        .execute(params![customer, now])?;
    Ok(())
}

/// Writes values that the customer gave; `None` takes one out. What is not there, or not theirs to change, is named.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn change(
    db: &Connection,
    customer: &CustomerId,
    changes: &[(AttributeKey, Option<String>)],
    now: Moment,
) -> Result<Result<(), AttributeKey>, StoreError> {
    let mut is_news = false;
    for (key, value) in changes {
        let Some(row) = find(db, customer, key)?.filter(|row| row.editable) else {
            return Ok(Err(key.clone()));
        };
        let value = value.as_ref().map_or("", String::as_str);
        if row.value == value {
            continue;
        }
        is_news = true;
        db.prepare_cached(
            "UPDATE customer_attributes SET value = ?3, origin = 'told_us', collected_at = ?4 WHERE customer_id = ?1 AND key = ?2",
        )?
        .execute(params![customer, key.as_str(), value, now])?;
    }
    if is_news {
        touch(db, customer, now)?;
    }
    Ok(Ok(()))
}

/// An attribute as the history keeps it.
fn entered(desk: Desk<'_>, row: &Row) -> Json {
    let (lang, words) = words(desk, row);
    let label = words.label.as_deref().unwrap_or(&row.label);
    let value = words.value.as_deref().unwrap_or(&row.value);
    let contest = (row.contested_at, row.contest_words.as_deref());
    signals::as_entered(lang.as_deref(), (label, value), contest)
}
