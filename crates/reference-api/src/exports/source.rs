//! Where records come from: a query in parts, read in pages.

use super::extent::Extent;
use super::row::{self, Row};
use crate::store::{Store, StoreError};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, ToSql};
use std::cmp::Ordering;
use std::collections::VecDeque;

/// How many records are read at a time. Between two pages others can write, and the write-ahead log can be taken back.
const PAGE: usize = 200;

/// A query, in parts.
pub struct Source {
    /// What is selected. A name ends with its kind where SQLite does not know it: `:moment`, `:bool`, `:json`. One that begins with `_` is
    /// for this program alone.
    pub columns: &'static str,
    /// From where.
    pub from: &'static str,
    /// Whose it is: with `:customer`, or with `:interaction` where it is something within an interaction.
    pub owner: &'static str,
    /// What the pages go by, always upwards; `Order` says for what else.
    pub order: Order,
    /// The moment by which a span of time is chosen.
    pub at: Option<&'static str>,
    /// The id of the interaction that it is about, for a copy of single interactions; a set without one is not part of such a copy.
    pub about: Option<&'static str>,
}

/// In which order records are read.
pub enum Order {
    /// By this expression, upwards.
    By(&'static str),
    /// Interactions, the newest first.
    Newest,
    /// By this expression within each interaction of the customer, these in their own order.
    Within(&'static str),
}

/// The interactions themselves, as numbers.
pub const INTERACTIONS: Source = Source {
    columns: "i.id",
    from: "interactions AS i",
    owner: "i.customer_id = :customer",
    order: Order::Newest,
    at: Some("i.started_at"),
    about: Some("i.id"),
};

/// Where a record stands: of an interaction or of what is in one, when that began and its number; then the record's own key.
#[derive(Clone, Debug)]
pub struct Place {
    at: i64,
    seq: i64,
    key: Sql,
}

/// Reads the records of a source one after the other; a page of them is in memory.
pub struct Reader<'a> {
    store: &'a Store,
    extent: &'a Extent,
    sql: String,
    after: Place,
    page: VecDeque<(Row, Place)>,
    is_last: bool,
}

impl<'a> Reader<'a> {
    /// From the first record on.
    pub fn of(source: &Source, store: &'a Store, extent: &'a Extent) -> Self {
        Self {
            store,
            extent,
            sql: source.sql(extent),
            after: Place {
                at: i64::MAX,
                seq: i64::MAX,
                // Below every number; text and bytes come after all numbers.
                key: Sql::Integer(-1),
            },
            page: VecDeque::new(),
            is_last: false,
        }
    }

    /// The next record and where it stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn next(&mut self) -> Result<Option<(Row, Place)>, StoreError> {
        self.fill()?;
        Ok(self.page.pop_front())
    }

    /// The next record of this interaction; none once there is no further one. Readers that go through the interactions in the same order
    /// go side by side.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn next_of(&mut self, interaction: &Place) -> Result<Option<Row>, StoreError> {
        loop {
            self.fill()?;
            let Some((_, place)) = self.page.front() else {
                return Ok(None);
            };
            match (place.at, place.seq).cmp(&(interaction.at, interaction.seq)) {
                Ordering::Equal => return Ok(self.page.pop_front().map(|(row, _)| row)),
                Ordering::Less => return Ok(None),
                // Of an interaction that came between two pages.
                Ordering::Greater => drop(self.page.pop_front()),
            }
        }
    }

    fn fill(&mut self) -> Result<(), StoreError> {
        if !self.page.is_empty() || self.is_last {
            return Ok(());
        }
        let page = self.store.read_blocking(|db| self.read(db))?;
        self.is_last = page.len() < PAGE;
        if let Some((_, place)) = page.back() {
            self.after = place.clone();
        }
        self.page = page;
        Ok(())
    }

    fn read(&self, db: &Connection) -> Result<VecDeque<(Row, Place)>, StoreError> {
        let mut statement = db.prepare_cached(&self.sql)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        // The last three are the place.
        let columns = names.len() - 3;
        let most = i64::try_from(PAGE).expect("a page is small");
        let own: [(&str, &dyn ToSql); 4] = [
            (":at", &self.after.at),
            (":seq", &self.after.seq),
            (":key", &self.after.key),
            (":most", &most),
        ];
        let mut page = VecDeque::with_capacity(PAGE);
        let mut rows = statement.query(&*self.extent.given(&self.sql, &own))?;
        while let Some(row) = rows.next()? {
            let place = Place {
                at: row.get(columns)?,
                seq: row.get(columns + 1)?,
                key: row.get(columns + 2)?,
            };
            page.push_back((row::read(row, &names[..columns])?, place));
        }
        Ok(page)
    }
}

