//! What is erased and what stays, in numbers: foretold by the preview, added up by the run.

use super::retention::Ground;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::time::Moment;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Records by category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Those that go.
    pub(super) goes: BTreeMap<Category, u64>,
    /// Those that stay: on which ground, how many, and until when at the latest.
    pub(super) stays: BTreeMap<(Category, Ground), (u64, Option<Moment>)>,
}

impl Tally {
    pub(super) fn goes(&mut self, category: Category, records: u64) {
        if records > 0 {
            *self.goes.entry(category).or_default() += records;
        }
    }

    pub(super) fn stays(
        &mut self,
        category: Category,
        ground: Ground,
        records: u64,
        until: Option<Moment>,
    ) {
        if records > 0 {
            let entry = self.stays.entry((category, ground)).or_insert((0, until));
            entry.0 += records;
            entry.1 = entry.1.zip(until).map(|(one, other)| one.max(other));
        }
    }

    /// How many records go in all.
    pub(super) fn records(&self) -> u64 {
        self.goes.values().sum()
    }

    /// Adds these numbers to those of an erasure, in the transaction that made them true.
    pub(super) fn add_to(&self, tx: &Connection, request: &str) -> Result<(), StoreError> {
        let mut add = tx.prepare_cached(
            "INSERT INTO erasure_counts (request_id, category, ground, records, until) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (request_id, category, ground)
             DO UPDATE SET records = records + excluded.records, until = max(until, excluded.until)",
        )?;
        for (category, records) in &self.goes {
            add.execute(params![
                request,
                category.as_str(),
                "",
                records,
                None::<Moment>
            ])?;
        }
        for ((category, ground), (records, until)) in &self.stays {
            add.execute(params![
                request,
                category.as_str(),
                ground.name(),
                records,
                until
            ])?;
        }
        Ok(())
    }

    /// What an erasure came to.
    pub(super) fn of(db: &Connection, request: &str) -> Result<Self, StoreError> {
        let mut tally = Self::default();
        let mut statement = db.prepare_cached(
            "SELECT category, ground, records, until FROM erasure_counts WHERE request_id = ?1",
        )?;
        let mut rows = statement.query([request])?;
        while let Some(row) = rows.next()? {
            let (category, ground): (String, String) = (row.get(0)?, row.get(1)?);
            let category = Category::named(&category)
                .ok_or_else(|| StoreError::Corrupt(format!("erasure_counts: {category:?}")))?;
            match ground.as_str() {
                "" => tally.goes(category, row.get(2)?),
                ground => tally.stays(category, Ground::named(ground), row.get(2)?, row.get(3)?),
            }
        }
        Ok(tally)
    }
}
