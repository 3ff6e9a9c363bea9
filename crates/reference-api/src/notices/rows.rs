//! Notices in the database.

use super::content::Content;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Seq, open, parsed};
use crate::store::time::Moment;
use portal_contract::notice::{NoticeKind, NoticeSeverity};
use portal_contract::{Etag, NoticeAnswerId, NoticeId, PreferenceTopicId};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use std::cmp::Reverse;

/// For how long a notice is kept after nobody is shown it any more, in seconds: 90 days.
const KEPT_SECONDS: i64 = 90 * 24 * 60 * 60;

/// A notice as one customer has it.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) seq: Seq,
    pub(super) id: NoticeId,
    pub(super) version: i64,
    pub(super) kind: NoticeKind,
    pub(super) severity: NoticeSeverity,
    pub(super) topic: PreferenceTopicId,
    pub(super) about_topic: Option<String>,
    pub(super) since: Moment,
    pub(super) expected_end: Option<Moment>,
    pub(super) until: Option<Moment>,
    pub(super) updated_at: Option<Moment>,
    pub(super) content: Content,
    pub(super) interaction: Option<Seq>,
    pub(super) dismissed_at: Option<Moment>,
    pub(super) snoozed_until: Option<Moment>,
    pub(super) answered: Option<(NoticeAnswerId, Moment)>,
}

/// A place in the list.
pub(super) type Order = (u8, Reverse<Moment>, Reverse<Seq>);

impl Row {
    /// The version.
    pub(super) fn etag(&self) -> Etag {
        etag(self.version)
    }

    /// Whether the customer has put it away, as of this moment.
    pub(super) fn is_away(&self, now: Moment) -> bool {
        self.dismissed_at.is_some()
            || self.answered.is_some()
            || self.snoozed_until.is_some_and(|end| end > now)
    }

    /// Where it stands among others: the most severe first, then the latest.
    pub(super) fn order(&self) -> Order {
        let rank = match self.severity {
            NoticeSeverity::High => 0,
            NoticeSeverity::Medium => 1,
            NoticeSeverity::Low | NoticeSeverity::Other(_) => 2,
        };
        (rank, Reverse(self.since), Reverse(self.seq))
    }
}

/// The version of a delivery as it travels.
pub(super) fn etag(version: i64) -> Etag {
    format!("ntc-{version}")
        .parse()
        .expect("letters, a dash and digits are an etag")
}

const COLUMNS: &str =
    "d.seq, d.id, d.version, n.kind, n.severity, n.topic_id, n.about_topic, n.since, n.expected_end, n.until,
     n.updated_at, n.content, d.interaction_seq, d.dismissed_at, d.snoozed_until, d.answer, d.answered_at";

/// What was told to the customer and is not over.
pub(super) fn of_customer(
    db: &Connection,
    customer: &CustomerId,
    now: Moment,
) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM notice_deliveries AS d JOIN notices AS n ON n.seq = d.notice_seq
          WHERE d.customer_id = ?1 AND n.ended_at IS NULL AND (n.until IS NULL OR n.until > ?2)"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![customer, now], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where a notice of the customer's stands among others, whether it is shown or not; `None` when it is gone altogether.
pub(super) fn order_of(
    db: &Connection,
    customer: &CustomerId,
    seq: Seq,
) -> Result<Option<Order>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM notice_deliveries AS d JOIN notices AS n ON n.seq = d.notice_seq
          WHERE d.customer_id = ?1 AND d.seq = ?2"
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row(params![customer, seq], row);
    Ok(found.optional()?.map(|row| row.order()))
}

fn row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let content: String = row.get(11)?;
    let content = serde_json::from_str(&content).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(11, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let answered = match row.get::<_, Option<Moment>>(16)? {
        Some(at) => Some((parsed(row, 15)?, at)),
        None => None,
    };
    Ok(Row {
        seq: row.get(0)?,
        id: parsed(row, 1)?,
        version: row.get(2)?,
        kind: open(row, 3)?,
        severity: open(row, 4)?,
        topic: parsed(row, 5)?,
        about_topic: row.get(6)?,
        since: row.get(7)?,
        expected_end: row.get(8)?,
        until: row.get(9)?,
        updated_at: row.get(10)?,
        content,
        interaction: row.get(12)?,
        dismissed_at: row.get(13)?,
        snoozed_until: row.get(14)?,
        answered,
    })
}

/// A notice as the company sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The company's own name for it.
    pub key: String,
    /// What sort of thing it is.
    pub kind: String,
    /// Since when it holds.
    pub since: Moment,
    /// Until when it is shown.
    pub until: Option<Moment>,
    /// To how many customers it was told.
    pub customers: u64,
    /// How many of them put it away or answered.
    pub away: u64,
}

/// What is told at this moment, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn told(db: &Connection, now: Moment) -> Result<Vec<Told>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT n.key, n.kind, n.since, n.until, count(d.seq),
                count(CASE WHEN d.dismissed_at IS NOT NULL OR d.answered_at IS NOT NULL OR d.snoozed_until > ?1 THEN 1 END)
           FROM notices AS n LEFT JOIN notice_deliveries AS d ON d.notice_seq = n.seq
          WHERE n.ended_at IS NULL AND (n.until IS NULL OR n.until > ?1)
          GROUP BY n.seq ORDER BY n.since DESC, n.seq DESC",
    )?;
    let rows = statement.query_map([now], |row| {
        Ok(Told {
            key: row.get(0)?,
            kind: row.get(1)?,
            since: row.get(2)?,
            until: row.get(3)?,
            customers: row.get(4)?,
            away: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes notices that nobody has been shown for 90 days, at most `most` of them, and says how many.
///
/// # Errors
/// When the database refuses.
pub fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM notices WHERE seq IN
        (SELECT seq FROM notices WHERE min(coalesce(ended_at, until), coalesce(until, ended_at)) < ?1 LIMIT ?2)";
    let oldest = now.plus_seconds(-KEPT_SECONDS);
    Ok(db.prepare_cached(sql)?.execute(params![oldest, most])?)
}
