//! Data requests of somebody who is erased: the one that asked for it is stripped of what is personal and stays as the proof, the others go.

use super::retention::{Ground, Retention};
use super::tally::Tally;
use super::target::Target;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::DataRequestId;
use rusqlite::{Connection, params};

/// What the customer's requests would come to. An erasure that runs is the one that stays.
pub(super) fn foretell(
    db: &Connection,
    target: &Target,
    retention: &Retention,
    now: Moment,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let others: u64 = db
        .prepare_cached(
            "SELECT count(*) FROM data_requests WHERE customer_id = ?1 AND NOT (kind = 'erasure' AND closed_at IS NULL)",
        )?
        .query_row([&target.customer], |row| row.get(0))?;
    tally.goes(Category::DataRequests, others);
    proof(retention, now, tally);
    Ok(())
}

fn proof(retention: &Retention, now: Moment, tally: &mut Tally) {
    let until = retention.requests_until(now);
    tally.stays(Category::DataRequests, Ground::Requests, 1, Some(until));
}

/// Strips the request, and removes the others.
pub(super) fn strip(
    tx: &Connection,
    target: &Target,
    request: &DataRequestId,
    retention: &Retention,
    now: Moment,
) -> Result<Tally, StoreError> {
    // Notes of earlier erasures, of parts.
    tx.prepare_cached(
        "DELETE FROM erasures WHERE request_id <> ?2
            AND (customer_id = ?1 OR request_id IN (SELECT id FROM data_requests WHERE customer_id = ?1))",
    )?
    .execute(params![target.customer, request.as_str()])?;
    let others = tx
        .prepare_cached("DELETE FROM data_requests WHERE customer_id = ?1 AND id <> ?2")?
        .execute(params![target.customer, request.as_str()])?;
    tx.prepare_cached(
        "UPDATE data_requests SET customer_id = NULL, text = NULL, proposed = '[]', status_note = NULL,
                extension = CASE WHEN extension IS NOT NULL THEN json_set(extension, '$.reason', '') END
          WHERE id = ?1",
    )?
    .execute([request.as_str()])?;
    for sql in [
        "DELETE FROM data_request_messages WHERE request_seq = (SELECT seq FROM data_requests WHERE id = ?1)",
        "DELETE FROM data_request_artifacts WHERE request_seq = (SELECT seq FROM data_requests WHERE id = ?1)",
        "UPDATE data_request_events SET note = NULL, message_id = NULL, artifact_id = NULL
          WHERE request_seq = (SELECT seq FROM data_requests WHERE id = ?1)",
    ] {
        tx.prepare_cached(sql)?.execute([request.as_str()])?;
    }
    let mut tally = Tally::default();
    tally.goes(Category::DataRequests, others as u64);
    proof(retention, now, &mut tally);
    Ok(tally)
}
