//! Customers and the addresses that they sign in with.

use super::{StoreError, ids, time::Moment};
use portal_contract::ids::InvalidId;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

/// A customer, within the server. It is in no answer and in no address: every answer is about the signed-in customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(String);

impl CustomerId {
    /// The id as the database keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CustomerId {
    type Error = InvalidId;

    fn try_from(raw: String) -> Result<Self, InvalidId> {
        raw.parse::<portal_contract::EventId>().map(|_| Self(raw))
    }
}

impl ToSql for CustomerId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for CustomerId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        String::column_result(value).map(Self)
    }
}

/// A customer to be written.
#[derive(Clone, Debug, Default)]
pub struct NewCustomer {
    /// The company's own number, by which a repeated import finds the customer again.
    pub reference: Option<String>,
    /// The name as the company writes it.
    pub display_name: String,
    /// The name that the customer wants to be called by.
    pub preferred_name: Option<String>,
    /// Pronouns, in the customer's words.
    pub pronouns: Option<String>,
    /// BCP 47 tag.
    pub locale: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// `YYYY-MM-DD`.
    pub date_of_birth: Option<String>,
    /// Where to send codes; the first is the one that step-up uses.
    pub addresses: Vec<String>,
}

/// Writes a customer.
///
/// # Errors
/// When the database refuses, for instance because an address belongs to another customer.
pub fn insert(
    db: &Connection,
    customer: &NewCustomer,
    now: Moment,
) -> Result<CustomerId, StoreError> {
    let id = match &customer.reference {
        Some(reference) => ids::derived("cus", now, reference),
        None => ids::fresh("cus", now),
    };
    insert_as(db, &id, customer, now)?;
    Ok(id)
}

fn insert_as(
    db: &Connection,
    id: &CustomerId,
    customer: &NewCustomer,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO customers (id, reference, display_name, preferred_name, pronouns, locale, time_zone,
                                date_of_birth, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
    )?
    .execute(params![
        id,
        customer.reference,
        customer.display_name,
        customer.preferred_name,
        customer.pronouns,
        customer.locale,
        customer.time_zone,
        customer.date_of_birth,
        now,
    ])?;
    for address in &customer.addresses {
        add_address(db, id, address, now)?;
    }
    Ok(())
}

/// Lets a customer sign in with this address: it becomes a verified contact point, the preferred one when it is the first. An
/// address that is the customer's already stays as it is.
///
/// # Errors
/// When the database refuses, for instance because another customer signs in with the address.
pub fn add_address(
    db: &Connection,
    id: &CustomerId,
    address: &str,
    now: Moment,
) -> Result<(), StoreError> {
    let point: portal_contract::ContactPointId = ids::fresh("cp", now);
    db.prepare_cached(
        "INSERT INTO contact_points (id, customer_id, kind, value, compared, preferred, verified_at, created_at, updated_at)
         VALUES (?1, ?2, 'email', ?3, ?4,
                 NOT EXISTS (SELECT 1 FROM contact_points WHERE customer_id = ?2 AND kind = 'email' AND preferred = 1),
                 ?5, ?5, ?5)
         ON CONFLICT (customer_id, kind, compared)
         DO UPDATE SET verified_at = excluded.verified_at WHERE verified_at IS NULL",
    )?
    .execute(params![
        point.as_str(),
        id,
        address.trim(),
        fold(address),
        now
    ])?;
    match by_address(db, address)? {
        Some(found) if found == *id => Ok(()),
        _ => Err(StoreError::Corrupt(
            "a login address belongs to another customer".to_owned(),
        )),
    }
}

/// Whose address this is, however it is written.
///
/// # Errors
/// When the database refuses.
pub fn by_address(db: &Connection, address: &str) -> Result<Option<CustomerId>, StoreError> {
    Ok(db
        .prepare_cached("SELECT customer_id FROM login_addresses WHERE address = ?1")?
        .query_row([fold(address)], |row| row.get(0))
        .optional()?)
}

/// Whose company number this is, to sign in with; nobody's whose account is being erased.
///
/// # Errors
/// When the database refuses.
pub fn by_reference(db: &Connection, reference: &str) -> Result<Option<CustomerId>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT id FROM customers AS c WHERE reference = ?1
                AND NOT EXISTS (SELECT 1 FROM erasures WHERE customer_id = c.id AND whole)",
        )?
        .query_row([reference], |row| row.get(0))
        .optional()?)
}

/// The address that a customer's codes go to: one where mail arrives, the preferred one, the oldest.
///
/// # Errors
/// When the database refuses.
pub fn login_address(db: &Connection, id: &CustomerId) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT p.value FROM contact_points AS p JOIN login_addresses AS l
                 ON l.address = p.compared AND l.customer_id = p.customer_id
              WHERE p.customer_id = ?1 AND p.kind = 'email'
              ORDER BY p.deliverability = 'ok' DESC, p.preferred DESC, p.verified_at, p.seq LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// An address of the customer's signs in no longer: what could be done with its mailbox cannot be done any more. Codes on their way
/// are void, and every session but `keep` ends; these are given.
///
/// # Errors
/// When the database refuses.
pub(crate) fn lock_others_out(
    tx: &Connection,
    id: &CustomerId,
    keep: Option<i64>,
) -> Result<Vec<i64>, StoreError> {
    tx.prepare_cached("DELETE FROM challenges WHERE customer_id = ?1")?
        .execute([id])?;
    Ok(tx
        .prepare_cached(
            "DELETE FROM sessions WHERE customer_id = ?1 AND id IS NOT ?2 RETURNING id",
        )?
        .query_map(params![id, keep], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// An address as it is compared: one mailbox, however it is typed.
#[must_use]
pub fn fold(address: &str) -> String {
    crate::contact_points::address::compared_email(address)
}
