//! Entries of the ledger, as they are kept and as their customer reads them.

use super::Ledger;
use super::answers::Answers;
use super::{improvements, requests};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::events;
use crate::store::interactions::{Page, Place, Seq, open, parsed};
use crate::store::time::Moment;
use portal_contract::event::EventKind;
use portal_contract::feedback::{
    Feedback, FeedbackAction, FeedbackKind, FeedbackReply, FeedbackStatus, FeedbackStep, Question,
};
use portal_contract::interaction::{Participant, Role};
use portal_contract::{Etag, FeedbackId, FeedbackRequestId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// An entry.
pub(super) struct EntryRow {
    pub(super) seq: i64,
    pub(super) id: FeedbackId,
    pub(super) customer: CustomerId,
    pub(super) kind: FeedbackKind,
    request: Option<FeedbackRequestId>,
    interaction: Option<Seq>,
    service: Option<String>,
    pub(super) questions: Vec<Question>,
    pub(super) answers: Answers,
    pub(super) text: Option<String>,
    pub(super) contact_allowed: bool,
    pub(super) given_at: Moment,
    pub(super) edited_at: Option<Moment>,
    editable_until: Moment,
    pub(super) status: FeedbackStatus,
    pub(super) reply: Option<FeedbackReply>,
    pub(super) improvement: Option<i64>,
    pub(super) unread: bool,
    version: i64,
}

const COLUMNS: &str = "SELECT f.seq, f.id, f.customer_id, f.kind,
        (SELECT r.id FROM feedback_requests AS r WHERE r.seq = f.request_seq),
        f.interaction_seq, f.service_id, f.questions, f.answers, f.text, f.contact_allowed, f.given_at, f.edited_at,
        f.editable_until, f.status, f.reply_at, f.reply_by, f.reply_text, f.reply_lang, f.improvement_seq,
        coalesce(f.company_acted_at > coalesce(f.customer_seen_at, 0), 0), f.version
   FROM feedback AS f";

/// A value that is kept as JSON.
fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, error.into())
    })
}

fn row(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    Ok(EntryRow {
        seq: row.get(0)?,
        id: parsed(row, 1)?,
        customer: row.get(2)?,
        kind: open(row, 3)?,
        request: row
            .get::<_, Option<String>>(4)?
            .and_then(|id| id.try_into().ok()),
        interaction: row.get(5)?,
        service: row.get(6)?,
        questions: json(row, 7)?,
        answers: json(row, 8)?,
        text: row.get(9)?,
        contact_allowed: row.get(10)?,
        given_at: row.get(11)?,
        edited_at: row.get(12)?,
        editable_until: row.get(13)?,
        status: open(row, 14)?,
        reply: reply(row)?,
        improvement: row.get(19)?,
        unread: row.get(20)?,
        version: row.get(21)?,
    })
}

fn reply(row: &Row<'_>) -> rusqlite::Result<Option<FeedbackReply>> {
    let at: Option<Moment> = row.get(15)?;
    let Some(at) = at else { return Ok(None) };
    Ok(Some(FeedbackReply {
        at: at.to_timestamp(),
        by: Participant {
            role: Role::Agent,
            display_name: row.get(16)?,
        },
        text: row.get(17)?,
        lang: row.get(18)?,
    }))
}

/// The entry of this id of this customer.
pub(super) fn find(
    db: &Connection,
    customer: &CustomerId,
    id: &FeedbackId,
) -> Result<Option<EntryRow>, StoreError> {
    Ok(any(db, id)?.filter(|row| row.customer == *customer))
}

/// The entry of this id, whoever gave it: for what the company itself does.
pub(super) fn any(db: &Connection, id: &FeedbackId) -> Result<Option<EntryRow>, StoreError> {
    let sql = format!("{COLUMNS} WHERE f.id = ?1");
    Ok(db
        .prepare_cached(&sql)?
        .query_row([id.as_str()], row)
        .optional()?)
}

