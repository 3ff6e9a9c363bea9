//! What is written of contact points.

use super::address::Address;
use super::point::Point;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::time::Moment;
use jiff::civil::Date;
use portal_contract::ContactPointId;
use portal_contract::contact_point::{
    ContactPointKind, DeliverabilityReason, DeliverabilityState, PostalAddress,
};
use rusqlite::{Connection, params};

/// A contact point to be written, not yet verified.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPoint {
    /// What sort of place it is.
    pub kind: ContactPointKind,
    /// The address.
    pub address: Address,
    /// The service of a messaging or social account.
    pub service: Option<String>,
    /// What the customer calls it.
    pub label: Option<String>,
    /// The first and the last day on which it is used.
    pub valid: (Option<Date>, Option<Date>),
    /// The one in whose place it comes.
    pub replaces: Option<ContactPointId>,
}

impl NewPoint {
    /// How it is compared within its kind: the same name is another account with another service.
    #[must_use]
    pub fn compared(&self) -> String {
        match &self.service {
            Some(service) => format!("{service}|{}", self.address.compared),
            None => self.address.compared.clone(),
        }
    }
}

/// What changes in place; `None` stays, `Some(None)` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What the customer calls it.
    pub label: Option<Option<String>>,
    /// Whether it is the preferred one of its kind.
    pub preferred: Option<bool>,
    /// The first day on which it is used.
    pub valid_from: Option<Option<Date>>,
    /// The last day on which it is used.
    pub valid_to: Option<Option<Date>>,
}

/// Writes a contact point, and gives its id.
pub(super) fn insert(
    tx: &Connection,
    customer: &CustomerId,
    new: &NewPoint,
    now: Moment,
) -> Result<ContactPointId, StoreError> {
    let id: ContactPointId = ids::fresh("cp", now);
    let postal = new.address.postal.as_ref();
    tx.prepare_cached(
        "INSERT INTO contact_points (id, customer_id, kind, value, compared, service, label, valid_from, valid_to,
                                     postal_lines, postal_code, country, replaces, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                 (SELECT seq FROM contact_points WHERE customer_id = ?2 AND id = ?13), ?14, ?14)",
    )?
    .execute(params![
        id.as_str(),
        customer,
        new.kind.as_str(),
        new.address.shown,
        new.compared(),
        new.service,
        new.label,
        text(new.valid.0),
        text(new.valid.1),
        postal.map(lines),
        postal.and_then(|postal| postal.postal_code.clone()),
        postal.map(|postal| postal.country.clone()),
        new.replaces.as_ref().map(ContactPointId::as_str),
        now,
    ])?;
    Ok(id)
}

fn lines(postal: &PostalAddress) -> String {
    serde_json::to_string(&postal.lines).expect("lines of text are JSON")
}

fn text(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Changes label and time. Its version goes up.
pub(super) fn change(
    tx: &Connection,
    point: &Point,
    changes: &Changes,
    now: Moment,
) -> Result<(), StoreError> {
    let label = changes.label.clone().unwrap_or(point.label.clone());
    let valid_from = changes.valid_from.unwrap_or(point.valid_from);
    let valid_to = changes.valid_to.unwrap_or(point.valid_to);
    tx.prepare_cached(
        "UPDATE contact_points
            SET label = ?2, valid_from = ?3, valid_to = ?4, version = version + 1, updated_at = ?5
          WHERE seq = ?1",
    )?
    .execute(params![
        point.seq,
        label,
        text(valid_from),
        text(valid_to),
        now
    ])?;
    Ok(())
}

/// Makes it the preferred one of its kind, or no longer. The versions of all that it concerns go up.
pub(super) fn prefer(
    tx: &Connection,
    customer: &CustomerId,
    point: &Point,
    preferred: bool,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE contact_points SET preferred = 0, version = version + 1, updated_at = ?4
          WHERE customer_id = ?1 AND kind = ?2 AND preferred = 1 AND seq <> ?3",
    )?
    .execute(params![customer, point.kind.as_str(), point.seq, now])?;
    tx.prepare_cached(
        "UPDATE contact_points SET preferred = ?2, version = version + 1, updated_at = ?3 WHERE seq = ?1",
    )?
    .execute(params![point.seq, preferred, now])?;
    Ok(())
}

/// It is shown to be the customer's, and what is sent there arrives.
pub(super) fn verified(tx: &Connection, point: &Point, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE contact_points
            SET verified_at = coalesce(verified_at, ?2), deliverability = 'ok', deliverability_since = NULL,
                deliverability_reason = NULL, version = version + 1, updated_at = ?2
          WHERE seq = ?1",
    )?
    .execute(params![point.seq, now])?;
    Ok(())
}

/// It comes in nobody's place any more.
pub(super) fn stands_alone(
    tx: &Connection,
    point: &Point,
    label: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE contact_points SET replaces = NULL, label = ?2 WHERE seq = ?1")?
        .execute(params![point.seq, label])?;
    Ok(())
}

/// Whether what is sent there arrives.
pub(super) fn arrives(
    tx: &Connection,
    point: &Point,
    state: &DeliverabilityState,
    reason: Option<&DeliverabilityReason>,
    now: Moment,
) -> Result<(), StoreError> {
    let since = (*state != DeliverabilityState::Ok).then_some(now);
    tx.prepare_cached(
        "UPDATE contact_points
            SET deliverability = ?2, deliverability_since = ?3, deliverability_reason = ?4,
                version = version + 1, updated_at = ?5
          WHERE seq = ?1",
    )?
    .execute(params![
        point.seq,
        state.as_str(),
        since,
        reason
            .filter(|_| since.is_some())
            .map(DeliverabilityReason::as_str),
        now
    ])?;
    Ok(())
}

/// It is gone.
pub(super) fn delete(tx: &Connection, point: &Point) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM contact_points WHERE seq = ?1")?
        .execute([point.seq])?;
    Ok(())
}
