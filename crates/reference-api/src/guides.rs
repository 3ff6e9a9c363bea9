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
pub use records::{NewRecord, Tally, record, tally};
pub use trail::{Spelling, spelled_out};
pub use versions::{at_version, keep};
pub use wire::{Labels, summary, to_wire};

use crate::store::StoreError;
use portal_contract::TopicId;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The topics that the company has.
///
/// # Errors
/// When the database refuses.
pub fn known_topics(db: &Connection) -> Result<BTreeSet<TopicId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM topics")?;
    let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
    ids.map(|id| {
        id?.try_into()
            .map_err(|_| StoreError::Corrupt("the id of a topic".to_owned()))
    })
    .collect()
}
