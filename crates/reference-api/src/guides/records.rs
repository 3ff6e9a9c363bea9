//! "Did this solve it?": what customers said about outcomes, and what it comes to.

use super::guide::Guide;
use super::trail::walk;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::time::Moment;
use portal_contract::guide::{GuideRecord, MAX_GUIDE_WORDS, NewGuideOutcome};
use portal_contract::{FieldCode, FieldError, GuideRecordId};
use rusqlite::Connection;

/// What a customer says about an outcome.
#[derive(Debug)]
pub struct NewRecord<'a> {
    /// Who.
    pub customer: &'a CustomerId,
    /// Through which guide, as it was.
    pub guide: &'a Guide,
    /// What.
    pub outcome: &'a NewGuideOutcome,
    /// When.
    pub now: Moment,
}

impl NewRecord<'_> {
    /// What is wrong with it.
    ///
    /// # Errors
    /// With every field that is.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        let trail = &self.outcome.trail;
        // Who was led straight to an outcome answered nothing on the way.
        let straight = self.guide.node(&self.outcome.node);
        let straight = straight.filter(|node| node.ending.is_some() && trail.steps.is_empty());
        match walk(self.guide, trail) {
            Ok(_) if straight.is_some() => {}
            Ok(walked) if walked.at.id != self.outcome.node => errors.push(FieldError {
                pointer: "/node".to_owned(),
                code: FieldCode::Unknown,
                detail: Some("the way does not lead to this node".to_owned()),
                limit: None,
            }),
            Ok(walked) if walked.at.ending.is_none() => errors.push(FieldError {
                pointer: "/node".to_owned(),
                code: FieldCode::NotOffered,
                detail: Some("the node is a question and no outcome".to_owned()),
                limit: None,
            }),
            Ok(_) => {}
            Err(error) => errors.push(FieldError {
                pointer: format!("/trail{}", error.pointer),
                ..error
            }),
        }
        let words = self.outcome.words.as_deref().unwrap_or_default();
        if words.chars().count() > MAX_GUIDE_WORDS {
            errors.push(FieldError {
                pointer: "/words".to_owned(),
                code: FieldCode::TooLong,
                detail: None,
                limit: Some(MAX_GUIDE_WORDS as u64),
            });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

/// Takes down what was said. A customer has one word about an outcome of a version: the last.
///
/// # Errors
/// When the database refuses.
pub fn record(db: &Connection, new: &NewRecord<'_>) -> Result<GuideRecord, StoreError> {
    let NewRecord {
        customer,
        guide,
        outcome,
        now,
    } = *new;
    let id: GuideRecordId = ids::fresh("gor", now);
    let words = outcome
        .words
        .as_deref()
        .map(str::trim)
        .filter(|words| !words.is_empty());
    let steps = serde_json::to_string(&outcome.trail.steps).expect("steps are ids");
    let id: String = db
        .prepare_cached(
            "INSERT INTO guide_records (id, customer_id, guide_id, version, node, solved, words, steps, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (customer_id, guide_id, version, node) DO UPDATE
                SET solved = excluded.solved, words = excluded.words, steps = excluded.steps,
                    recorded_at = excluded.recorded_at
             RETURNING id",
        )?
        .query_row(
            (
                id.as_str(),
                customer,
                guide.id.as_str(),
                guide.version.as_str(),
                outcome.node.as_str(),
                outcome.solved,
                words,
                steps,
                now,
            ),
            |row| row.get(0),
        )?;
    Ok(GuideRecord {
        id: id
            .try_into()
            .map_err(|_| StoreError::Corrupt("the id of a record".to_owned()))?,
        node: outcome.node.clone(),
        solved: outcome.solved,
        words: words.map(str::to_owned),
        recorded_at: now.to_timestamp(),
    })
}

/// What customers said about one outcome, over all versions of its guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which guide.
    pub guide: String,
    /// Which outcome.
    pub node: String,
    /// How many it helped.
    pub solved: u64,
    /// How many it did not.
    pub unsolved: u64,
    /// How many interactions began with a way through this guide.
    pub led_to_contact: u64,
}

/// What customers said, by guide and outcome.
///
/// # Errors
/// When the database refuses.
pub fn tally(db: &Connection) -> Result<Vec<Tally>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT r.guide_id, r.node, sum(r.solved), sum(1 - r.solved),
                (SELECT count(*) FROM interaction_guides AS g WHERE g.guide_id = r.guide_id)
           FROM guide_records AS r GROUP BY r.guide_id, r.node ORDER BY r.guide_id, r.node",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Tally {
            guide: row.get(0)?,
            node: row.get(1)?,
            solved: row.get(2)?,
            unsolved: row.get(3)?,
            led_to_contact: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What customers added about one outcome, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn words(
    db: &Connection,
    guide: &str,
    node: &str,
    most: u32,
) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT words FROM guide_records WHERE guide_id = ?1 AND node = ?2 AND words IS NOT NULL
          ORDER BY recorded_at DESC, id DESC LIMIT ?3",
    )?;
    let rows = statement.query_map((guide, node, most), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
