//! Finding interactions by words.
//!
//! An interaction is found when every word of the query stands somewhere in it: in its subject, its reference or any of its
//! messages. Case and accents do not matter; the last word may be a beginning, as it is while somebody types. Scripts without
//! spaces between words are found by pairs of their characters; signs and emoji are looked for letter by letter.
//!
//! The index is asked first. Where a term stands in more texts than are worth gathering ("a"), it is looked for in the texts of the
//! interactions that the list meets, until a page is full: it is common, so that is soon.

mod excerpt;
mod pairs;
mod similar;
mod texts;
mod words;

#[cfg(test)]
mod tests;

pub use excerpt::excerpt;
pub(in crate::store) use pairs::pairs_of;
pub use similar::similar;
pub use words::Query;

use super::StoreError;
use super::customers::CustomerId;
use super::interactions::Seq;
use rusqlite::Connection;
use words::Word;

/// Rows of the index are numbered `interaction << BITS | position`; see the migration.
const BITS: u32 = 20;

/// A term that stands in more texts of the customer than this is common.
const COMMON: usize = 20_000;

/// So many texts are read for the sake of common terms. When a page is not full by then, they are gathered after all.
const READ: usize = 3_000;

/// So many rows that the index found by pairs are looked at again, whether the whole of what was typed stands there. Where there are
/// more, it does nearly everywhere.
const DOUBTED: usize = 1_000;

/// Interactions that a search found, each with a place where.
#[derive(Clone, Debug, Default)]
pub struct Hits(Vec<Hit>);

/// An interaction that a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which one.
    pub interaction: Seq,
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

/// What a search found.
#[derive(Debug)]
pub struct Found {
    /// Where all terms stand that were gathered; absent when all of them are common.
    gathered: Option<Hits>,
    common: Vec<Term>,
}

#[derive(Clone, Debug)]
enum Term {
    Word(Word),
    Literal(String),
}

/// What a look at one interaction says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is one of those that were searched for.
    Hit(Hit),
    /// It is none.
    Miss,
    /// Too much was read: [`gather`] everything.
    Enough,
}

impl Found {
    /// Those that were gathered, among which all others are; absent when nothing was.
    #[must_use]
    pub fn gathered(&self) -> Option<&Hits> {
        self.gathered.as_ref()
    }

    /// Whether this interaction was found, and where. Adds to `read` how many texts were read for it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn look(
        &self,
        db: &Connection,
        interaction: Seq,
        read: &mut usize,
    ) -> Result<Look, StoreError> {
        let mut position = match &self.gathered {
            None => 0,
            Some(hits) => match hits.position(interaction) {
                Some(position) => position,
                None => return Ok(Look::Miss),
            },
        };
        for term in &self.common {
            if *read >= READ {
                return Ok(Look::Enough);
            }
            match texts::position(db, interaction, term, read)? {
                Some(other) => position = position.max(other),
                None => return Ok(Look::Miss),
            }
        }
        Ok(Look::Hit(Hit {
            interaction,
            position,
        }))
    }
}

/// The customer's interactions in which every word of the query stands.
///
/// # Errors
/// When the database refuses.
pub fn find(db: &Connection, customer: &CustomerId, query: &Query) -> Result<Found, StoreError> {
    search(db, customer, query, COMMON)
}

/// Like [`find`], with no term taken for common.
///
/// # Errors
/// When the database refuses.
pub fn gather(db: &Connection, customer: &CustomerId, query: &Query) -> Result<Found, StoreError> {
    search(db, customer, query, usize::MAX)
}

fn search(
    db: &Connection,
    customer: &CustomerId,
    query: &Query,
    most: usize,
) -> Result<Found, StoreError> {
    let mut found = Found {
        gathered: None,
        common: Vec::new(),
    };
    let words = query.words().iter().cloned().map(Term::Word);
    let literals = query.literals().iter().cloned().map(Term::Literal);
    for term in words.chain(literals) {
        let Some(hits) = with(db, customer, &term, most)? else {
            found.common.push(term);
            continue;
        };
        let both = match found.gathered.take() {
            Some(before) => before.and(&hits),
            None => hits,
        };
        if both.is_empty() {
            found.common.clear();
        }
        let is_over = both.is_empty();
        found.gathered = Some(both);
        if is_over {
            break;
        }
    }
    if found.common.is_empty() {
        // A query of nothing finds nothing.
        found.gathered.get_or_insert_default();
    }
    Ok(found)
}

/// Where a term stands; nothing when it stands in more than `most` texts.
fn with(
    db: &Connection,
    customer: &CustomerId,
    term: &Term,
    most: usize,
) -> Result<Option<Hits>, StoreError> {
    match term {
        // Quoted, so that nothing a person types is syntax.
        Term::Word(word) => {
            let star = if word.is_beginning { " *" } else { "" };
            let wanted = format!("text : \"{}\"{star}", word.text);
            by_index(db, customer, &[wanted], most)
        }
        Term::Literal(literal) => {
            let terms = pairs::terms(literal);
            if terms.is_empty() {
                return by_reading(db, customer, literal).map(Some);
            }
            let hits = by_index(db, customer, &terms, most)?;
            hits.map(|hits| with_all_of(db, hits, literal)).transpose()
        }
    }
}

fn by_index(
    db: &Connection,
    customer: &CustomerId,
    wanted: &[String],
    most: usize,
) -> Result<Option<Hits>, StoreError> {
    let owner = crate::secrets::hex(customer.as_str().as_bytes());
    let expression = format!("owner : \"{owner}\" AND {}", wanted.join(" AND "));
    let mut statement =
        db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid")?;
    let mut rows = statement.query([expression])?;
    let (mut hits, mut count) = (Hits::default(), 0);
    while let Some(row) = rows.next()? {
        count += 1;
        if count > most {
            return Ok(None);
        }
        let number: i64 = row.get(0)?;
        hits.push(number >> BITS, number & ((1 << BITS) - 1));
    }
    Ok(Some(hits))
}

/// Those in which not only the pairs stand, but the whole.
fn with_all_of(db: &Connection, hits: Hits, literal: &str) -> Result<Hits, StoreError> {
    if pairs::are_enough(literal) || hits.len() > DOUBTED {
        return Ok(hits);
    }
    let mut sure = Hits::default();
    for hit in hits.0 {
        // An older message may hold what the newest with its pairs does not.
        let mut read = 0;
        let whole = Term::Literal(literal.to_owned());
        let position = if texts::stands_at(db, hit.interaction, hit.position, literal)? {
            Some(hit.position)
        } else {
            texts::position(db, hit.interaction, &whole, &mut read)?
        };
        if let Some(position) = position {
            sure.push(hit.interaction, position);
        }
    }
    Ok(sure)
}

/// By reading the customer's texts: signs and emoji stand in no index.
fn by_reading(db: &Connection, customer: &CustomerId, text: &str) -> Result<Hits, StoreError> {
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
