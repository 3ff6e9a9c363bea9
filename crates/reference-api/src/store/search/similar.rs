//! Open matters of a customer that sound like one that they are about to begin.
//!
//! Only what is open is looked at, and of that the newest: a customer has a handful, and the texts themselves are read. A word weighs
//! the more the fewer of the matters have it, so that what stands in all of them ("Hello", the company's name) says nothing.

use super::words::{fold, is_written_without_spaces, tokens};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Seq, situation};
use crate::store::time::Moment;
use portal_contract::TopicId;
use portal_contract::interaction::Action;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// The most that are offered.
const MOST: usize = 5;

/// So many open matters are looked at, the newest first.
const LOOKED_AT: i64 = 100;

/// So many messages of each are read, the first ones: there it stands what a matter is about.
const MESSAGES: i64 = 3;

/// So much of a message is read, in characters.
const CHARACTERS: i64 = 2_000;

/// Shorter words say nothing in most languages.
const SHORTEST: usize = 3;

/// What is alike has at least this share of the weight of the words that were typed; less where the topic is the same.
const ALIKE: f64 = 0.3;
const ALIKE_WITH_TOPIC: f64 = 0.05;

/// An open matter, and the words in it.
struct Matter {
    seq: Seq,
    same_topic: bool,
    words: BTreeSet<String>,
}

/// The customer's open interactions that are about the same matter as it seems, and take a reply; the likeliest first.
///
/// # Errors
/// When the database refuses.
pub fn similar(
    db: &Connection,
    customer: &CustomerId,
    subject: &str,
    topic: Option<&TopicId>,
    now: Moment,
) -> Result<Vec<Seq>, StoreError> {
    let typed = words_of(subject);
    if typed.is_empty() && topic.is_none() {
        return Ok(Vec::new());
    }
    let open = open_matters(db, customer, topic)?;
    let mut found = Vec::new();
    for (score, seq) in ranked(&typed, &open) {
        let replies = situation(db, seq)?
            .allowed_actions(now)
            .contains(&Action::Reply);
        if replies {
            found.push((score, seq));
        }
        if found.len() == MOST {
            break;
        }
    }
    Ok(found.into_iter().map(|(_, seq)| seq).collect())
}

/// Those that are alike, the likeliest first; of the same likeness the newest, as they come.
fn ranked(typed: &BTreeSet<String>, open: &[Matter]) -> Vec<(f64, Seq)> {
    let weight = |word: &String| {
        let having = open.iter().filter(|matter| has(matter, word)).count();
        #[expect(clippy::cast_precision_loss, reason = "a hundred matters at most")]
        let (all, having) = (open.len() as f64, having as f64);
        (1.0 + (all + 1.0) / (having + 1.0)).ln()
    };
    let weights: Vec<(&String, f64)> = typed.iter().map(|word| (word, weight(word))).collect();
    let whole: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let mut scored: Vec<(f64, Seq)> = open
        .iter()
        .filter_map(|matter| {
            let shared: f64 = weights
                .iter()
                .filter(|(word, _)| has(matter, word))
                .map(|(_, weight)| weight)
                .sum();
            let share = if whole > 0.0 { shared / whole } else { 0.0 };
            let bound = match (matter.same_topic, typed.is_empty()) {
                (true, true) => 0.0,
                (true, false) => ALIKE_WITH_TOPIC,
                (false, _) => ALIKE,
            };
            let score = share + if matter.same_topic { 0.25 } else { 0.0 };
            (share >= bound).then_some((score, matter.seq))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored
}

/// Whether the word stands there, also as the beginning of a longer one, and the other way round: languages add endings to words.
fn has(matter: &Matter, word: &str) -> bool {
    matter.words.contains(word)
        || matter.words.iter().any(|known| {
            let (short, long) = if known.len() < word.len() {
                (known.as_str(), word)
            } else {
                (word, known.as_str())
            };
            short.chars().count() > SHORTEST && long.starts_with(short)
        })
}

fn open_matters(
    db: &Connection,
    customer: &CustomerId,
    topic: Option<&TopicId>,
) -> Result<Vec<Matter>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT i.seq, i.topic_id IS ?2 AND ?2 IS NOT NULL, i.subject,
                (SELECT group_concat(substr(text, 1, ?4), char(10))
                   FROM (SELECT text FROM messages WHERE interaction_seq = i.seq AND position <= ?5))
           FROM interactions AS i
          WHERE i.customer_id = ?1 AND i.status NOT IN ('resolved', 'closed', 'cancelled')
          ORDER BY i.updated_at DESC, i.seq DESC LIMIT ?3",
    )?;
    let topic = topic.map(TopicId::as_str);
    let rows = statement.query_map(
        params![customer, topic, LOOKED_AT, CHARACTERS, MESSAGES],
        |row| {
            let (subject, text): (String, Option<String>) = (row.get(2)?, row.get(3)?);
            let mut words = words_of(&subject);
            words.extend(words_of(&text.unwrap_or_default()));
            Ok(Matter {
                seq: row.get(0)?,
                same_topic: row.get(1)?,
                words,
            })
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The words of a text as the search has them; scripts without spaces between words by pairs of their characters.
fn words_of(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for token in tokens(text) {
        if token.text.chars().any(is_written_without_spaces) {
            let characters: Vec<char> = token.text.chars().collect();
            words.extend(
                characters
                    .windows(2)
                    .map(|pair| pair.iter().collect::<String>()),
            );
        } else {
            let word = fold(token.text);
            if word.chars().count() >= SHORTEST {
                words.insert(word);
            }
        }
    }
    words
}

#[cfg(test)]
mod tests;
