//! Finding interactions by words.
//!
//! An interaction is found when every word of the query stands somewhere in it: in its subject, its reference or any of its
//! messages. Case and accents do not matter; the last word may be a beginning, as it is while somebody types. What the word index
//! cannot find (scripts without spaces between words, signs, emoji) is looked for letter by letter.

mod excerpt;
mod words;

#[cfg(test)]
mod tests;

pub use excerpt::excerpt;
pub use words::Query;

use super::StoreError;
use super::customers::CustomerId;
use super::interactions::Seq;
use rusqlite::Connection;
use words::Word;

/// Rows of the index are numbered `interaction << BITS | position`; see the migration.
const BITS: u32 = 20;

/// Interactions that a search found, each with a place where.
#[derive(Clone, Debug, Default)]
pub struct Hits(Vec<Hit>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hit {
    interaction: Seq,
    /// The newest message that holds it; 0 for the subject and the reference.
    position: i64,
}

impl Hits {
    /// How many interactions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this one was found.
    #[must_use]
    pub fn contains(&self, interaction: Seq) -> bool {
        self.position(interaction).is_some()
    }

    /// The rows' numbers as a JSON list, for `json_each`.
    pub(super) fn to_json(&self) -> String {
        let numbers: Vec<String> = self
            .0
            .iter()
            .map(|hit| hit.interaction.to_string())
            .collect();
        format!("[{}]", numbers.join(","))
    }

    fn position(&self, interaction: Seq) -> Option<i64> {
        let at = self
            .0
            .binary_search_by_key(&interaction, |hit| hit.interaction)
            .ok()?;
        Some(self.0[at].position)
    }

    /// Those that are in both. The newer place is kept: it says more than the subject, which is shown anyway.
    fn and(self, other: &Self) -> Self {
        let mut theirs = other.0.iter().peekable();
        let both = self.0.into_iter().filter_map(|hit| {
            while theirs
                .next_if(|their| their.interaction < hit.interaction)
                .is_some()
            {}
            let their = theirs
                .peek()
                .filter(|their| their.interaction == hit.interaction)?;
            Some(Hit {
                position: hit.position.max(their.position),
                ..hit
            })
        });
        Self(both.collect())
    }

    /// Takes rows of the index in their order.
    fn push(&mut self, interaction: Seq, position: i64) {
        match self.0.last_mut() {
            Some(last) if last.interaction == interaction => {
                last.position = last.position.max(position)
            }
            _ => self.0.push(Hit {
                interaction,
                position,
            }),
        }
    }
}

/// The customer's interactions in which every word of the query stands.
///
/// # Errors
/// When the database refuses.
pub fn find(db: &Connection, customer: &CustomerId, query: &Query) -> Result<Hits, StoreError> {
    let mut found: Option<Hits> = None;
    let words = query.words().iter().map(Term::Word);
    for term in words.chain(query.literals().iter().map(|text| Term::Literal(text))) {
        let hits = match term {
            Term::Word(word) => with_word(db, customer, word)?,
            Term::Literal(text) => with_literal(db, customer, text)?,
        };
        let both = match found {
            Some(before) => before.and(&hits),
            None => hits,
        };
        if both.is_empty() {
            return Ok(both);
        }
        found = Some(both);
    }
    Ok(found.unwrap_or_default())
}

enum Term<'q> {
    Word(&'q Word),
    Literal(&'q str),
}

/// By the index. The word is quoted, so that nothing a person types is syntax.
fn with_word(db: &Connection, customer: &CustomerId, word: &Word) -> Result<Hits, StoreError> {
    let star = if word.is_beginning { " *" } else { "" };
    let owner = crate::secrets::hex(customer.as_str().as_bytes());
    let expression = format!("owner : \"{owner}\" AND text : \"{}\"{star}", word.text);
    let mut statement =
        db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid")?;
    let mut rows = statement.query([expression])?;
    let mut hits = Hits::default();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        hits.push(number >> BITS, number & ((1 << BITS) - 1));
    }
    Ok(hits)
}

/// By reading the customer's texts.
fn with_literal(db: &Connection, customer: &CustomerId, text: &str) -> Result<Hits, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, 0 AS position FROM interactions
          WHERE customer_id = ?1 AND (instr(subject, ?2) OR instr(reference, ?2))
         UNION ALL
         SELECT i.seq, m.position FROM interactions AS i CROSS JOIN messages AS m ON m.interaction_seq = i.seq
          WHERE i.customer_id = ?1 AND instr(m.text, ?2)
          ORDER BY 1, 2",
    )?;
    let mut rows = statement.query((customer, text))?;
    let mut hits = Hits::default();
    while let Some(row) = rows.next()? {
        hits.push(row.get(0)?, row.get(1)?);
    }
    Ok(hits)
}
