//! Adding a contact point, also in another one's place.

use super::{Scene, find};
use crate::contact_points::point::{MOST, Point};
use crate::contact_points::rows::{self, NewPoint};
use crate::http::{ApiError, ApiResult};
use portal_contract::contact_point::ContactPointKind;
use portal_contract::{ContactPointId, FieldCode};
use rusqlite::Connection;

impl Scene {
    /// Adds a contact point, not yet verified, and gives its id.
    ///
    /// # Errors
    /// `validation` when it is there already, there are too many, or what it replaces is none of the customer's.
    pub fn add(&self, tx: &Connection, new: &NewPoint) -> ApiResult<ContactPointId> {
        let before = self.points(tx)?;
        let replaced = replaced(&before, new)?;
        // Who mistyped the new address types it again: the wrong one is not left behind.
        let abandoned = |point: &&Point| {
            replaced.is_some() && point.replaces == new.replaces && !point.is_verified()
        };
        for point in before.iter().filter(abandoned) {
            rows::delete(tx, point)?;
        }
        let left: Vec<&Point> = before.iter().filter(|point| !abandoned(point)).collect();
        check(&left, new)?;
        let id = rows::insert(tx, &self.customer, new, self.now)?;
        self.settle(tx, &before)?;
        Ok(id)
    }
}

fn replaced<'p>(points: &'p [Point], new: &NewPoint) -> ApiResult<Option<&'p Point>> {
    let Some(id) = &new.replaces else {
        return Ok(None);
    };
    let refused = |code, detail| ApiError::field("/replaces", code, detail, None);
    let old = find(points, id)
        .map_err(|_| refused(FieldCode::Unknown, "there is no such contact point"))?;
    if old.kind != new.kind {
        return Err(refused(
            FieldCode::NotOffered,
            "one is replaced by another of its kind",
        ));
    }
    Ok(Some(old))
}

fn check(points: &[&Point], new: &NewPoint) -> ApiResult<()> {
    let compared = new.compared();
    let is_same = |point: &&&Point| point.kind == new.kind && point.compared == compared;
    if points.iter().any(|point| is_same(&point)) {
        let pointer = match new.kind {
            ContactPointKind::Postal => "/postal",
            _ => "/value",
        };
        return Err(ApiError::field(
            pointer,
            FieldCode::AlreadyThere,
            "there is one with this address",
            None,
        ));
    }
    if points.len() >= MOST {
        return Err(ApiError::field(
            "",
            FieldCode::TooMany,
            "one has to go before another can come",
            Some(MOST as u64),
        ));
    }
    Ok(())
}
