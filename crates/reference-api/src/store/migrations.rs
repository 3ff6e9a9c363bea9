//! Bringing a database up to date. Each step is one SQL file, run once and in order.

use super::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// The steps. A step that was released never changes: what comes later is a further file.
const STEPS: &[&str] = &[
    include_str!("../../migrations/0001_core.sql"),
    include_str!("../../migrations/0002_interactions.sql"),
    include_str!("../../migrations/0003_ingest.sql"),
    include_str!("../../migrations/0004_contact_points.sql"),
    include_str!("../../migrations/0005_preferences.sql"),
    include_str!("../../migrations/0006_consents.sql"),
    include_str!("../../migrations/0007_links.sql"),
    include_str!("../../migrations/0008_known_devices.sql"),
    include_str!("../../migrations/0009_sweep.sql"),
    include_str!("../../migrations/0010_search.sql"),
    include_str!("../../migrations/0011_verification_channel.sql"),
    include_str!("../../migrations/0012_contact.sql"),
    include_str!("../../migrations/0013_guides.sql"),
    include_str!("../../migrations/0014_feedback.sql"),
    include_str!("../../migrations/0015_notices.sql"),
    include_str!("../../migrations/0016_data_requests.sql"),
    include_str!("../../migrations/0017_follow_up.sql"),
    include_str!("../../migrations/0018_erasure.sql"),
    include_str!("../../migrations/0021_exports.sql"),
    include_str!("../../migrations/0022_inventory.sql"),
    include_str!("../../migrations/0023_delegations.sql"),
    include_str!("../../migrations/0024_data_request_letters.sql"),
    include_str!("../../migrations/0025_webhooks.sql"),
    include_str!("../../migrations/0026_frames.sql"),
    include_str!("../../migrations/0027_company_sign_in.sql"),
    include_str!("../../migrations/0028_outbox.sql"),
];

pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrate_with(connection, STEPS)
}

/// All steps that are missing, in one transaction: a failing one leaves the database as it was.
pub(super) fn migrate_with(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let known = u32::try_from(steps.len()).expect("there are a handful of steps");
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    for step in &steps[found as usize..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}
