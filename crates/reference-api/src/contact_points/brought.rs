//! Contact points that come from elsewhere: the company's own records, or a demonstration.

use super::point::{self, Point};
use super::rows::{self, NewPoint};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::contact_point::{DeliverabilityReason, DeliverabilityState};
use rusqlite::{Connection, params};

/// A contact point as the company knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// What it is.
    pub point: NewPoint,
    /// Whether it is the preferred one of its kind.
    pub preferred: bool,
    /// Since when it is known to be the customer's.
    pub verified_at: Option<Moment>,
    /// That what is sent there does not arrive: since when, and why.
    pub undeliverable: Option<(DeliverabilityState, Moment, Option<DeliverabilityReason>)>,
}

/// Writes one. Of one that is here already, what the company knows better is written: that it is verified, and what does not
/// arrive; what the customer chose stays.
///
/// # Errors
/// When the database refuses.
pub fn bring(
    tx: &Connection,
    customer: &CustomerId,
    brought: &Brought,
    now: Moment,
) -> Result<(), StoreError> {
    let new = &brought.point;
    let compared = new.compared();
    let is_same = |point: &Point| point.kind == new.kind && point.compared == compared;
    if !point::all(tx, customer, now)?.iter().any(&is_same) {
        rows::insert(tx, customer, new, now)?;
    }
    let points = point::all(tx, customer, now)?;
    let point = points
        .iter()
        .find(|point| is_same(point))
        .ok_or_else(|| StoreError::Corrupt("a contact point went as it came".to_owned()))?;
    tx.prepare_cached(
        "UPDATE contact_points
            SET verified_at = min(coalesce(verified_at, ?2), coalesce(?2, verified_at)), label = coalesce(label, ?3)
          WHERE seq = ?1",
    )?
    .execute(params![point.seq, brought.verified_at, new.label])?;
    if let Some((state, since, reason)) = &brought.undeliverable {
        rows::arrives(tx, point, state, reason.as_ref(), *since)?;
    }
    if brought.preferred {
        rows::prefer(tx, customer, point, true, now)?;
    }
    Ok(())
}
