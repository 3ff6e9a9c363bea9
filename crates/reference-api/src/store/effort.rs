//! What contact cost the customer, counted from threads, hand-offs and changes of channel. The contract's `effort` says what counts.

use super::StoreError;
use super::interactions::{Seq, Viewer, open, parsed};
use super::overview::first_month;
use super::time::Moment;
use portal_contract::MessageId;
use portal_contract::effort::{Effort, Explanation, ExplanationCause, Promises, YearInTouch};
use portal_contract::interaction::{Channel, Direction, InteractionStatus};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What an interaction cost the customer.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn of_interaction(
    db: &Connection,
    seq: Seq,
    direction: &Direction,
) -> Result<Effort, StoreError> {
    let words = customers_words(db, seq)?;
    let has_no_basis = words.is_empty() && *direction != Direction::Outbound;
    let explanations = explanations(direction, &words, &handoffs(db, seq)?);
    Ok(Effort {
        explained_times: (!has_no_basis).then_some(explanations.len() as u64),
        explanations,
    })
}

/// A message of the customer's.
struct Said {
    id: MessageId,
    at: Moment,
    channel: Channel,
    /// Over which channel the company had last written before.
    answers_on: Option<Channel>,
}

impl Said {
    /// Whether the customer came to another channel than before, and nobody was there.
    fn came_elsewhere(&self, before: &Self) -> bool {
        before.channel != self.channel && self.answers_on.as_ref() != Some(&self.channel)
    }
}

