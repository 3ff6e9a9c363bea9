//! The messages of a thread. Internal notes are not among them: they stand in a table that nothing here reads.

use super::StoreError;
use super::attachments;
use super::ids;
use super::interactions::{Page, Place, Seq, moment, open, parsed};
use super::time::Moment;
use portal_contract::interaction::{Channel, Participant, Role};
use portal_contract::message::{HtmlBody, Message};
use portal_contract::{InteractionId, MessageId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A message to be written.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'d> {
    /// Who the author is in it.
    pub role: &'d Role,
    /// The author's name.
    pub author: &'d str,
    /// Over which channel.
    pub channel: &'d Channel,
    /// The words.
    pub text: &'d str,
    /// When.
    pub sent_at: Moment,
}

const COLUMNS: &str =
    "m.seq, m.id, m.author_role, m.author_name, m.channel, m.sent_at, m.text, m.lang,
    m.html IS NOT NULL, m.remote_images";

/// A page of the thread, the newest message first.
///
/// # Errors
/// When the database refuses.
pub fn page(
    db: &Connection,
    interaction: Seq,
    id: &InteractionId,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Message>, StoreError> {
    // No place is after the last moment that can be written.
    let after = after.unwrap_or(Place {
        at: Moment::from_millis(i64::MAX),
        seq: Seq::MAX,
    });
    let sql = format!(
        "SELECT {COLUMNS} FROM messages AS m
          WHERE m.interaction_seq = ?1 AND (m.sent_at, m.seq) < (?2, ?3)
          ORDER BY m.sent_at DESC, m.seq DESC LIMIT ?4"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(
        params![interaction, after.at, after.seq, limit + 1],
        |row| {
            let seq: Seq = row.get(0)?;
            Ok((
                Place {
                    at: row.get(5)?,
                    seq,
                },
                (seq, message(row, id)?),
            ))
        },
    )?;
    let Page { items, next } = Page::cut(rows.collect::<Result<_, _>>()?, limit);
    let items = items
        .into_iter()
        .map(|(seq, message)| with_files(db, seq, message))
        .collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// The message of this row.
///
/// # Errors
/// When the database refuses.
pub fn get(db: &Connection, seq: Seq, interaction: &InteractionId) -> Result<Message, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM messages AS m WHERE m.seq = ?1");
    let message = db
        .prepare_cached(&sql)?
        .query_row([seq], |row| message(row, interaction))?;
    with_files(db, seq, message)
}

fn message(row: &Row<'_>, interaction: &InteractionId) -> rusqlite::Result<Message> {
    let has_html: bool = row.get(8)?;
    let remote_images = row.get(9)?;
    Ok(Message {
        id: parsed(row, 1)?,
        interaction_id: interaction.clone(),
        author: Participant {
            role: open(row, 2)?,
            display_name: row.get(3)?,
        },
        channel: open(row, 4)?,
        sent_at: moment(row, 5)?,
        text: row.get(6)?,
        lang: row.get(7)?,
        html: has_html.then_some(HtmlBody { remote_images }),
        attachments: Vec::new(),
    })
}

fn with_files(db: &Connection, seq: Seq, mut message: Message) -> Result<Message, StoreError> {
    message.attachments = attachments::of_message(db, seq)?;
    Ok(message)
}

/// The HTML form of a message: what its page is called, its language, its markup.
#[derive(Clone, Debug)]
pub struct Html {
    /// The subject of its interaction.
    pub title: String,
    /// BCP 47 tag.
    pub lang: Option<String>,
    /// The markup, made harmless.
    pub markup: String,
}

/// The HTML form of a message of this interaction; `None` when there is no such message or it has none.
///
/// # Errors
/// When the database refuses.
pub fn html(db: &Connection, interaction: Seq, id: &MessageId) -> Result<Option<Html>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT i.subject, m.lang, m.html FROM messages AS m JOIN interactions AS i ON i.seq = m.interaction_seq
              WHERE m.interaction_seq = ?1 AND m.id = ?2 AND m.html IS NOT NULL",
        )?
        .query_row((interaction, id.as_str()), |row| {
            Ok(Html { title: row.get(0)?, lang: row.get(1)?, markup: row.get(2)? })
        })
        .optional()?)
}

/// The channel that the thread was last on: its newest message's, or the one that it began on.
///
/// # Errors
/// When the database refuses.
pub fn last_channel(db: &Connection, interaction: Seq) -> Result<Channel, StoreError> {
    let sql = "SELECT coalesce(
            (SELECT channel FROM messages WHERE interaction_seq = ?1 ORDER BY sent_at DESC, seq DESC LIMIT 1),
            (SELECT channel FROM interactions WHERE seq = ?1))";
    Ok(db
        .prepare_cached(sql)?
        .query_row([interaction], |row| open(row, 0))?)
}

/// Writes a message. Where it goes on over another channel than the thread was on, that is noted too. Gives its row.
///
/// # Errors
/// When the database refuses.
pub fn insert(db: &Connection, interaction: Seq, draft: &Draft<'_>) -> Result<Seq, StoreError> {
    let before = last_channel(db, interaction)?;
    if before != *draft.channel {
        db.prepare_cached(
            "INSERT OR REPLACE INTO channel_changes (interaction_seq, at, from_channel, to_channel)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            interaction,
            draft.sent_at,
            before.as_str(),
            draft.channel.as_str(),
        ))?;
    }
    let id: MessageId = ids::fresh("msg", draft.sent_at);
    let seq = db
        .prepare_cached(
            "INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .insert(params![
            id.as_str(),
            interaction,
            draft.role.as_str(),
            draft.author,
            draft.channel.as_str(),
            draft.sent_at,
            draft.text,
        ])?;
    Ok(seq)
}
