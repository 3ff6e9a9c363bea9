//! Decisions in the database: added, read, and never changed.

use super::decide::Wish;
use super::purposes::{PurposeSource, Purposes};
use super::receipt;
use super::standing::{Standing, status_after};
use crate::StoreError;
use crate::preferences::history::Author;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::interactions;
use crate::store::time::Moment;
use portal_contract::consent::{ConsentRecord, ConsentStatus, Decision};
use portal_contract::interaction::{Participant, Role};
use portal_contract::{ConsentRecordId, PurposeId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Who decides, and how it came.
#[derive(Clone, Debug)]
pub struct Who {
    /// The customer.
    pub customer: CustomerId,
    /// An opaque mark of the customer, for the receipt.
    pub mark: String,
    /// By whom and which way.
    pub author: Author,
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub(super) seq: i64,
    pub(super) id: ConsentRecordId,
    pub(super) purpose: PurposeId,
    pub(super) decision: Decision,
    pub(super) status_before: ConsentStatus,
    pub(super) status: ConsentStatus,
    pub(super) at: Moment,
    pub(super) author: Author,
    pub(super) notice_version: String,
    pub(super) language: Option<String>,
}

impl Record {
    fn place(&self) -> interactions::Place {
        interactions::Place {
            at: self.at,
            seq: self.seq,
        }
    }

    /// As the contract shows it.
    #[must_use]
    pub fn to_wire(&self) -> ConsentRecord {
        ConsentRecord {
            id: self.id.clone(),
            purpose_id: self.purpose.clone(),
            decision: self.decision.clone(),
            status_before: self.status_before.clone(),
            status: self.status.clone(),
            at: self.at.to_timestamp(),
            route: self.author.route.clone(),
            actor: self.author.actor.clone(),
            notice_version: self.notice_version.clone(),
            language: self.language.clone(),
        }
    }
}

const COLUMNS: &str = "seq, id, purpose_id, decision, status_before, status, decided_at, route, actor_role, actor_name, \
                       notice_version, language";

/// Every record of a purpose, the oldest first.
pub(super) fn of_purpose(
    db: &Connection,
    customer: &CustomerId,
    purpose: &PurposeId,
) -> Result<Vec<Record>, StoreError> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM consent_decisions WHERE customer_id = ?1 AND purpose_id = ?2 ORDER BY seq"
        ))?
        .query_map(params![customer, purpose.as_str()], read)?
        .collect::<Result<_, _>>()?)
}

/// Every record of a customer, the oldest first.
pub(super) fn of_customer(
    db: &Connection,
    customer: &CustomerId,
) -> Result<Vec<Record>, StoreError> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM consent_decisions WHERE customer_id = ?1 ORDER BY seq"
        ))?
        .query_map([customer], read)?
        .collect::<Result<_, _>>()?)
}

/// A page of the records of a purpose, the newest first.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn page(
    db: &Connection,
    customer: &CustomerId,
    purpose: &PurposeId,
    after: Option<interactions::Place>,
    limit: usize,
) -> Result<interactions::Page<ConsentRecord>, StoreError> {
    let before = after.map_or(i64::MAX, |place| place.seq);
    let rows = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM consent_decisions
              WHERE customer_id = ?1 AND purpose_id = ?2 AND seq < ?3 ORDER BY seq DESC LIMIT ?4"
        ))?
        .query_map(params![customer, purpose.as_str(), before, limit + 1], read)?
        .map(|record| record.map(|record| (record.place(), record.to_wire())))
        .collect::<Result<_, _>>()?;
    Ok(interactions::Page::cut(rows, limit))
}

/// The receipt of a record, as it was issued; `None` where the customer has no such record of the purpose.
///
/// # Errors
/// When the database refuses.
pub fn receipt(
    db: &Connection,
    customer: &CustomerId,
    purpose: &PurposeId,
    record: &ConsentRecordId,
) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT receipt FROM consent_decisions WHERE customer_id = ?1 AND purpose_id = ?2 AND id = ?3",
        )?
        .query_row(params![customer, purpose.as_str(), record.as_str()], |row| {
            row.get(0)
        })
        .optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Record> {
    let text = |column: usize| row.get::<_, String>(column);
    Ok(Record {
        seq: row.get(0)?,
        id: text(1)?
            .try_into()
            .map_err(|_| rusqlite::Error::InvalidQuery)?,
        purpose: text(2)?
            .try_into()
            .map_err(|_| rusqlite::Error::InvalidQuery)?,
        decision: text(3)?.into(),
        status_before: text(4)?.into(),
        status: text(5)?.into(),
        at: row.get(6)?,
        author: Author {
            route: text(7)?.into(),
            actor: actor(row.get(8)?, row.get(9)?),
        },
        notice_version: text(10)?,
        language: row.get(11)?,
    })
}

fn actor(role: Option<String>, name: Option<String>) -> Option<Participant> {
    role.zip(name).map(|(role, display_name)| Participant {
        role: Role::from(role),
        display_name,
    })
}

/// What a decision is added to.
pub(super) struct Place<'a> {
    pub(super) purposes: &'a Purposes,
    pub(super) purpose: &'a PurposeSource,
    pub(super) before: &'a Standing,
    /// The company's languages, the usual one first.
    pub(super) usual: &'a [String],
}

/// Adds a decision with its receipt.
pub(super) fn add(
    tx: &Connection,
    place: &Place<'_>,
    who: &Who,
    wish: &Wish,
    now: Moment,
) -> Result<Record, StoreError> {
    let mut record = Record {
        seq: 0,
        id: ids::fresh("cdr", now),
        purpose: place.purpose.id.clone(),
        decision: wish.decision.clone(),
        status_before: place.before.status.clone(),
        status: status_after(&place.purpose.lawful_basis, &wish.decision),
        at: now,
        author: who.author.clone(),
        notice_version: wish.notice_version.clone(),
        language: wish.language.clone(),
    };
    let receipt = receipt::issue(place, &record, &who.mark);
    let actor = record.author.actor.as_ref();
    tx.prepare_cached(
        "INSERT INTO consent_decisions (id, customer_id, purpose_id, decision, status_before, status, decided_at, route,
                                        actor_role, actor_name, notice_version, language, receipt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        record.id.as_str(),
        who.customer,
        record.purpose.as_str(),
        record.decision.as_str(),
        record.status_before.as_str(),
        record.status.as_str(),
        record.at,
        record.author.route.as_str(),
        actor.map(|actor| actor.role.as_str()),
        actor.map(|actor| &actor.display_name),
        record.notice_version,
        record.language,
        receipt,
    ])?;
    record.seq = tx.last_insert_rowid();
    Ok(record)
}
