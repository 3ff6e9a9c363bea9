//! The customer's own record in the database.

use super::StoreError;
use super::customers::CustomerId;
use super::time::Moment;
use portal_contract::Etag;
use portal_contract::me::{Accommodation, Jurisdiction, Me};
use rusqlite::{Connection, Row, params};

/// What customers change in place.
const EDITABLE: [&str; 5] = [
    "preferred_name",
    "pronouns",
    "locale",
    "time_zone",
    "accommodations",
];

/// What a customer changes: an absent field stays, `Some(None)` clears.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub(crate) preferred_name: Option<Option<String>>,
    pub(crate) pronouns: Option<Option<String>>,
    pub(crate) locale: Option<Option<String>>,
    pub(crate) time_zone: Option<Option<String>>,
    pub(crate) accommodations: Option<Vec<Accommodation>>,
}

/// The record, without what is kept beside its members (`crate::attributes`).
pub(crate) fn read(db: &Connection, id: &CustomerId) -> Result<Me, StoreError> {
    let (mut me, accommodations) = db
        .prepare_cached(
            "SELECT display_name, preferred_name, pronouns, locale, time_zone, date_of_birth, accommodations,
                    jurisdiction_code, jurisdiction_regime, jurisdiction_source, version
             FROM customers WHERE id = ?1",
        )?
        .query_row([id], record)?;
    me.accommodations = serde_json::from_str(&accommodations)
        .map_err(|error| StoreError::Corrupt(format!("customers.accommodations: {error}")))?;
    Ok(me)
}

fn record(row: &Row<'_>) -> rusqlite::Result<(Me, String)> {
    let version: i64 = row.get(10)?;
    let me = Me {
        display_name: row.get(0)?,
        preferred_name: row.get(1)?,
        pronouns: row.get(2)?,
        locale: row.get(3)?,
        time_zone: row.get(4)?,
        date_of_birth: row.get(5)?,
        accommodations: Vec::new(),
        jurisdiction: jurisdiction(row)?,
        editable: EDITABLE.map(str::to_owned).to_vec(),
        attributes: Vec::new(),
        etag: etag(version),
    };
    Ok((me, row.get(6)?))
}

fn jurisdiction(row: &Row<'_>) -> rusqlite::Result<Option<Jurisdiction>> {
    let (code, regime, source): (Option<String>, Option<String>, Option<String>) =
        (row.get(7)?, row.get(8)?, row.get(9)?);
    Ok(match (code, regime, source) {
        (Some(code), Some(regime), Some(source)) => Some(Jurisdiction {
            code,
            regime,
            source,
        }),
        _ => None,
    })
}

fn etag(version: i64) -> Etag {
    format!("me-{version}")
        .parse()
        .expect("letters, a dash and digits are an etag")
}

fn as_json(accommodations: &Vec<Accommodation>) -> String {
    serde_json::to_string(accommodations).expect("kinds and language tags are JSON")
}

/// Changes the record; its version goes up. Where everything stands so already, nothing happens.
pub(crate) fn change(
    tx: &Connection,
    id: &CustomerId,
    changes: &Changes,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE customers SET
             preferred_name = iif(?2, ?3, preferred_name),
             pronouns = iif(?4, ?5, pronouns),
             locale = iif(?6, ?7, locale),
             time_zone = iif(?8, ?9, time_zone),
             accommodations = coalesce(?11, accommodations),
             version = version + 1, updated_at = ?10
         WHERE id = ?1
           AND (preferred_name, pronouns, locale, time_zone, accommodations) IS NOT
               (iif(?2, ?3, preferred_name), iif(?4, ?5, pronouns), iif(?6, ?7, locale), iif(?8, ?9, time_zone),
                coalesce(?11, accommodations))",
    )?
    .execute(params![
        id,
        changes.preferred_name.is_some(),
        changes.preferred_name.clone().flatten(),
        changes.pronouns.is_some(),
        changes.pronouns.clone().flatten(),
        changes.locale.is_some(),
        changes.locale.clone().flatten(),
        changes.time_zone.is_some(),
        changes.time_zone.clone().flatten(),
        now,
        changes.accommodations.as_ref().map(as_json),
    ])?;
    Ok(())
}