/// The customer's messages, oldest first. Where the matter stayed in the same hands and on one channel, only the first can count.
fn customers_words(db: &Connection, seq: Seq) -> Result<Vec<Said>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT m.id, m.sent_at, m.channel,
                (SELECT c.channel FROM messages AS c
                  WHERE c.interaction_seq = ?1 AND c.author_role <> 'customer' AND (c.sent_at, c.seq) < (m.sent_at, m.seq)
                  ORDER BY c.sent_at DESC, c.seq DESC LIMIT 1)
           FROM messages AS m WHERE m.interaction_seq = ?1 AND m.author_role = 'customer'
          ORDER BY m.sent_at, m.seq
          LIMIT CASE WHEN EXISTS (SELECT 1 FROM handoffs WHERE interaction_seq = ?1)
                       OR EXISTS (SELECT 1 FROM channel_changes WHERE interaction_seq = ?1) THEN -1 ELSE 1 END",
    )?;
    let rows = statement.query_map([seq], |row| {
        Ok(Said {
            id: parsed(row, 0)?,
            at: row.get(1)?,
            channel: open(row, 2)?,
            answers_on: row.get::<_, Option<String>>(3)?.map(Channel::from),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn handoffs(db: &Connection, seq: Seq) -> Result<Vec<Moment>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT at FROM handoffs WHERE interaction_seq = ?1 ORDER BY at")?;
    let rows = statement.query_map([seq], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn explanations(direction: &Direction, words: &[Said], handoffs: &[Moment]) -> Vec<Explanation> {
    let mut found = Vec::new();
    let mut before: Option<&Said> = None;
    for said in words {
        let since = before.map(|before| before.at);
        let passed_on = handoffs
            .iter()
            .any(|at| *at <= said.at && since.is_none_or(|since| *at > since));
        let cause = if before.is_none() && *direction != Direction::Outbound {
            Some(ExplanationCause::Start)
        } else if passed_on {
            Some(ExplanationCause::Handoff)
        } else if before.is_some_and(|before| said.came_elsewhere(before)) {
            Some(ExplanationCause::ChannelChange)
        } else {
            None
        };
        found.extend(cause.map(|cause| Explanation {
            at: said.at.to_timestamp(),
            message_id: said.id.clone(),
            cause,
        }));
        before = Some(said);
    }
    found
}

/// An interaction of the year, as far as promises go.
struct Contact {
    direction: Direction,
    status: InteractionStatus,
    started_at: Moment,
    first_response_at: Option<Moment>,
    first_response_by: Option<Moment>,
    resolved_at: Option<Moment>,
    expected_by: Option<Moment>,
}

/// The last twelve months, with the current one; `None` without any contact.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn year(
    db: &Connection,
    viewer: &Viewer,
    now: Moment,
) -> Result<Option<YearInTouch>, StoreError> {
    let from = first_month(viewer, now);
    let contacts = contacts(db, viewer, from)?;
    if contacts.is_empty() {
        return Ok(None);
    }
    let counted: Vec<&Contact> = contacts
        .iter()
        .filter(|contact| contact.status != InteractionStatus::Cancelled)
        .collect();
    let promises = |promise: fn(&Contact) -> (Option<Moment>, Option<Moment>)| {
        promises(counted.iter().map(|contact| promise(contact)), now)
    };
    Ok(Some(YearInTouch {
        from: from.to_timestamp(),
        contacts: contacts.len() as u64,
        first_answers: promises(|contact| (contact.first_response_by, contact.first_response_at)),
        resolutions: promises(|contact| (contact.expected_by, contact.resolved_at)),
        median_first_answer_seconds: median(counted.iter().filter_map(|contact| {
            let answered = contact
                .first_response_at
                .filter(|_| contact.direction != Direction::Outbound)?;
            Some(contact.started_at.seconds_until(answered))
        })),
        handoffs: handoffs_since(db, viewer, from)?,
        explained_again: explained_again(db, viewer, from)?,
    }))
}

fn contacts(db: &Connection, viewer: &Viewer, from: Moment) -> Result<Vec<Contact>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT direction, status, started_at, first_response_at, first_response_by, resolved_at, expected_by
           FROM interactions INDEXED BY interactions_by_promise WHERE customer_id = ?1 AND started_at >= ?2",
    )?;
    let rows = statement.query_map(params![viewer.customer, from], contact)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn contact(row: &Row<'_>) -> rusqlite::Result<Contact> {
    Ok(Contact {
        direction: open(row, 0)?,
        status: open(row, 1)?,
        started_at: row.get(2)?,
        first_response_at: row.get(3)?,
        first_response_by: row.get(4)?,
        resolved_at: row.get(5)?,
        expected_by: row.get(6)?,
    })
}

/// A promise that still runs is neither kept nor broken.
fn promises(all: impl Iterator<Item = (Option<Moment>, Option<Moment>)>, now: Moment) -> Promises {
    let mut promises = Promises { due: 0, kept: 0 };
    for (by, done) in all {
        let Some(by) = by else { continue };
        if done.is_some() || by < now {
            promises.due += 1;
            promises.kept += u64::from(done.is_some_and(|done| done <= by));
        }
    }
    promises
}

fn median(values: impl Iterator<Item = u64>) -> Option<u64> {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(values[middle - 1].midpoint(upper))
}

fn handoffs_since(db: &Connection, viewer: &Viewer, from: Moment) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM interactions AS i INDEXED BY interactions_by_promise
                 JOIN handoffs AS h ON h.interaction_seq = i.seq
                WHERE i.customer_id = ?1 AND i.started_at >= ?2 AND i.status <> 'cancelled'";
    Ok(db
        .prepare_cached(sql)?
        .query_row(params![viewer.customer, from], |row| row.get(0))?)
}

/// Only where the matter passed on, or went on elsewhere, can the customer have explained again.
fn explained_again(
    db: &Connection,
    viewer: &Viewer,
    from: Moment,
) -> Result<Option<u64>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT i.seq, i.direction FROM interactions AS i INDEXED BY interactions_by_promise
          WHERE i.customer_id = ?1 AND i.started_at >= ?2 AND i.status <> 'cancelled'
            AND (EXISTS (SELECT 1 FROM handoffs WHERE interaction_seq = i.seq)
              OR EXISTS (SELECT 1 FROM channel_changes WHERE interaction_seq = i.seq))",
    )?;
    let rows = statement.query_map(params![viewer.customer, from], |row| {
        Ok((row.get::<_, Seq>(0)?, open::<Direction>(row, 1)?))
    })?;
    let mut again = 0;
    for row in rows {
        let (seq, direction) = row?;
        let times = of_interaction(db, seq, &direction)?.explained_times;
        again += u64::from(times.is_some_and(|times| times > 1));
    }
    let is_known = again > 0 || has_words(db, viewer, from)?;
    Ok(is_known.then_some(again))
}

/// Whether the customer's own words of any contact are here, so that "never again" says something.
fn has_words(db: &Connection, viewer: &Viewer, from: Moment) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM interactions AS i INDEXED BY interactions_by_promise
                WHERE i.customer_id = ?1 AND i.started_at >= ?2
                  AND EXISTS (SELECT 1 FROM messages WHERE interaction_seq = i.seq AND author_role = 'customer')
                LIMIT 1";
    let found: Option<i64> = db
        .prepare_cached(sql)?
        .query_row(params![viewer.customer, from], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests;
