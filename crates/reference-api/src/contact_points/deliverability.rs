//! Whether what is sent somewhere arrives: the company's systems say so, or who was written to there.

use super::acts::Scene;
use super::rows;
use crate::store::StoreError;
use portal_contract::ContactPointId;
use portal_contract::contact_point::{DeliverabilityReason, DeliverabilityState};
use rusqlite::Connection;

/// Notes whether what is sent there arrives, since now. What is so already stays as it is. Gives whether there is such a contact
/// point.
///
/// # Errors
/// When the database refuses.
pub fn set_deliverability(
    tx: &Connection,
    scene: &Scene,
    id: &ContactPointId,
    state: &DeliverabilityState,
    reason: Option<&DeliverabilityReason>,
) -> Result<bool, StoreError> {
    let points = scene.points(tx)?;
    let Some(point) = points.iter().find(|point| point.id == *id) else {
        return Ok(false);
    };
    let known = &point.deliverability;
    if known.state != *state || known.reason.as_ref() != reason {
        rows::arrives(tx, point, state, reason, scene.now)?;
        scene.settle(tx, &points)?;
    }
    Ok(true)
}
