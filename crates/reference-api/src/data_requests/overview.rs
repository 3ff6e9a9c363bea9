//! The few that the overview shows.

use super::desk::Customer;
use super::rows;
use crate::store::StoreError;
use portal_contract::data_request::DataRequestRunning;
use rusqlite::Connection;

/// How many the overview shows.
const SHOWN: usize = 3;

impl Customer {
    /// The requests that run, those that wait for the customer first, and how many there are.
    pub(crate) fn running(
        &self,
        db: &Connection,
    ) -> Result<(Vec<DataRequestRunning>, u64), StoreError> {
        let rows = rows::running(db, &self.id)?;
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let shown = rows.into_iter().take(SHOWN).map(|row| DataRequestRunning {
            id: row.id,
            kind: row.standing.kind,
            state: row.standing.state,
            due_at: row.standing.due_at.map(|moment| moment.to_timestamp()),
            runs_at: row.standing.runs_at.map(|moment| moment.to_timestamp()),
        });
        Ok((shown.collect(), count))
    }
}