/// The newest of all customers, of a kind and in a state where these are given: for what the company itself does.
pub(super) fn newest(
    db: &Connection,
    kind: Option<&FeedbackKind>,
    status: Option<&FeedbackStatus>,
    most: usize,
) -> Result<Vec<EntryRow>, StoreError> {
    let sql = format!(
        "{COLUMNS} WHERE (?1 IS NULL OR f.kind = ?1) AND (?2 IS NULL OR f.status = ?2)
          ORDER BY f.given_at DESC, f.seq DESC LIMIT ?3"
    );
    let (kind, status) = (
        kind.map(FeedbackKind::as_str),
        status.map(FeedbackStatus::as_str),
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![kind, status, most], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn page(
    db: &Connection,
    ledger: &Ledger,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Feedback>, StoreError> {
    let sql = format!(
        "{COLUMNS} WHERE f.customer_id = ?1 AND (f.given_at, f.seq) < (?2, ?3)
          ORDER BY f.given_at DESC, f.seq DESC LIMIT ?4"
    );
    let (at, seq) = after.map_or((i64::MAX, i64::MAX), |place| (place.at.millis(), place.seq));
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![ledger.customer, at, seq, limit + 1], row)?;
    let mut placed = Vec::new();
    for row in rows {
        let row = row?;
        let place = Place {
            at: row.given_at,
            seq: row.seq,
        };
        placed.push((place, wire(db, ledger, row)?));
    }
    Ok(Page::cut(placed, limit))
}

impl EntryRow {
    /// The version, for `If-Match`.
    pub(super) fn etag(&self) -> Etag {
        version(self.version)
    }

    /// What the customer may do now.
    pub(super) fn allowed_actions(&self, now: Moment) -> Vec<FeedbackAction> {
        if self.status == FeedbackStatus::Withdrawn {
            return Vec::new();
        }
        let edit = (now < self.editable_until).then_some(FeedbackAction::Edit);
        edit.into_iter().chain([FeedbackAction::Withdraw]).collect()
    }
}

fn version(number: i64) -> Etag {
    format!("v{number}")
        .parse()
        .expect("a letter and digits are an etag")
}

pub(super) fn wire(
    db: &Connection,
    ledger: &Ledger,
    row: EntryRow,
) -> Result<Feedback, StoreError> {
    let history = steps(db, row.seq)?;
    let reason = (row.status == FeedbackStatus::Declined)
        .then(|| history.last().and_then(|step| step.note.clone()))
        .flatten();
    let improvement = match row.improvement {
        Some(seq) => improvements::one(db, ledger, seq)?,
        None => None,
    };
    Ok(Feedback {
        about: requests::about(db, ledger, row.interaction, row.service.as_deref())?,
        allowed_actions: row.allowed_actions(ledger.now),
        etag: row.etag(),
        id: row.id,
        kind: row.kind,
        request_id: row.request,
        questions: row.questions,
        answers: row.answers,
        text: row.text,
        contact_allowed: row.contact_allowed,
        given_at: row.given_at.to_timestamp(),
        edited_at: row.edited_at.map(Moment::to_timestamp),
        editable_until: row.editable_until.to_timestamp(),
        status: row.status,
        reason,
        history,
        reply: row.reply,
        improvement,
        unread: row.unread,
    })
}

/// What became of it, oldest first.
pub(super) fn steps(db: &Connection, seq: i64) -> Result<Vec<FeedbackStep>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT status, at, note FROM feedback_steps WHERE feedback_seq = ?1 ORDER BY seq",
    )?;
    let rows = statement.query_map([seq], |row| {
        Ok(FeedbackStep {
            status: open(row, 0)?,
            at: row.get::<_, Moment>(1)?.to_timestamp(),
            note: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A step further.
pub(super) fn step(
    db: &Connection,
    seq: i64,
    status: &FeedbackStatus,
    note: Option<&str>,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO feedback_steps (feedback_seq, status, at, note) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((seq, status.as_str(), now, note))?;
    db.prepare_cached("UPDATE feedback SET status = ?2 WHERE seq = ?1")?
        .execute((seq, status.as_str()))?;
    Ok(())
}

/// Enters that an entry changed, as a new version. Call it last in the transaction.
pub(super) fn changed(
    db: &Connection,
    customer: &CustomerId,
    seq: i64,
    now: Moment,
) -> Result<(), StoreError> {
    let (id, number): (String, i64) = db
        .prepare_cached(
            "UPDATE feedback SET version = version + 1 WHERE seq = ?1 RETURNING id, version",
        )?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (about, etag) = (("feedback", id.as_str()), version(number));
    events::emit_about(
        db,
        customer,
        &EventKind::FeedbackUpdated,
        about,
        Some(&etag),
        now,
    )
}

pub(super) fn mark_seen(
    db: &Connection,
    customer: &CustomerId,
    id: &FeedbackId,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE feedback SET customer_seen_at = max(?3, company_acted_at)
          WHERE id = ?1 AND customer_id = ?2 AND company_acted_at > coalesce(customer_seen_at, 0)",
    )?
    .execute((id.as_str(), customer, now))?;
    Ok(())
}

/// How many entries the company has answered or moved on since the customer last looked.
pub(crate) fn unread_count(db: &Connection, customer: &CustomerId) -> Result<u64, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM feedback
              WHERE customer_id = ?1 AND company_acted_at > coalesce(customer_seen_at, 0)",
        )?
        .query_row([customer], |row| row.get(0))?)
}
