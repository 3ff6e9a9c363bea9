//! What the customer's acts do to a matter: answering, saying that it is done, taking it up again. Whether they may is asked
//! before.

use super::Seq;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::interaction::InteractionStatus;
use rusqlite::Connection;

/// It is done.
///
/// # Errors
/// When the database refuses.
pub fn close(db: &Connection, seq: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE interactions
            SET status = ?2, ended_at = ?3, resolved_at = coalesce(resolved_at, ?3),
                updated_at = max(updated_at, ?3), customer_seen_at = ?3, version = version + 1
          WHERE seq = ?1",
    )?
    .execute((seq, InteractionStatus::Closed.as_str(), now))?;
    Ok(())
}

/// It is not done after all. A promise whose time is over is not a promise about what comes now.
///
/// # Errors
/// When the database refuses.
pub fn reopen(db: &Connection, seq: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE interactions
            SET status = ?2, ended_at = NULL, resolved_at = NULL,
                expected_by = CASE WHEN expected_by > ?3 THEN expected_by END,
                updated_at = max(updated_at, ?3), customer_seen_at = ?3, version = version + 1
          WHERE seq = ?1",
    )?
    .execute((seq, InteractionStatus::Open.as_str(), now))?;
    Ok(())
}

/// The customer has answered: what waited for them, or for somebody to take it up, is being worked on.
///
/// # Errors
/// When the database refuses.
pub fn customer_replied(db: &Connection, seq: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE interactions
            SET status = CASE WHEN status IN (?2, ?3) THEN ?4 ELSE status END,
                customer_seen_at = ?5, version = version + 1
          WHERE seq = ?1",
    )?
    .execute((
        seq,
        InteractionStatus::Open.as_str(),
        InteractionStatus::WaitingOnCustomer.as_str(),
        InteractionStatus::InProgress.as_str(),
        now,
    ))?;
    Ok(())
}

/// The call that was asked for is called off. Where the matter began with it and nothing but the request stands in the thread,
/// nothing is left of the matter.
///
/// # Errors
/// When the database refuses.
pub fn cancel_if_nothing_else(db: &Connection, seq: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE interactions SET status = ?2, ended_at = ?3, customer_seen_at = ?3, version = version + 1
          WHERE seq = ?1 AND message_count <= 1 AND company_wrote_at IS NULL
            AND EXISTS (SELECT 1 FROM callbacks WHERE interaction_seq = interactions.seq AND begins)",
    )?
    .execute((seq, InteractionStatus::Cancelled.as_str(), now))?;
    Ok(())
}
