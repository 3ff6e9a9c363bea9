//! Going through a customer's conversations, some at a time: which go, and which stay by a law.

use super::retention::{Ground, Retention};
use super::target::Target;
use crate::store::StoreError;
use crate::store::interactions::{Place, Seq};
use crate::store::time::Moment;
use rusqlite::{Connection, params};

/// The most conversations of a lot, and about how many messages they have together: others want to write too.
const CONVERSATIONS: usize = 200;
const MESSAGES: u64 = 1_000;

/// A conversation that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) seq: Seq,
    pub(super) ground: Ground,
    pub(super) until: Moment,
}

/// Some conversations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lot {
    pub(super) going: Vec<Seq>,
    pub(super) kept: Vec<Kept>,
    /// Where the next lot begins; `None` when this was the last.
    pub(super) last: Option<Place>,
}

/// Where the walk begins.
pub(super) fn start() -> Place {
    Place {
        at: Moment::from_millis(i64::MIN),
        seq: 0,
    }
}

/// The conversations after a place, in the order in which they last changed.
pub(super) fn lot(
    db: &Connection,
    target: &Target,
    rules: &Retention,
    after: Place,
    now: Moment,
) -> Result<Lot, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, updated_at, topic_id, ended_at, message_count FROM interactions
          WHERE customer_id = ?1 AND (updated_at, seq) > (?2, ?3)
            AND (?4 IS NULL OR id IN (SELECT value FROM json_each(?4)))
          ORDER BY updated_at, seq LIMIT ?5",
    )?;
    let mut rows = statement.query(params![
        target.customer,
        after.at,
        after.seq,
        target.ids(),
        CONVERSATIONS
    ])?;
    let (mut lot, mut messages) = (Lot::default(), 0);
    while messages < MESSAGES
        && let Some(row) = rows.next()?
    {
        let (seq, updated_at): (Seq, Moment) = (row.get(0)?, row.get(1)?);
        let topic: Option<String> = row.get(2)?;
        let ended_at: Option<Moment> = row.get(3)?;
        messages += row.get::<_, u64>(4)?;
        let last_word = ended_at.map_or(updated_at, |ended_at| ended_at.max(updated_at));
        match rules.keeps(topic.as_deref(), last_word, now) {
            Some((ground, until)) => lot.kept.push(Kept { seq, ground, until }),
            None => lot.going.push(seq),
        }
        lot.last = Some(Place {
            at: updated_at,
            seq,
        });
    }
    Ok(lot)
}

/// Row numbers as a JSON list, for `json_each`.
pub(super) fn json(seqs: &[Seq]) -> String {
    serde_json::to_string(seqs).expect("numbers are JSON")
}
