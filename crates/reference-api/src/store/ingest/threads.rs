//! The thread of an interaction that comes from elsewhere: messages, files, notes, hand-offs, who took part.

use super::files::Files;
use super::model::{NewInteraction, NewMessage, Thread};
use crate::html::sanitise;
use crate::store::attachments::kind::{HEAD, sniff};
use crate::store::attachments::name::clean as clean_name;
use crate::store::{StoreError, ids};
use portal_contract::{AttachmentId, MessageId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

pub(super) fn write(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
    is_new: bool,
    files: &Files,
) -> Result<(), StoreError> {
    if new.thread == Thread::Whole && !is_new {
        forget_missing_messages(connection, seq, new)?;
        clear(connection, seq)?;
    }
    let mut order: Vec<&NewMessage> = new.messages.iter().collect();
    order.sort_by_key(|message| message.sent_at);
    for message in order {
        write_message(connection, seq, new, message, files)?;
    }
    write_notes(connection, seq, new)?;
    write_handoffs(connection, seq, new)?;
    write_participants(connection, seq, new)?;
    let one_channel = new
        .messages
        .iter()
        .all(|message| message.channel == new.channel);
    if is_new && one_channel {
        return Ok(());
    }
    write_channel_changes(connection, seq)
}

/// Whether every message that comes is here already.
pub(super) fn has_all(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM messages WHERE interaction_seq = ?1 AND source_reference = ?2",
    )?;
    for message in &new.messages {
        if !statement.exists(params![seq, message.source_reference])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes away imported messages that the source no longer has. What was written here has no source and stays.
fn forget_missing_messages(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
) -> Result<(), StoreError> {
    let coming: HashSet<&str> = new
        .messages
        .iter()
        .map(|message| message.source_reference.as_str())
        .collect();
    let known: Vec<(i64, String)> = connection
        .prepare_cached(
            "SELECT seq, source_reference FROM messages
              WHERE interaction_seq = ?1 AND source_reference IS NOT NULL",
        )?
        .query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (message, reference) in known {
        if !coming.contains(reference.as_str()) {
            connection
                .prepare_cached("DELETE FROM messages WHERE seq = ?1")?
                .execute([message])?;
        }
    }
    Ok(())
}

fn clear(connection: &Connection, seq: i64) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM internal_notes WHERE interaction_seq = ?1",
        "DELETE FROM handoffs WHERE interaction_seq = ?1",
        "DELETE FROM participants WHERE interaction_seq = ?1",
    ] {
        connection.prepare_cached(statement)?.execute([seq])?;
    }
    Ok(())
}

fn write_message(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
    message: &NewMessage,
    files: &Files,
) -> Result<(), StoreError> {
    let known: Option<i64> = connection
        .prepare_cached(
            "SELECT seq FROM messages WHERE interaction_seq = ?1 AND source_reference = ?2",
        )?
        .query_row(params![seq, message.source_reference], |row| row.get(0))
        .optional()?;
    let message_seq = match known {
        Some(known) => {
            update_message(connection, known, new, message)?;
            known
        }
        None => insert_message(connection, seq, new, message)?,
    };
    write_attachments(connection, seq, message_seq, new, message, files)
}

/// The sanitised HTML of a message and how many images it would load from elsewhere.
fn clean_html(message: &NewMessage) -> (Option<String>, i64) {
    match message.html.as_deref().and_then(sanitise) {
        Some(clean) => (
            Some(clean.html),
            i64::try_from(clean.remote_images).unwrap_or(i64::MAX),
        ),
        None => (None, 0),
    }
}

fn insert_message(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
    message: &NewMessage,
) -> Result<i64, StoreError> {
    let id: MessageId = ids::derived(
        "msg",
        message.sent_at,
        &seed(new, &message.source_reference),
    );
    let (html, remote_images) = clean_html(message);
    // RETURNING and not `last_insert_rowid`: the triggers write rows of their own.
    let message_seq = connection
        .prepare_cached(
            "INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text, lang, html,
                                   remote_images, source_reference)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING seq",
        )?
        .query_row(
            params![
                id.as_str(),
                seq,
                message.author.role.as_str(),
                message.author.display_name,
                message.channel.as_str(),
                message.sent_at,
                message.text,
                message.lang.as_ref().or(new.lang.as_ref()),
                html,
                remote_images,
                message.source_reference,
            ],
            |row| row.get(0),
        )?;
    Ok(message_seq)
}

