//! "You said, we did".

use super::Ledger;
use crate::consents::in_language;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::events;
use crate::store::interactions::{Page, Place, open, parsed};
use crate::store::time::Moment;
use portal_contract::event::EventKind;
use portal_contract::improvement::{Improvement, ImprovementState};
use portal_contract::{FeedbackId, ImprovementId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// What an improvement says, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImprovementText {
    /// What it is, in a few words.
    pub title: String,
    /// What customers said.
    pub you_said: String,
    /// What the company did, or will do.
    pub we_did: String,
}

struct ImprovementRow {
    seq: i64,
    id: ImprovementId,
    state: ImprovementState,
    since: Moment,
    others: u64,
}

fn row(row: &Row<'_>) -> rusqlite::Result<ImprovementRow> {
    Ok(ImprovementRow {
        seq: row.get(0)?,
        id: parsed(row, 1)?,
        state: open(row, 2)?,
        since: row.get(3)?,
        others: row.get(4)?,
    })
}

const COLUMNS: &str = "SELECT seq, id, state, since, others FROM improvements";

/// A page of all of them, the newest first.
pub(super) fn page(
    db: &Connection,
    ledger: &Ledger,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Improvement>, StoreError> {
    let sql =
        format!("{COLUMNS} WHERE (since, seq) < (?1, ?2) ORDER BY since DESC, seq DESC LIMIT ?3");
    let (at, seq) = after.map_or((i64::MAX, i64::MAX), |place| (place.at.millis(), place.seq));
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![at, seq, limit + 1], row)?;
    let mut placed = Vec::new();
    for row in rows {
        let row = row?;
        let place = Place {
            at: row.since,
            seq: row.seq,
        };
        placed.push((place, wire(db, ledger, row)?));
    }
    Ok(Page::cut(placed, limit))
}

/// The one of this row, as this customer reads it.
pub(super) fn one(
    db: &Connection,
    ledger: &Ledger,
    seq: i64,
) -> Result<Option<Improvement>, StoreError> {
    let sql = format!("{COLUMNS} WHERE seq = ?1");
    let found = db.prepare_cached(&sql)?.query_row([seq], row).optional()?;
    found.map(|row| wire(db, ledger, row)).transpose()
}

fn wire(db: &Connection, ledger: &Ledger, row: ImprovementRow) -> Result<Improvement, StoreError> {
    let texts = texts(db, row.seq)?;
    let (lang, text) = in_language(&texts, ledger.tag(), &ledger.usual)
        .ok_or_else(|| StoreError::Corrupt("an improvement without words".to_owned()))?;
    let mut statement = db.prepare_cached(
        "SELECT id FROM feedback WHERE improvement_seq = ?1 AND customer_id = ?2 ORDER BY given_at DESC, seq DESC",
    )?;
    let yours = statement.query_map((row.seq, &ledger.customer), |row| parsed(row, 0))?;
    let yours: Vec<FeedbackId> = yours.collect::<Result<_, _>>()?;
    let linked: u64 = db
        .prepare_cached("SELECT count(*) FROM feedback WHERE improvement_seq = ?1")?
        .query_row([row.seq], |row| row.get(0))?;
    Ok(Improvement {
        id: row.id,
        title: text.title.clone(),
        you_said: text.you_said.clone(),
        we_did: text.we_did.clone(),
        lang: lang.to_owned(),
        state: row.state,
        at: row.since.to_timestamp(),
        feedback_count: linked + row.others,
        yours,
    })
}

fn texts(db: &Connection, seq: i64) -> Result<BTreeMap<String, ImprovementText>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT lang, title, you_said, we_did FROM improvement_texts WHERE improvement_seq = ?1",
    )?;
    let rows = statement.query_map([seq], |row| {
        let text = ImprovementText {
            title: row.get(1)?,
            you_said: row.get(2)?,
            we_did: row.get(3)?,
        };
        Ok((row.get(0)?, text))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tells everybody whose feedback stands behind it that it is new or has come further. Gives them.
pub(super) fn tell(
    db: &Connection,
    seq: i64,
    id: &ImprovementId,
    now: Moment,
) -> Result<Vec<CustomerId>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT DISTINCT customer_id FROM feedback WHERE improvement_seq = ?1")?;
    let behind = statement.query_map([seq], |row| row.get(0))?;
    let behind: Vec<CustomerId> = behind.collect::<Result<_, _>>()?;
    for customer in &behind {
        let about = ("improvement", id.as_str());
        events::emit_about(
            db,
            customer,
            &EventKind::ImprovementUpdated,
            about,
            None,
            now,
        )?;
    }
    Ok(behind)
}

/// The row of this id.
pub(super) fn seq_of(db: &Connection, id: &ImprovementId) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT seq FROM improvements WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?)
}
