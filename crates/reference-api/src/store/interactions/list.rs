//! A page of the history.
//!
//! A page is found in two steps: which rows, on an index that holds everything a filter asks for, then what they say. A place in
//! the list is `(updated_at, seq)`, never a number of rows to pass over, so what is added meanwhile neither repeats nor hides an
//! item. An interaction that *changes* while somebody pages moves to the top: a reader who began before finds it there (and is
//! told of it by the change feed), not at its old place.

use super::{Seq, Viewer, summaries};
use crate::store::StoreError;
use crate::store::search::{self, Hits};
use crate::store::time::{Moment, zone};
use portal_contract::filter::{Day, InteractionFilter, Sort};
use portal_contract::interaction::InteractionSummary;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Up to so many rows are sorted after they were found; more are met by walking the list in its own order.
const FEW: usize = 1_000;

/// A place in a list: just after this row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the list is ordered by.
    pub at: Moment,
    /// Which of those with the same moment.
    pub seq: Seq,
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Order {
    fn of(filter: &InteractionFilter) -> Self {
        match filter.sort {
            Some(Sort::Oldest) => Self::Oldest,
            Some(Sort::Newest | Sort::Other(_)) | None => Self::Newest,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Newest => ("<", "DESC"),
            Self::Oldest => (">", "ASC"),
        }
    }
}

/// Some items of a list, and where the next begin, when there are more.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Just after the last of them; absent on the last page.
    pub next: Option<Place>,
}

impl<T> Page<T> {
    /// `found` holds one more than a page when there is a next page.
    pub(crate) fn cut(mut found: Vec<(Place, T)>, limit: usize) -> Self {
        let more = found.len() > limit;
        found.truncate(limit);
        let next = if more {
            found.last().map(|(place, _)| *place)
        } else {
            None
        };
        Self {
            items: found.into_iter().map(|(_, item)| item).collect(),
            next,
        }
    }
}

