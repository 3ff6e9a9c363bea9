//! What links are good for, in the database.

use super::token::BindingId;
use crate::StoreError;
use crate::secrets;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::{ContactPointId, PreferenceTopicId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One contact point of one customer, about some topics.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    pub(crate) id: BindingId,
    pub(crate) customer: CustomerId,
    /// How the company writes the customer's name.
    pub(crate) display_name: String,
    /// BCP 47 tag of the customer's language.
    pub(crate) locale: Option<String>,
    /// IANA name of the customer's zone.
    pub(crate) time_zone: Option<String>,
    pub(crate) contact_point: ContactPointId,
    /// Kind and value of the contact point; absent when it is gone.
    pub(crate) place: Option<(ContactPointKind, String)>,
    pub(crate) topics: Vec<PreferenceTopicId>,
    pub(crate) is_revoked: bool,
}

/// Why a binding ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revoked {
    /// Somebody who reads the address is not the customer.
    NotMe,
}

impl Revoked {
    fn name(self) -> &'static str {
        match self {
            Self::NotMe => "not_me",
        }
    }
}

/// The binding in force for this contact point and these topics; made where there is none.
pub(crate) fn bind(
    tx: &Connection,
    customer: &CustomerId,
    contact_point: &ContactPointId,
    topics: &[PreferenceTopicId],
    now: Moment,
) -> Result<BindingId, StoreError> {
    let mut topics: Vec<&str> = topics.iter().map(PreferenceTopicId::as_str).collect();
    topics.sort_unstable();
    let topics = serde_json::to_string(&topics).expect("a list of texts is JSON");
    let found = tx
        .prepare_cached(
            "SELECT id FROM link_bindings
              WHERE customer_id = ?1 AND contact_point_id = ?2 AND topics = ?3 AND revoked_at IS NULL",
        )?
        .query_row(params![customer, contact_point.as_str(), topics], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let [id @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = secrets::random();
    tx.prepare_cached(
        "INSERT INTO link_bindings (id, customer_id, contact_point_id, topics, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, customer, contact_point.as_str(), topics, now])?;
    Ok(id)
}

/// The binding of this id.
pub(crate) fn find(db: &Connection, id: &BindingId) -> Result<Option<Binding>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT b.id, b.customer_id, c.display_name, c.locale, c.time_zone, b.contact_point_id, p.kind, p.value,
                    b.topics, b.revoked_at IS NOT NULL
               FROM link_bindings AS b
               JOIN customers AS c ON c.id = b.customer_id
               LEFT JOIN contact_points AS p ON p.id = b.contact_point_id AND p.customer_id = b.customer_id
              WHERE b.id = ?1",
        )?
        .query_row([id], read)
        .optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Binding> {
    let unreadable = |_| rusqlite::Error::InvalidQuery;
    let contact_point: String = row.get(5)?;
    let place: (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
    let topics: String = row.get(8)?;
    Ok(Binding {
        id: row.get(0)?,
        customer: row.get(1)?,
        display_name: row.get(2)?,
        locale: row.get(3)?,
        time_zone: row.get(4)?,
        contact_point: contact_point.try_into().map_err(unreadable)?,
        place: place
            .0
            .zip(place.1)
            .map(|(kind, value)| (kind.into(), value)),
        topics: serde_json::from_str(&topics).map_err(|_| rusqlite::Error::InvalidQuery)?,
        is_revoked: row.get(9)?,
    })
}

/// Ends every link to this contact point, and tells the company why.
pub(crate) fn revoke_all(
    tx: &Connection,
    binding: &Binding,
    because: Revoked,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE link_bindings SET revoked_at = ?2, revoked_because = ?3
          WHERE contact_point_id = ?1 AND revoked_at IS NULL",
    )?
    .execute(params![binding.contact_point.as_str(), now, because.name()])?;
    tx.prepare_cached(
        "INSERT INTO company_notices (kind, customer_id, contact_point_id, noticed_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        because.name(),
        binding.customer,
        binding.contact_point.as_str(),
        now
    ])?;
    Ok(())
}
