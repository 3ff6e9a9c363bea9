//! What the customer proposed instead, put into the record once the company has agreed.

use super::extent::attribute_key;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::events;
use crate::store::time::Moment;
use jiff::civil::Date;
use portal_contract::data_request::ProposedValue;
use portal_contract::event::EventKind;
use portal_contract::me::Origin;
use rusqlite::{Connection, params};

/// A field of the record, or something that is known about the customer.
enum Field<'a> {
    Column(&'static str),
    Attribute(&'a str),
}

fn field(name: &str) -> Option<Field<'_>> {
    Some(match name {
        "display_name" => Field::Column("display_name"),
        "preferred_name" => Field::Column("preferred_name"),
        "pronouns" => Field::Column("pronouns"),
        "date_of_birth" => Field::Column("date_of_birth"),
        other => Field::Attribute(attribute_key(other)?),
    })
}

/// Whether a field can say this once the company agrees. One that it writes itself (a conversation, a jurisdiction) cannot.
pub(crate) fn can_say(name: &str, value: &str) -> bool {
    match field(name) {
        Some(Field::Column("display_name")) => !value.trim().is_empty(),
        Some(Field::Column("date_of_birth")) => value.is_empty() || value.parse::<Date>().is_ok(),
        Some(Field::Column(_) | Field::Attribute(_)) => true,
        None => false,
    }
}

/// Writes what was proposed; how many fields say it now. What the company has to do by hand is not counted.
pub(super) fn apply(
    tx: &Connection,
    customer: &CustomerId,
    proposed: &[ProposedValue],
    now: Moment,
) -> Result<u64, StoreError> {
    let mut written = 0;
    for one in proposed
        .iter()
        .filter(|one| can_say(&one.field, &one.value))
    {
        let value = Some(one.value.trim()).filter(|value| !value.is_empty());
        let rows = match field(&one.field) {
            Some(Field::Column(column)) => tx
                .prepare_cached(&format!("UPDATE customers SET {column} = ?2 WHERE id = ?1"))?
                .execute(params![customer, value])?,
            Some(Field::Attribute(key)) => attribute(tx, customer, key, value, now)?,
            None => 0,
        };
        written += rows as u64;
    }
    if written > 0 {
        tx.prepare_cached(
            "UPDATE customers SET version = version + 1, updated_at = ?2 WHERE id = ?1",
        )?
        .execute(params![customer, now])?;
        events::emit_about(tx, customer, &EventKind::MeUpdated, ("me", "me"), None, now)?;
    }
    Ok(written)
}

/// What the customer said themselves is not inferred any more.
fn attribute(
    tx: &Connection,
    customer: &CustomerId,
    key: &str,
    value: Option<&str>,
    now: Moment,
) -> Result<usize, StoreError> {
    let Some(value) = value else {
        let sql = "DELETE FROM customer_attributes WHERE customer_id = ?1 AND key = ?2";
        return Ok(tx.prepare_cached(sql)?.execute(params![customer, key])?);
    };
    Ok(tx
        .prepare_cached(
            // Words by language told the old value.
            "UPDATE customer_attributes
                SET value = ?3, origin = ?4, collected_at = ?5, contested_at = NULL, contest_words = NULL,
                    texts = (SELECT json_group_object(key, json_remove(value, '$.value')) FROM json_each(texts))
              WHERE customer_id = ?1 AND key = ?2",
        )?
        .execute(params![customer, key, value, Origin::ToldUs.as_str(), now])?)
}
