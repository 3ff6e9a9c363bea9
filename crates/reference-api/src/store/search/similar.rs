//! Open matters of a customer that sound like one that they are about to begin.
//!
//! The search index says where the words stand, so that a matter of last year is found like one of yesterday. A word weighs the more
//! the fewer of the open matters have it, so that what stands in all of them ("Hello", the company's name) says nothing.

use super::words::{fold, is_written_without_spaces, tokens};
use super::{BITS, COMMON};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Seq, situation};
use crate::store::time::Moment;
use portal_contract::TopicId;
use portal_contract::interaction::Action;
use rusqlite::{Connection, params};
use std::collections::{BTreeSet, HashMap};

/// The most that are offered.
const MOST: usize = 5;

/// So many matters that are alike are asked whether they take a reply.
const ASKED: usize = 50;

/// In so many messages of each is looked, the first ones: there it stands what a matter is about.
const MESSAGES: i64 = 3;

/// Shorter words say nothing in most languages; and a word is no beginning of another that is shorter than one more.
const SHORTEST: usize = 3;

/// Nobody's word is longer; what is typed without a space is cut here.
const LONGEST: usize = 40;

/// So many words of what was typed are looked for.
const MOST_WORDS: usize = 24;

/// What is alike has at least this share of the weight of the words that were typed; less where the topic is the same.
const ALIKE: f64 = 0.3;
const ALIKE_WITH_TOPIC: f64 = 0.05;

/// An open matter, and which of the words that were typed it has, by their places.
#[derive(Debug, Default)]
struct Matter {
    seq: Seq,
    updated_at: i64,
    same_topic: bool,
    has: Vec<usize>,
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
    let mut found = Vec::new();
    for seq in alike(db, customer, subject, topic)?.into_iter().take(ASKED) {
        let replies = situation(db, seq)?
            .allowed_actions(now)
            .contains(&Action::Reply);
        if replies {
            found.push(seq);
        }
        if found.len() == MOST {
            break;
        }
    }
    Ok(found)
}

/// The same, whether they take a reply or not.
fn alike(
    db: &Connection,
    customer: &CustomerId,
    subject: &str,
    topic: Option<&TopicId>,
) -> Result<Vec<Seq>, StoreError> {
    let words = words_of(subject);
    if words.is_empty() {
        return match topic {
            Some(topic) => of_topic(db, customer, topic),
            None => Ok(Vec::new()),
        };
    }
    let mut standing = HashMap::<Seq, Vec<usize>>::new();
    let mut looked_for = 0;
    for word in &words {
        // What stands in this many texts says nothing of any.
        let Some(places) = places(db, customer, word)? else {
            continue;
        };
        for seq in places {
            standing.entry(seq).or_default().push(looked_for);
        }
        looked_for += 1;
    }
    let (all, matters) = open(db, customer, topic, standing)?;
    Ok(ranked(looked_for, all, matters))
}

/// Those that are alike, the likeliest first; of the same likeness the newest. `all` open matters are there, `words` were looked for.
fn ranked(words: usize, all: usize, mut matters: Vec<Matter>) -> Vec<Seq> {
    let weight = |word: usize| {
        let having = matters.iter().filter(|it| it.has.contains(&word)).count();
        #[expect(clippy::cast_precision_loss, reason = "numbers of matters are small")]
        let (all, having) = (all as f64, having as f64);
        (1.0 + (all + 1.0) / (having + 1.0)).ln()
    };
    let weights: Vec<f64> = (0..words).map(weight).collect();
    let whole: f64 = weights.iter().sum();
    matters.sort_by_key(|matter| std::cmp::Reverse((matter.updated_at, matter.seq)));
    let mut scored: Vec<(f64, Seq)> = matters
        .iter()
        .filter_map(|matter| {
            let share = matter.has.iter().map(|word| weights[*word]).sum::<f64>() / whole;
            let (bound, bonus) = if matter.same_topic {
                (ALIKE_WITH_TOPIC, 0.25)
            } else {
                (ALIKE, 0.0)
            };
            (share >= bound).then_some((share + bonus, matter.seq))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().map(|(_, seq)| seq).collect()
}

/// Without words the topic alone is what there is to go by: the newest of it.
fn of_topic(
    db: &Connection,
    customer: &CustomerId,
    topic: &TopicId,
) -> Result<Vec<Seq>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq FROM interactions
          WHERE customer_id = ?1 AND topic_id = ?2 AND status NOT IN ('resolved', 'closed', 'cancelled')
          ORDER BY updated_at DESC, seq DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![customer, topic.as_str(), ASKED], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many matters are open, and those among them in which words stand.
fn open(
    db: &Connection,
    customer: &CustomerId,
    topic: Option<&TopicId>,
    mut standing: HashMap<Seq, Vec<usize>>,
) -> Result<(usize, Vec<Matter>), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, updated_at, topic_id IS ?2 AND ?2 IS NOT NULL FROM interactions
          WHERE customer_id = ?1 AND status NOT IN ('resolved', 'closed', 'cancelled')",
    )?;
    let mut rows = statement.query(params![customer, topic.map(TopicId::as_str)])?;
    let (mut all, mut matters) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        all += 1;
        let seq = row.get(0)?;
        if let Some(has) = standing.remove(&seq) {
            matters.push(Matter {
                seq,
                updated_at: row.get(1)?,
                same_topic: row.get(2)?,
                has,
            });
        }
    }
    Ok((all, matters))
}

/// The interactions in whose subject or first messages a word stands, as the index says; nothing when it stands in too many texts.
fn places(
    db: &Connection,
    customer: &CustomerId,
    word: &str,
) -> Result<Option<BTreeSet<Seq>>, StoreError> {
    let owner = crate::secrets::hex(customer.as_str().as_bytes());
    let expression = format!("owner : \"{owner}\" AND {}", wanted(word));
    let mut statement = db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1")?;
    let mut rows = statement.query([expression])?;
    let (mut found, mut count) = (BTreeSet::new(), 0);
    while let Some(row) = rows.next()? {
        count += 1;
        if count > COMMON {
            return Ok(None);
        }
        let number: i64 = row.get(0)?;
        if number & ((1 << BITS) - 1) <= MESSAGES {
            found.insert(number >> BITS);
        }
    }
    Ok(Some(found))
}

/// What the index is asked for: the word, longer ones that begin with it, and shorter ones that it begins with, because languages add
/// endings to words. Words are letters and digits alone, so nothing of them is syntax.
fn wanted(word: &str) -> String {
    if word.chars().any(is_written_without_spaces) {
        return format!("pairs : \"{word}\"");
    }
    let ends = word.char_indices().skip(SHORTEST + 1).map(|(at, _)| at);
    let shorter = ends.map(|at| format!("\"{}\"", &word[..at]));
    let longer = if word.chars().count() > SHORTEST {
        format!("\"{word}\" *")
    } else {
        format!("\"{word}\"")
    };
    let all: Vec<String> = std::iter::once(longer).chain(shorter).collect();
    format!("text : ({})", all.join(" OR "))
}

/// The words of a text as the search has them; scripts without spaces between words by pairs of their characters.
fn words_of(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for token in tokens(text) {
        if token.text.chars().any(is_written_without_spaces) {
            let characters: Vec<char> = token.text.chars().collect();
            let pairs = characters.windows(2);
            words.extend(pairs.map(|pair| pair.iter().collect::<String>()));
        } else {
            let word: String = fold(token.text).chars().take(LONGEST).collect();
            if word.chars().count() >= SHORTEST {
                words.insert(word);
            }
        }
        if words.len() >= MOST_WORDS {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests;
