//! What a law wants kept, moved out of the account: letters whole, decisions without a name.

use super::retention::{Ground, Retention};
use super::tally::Tally;
use super::target::Target;
use super::walk::Kept;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

/// Moves a letter into the archive: who wrote what and when, and the files. The caller removes the conversation after that.
pub(super) fn keep_letter(
    tx: &Connection,
    request: &str,
    kept: &Kept,
    now: Moment,
) -> Result<(), StoreError> {
    let mut content = letter(tx, kept.seq)?;
    content["messages"] = Value::Array(messages(tx, kept.seq)?);
    let files = files(tx, kept.seq)?;
    content["files"] = files.iter().map(|(file, _)| file.clone()).collect();
    let record = insert(
        tx,
        request,
        Category::Interactions,
        (&kept.ground, kept.until),
        &content,
        now,
    )?;
    for (_, stored_as) in files {
        tx.prepare_cached("INSERT INTO retained_files (stored_as, record_id) VALUES (?1, ?2)")?
            .execute((stored_as, &record))?;
    }
    Ok(())
}

fn letter(tx: &Connection, seq: Seq) -> Result<Value, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT i.reference, i.subject, i.channel, i.direction, i.status, i.topic_id, i.started_at, i.ended_at, c.display_name,
                    c.reference
               FROM interactions AS i JOIN customers AS c ON c.id = i.customer_id WHERE i.seq = ?1",
        )?
        .query_row([seq], |row| {
            Ok(json!({
                "reference": row.get::<_, String>(0)?,
                "subject": row.get::<_, String>(1)?,
                "channel": row.get::<_, String>(2)?,
                "direction": row.get::<_, String>(3)?,
                "status": row.get::<_, String>(4)?,
                "topic": row.get::<_, Option<String>>(5)?,
                "started_at": row.get::<_, i64>(6)?,
                "ended_at": row.get::<_, Option<i64>>(7)?,
                "customer": { "name": row.get::<_, String>(8)?, "reference": row.get::<_, Option<String>>(9)? },
            }))
        })?)
}

fn messages(tx: &Connection, seq: Seq) -> Result<Vec<Value>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT author_role, author_name, channel, sent_at, text FROM messages WHERE interaction_seq = ?1 ORDER BY sent_at, seq",
    )?;
    let rows = statement.query_map([seq], |row| {
        Ok(json!({
            "author": { "role": row.get::<_, String>(0)?, "name": row.get::<_, String>(1)? },
            "channel": row.get::<_, String>(2)?,
            "sent_at": row.get::<_, i64>(3)?,
            "text": row.get::<_, String>(4)?,
        }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The files of a letter, each with the name that its content is stored under. One that was never sent is no part of it.
fn files(tx: &Connection, seq: Seq) -> Result<Vec<(Value, String)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT file_name, media_type, size_bytes, sha256, stored_as FROM attachments
          WHERE interaction_seq = ?1 AND draft = 0 ORDER BY seq",
    )?;
    let rows = statement.query_map([seq], |row| {
        let stored_as: String = row.get(4)?;
        let file = json!({
            "name": row.get::<_, String>(0)?,
            "media_type": row.get::<_, String>(1)?,
            "size_bytes": row.get::<_, i64>(2)?,
            "sha256": row.get::<_, String>(3)?,
            "stored_as": &stored_as,
        });
        Ok((file, stored_as))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Decisions, as the archive keeps them.
struct Proof {
    seq: i64,
    decided_at: Moment,
    content: Value,
}

/// Moves some decisions into the archive, without a name: `mark` is what the customer's receipts say instead of one.
pub(super) fn keep_proofs(
    tx: &Connection,
    request: &str,
    target: &Target,
    retention: &Retention,
    mark: &str,
    now: Moment,
) -> Result<(Tally, bool), StoreError> {
    let proofs = proofs(tx, target, mark)?;
    let mut tally = Tally::default();
    for proof in &proofs {
        let until = retention.proves_until(proof.decided_at);
        if until > now {
            let ground = (&Ground::Consents, until);
            insert(tx, request, Category::Consents, ground, &proof.content, now)?;
            tally.stays(Category::Consents, Ground::Consents, 1, Some(until));
        } else {
            tally.goes(Category::Consents, 1);
        }
        tx.prepare_cached("DELETE FROM consent_decisions WHERE seq = ?1")?
            .execute([proof.seq])?;
    }
    Ok((tally, proofs.is_empty()))
}

fn proofs(tx: &Connection, target: &Target, mark: &str) -> Result<Vec<Proof>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT seq, decided_at, purpose_id, decision, status_before, status, route, notice_version, language
           FROM consent_decisions WHERE customer_id = ?1 ORDER BY seq LIMIT 500",
    )?;
    let rows = statement.query_map([&target.customer], |row| {
        let decided_at: Moment = row.get(1)?;
        Ok(Proof {
            seq: row.get(0)?,
            decided_at,
            content: json!({
                "pii_principal_id": mark,
                "decided_at": decided_at.millis(),
                "purpose": row.get::<_, String>(2)?,
                "decision": row.get::<_, String>(3)?,
                "status_before": row.get::<_, String>(4)?,
                "status": row.get::<_, String>(5)?,
                "route": row.get::<_, String>(6)?,
                "notice_version": row.get::<_, String>(7)?,
                "language": row.get::<_, Option<String>>(8)?,
            }),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the customer's decisions would come to.
pub(super) fn foretell_proofs(
    db: &Connection,
    target: &Target,
    retention: &Retention,
    now: Moment,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let mut statement =
        db.prepare_cached("SELECT decided_at FROM consent_decisions WHERE customer_id = ?1")?;
    let rows = statement.query_map([&target.customer], |row| row.get::<_, Moment>(0))?;
    for decided_at in rows {
        let until = retention.proves_until(decided_at?);
        if until > now {
            tally.stays(Category::Consents, Ground::Consents, 1, Some(until));
        } else {
            tally.goes(Category::Consents, 1);
        }
    }
    Ok(())
}

fn insert(
    tx: &Connection,
    request: &str,
    category: Category,
    (ground, until): (&Ground, Moment),
    content: &Value,
    now: Moment,
) -> Result<String, StoreError> {
    let id = format!("ret_{}", uuid::Uuid::new_v4().simple());
    tx.prepare_cached(
        "INSERT INTO retained_records (id, request_id, category, ground, kept_at, until, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id,
        request,
        category.as_str(),
        ground.name(),
        now,
        until,
        content.to_string()
    ])?;
    Ok(id)
}

/// Deletes what the law wants no longer: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM retained_records WHERE id IN (SELECT id FROM retained_records WHERE until <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}
