//! Where records come from: a query in parts, read in pages.

use super::ExportError;
use super::extent::Extent;
use super::row::{self, Row};
use crate::store::{Store, StoreError};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, ToSql};

/// How many records are read at a time. Between two pages others can write, and the write-ahead log can be taken back.
const PAGE: usize = 200;

/// A query, in parts.
pub struct Source {
    /// What is selected. A name ends with its kind where SQLite does not know it: `:moment`, `:bool`, `:json`. One that begins with `_` is
    /// for this program alone.
    pub columns: &'static str,
    /// From where.
    pub from: &'static str,
    /// Whose it is: with `:customer`, or with `:interaction` where it is read interaction by interaction.
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

/// Where the next page begins: the last record's place.
#[derive(Clone, Debug)]
struct Place(Sql, i64);

/// The interactions themselves, as numbers.
pub const INTERACTIONS: Source = Source {
    columns: "i.id",
    from: "interactions AS i",
    owner: "i.customer_id = :customer",
    order: Order::Newest,
    at: Some("i.started_at"),
    about: Some("i.id"),
};

impl Source {
    /// Hands every record to `each`, and with it the last part of its place: of an interaction, its number.
    ///
    /// # Errors
    /// What `each` gives, and when the database refuses.
    pub fn walk(
        &self,
        store: &Store,
        extent: &Extent,
        interaction: Option<i64>,
        each: &mut dyn FnMut(Row, i64) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let mut place = match self.order {
            Order::Newest => Place(Sql::Integer(i64::MAX), i64::MAX),
            // Below every number; text and bytes come after all numbers.
            Order::By(_) | Order::Within(_) => Place(Sql::Integer(-1), -1),
        };
        loop {
            let page = store.read_blocking(|db| self.page(db, extent, interaction, &place))?;
            let last = page.len() < PAGE;
            for (row, after) in page {
                each(row, after.1)?;
                place = after;
            }
            if last {
                return Ok(());
            }
        }
    }

    fn page(
        &self,
        db: &Connection,
        extent: &Extent,
        interaction: Option<i64>,
        after: &Place,
    ) -> Result<Vec<(Row, Place)>, StoreError> {
        let sql = self.sql(extent);
        let mut statement = db.prepare_cached(&sql)?;
        let names: Vec<String> = statement
            .column_names()
            .into_iter()
            .map(str::to_owned)
            .collect();
        // The last two are the place.
        let columns = names.len() - 2;
        let most = i64::try_from(PAGE).expect("a page is small");
        let own: [(&str, &dyn ToSql); 4] = [
            (":after", &after.0),
            (":then", &after.1),
            (":most", &most),
            (":interaction", &interaction),
        ];
        let mut page = Vec::new();
        let mut rows = statement.query(&*extent.given(&sql, &own))?;
        while let Some(row) = rows.next()? {
            let place = Place(row.get(columns)?, row.get(columns + 1)?);
            page.push((row::read(row, &names[..columns])?, place));
        }
        Ok(page)
    }

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
            Order::By(key) | Order::Within(key) => format!(
                "SELECT {columns}, {key}, 0 FROM {from}
                  WHERE {owner} AND {key} > :after{chosen} ORDER BY {key} LIMIT :most"
            ),
            Order::Newest => format!(
                "SELECT {columns}, i.started_at, i.seq FROM {from}
                  WHERE {owner} AND (i.started_at, i.seq) < (:after, :then){chosen}
                  ORDER BY i.started_at DESC, i.seq DESC LIMIT :most"
            ),
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
