//! What is left of delegations when somebody is erased, or when nobody ever answered.

use super::acts::close;
use super::history::Entry;
use super::rows;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::delegation::{
    DelegationActor as Actor, DelegationEventKind as Kind, DelegationSide as Side,
    DelegationState as State,
};
use rusqlite::{Connection, params};

/// What came to nothing is kept for a quarter of a year, for whoever asked to see that it did.
const KEPT_SECONDS: i64 = 90 * 24 * 60 * 60;

/// An erasure begins: nobody acts for the customer any more, and they act for nobody. Gives whom else to tell.
///
/// # Errors
/// When the database refuses.
pub(crate) fn end_all(
    tx: &Connection,
    customer: &CustomerId,
    now: Moment,
) -> Result<Vec<CustomerId>, StoreError> {
    let mut told = Vec::new();
    for row in rows::open_of(tx, customer)? {
        let by_delegate = row.side_of(customer) == Some(Side::Delegate);
        let mut entry = Entry::of(Kind::Ended, Actor::System);
        // Who is being erased gets no more mail.
        entry.is_mailed = by_delegate && row.state == State::Active;
        close(tx, &row, &State::Ended, &entry, now)?;
        let other = if by_delegate {
            row.person
        } else {
            row.delegate
        };
        told.extend(other);
    }
    Ok(told)
}

/// Whoever acted goes: the person keeps what was done in their name, without a name.
///
/// # Errors
/// When the database refuses.
pub(crate) fn forget_delegate(tx: &Connection, customer: &CustomerId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE data_request_messages SET author = '' WHERE role = 'third_party' AND request_seq IN
            (SELECT r.seq FROM data_requests AS r JOIN delegations AS d ON d.seq = r.delegation_seq WHERE d.delegate_id = ?1)",
        // Mail that has nowhere to go, and names them.
        "DELETE FROM outbox WHERE customer_id IN (SELECT person_id FROM delegations WHERE delegate_id = ?1)
            AND instr(body, (SELECT display_name FROM customers WHERE id = ?1)) > 0",
        "DELETE FROM delegations WHERE delegate_id = ?1 AND (person_id IS NULL OR began_at IS NULL)",
        "UPDATE delegations SET delegate_id = NULL, text = NULL, address_mac = x'' WHERE delegate_id = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([customer])?;
    }
    Ok(())
}

/// The person goes: what whoever acted was answered about them is not said again.
///
/// # Errors
/// When the database refuses.
pub(crate) fn forget_person(tx: &Connection, customer: &CustomerId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM idempotency_records WHERE EXISTS
            (SELECT 1 FROM delegations AS d WHERE d.person_id = ?1 AND d.delegate_id = idempotency_records.customer_id
                AND (instr(CAST(body AS TEXT), d.id) > 0 OR EXISTS
                    (SELECT 1 FROM data_requests AS r JOIN data_request_messages AS m ON m.request_seq = r.seq
                      WHERE r.delegation_seq = d.seq AND instr(CAST(body AS TEXT), m.id) > 0)))",
    )?
    .execute([customer])?;
    tx.prepare_cached("DELETE FROM delegations WHERE person_id = ?1")?
        .execute([customer])?;
    Ok(())
}

/// Deletes what came to nothing long ago, and links that ran out with it: see [`sweep`](crate::sweep).
///
/// # Errors
/// When the database refuses.
pub fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let before = now.plus_seconds(-KEPT_SECONDS);
    let links = "DELETE FROM delegation_links WHERE token_hash IN
                     (SELECT token_hash FROM delegation_links WHERE expires_at < ?1 LIMIT ?2)";
    let gone = db.prepare_cached(links)?.execute(params![before, most])?;
    let sql = "DELETE FROM delegations WHERE seq IN
                   (SELECT seq FROM delegations WHERE began_at IS NULL AND closed_at IS NOT NULL AND decide_by < ?1 LIMIT ?2)";
    Ok(gone.max(db.prepare_cached(sql)?.execute(params![before, most])?))
}
