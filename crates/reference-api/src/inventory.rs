//! What is held about a customer: by category, down to the records.

mod arms;
pub mod categories;
mod row;
#[cfg(test)]
mod tests;
pub mod words;

pub use categories::{Category, TABLES};
pub use words::Tongue;

use crate::config::Config;
use crate::consents::{InUse, Local, in_language};
use crate::rights::Flags;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Page, Place};
use crate::store::time::Moment;
use portal_contract::inventory::{
    HeldPlace, HeldSource, InventoryCategory, InventoryRecord, SeenAt,
};
use portal_contract::me::Origin;
use rusqlite::{Connection, params};

/// The numbers of a place in a list are its arm's above, and the row's within it below.
const INNER_BITS: u32 = 56;

/// In whose words what is held is told.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'r> {
    config: &'r Config,
    language: Option<&'r str>,
    usual: &'r [String],
    tongue: Tongue,
}

impl<'r> Reader<'r> {
    /// In the customer's language, as far as there are words in it.
    #[must_use]
    pub fn new(config: &'r Config, language: Option<&'r str>) -> Self {
        let usual = config.company.locales.as_slice();
        Self {
            config,
            language,
            usual,
            tongue: Tongue::of(language, usual),
        }
    }

    /// What something is called; a name without words is shown as it is.
    fn word(&self, name: &str) -> String {
        self.tongue.record(name).unwrap_or_else(|| name.to_owned())
    }

    fn of<'t, T>(&self, texts: &'t Local<T>) -> Result<(&'t str, &'t T), StoreError> {
        in_language(texts, self.language, self.usual)
            .ok_or_else(|| StoreError::Corrupt("something held has no words".to_owned()))
    }

    fn purpose(&self, id: &str) -> String {
        let purpose = self
            .config
            .purposes
            .all
            .iter()
            .find(|it| it.id.as_str() == id);
        let words = purpose.and_then(|it| in_language(&it.text, self.language, self.usual));
        words.map_or_else(|| id.to_owned(), |(_, words)| words.label.clone())
    }

    fn topic(&self, id: &str) -> String {
        let topic = self.config.catalogue.topic(id);
        topic.map_or_else(
            || self.word(id),
            |topic| topic.text.get(self.language).label.clone(),
        )
    }
}

/// Every category, in the order in which they are shown, with how much of it is held.
///
/// # Errors
/// When the database refuses.
pub fn all(
    db: &Connection,
    reader: &Reader<'_>,
    customer: &CustomerId,
    now: Moment,
) -> Result<Vec<InventoryCategory>, StoreError> {
    let flags = Flags::read(db, customer)?;
    let words = (reader.language, reader.usual);
    let in_use = InUse::read(db, &reader.config.purposes, words, customer, now)?;
    Category::ALL
        .into_iter()
        .map(|category| one(db, reader, customer, category, &flags, &in_use))
        .collect()
}

fn one(
    db: &Connection,
    reader: &Reader<'_>,
    customer: &CustomerId,
    category: Category,
    flags: &Flags,
    in_use: &InUse<'_>,
) -> Result<InventoryCategory, StoreError> {
    let counts = counted(db, customer, category)?;
    let words = reader.tongue.category(category);
    let moments = |of: fn(&Counted) -> Option<Moment>| counts.iter().filter_map(of);
    Ok(InventoryCategory {
        id: category.id(),
        label: words.label,
        description: words.description,
        lang: reader.tongue.tag().to_owned(),
        records: counts.iter().map(|it| it.records).sum(),
        earliest: moments(|it| it.earliest).min().map(Moment::to_timestamp),
        latest: moments(|it| it.latest).max().map(Moment::to_timestamp),
        sources: sources(&counts),
        purposes: [words.purposes, in_use.purposes(category.as_str())].concat(),
        retention: words.retention,
        recipients: in_use.recipients(category.as_str()),
        sensitive: false,
        seen_at: place_of(category).map(|place| SeenAt {
            place,
            id: None,
            part: None,
        }),
        rights: words.rights,
        in_force: flags.of_category(category),
    })
}

