//! Looking for words in the texts themselves.

use super::words::{Word, fold, tokens};
use super::{StoreError, Term};
use crate::store::interactions::Seq;
use rusqlite::Connection;

/// The newest message of an interaction in which the term stands; 0 for its subject or reference. Counts into `read` the texts
/// that it reads.
pub(super) fn position(
    db: &Connection,
    interaction: Seq,
    term: &Term,
    read: &mut usize,
) -> Result<Option<i64>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT position, text FROM messages WHERE interaction_seq = ?1 AND position IS NOT NULL
          ORDER BY position DESC",
    )?;
    let mut rows = statement.query([interaction])?;
    while let Some(row) = rows.next()? {
        *read += 1;
        if stands_in(row.get_ref(1)?.as_str().unwrap_or(""), term) {
            return Ok(Some(row.get(0)?));
        }
    }
    *read += 1;
    let heading = "SELECT subject, reference FROM interactions WHERE seq = ?1";
    let found = db
        .prepare_cached(heading)?
        .query_row([interaction], |row| {
            let part = |at| Ok::<_, rusqlite::Error>(row.get_ref(at)?.as_str().unwrap_or(""));
            Ok(stands_in(part(0)?, term) || stands_in(part(1)?, term))
        })?;
    Ok(found.then_some(0))
}

/// Whether the term stands in this row of the index, for terms of which the index says only that they may.
pub(super) fn stands_at(
    db: &Connection,
    interaction: Seq,
    position: i64,
    literal: &str,
) -> Result<bool, StoreError> {
    let sql = if position == 0 {
        "SELECT instr(subject, ?3) OR instr(reference, ?3) FROM interactions WHERE seq = ?1 AND ?2 = 0"
    } else {
        "SELECT instr(text, ?3) FROM messages WHERE interaction_seq = ?1 AND position = ?2"
    };
    Ok(db
        .prepare_cached(sql)?
        .query_row((interaction, position, literal), |row| row.get(0))?)
}

fn stands_in(text: &str, term: &Term) -> bool {
    match term {
        Term::Literal(literal) => text.contains(literal.as_str()),
        Term::Word(word) => tokens(text).any(|token| is_word(token.text, word)),
    }
}

fn is_word(token: &str, word: &Word) -> bool {
    if token.is_ascii() {
        let start = token.as_bytes().get(..word.text.len());
        return (word.is_beginning || token.len() == word.text.len())
            && start.is_some_and(|start| start.eq_ignore_ascii_case(word.text.as_bytes()));
    }
    let folded = fold(token);
    if word.is_beginning {
        folded.starts_with(&word.text)
    } else {
        folded == word.text
    }
}
