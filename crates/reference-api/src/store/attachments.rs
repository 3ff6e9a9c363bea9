//! Files. What they are stands in the database; their content lies in a folder beside it, under names that say nothing.

pub mod kind;
pub mod name;

use super::StoreError;
use super::customers::CustomerId;
use super::interactions::{Seq, moment, parsed};
use super::time::Moment;
use portal_contract::AttachmentId;
use portal_contract::attachment::Attachment;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::path::Path;

/// An uploaded file that no message took within so many seconds is thrown away.
const DRAFT_SECONDS: i64 = 48 * 60 * 60;

const COLUMNS: &str = "id, file_name, media_type, size_bytes, sha256, created_at";

/// Every file of the thread, the oldest first. Those that wait for their message are not of the thread yet.
///
/// # Errors
/// When the database refuses.
pub fn of_interaction(db: &Connection, interaction: Seq) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attachments WHERE interaction_seq = ?1 AND draft = 0 ORDER BY created_at, seq"
    );
    read_all(db, &sql, interaction)
}

/// The files of a message, in the order in which they were added.
///
/// # Errors
/// When the database refuses.
pub fn of_message(db: &Connection, message: Seq) -> Result<Vec<Attachment>, StoreError> {
    read_all(
        db,
        &format!("SELECT {COLUMNS} FROM attachments WHERE message_seq = ?1 ORDER BY seq"),
        message,
    )
}

fn read_all(db: &Connection, sql: &str, of: Seq) -> Result<Vec<Attachment>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([of], attachment)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn attachment(row: &Row<'_>) -> rusqlite::Result<Attachment> {
    let media_type: String = row.get(2)?;
    Ok(Attachment {
        id: parsed(row, 0)?,
        file_name: row.get(1)?,
        previewable: kind::is_previewable(&media_type),
        media_type,
        size_bytes: row.get(3)?,
        sha256: row.get(4)?,
        created_at: moment(row, 5)?,
    })
}

/// A file of this interaction, and the name that its content is stored under.
///
/// # Errors
/// When the database refuses.
pub fn find(
    db: &Connection,
    interaction: Seq,
    id: &AttachmentId,
) -> Result<Option<(Attachment, String)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, stored_as FROM attachments WHERE interaction_seq = ?1 AND id = ?2"
    );
    Ok(db
        .prepare_cached(&sql)?
        .query_row((interaction, id.as_str()), |row| {
            Ok((attachment(row)?, row.get(6)?))
        })
        .optional()?)
}

/// Enters an uploaded file of the customer's, which waits for its message: in this interaction, or in the first that takes it. Its
/// content is stored under `stored_as` already.
///
/// # Errors
/// When the database refuses.
pub fn insert_draft(
    db: &Connection,
    customer: &CustomerId,
    interaction: Option<Seq>,
    file: &Attachment,
    stored_as: &str,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO attachments (id, interaction_seq, draft, draft_of, file_name, media_type, size_bytes, sha256,
                                  stored_as, created_at)
         VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        file.id.as_str(),
        interaction,
        customer,
        file.file_name,
        file.media_type,
        file.size_bytes,
        file.sha256,
        stored_as,
        now,
    ])?;
    Ok(())
}

/// The uploaded file waits no longer: it goes with this message. Gives whether there was such a file: of this interaction, or of its
/// customer and no interaction yet.
///
/// # Errors
/// When the database refuses.
pub fn send_draft(
    db: &Connection,
    interaction: Seq,
    message: Seq,
    id: &AttachmentId,
) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached(
            "UPDATE attachments SET draft = 0, message_seq = ?2, interaction_seq = ?1
              WHERE id = ?3 AND draft = 1
                AND (interaction_seq = ?1
                     OR (interaction_seq IS NULL
                         AND draft_of = (SELECT customer_id FROM interactions WHERE seq = ?1)))",
        )?
        .execute((interaction, message, id.as_str()))?;
    Ok(changed == 1)
}

/// What waits for its message, of all of a customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// How many files.
    pub files: u64,
    /// How large they are together, in bytes.
    pub bytes: u64,
    /// When the first of them is forgotten; absent when there is none.
    pub until: Option<Moment>,
}

/// How much this customer has uploaded and not sent.
///
/// # Errors
/// When the database refuses.
pub fn unsent(db: &Connection, customer: &CustomerId) -> Result<Unsent, StoreError> {
    let sql = "SELECT count(*), coalesce(sum(size_bytes), 0), min(created_at) FROM attachments
                WHERE draft = 1 AND draft_of = ?1";
    Ok(db.prepare_cached(sql)?.query_row([customer], |row| {
        let oldest: Option<Moment> = row.get(2)?;
        Ok(Unsent {
            files: row.get(0)?,
            bytes: row.get(1)?,
            until: oldest.map(|oldest| oldest.plus_seconds(DRAFT_SECONDS)),
        })
    })?)
}

/// Forgets uploaded files that nobody sent, and gives the names that their contents are stored under.
///
/// # Errors
/// When the database refuses.
pub fn forget_drafts(db: &Connection, now: Moment) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "DELETE FROM attachments WHERE draft = 1 AND created_at < ?1 RETURNING stored_as",
    )?;
    let rows = statement.query_map([now.plus_seconds(-DRAFT_SECONDS)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes contents whose entries are gone. One that cannot be removed is no reason to refuse anybody anything.
pub fn remove_contents(folder: &Path, stored: &[String]) {
    for name in stored {
        if let Err(error) = std::fs::remove_file(folder.join(name))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the content of a forgotten upload cannot be removed");
        }
    }
}