impl Source {
    /// How many records there are.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count(&self, db: &Connection, extent: &Extent) -> Result<u64, StoreError> {
        let (from, owner, chosen) = (self.from, self.owner, self.chosen(extent));
        let sql = match self.order {
            Order::By(_) | Order::Newest => {
                format!("SELECT count(*) FROM {from} WHERE {owner}{chosen}")
            }
            Order::Within(_) => {
                let mine = INTERACTIONS.chosen(extent);
                let owner = owner.replace(":interaction", "i.seq");
                format!(
                    "SELECT count(*) FROM interactions AS i CROSS JOIN {from}
                      WHERE i.customer_id = :customer AND {owner}{mine}"
                )
            }
        };
        let mut statement = db.prepare_cached(&sql)?;
        Ok(statement.query_row(&*extent.given(&sql, &[]), |row| row.get(0))?)
    }

    /// The query without any condition, for the names of its columns.
    pub fn plain(&self) -> String {
        format!("SELECT {} FROM {}", self.columns, self.from)
    }

    fn sql(&self, extent: &Extent) -> String {
        let (columns, from, owner) = (self.columns, self.from, self.owner);
        let chosen = self.chosen(extent);
        match self.order {
            Order::By(key) => format!(
                "SELECT {columns}, 0, 0, {key} FROM {from}
                  WHERE {owner} AND {key} > :key{chosen} ORDER BY {key} LIMIT :most"
            ),
            Order::Newest => format!(
                "SELECT {columns}, i.started_at, i.seq, 0 FROM {from}
                  WHERE {owner} AND (i.started_at, i.seq) < (:at, :seq){chosen}
                  ORDER BY i.started_at DESC, i.seq DESC LIMIT :most"
            ),
            Order::Within(key) => {
                let chosen = INTERACTIONS.chosen(extent);
                let owner = owner.replace(":interaction", "i.seq");
                format!(
                    "SELECT {columns}, i.started_at, i.seq, {key} FROM interactions AS i CROSS JOIN {from}
                      WHERE i.customer_id = :customer AND {owner} AND (i.started_at, i.seq) <= (:at, :seq)
                        AND (i.seq <> :seq OR {key} > :key){chosen}
                      ORDER BY i.started_at DESC, i.seq DESC, {key} LIMIT :most"
                )
            }
        }
    }

    /// What narrows it down to what was asked for. What is read interaction by interaction is narrowed by these alone.
    fn chosen(&self, extent: &Extent) -> String {
        let mut chosen = String::new();
        let (first, last) = match (&self.order, self.at) {
            (Order::Within(_), _) => return chosen,
            // A matter that was under way within the span is in it, and then whole.
            (Order::Newest, _) => (Some("i.updated_at"), Some("i.started_at")),
            (Order::By(_), at) => (at, at),
        };
        if let Order::Newest = self.order {
            chosen.push_str(" AND i.seq <= :last");
        }
        if let (Some(at), Some(_)) = (first, extent.from) {
            chosen.push_str(&format!(" AND {at} >= :from"));
        }
        if let (Some(at), Some(_)) = (last, extent.until) {
            chosen.push_str(&format!(" AND {at} < :until"));
        }
        if let (Some(about), Some(_)) = (self.about, &extent.interactions) {
            chosen.push_str(&format!(
                " AND {about} IN (SELECT value FROM json_each(:interactions))"
            ));
        }
        chosen
    }
}