/// Where all of a category is to be seen.
const fn place_of(category: Category) -> Option<HeldPlace> {
    Some(match category {
        Category::Profile => HeldPlace::Profile,
        Category::ContactPoints => HeldPlace::ContactPoints,
        Category::Interactions | Category::Messages | Category::Attachments => {
            HeldPlace::Interaction
        }
        Category::Preferences => HeldPlace::Preferences,
        Category::Consents => HeldPlace::Consents,
        Category::Feedback => HeldPlace::Feedback,
        Category::Notices => HeldPlace::Notices,
        Category::DataRequests => HeldPlace::DataRequest,
        Category::Inferences | Category::SignIn => return None,
    })
}

/// How much of one origin an arm holds.
struct Counted {
    origin: Origin,
    records: u64,
    earliest: Option<Moment>,
    latest: Option<Moment>,
}

fn counted(
    db: &Connection,
    customer: &CustomerId,
    category: Category,
) -> Result<Vec<Counted>, StoreError> {
    let mut counts = Vec::new();
    for arm in arms::of(category) {
        let sql = format!(
            "SELECT origin, count(*), min(collected), max(collected) FROM ({arm}) GROUP BY origin"
        );
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map([customer], |row| {
            Ok(Counted {
                origin: Origin::from(row.get::<_, String>(0)?),
                records: row.get::<_, i64>(1)?.unsigned_abs(),
                earliest: row.get(2)?,
                latest: row.get(3)?,
            })
        })?;
        for row in rows {
            counts.push(row?);
        }
    }
    Ok(counts)
}

/// The largest part first.
fn sources(counts: &[Counted]) -> Vec<HeldSource> {
    let mut sources: Vec<HeldSource> = Vec::new();
    for count in counts {
        match sources.iter_mut().find(|it| it.origin == count.origin) {
            Some(known) => known.records += count.records,
            None => sources.push(HeldSource {
                origin: count.origin.clone(),
                name: None,
                records: count.records,
            }),
        }
    }
    sources.sort_by_key(|source| std::cmp::Reverse(source.records));
    sources
}

/// A page of the records of a category, the newest first.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn records(
    db: &Connection,
    reader: &Reader<'_>,
    (customer, category): (&CustomerId, Category),
    after: Option<Place>,
    limit: usize,
) -> Result<Page<InventoryRecord>, StoreError> {
    let mut rows = Vec::new();
    for (arm, sql) in arms::of(category).iter().enumerate() {
        let arm = i64::try_from(arm).expect("a category has a handful of arms");
        let (at, inner) = bound(after, arm);
        let sql = format!(
            "SELECT * FROM ({sql}) WHERE (at, inner) < (?2, ?3) ORDER BY at DESC, inner DESC LIMIT ?4"
        );
        let mut statement = db.prepare_cached(&sql)?;
        let limit = i64::try_from(limit + 1).expect("a page is no longer than a hundred");
        let found = statement.query_map(params![customer, at, inner, limit], row::read)?;
        for row in found {
            let row = row?;
            let place = Place {
                at: row.at,
                seq: (arm << INNER_BITS) + row.inner,
            };
            rows.push((place, row));
        }
    }
    rows.sort_by_key(|(row, _)| std::cmp::Reverse((row.at, row.seq)));
    rows.truncate(limit + 1);
    let flags = Flags::read(db, customer)?;
    let records = rows
        .into_iter()
        .map(|(place, row)| Ok((place, row::record(reader, row, &flags)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Page::cut(records, limit))
}

/// Rows of an arm that come after a place: those of a later arm with its moment came before, those of an earlier one come after.
fn bound(after: Option<Place>, arm: i64) -> (i64, i64) {
    let Some(place) = after else {
        return (i64::MAX, i64::MAX);
    };
    // An inner number below zero borrows from the arm above it.
    let half = 1 << (INNER_BITS - 1);
    let of = (place.seq + half) >> INNER_BITS;
    let inner = match arm.cmp(&of) {
        std::cmp::Ordering::Less => i64::MAX,
        std::cmp::Ordering::Equal => place.seq - (of << INNER_BITS),
        std::cmp::Ordering::Greater => i64::MIN,
    };
    (place.at.millis(), inner)
}
