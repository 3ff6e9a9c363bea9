//! Interactions that come from elsewhere.

use super::files::Files;
use super::model::{Ingested, NewInteraction, NewTopic, Thread};
use super::threads;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use crate::store::{StoreError, ids};
use portal_contract::InteractionId;
use rusqlite::{Connection, OptionalExtension, params};

/// Writes an interaction of `customer`: inserts it, leaves it alone when it came like this before, or brings it up to date.
/// What customer and company wrote here in the meantime stays.
///
/// # Errors
/// When the database or the folder of files refuses.
pub fn ingest(
    connection: &Connection,
    customer: &CustomerId,
    new: &NewInteraction,
    files: &Files,
) -> Result<Ingested, StoreError> {
    let digest = new.digest();
    let known = find(connection, new)?;
    let seq = match &known {
        Some((_, before)) if before == &digest => return Ok(Ingested::Unchanged),
        Some((seq, _)) => *seq,
        None => insert(connection, customer, new)?,
    };
    if known.is_some() {
        match new.thread {
            Thread::Grows if threads::has_all(connection, seq, new)? => {
                return Ok(Ingested::Unchanged);
            }
            Thread::Grows => grow(connection, seq, new)?,
            Thread::Whole => update(connection, seq, new)?,
        }
    }
    threads::write(connection, seq, new, known.is_none(), files)?;
    remember(connection, seq, new, &digest)?;
    Ok(match known {
        Some(_) => Ingested::Updated,
        None => Ingested::Inserted,
    })
}

/// Says that two interactions of one source are about the same matter. Nothing happens where one of them is not here.
///
/// # Errors
/// When the database refuses.
pub fn relate(
    connection: &Connection,
    source: &str,
    one: &str,
    other: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO related_interactions (interaction_seq, other_seq)
             SELECT min(a.interaction_seq, b.interaction_seq), max(a.interaction_seq, b.interaction_seq)
               FROM ingested a, ingested b
              WHERE a.source = ?1 AND a.source_reference = ?2
                AND b.source = ?1 AND b.source_reference = ?3
                AND a.interaction_seq <> b.interaction_seq",
        )?
        .execute([source, one, other])?;
    Ok(())
}

/// Whether an interaction of this name came from `source` before.
///
/// # Errors
/// When the database refuses.
pub fn is_here(
    connection: &Connection,
    source: &str,
    source_reference: &str,
) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM ingested WHERE source = ?1 AND source_reference = ?2")?
        .exists([source, source_reference])?)
}

fn find(
    connection: &Connection,
    new: &NewInteraction,
) -> Result<Option<(i64, [u8; 32])>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT interaction_seq, digest FROM ingested WHERE source = ?1 AND source_reference = ?2",
        )?
        .query_row([&new.source, &new.source_reference], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found)
}

fn remember(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
    digest: &[u8; 32],
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO ingested (source, source_reference, interaction_seq, digest) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (source, source_reference) DO UPDATE SET digest = excluded.digest",
        )?
        .execute(params![new.source, new.source_reference, seq, digest])?;
    Ok(())
}

fn insert(
    connection: &Connection,
    customer: &CustomerId,
    new: &NewInteraction,
) -> Result<i64, StoreError> {
    write_topic(connection, new.topic.as_ref())?;
    let seed = format!("{}\u{0}{}", new.source, new.source_reference);
    let id: InteractionId = ids::derived("int", new.started_at, &seed);
    let seq = connection
        .prepare_cached(
            "INSERT INTO interactions (
                 id, customer_id, reference, source, source_reference, subject, lang, channel, direction, status, topic_id,
                 started_at, updated_at, ended_at, first_response_at, first_response_by, resolved_at, expected_by,
                 feedback_state, feedback_expires_at, customer_seen_at, company_wrote_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
             RETURNING seq",
        )?
        .query_row(params![
            id.as_str(),
            customer,
            new.reference,
            new.source,
            new.source_reference,
            new.subject,
            new.lang,
            new.channel.as_str(),
            new.direction.as_str(),
            new.status.as_str(),
            new.topic.as_ref().map(|topic| &topic.id),
            new.started_at,
            new.last_moment(),
            new.ended_at,
            new.first_response_at,
            new.first_response_by,
            new.resolved_at,
            new.expected_by,
            new.feedback.0.as_str(),
            new.feedback.1,
            seen_at(new),
            new.company_wrote_at(),
        ], |row| row.get(0))?;
    Ok(seq)
}

fn update(connection: &Connection, seq: i64, new: &NewInteraction) -> Result<(), StoreError> {
    write_topic(connection, new.topic.as_ref())?;
    connection
        .prepare_cached(
            "UPDATE interactions SET
                 subject = ?2, lang = ?3, channel = ?4, direction = ?5, status = ?6, topic_id = ?7, started_at = ?8,
                 updated_at = max(updated_at, ?9), ended_at = ?10, first_response_at = ?11, first_response_by = ?12,
                 resolved_at = ?13, expected_by = ?14, feedback_state = ?15, feedback_expires_at = ?16,
                 version = version + 1
             WHERE seq = ?1",
        )?
        .execute(params![
            seq,
            new.subject,
            new.lang,
            new.channel.as_str(),
            new.direction.as_str(),
            new.status.as_str(),
            new.topic.as_ref().map(|topic| &topic.id),
            new.started_at,
            new.last_moment(),
            new.ended_at,
            new.first_response_at,
            new.first_response_by,
            new.resolved_at,
            new.expected_by,
            new.feedback.0.as_str(),
            new.feedback.1,
        ])?;
    Ok(())
}

/// A thread that new messages join: its beginning may be known better now, its end only when they are the latest.
fn grow(connection: &Connection, seq: i64, new: &NewInteraction) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE interactions SET
                 started_at = min(started_at, ?2),
                 first_response_at = coalesce(min(first_response_at, ?3), first_response_at, ?3),
                 status = iif(updated_at <= ?4, ?5, status),
                 ended_at = iif(updated_at <= ?4, ?6, ended_at),
                 resolved_at = iif(updated_at <= ?4, ?7, resolved_at),
                 updated_at = max(updated_at, ?4),
                 version = version + 1
             WHERE seq = ?1",
        )?
        .execute(params![
            seq,
            new.started_at,
            new.first_response_at,
            new.last_moment(),
            new.status.as_str(),
            new.ended_at,
            new.resolved_at,
        ])?;
    Ok(())
}

/// History counts as read, but where the company's last words are news.
fn seen_at(new: &NewInteraction) -> Option<Moment> {
    match new.company_wrote_at() {
        Some(wrote) if new.unread => Some(Moment::from_millis(wrote.millis() - 1)),
        _ => Some(new.last_moment()),
    }
}

fn write_topic(connection: &Connection, topic: Option<&NewTopic>) -> Result<(), StoreError> {
    let Some(topic) = topic else {
        return Ok(());
    };
    connection
        .prepare_cached("INSERT OR IGNORE INTO topics (id, label) VALUES (?1, ?2)")?
        .execute([&topic.id, &topic.label])?;
    for (locale, label) in &topic.labels {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO topic_labels (topic_id, locale, label) VALUES (?1, ?2, ?3)",
            )?
            .execute([&topic.id, locale, label])?;
    }
    Ok(())
}
