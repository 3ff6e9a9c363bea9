//! Interactions that come from elsewhere.

use super::files::Files;
use super::model::{Ingested, NewInteraction, NewTopic, Thread};
use super::threads;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use crate::store::{StoreError, ids};
use portal_contract::InteractionId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

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

/// What comes tells of an interaction, by column: inserting and updating write the same.
fn told(new: &NewInteraction) -> [(&'static str, Value); 15] {
    let moment = |moment: Option<Moment>| moment.map(Moment::millis).into();
    [
        ("subject", new.subject.clone().into()),
        ("lang", new.lang.clone().into()),
        ("channel", new.channel.as_str().to_owned().into()),
        ("direction", new.direction.as_str().to_owned().into()),
        ("status", new.status.as_str().to_owned().into()),
        (
            "topic_id",
            new.topic.as_ref().map(|topic| topic.id.clone()).into(),
        ),
        ("started_at", new.started_at.millis().into()),
        ("updated_at", new.last_moment().millis().into()),
        ("ended_at", moment(new.ended_at)),
        ("first_response_at", moment(new.first_response_at)),
        ("first_response_by", moment(new.first_response_by)),
        ("resolved_at", moment(new.resolved_at)),
        ("expected_by", moment(new.expected_by)),
        ("feedback_state", new.feedback.0.as_str().to_owned().into()),
        ("feedback_expires_at", moment(new.feedback.1)),
    ]
}

fn insert(
    connection: &Connection,
    customer: &CustomerId,
    new: &NewInteraction,
) -> Result<i64, StoreError> {
    write_topic(connection, new.topic.as_ref())?;
    let seed = format!("{}\u{0}{}", new.source, new.source_reference);
    let id: InteractionId = ids::derived("int", new.started_at, &seed);
    let moment = |moment: Option<Moment>| moment.map(Moment::millis).into();
    let own = [
        ("id", id.as_str().to_owned().into()),
        ("customer_id", customer.as_str().to_owned().into()),
        ("reference", new.reference.clone().into()),
        ("source", new.source.clone().into()),
        ("source_reference", new.source_reference.clone().into()),
        ("customer_seen_at", moment(seen_at(new))),
        ("company_wrote_at", moment(new.company_wrote_at())),
    ];
    let (columns, values): (Vec<_>, Vec<_>) = own.into_iter().chain(told(new)).unzip();
    let sql = format!(
        "INSERT INTO interactions ({}) VALUES ({}) RETURNING seq",
        columns.join(", "),
        vec!["?"; columns.len()].join(", ")
    );
    Ok(connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(values), |row| row.get(0))?)
}

fn update(connection: &Connection, seq: i64, new: &NewInteraction) -> Result<(), StoreError> {
    write_topic(connection, new.topic.as_ref())?;
    let (columns, mut values): (Vec<_>, Vec<_>) = told(new).into_iter().unzip();
    let set = columns.into_iter().map(|column| match column {
        // What was written here since is later than all that comes.
        "updated_at" => "updated_at = max(updated_at, ?)".to_owned(),
        column => format!("{column} = ?"),
    });
    let sql = format!(
        "UPDATE interactions SET {}, version = version + 1 WHERE seq = ?",
        set.collect::<Vec<_>>().join(", ")
    );
    values.push(seq.into());
    connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
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