fn update_message(
    connection: &Connection,
    message_seq: i64,
    new: &NewInteraction,
    message: &NewMessage,
) -> Result<(), StoreError> {
    let (html, remote_images) = clean_html(message);
    connection
        .prepare_cached(
            "UPDATE messages SET author_role = ?2, author_name = ?3, channel = ?4, sent_at = ?5, lang = ?6, html = ?7,
                    remote_images = ?8 WHERE seq = ?1",
        )?
        .execute(params![
            message_seq,
            message.author.role.as_str(),
            message.author.display_name,
            message.channel.as_str(),
            message.sent_at,
            message.lang.as_ref().or(new.lang.as_ref()),
            html,
            remote_images,
        ])?;
    // On its own, because a changed text is indexed anew.
    connection
        .prepare_cached("UPDATE messages SET text = ?2 WHERE seq = ?1 AND text <> ?2")?
        .execute(params![message_seq, message.text])?;
    Ok(())
}

fn write_attachments(
    connection: &Connection,
    seq: i64,
    message_seq: i64,
    new: &NewInteraction,
    message: &NewMessage,
    files: &Files,
) -> Result<(), StoreError> {
    for (index, attachment) in message.attachments.iter().enumerate() {
        let seed = seed(new, &format!("{}\u{0}{index}", message.source_reference));
        let id: AttachmentId = ids::derived("att", message.sent_at, &seed);
        let sha256 = attachment.sha256();
        let known: Option<String> = connection
            .prepare_cached("SELECT sha256 FROM attachments WHERE id = ?1")?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        if known.as_deref() == Some(sha256.as_str()) {
            continue;
        }
        let stored_as = files.keep(&sha256, id.as_str(), &attachment.content)?;
        let file_name = clean_name(&attachment.file_name);
        connection
            .prepare_cached(
                "INSERT INTO attachments (id, interaction_seq, message_seq, draft, file_name, media_type, size_bytes, sha256,
                                          stored_as, created_at)
                 VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (id) DO UPDATE SET
                     file_name = excluded.file_name, media_type = excluded.media_type, size_bytes = excluded.size_bytes,
                     sha256 = excluded.sha256, stored_as = excluded.stored_as",
            )?
            .execute(params![
                id.as_str(),
                seq,
                message_seq,
                file_name,
                sniff(&attachment.content[..attachment.content.len().min(HEAD)], &file_name),
                i64::try_from(attachment.content.len()).unwrap_or(i64::MAX),
                sha256,
                stored_as,
                message.sent_at,
            ])?;
    }
    Ok(())
}

fn seed(new: &NewInteraction, part: &str) -> String {
    format!("{}\u{0}{}\u{0}{part}", new.source, new.source_reference)
}

fn write_notes(connection: &Connection, seq: i64, new: &NewInteraction) -> Result<(), StoreError> {
    for (index, note) in new.notes.iter().enumerate() {
        let id: MessageId = ids::derived(
            "note",
            note.written_at,
            &seed(new, &format!("note {index}")),
        );
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO internal_notes (id, interaction_seq, author_name, written_at, text)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id.as_str(), seq, note.author_name, note.written_at, note.text])?;
    }
    Ok(())
}

fn write_handoffs(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
) -> Result<(), StoreError> {
    for handoff in &new.handoffs {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO handoffs (interaction_seq, at, from_whom, to_whom, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![seq, handoff.at, handoff.from, handoff.to, handoff.reason])?;
    }
    Ok(())
}

/// Adds who is not there yet.
fn write_participants(
    connection: &Connection,
    seq: i64,
    new: &NewInteraction,
) -> Result<(), StoreError> {
    for author in new.participants() {
        connection
            .prepare_cached(
                "INSERT INTO participants (interaction_seq, position, role, display_name)
                 SELECT ?1, 1 + coalesce((SELECT max(position) FROM participants WHERE interaction_seq = ?1), 0), ?2, ?3
                  WHERE NOT EXISTS (SELECT 1 FROM participants
                                     WHERE interaction_seq = ?1 AND role = ?2 AND display_name = ?3)",
            )?
            .execute(params![seq, author.role.as_str(), author.display_name])?;
    }
    Ok(())
}

/// Where one message came over another channel than the one before it.
fn write_channel_changes(connection: &Connection, seq: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM channel_changes WHERE interaction_seq = ?1")?
        .execute([seq])?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO channel_changes (interaction_seq, at, from_channel, to_channel)
             SELECT ?1, sent_at, before, channel FROM (
                 SELECT sent_at, channel,
                        lag(channel) OVER (ORDER BY sent_at, seq) AS before
                   FROM messages WHERE interaction_seq = ?1)
              WHERE before IS NOT NULL AND before <> channel",
        )?
        .execute([seq])?;
    Ok(())
}
