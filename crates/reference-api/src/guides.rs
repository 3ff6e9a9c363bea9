//! Guides: decision trees that the company writes, checked before anybody is led through one.

mod carried;
mod check;
mod fault;
mod graph;
mod guide;
mod read;
mod records;
mod source;
mod trail;
mod versions;
mod wire;

pub use carried::{carried, carry};
pub use check::{MAX_ANSWERS, MAX_NODES, Names};
pub use fault::{Fault, Faults, Reason};
pub use guide::{Answer, Ending, Guide, Node};
pub use read::{Guides, files_of};
pub use records::{NewRecord, Tally, record, tally, words};
pub use trail::{Spelling, spelled_out};
pub use versions::{at_version, keep};
pub use wire::{Labels, summary, to_wire};

use crate::contact::Ways;
use crate::store::StoreError;
use portal_contract::TopicId;
use rusqlite::Connection;
use std::collections::BTreeSet;

impl Names {
    /// The topics that interactions have, and all that the company names for getting in touch.
    #[must_use]
    pub fn of(topics: BTreeSet<TopicId>, ways: &Ways) -> Self {
        let named = ways.topics.iter().map(|topic| topic.id.clone());
        Self {
            topics: Some(topics.into_iter().chain(named).collect()),
            options: Some(ways.all.iter().map(|way| way.id.clone()).collect()),
        }
    }
}

/// The topics of the interactions that there are.
///
/// # Errors
/// When the database refuses.
pub fn known_topics(db: &Connection) -> Result<BTreeSet<TopicId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM topics")?;
    let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
    let corrupt = |_| StoreError::Corrupt("the id of a topic".to_owned());
    ids.map(|id| id?.try_into().map_err(corrupt)).collect()
}
