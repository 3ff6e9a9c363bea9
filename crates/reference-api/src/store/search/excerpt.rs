//! The place where a search found something, with what stands around it.

use super::words::{Query, fold, tokens};
use super::{Hit, StoreError};
use crate::store::interactions::Seq;
use portal_contract::interaction::Excerpt;
use rusqlite::{Connection, OptionalExtension};

/// Characters shown before and after what was found.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// Where the search found this interaction.
///
/// # Errors
/// When the database refuses.
pub fn excerpt(db: &Connection, hit: Hit, query: &Query) -> Result<Option<Excerpt>, StoreError> {
    let texts = if hit.position == 0 {
        heading(db, hit.interaction)?
    } else {
        message(db, hit.interaction, hit.position)?
    };
    Ok(texts.iter().find_map(|text| around(text, query)))
}

fn heading(db: &Connection, interaction: Seq) -> Result<Vec<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT subject, reference FROM interactions WHERE seq = ?1")?
        .query_row([interaction], |row| Ok(vec![row.get(0)?, row.get(1)?]))?)
}

fn message(db: &Connection, interaction: Seq, position: i64) -> Result<Vec<String>, StoreError> {
    let text = db
        .prepare_cached("SELECT text FROM messages WHERE interaction_seq = ?1 AND position = ?2")?
        .query_row((interaction, position), |row| row.get(0))
        .optional()?;
    Ok(text.into_iter().collect())
}

/// The first place of the text that holds any word of the query.
pub(super) fn around(text: &str, query: &Query) -> Option<Excerpt> {
    let (start, length) = by_literal(text, query).or_else(|| by_word(text, query))?;
    let (before, rest) = text.split_at(start);
    let (hit, after) = rest.split_at(length);
    Some(Excerpt {
        before: last_of(before),
        hit: hit.to_owned(),
        after: first_of(after),
    })
}

fn by_literal(text: &str, query: &Query) -> Option<(usize, usize)> {
    query
        .literals()
        .iter()
        .find_map(|literal| Some((text.find(literal.as_str())?, literal.len())))
}

fn by_word(text: &str, query: &Query) -> Option<(usize, usize)> {
    tokens(text).find_map(|token| {
        let folded = fold(token.text);
        query
            .words()
            .iter()
            .any(|word| {
                if word.is_beginning {
                    folded.starts_with(&word.text)
                } else {
                    folded == word.text
                }
            })
            .then_some((token.start, token.text.len()))
    })
}

/// The end of what stands before, from the beginning of a word; "…" says that there was more.
fn last_of(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(BEFORE) else {
        return in_one_line(text.trim_start());
    };
    let tail = &text[cut..];
    // The first word is a part of one, unless nothing but it is there.
    let tail = tail
        .split_once(char::is_whitespace)
        .map_or(tail, |(_, words)| words);
    format!("…{}", in_one_line(tail))
}

/// The beginning of what stands after, to the end of a word.
fn first_of(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(AFTER) else {
        return in_one_line(text.trim_end());
    };
    let head = &text[..cut];
    let head = head
        .rsplit_once(char::is_whitespace)
        .map_or(head, |(words, _)| words);
    format!("{}…", in_one_line(head))
}

/// An excerpt is one line of a list: lines and paragraphs run together.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut in_space = false;
    for character in text.chars() {
        if !character.is_whitespace() {
            line.push(character);
        } else if !in_space {
            line.push(' ');
        }
        in_space = character.is_whitespace();
    }
    line
}