/// A page of the customer's interactions.
///
/// # Errors
/// When the database refuses.
pub fn list(
    db: &Connection,
    viewer: &Viewer,
    filter: &InteractionFilter,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<InteractionSummary>, StoreError> {
    let query = filter.q.as_deref().map(search::Query::parse);
    let hits = query
        .as_ref()
        .map(|query| search::find(db, &viewer.customer, query))
        .transpose()?;
    let narrowing = Narrowing::new(viewer, filter, after);
    let rows = match &hits {
        Some(hits) if hits.is_empty() => Vec::new(),
        Some(hits) if hits.len() <= FEW => narrowing.among(db, hits, limit + 1)?,
        Some(hits) => narrowing.walk(db, limit + 1, |seq| hits.contains(seq))?,
        None => narrowing.walk(db, limit + 1, |_| true)?,
    };
    let Page { items, next } = Page::cut(rows, limit);
    let mut shown = summaries(db, viewer, items.iter().copied())?;
    if let (Some(query), Some(hits)) = (&query, &hits) {
        for (summary, seq) in shown.iter_mut().zip(&items) {
            summary.excerpt = search::excerpt(db, *seq, hits, query)?;
        }
    }
    Ok(Page { items: shown, next })
}

/// The conditions of a list, as SQL and its values.
struct Narrowing {
    sql: String,
    values: Vec<Value>,
    order: Order,
    /// Conditions any of which may turn out to narrow to [`FEW`] rows.
    drivers: Vec<Driver>,
}

/// A condition that an index answers by itself.
struct Driver {
    index: &'static str,
    condition: String,
    values: Vec<Value>,
}

impl Narrowing {
    fn new(viewer: &Viewer, filter: &InteractionFilter, after: Option<Place>) -> Self {
        let mut narrowing = Self {
            sql: "i.customer_id = ?".to_owned(),
            values: vec![text(viewer.customer.as_str())],
            order: Order::of(filter),
            drivers: Vec::new(),
        };
        let statuses = filter.statuses.iter().map(|status| status.as_str());
        narrowing.any_of("status", "interactions_by_status", statuses);
        let topics = filter.topics.iter().map(|topic| topic.as_str());
        narrowing.any_of("topic_id", "interactions_by_topic", topics);
        let channels = filter.channels.iter().map(|channel| channel.as_str());
        narrowing.any_of("channel", "interactions_by_channel", channels);
        narrowing.begun(viewer, filter);
        if let Some(direction) = &filter.direction {
            narrowing.and("i.direction = ?", &[text(direction.as_str())]);
        }
        if let Some(place) = after {
            let (beyond, _) = narrowing.order.words();
            let condition = format!("(i.updated_at, i.seq) {beyond} (?, ?)");
            narrowing.and(&condition, &[place.at.millis().into(), place.seq.into()]);
        }
        narrowing
    }

    fn and(&mut self, condition: &str, values: &[Value]) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend_from_slice(values);
    }

    fn and_by_index(&mut self, index: &'static str, condition: String, values: Vec<Value>) {
        self.and(&condition, &values);
        self.drivers.push(Driver {
            index,
            condition,
            values,
        });
    }

    fn any_of<'v>(
        &mut self,
        column: &str,
        index: &'static str,
        wanted: impl Iterator<Item = &'v str>,
    ) {
        let values: Vec<Value> = wanted.map(text).collect();
        if !values.is_empty() {
            let marks = vec!["?"; values.len()].join(",");
            self.and_by_index(index, format!("i.{column} IN ({marks})"), values);
        }
    }

    /// Begun within these days of the customer's zone, the last one included.
    fn begun(&mut self, viewer: &Viewer, filter: &InteractionFilter) {
        let zone = zone(viewer.time_zone.as_deref());
        let start = |day| Moment::start_of_day(day, &zone).millis();
        let from = filter.from.as_ref().and_then(date).map(start);
        let next = filter
            .to
            .as_ref()
            .and_then(date)
            .and_then(|day| day.tomorrow().ok());
        if from.is_none() && next.is_none() {
            return;
        }
        let bounds = [from.unwrap_or(i64::MIN), next.map_or(i64::MAX, start)];
        let condition = "i.started_at >= ? AND i.started_at < ?".to_owned();
        self.and_by_index(
            "interactions_by_start",
            condition,
            bounds.map(Value::from).to_vec(),
        );
    }

    /// The first rows of the list that are wanted.
    fn walk(
        &self,
        db: &Connection,
        limit: usize,
        wanted: impl Fn(Seq) -> bool,
    ) -> Result<Vec<(Place, Seq)>, StoreError> {
        let index = self
            .rare(db)?
            .map_or("interactions_by_recency", |driver| driver.index);
        let source = format!("interactions AS i INDEXED BY {index}");
        self.select(db, &source, &[], limit, wanted)
    }

    /// The first rows of the list among these hits.
    fn among(
        &self,
        db: &Connection,
        hits: &Hits,
        limit: usize,
    ) -> Result<Vec<(Place, Seq)>, StoreError> {
        let source = "json_each(?) AS hit CROSS JOIN interactions AS i ON i.seq = hit.value";
        self.select(db, source, &[Value::Text(hits.to_json())], limit, |_| true)
    }

    fn select(
        &self,
        db: &Connection,
        source: &str,
        before: &[Value],
        limit: usize,
        wanted: impl Fn(Seq) -> bool,
    ) -> Result<Vec<(Place, Seq)>, StoreError> {
        let (_, direction) = self.order.words();
        let sql = format!(
            "SELECT i.updated_at, i.seq FROM {source} WHERE {} ORDER BY i.updated_at {direction}, i.seq {direction}",
            self.sql
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(before.iter().chain(&self.values)))?;
        let mut found = Vec::with_capacity(limit);
        // Rows come as they are asked for: the walk ends with the page.
        while found.len() < limit
            && let Some(row) = rows.next()?
        {
            let place = Place {
                at: row.get(0)?,
                seq: row.get(1)?,
            };
            if wanted(place.seq) {
                found.push((place, place.seq));
            }
        }
        Ok(found)
    }

    /// A condition that few rows fulfil: those are looked at by themselves, where the whole list would be walked for them.
    fn rare(&self, db: &Connection) -> Result<Option<&Driver>, StoreError> {
        for driver in &self.drivers {
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM interactions AS i INDEXED BY {}
                  WHERE i.customer_id = ? AND {} LIMIT {FEW})",
                driver.index, driver.condition
            );
            let values = self.values.iter().take(1).chain(&driver.values);
            let count: usize = db
                .prepare_cached(&sql)?
                .query_row(params_from_iter(values), |row| row.get(0))?;
            if count < FEW {
                return Ok(Some(driver));
            }
        }
        Ok(None)
    }
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn date(day: &Day) -> Option<jiff::civil::Date> {
    // `Day` has checked the calendar.
    day.as_str().parse().ok()
}
