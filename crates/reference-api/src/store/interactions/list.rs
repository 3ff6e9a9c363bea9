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
        Some(hits) if hits.len() == 0 => Vec::new(),
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
    /// Columns with the values wanted of them; any of these may turn out to narrow to [`FEW`] rows.
    drivers: Vec<(Driver, Vec<String>)>,
}

/// A column that has an index of its own.
#[derive(Clone, Copy)]
struct Driver {
    column: &'static str,
    index: &'static str,
}

const STATUS: Driver = Driver {
    column: "status",
    index: "interactions_by_status",
};
const TOPIC: Driver = Driver {
    column: "topic_id",
    index: "interactions_by_topic",
};
const CHANNEL: Driver = Driver {
    column: "channel",
    index: "interactions_by_channel",
};

impl Narrowing {
    fn new(viewer: &Viewer, filter: &InteractionFilter, after: Option<Place>) -> Self {
        let mut narrowing = Self {
            sql: "i.customer_id = ?".to_owned(),
            values: vec![Value::Text(viewer.customer.as_str().to_owned())],
            order: Order::of(filter),
            drivers: Vec::new(),
        };
        narrowing.any_of(STATUS, filter.statuses.iter().map(|status| status.as_str()));
        narrowing.any_of(TOPIC, filter.topics.iter().map(|topic| topic.as_str()));
        narrowing.any_of(
            CHANNEL,
            filter.channels.iter().map(|channel| channel.as_str()),
        );
        if let Some(direction) = &filter.direction {
            narrowing.and(
                "i.direction = ?",
                [Value::Text(direction.as_str().to_owned())],
            );
        }
        let zone = zone(viewer.time_zone.as_deref());
        if let Some(day) = filter.from.as_ref().and_then(date) {
            narrowing.and(
                "i.started_at >= ?",
                [Moment::start_of_day(day, &zone).millis().into()],
            );
        }
        if let Some(next) = filter
            .to
            .as_ref()
            .and_then(date)
            .and_then(|day| day.tomorrow().ok())
        {
            narrowing.and(
                "i.started_at < ?",
                [Moment::start_of_day(next, &zone).millis().into()],
            );
        }
        if let Some(place) = after {
            let (beyond, _) = narrowing.order.words();
            let condition = format!("(i.updated_at, i.seq) {beyond} (?, ?)");
            narrowing.and(&condition, [place.at.millis().into(), place.seq.into()]);
        }
        narrowing
    }

    fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    fn any_of<'v>(&mut self, driver: Driver, values: impl Iterator<Item = &'v str>) {
        let values: Vec<String> = values.map(str::to_owned).collect();
        if values.is_empty() {
            return;
        }
        let marks = vec!["?"; values.len()].join(",");
        self.sql
            .push_str(&format!(" AND i.{} IN ({marks})", driver.column));
        self.values.extend(values.iter().cloned().map(Value::Text));
        self.drivers.push((driver, values));
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
    fn rare(&self, db: &Connection) -> Result<Option<Driver>, StoreError> {
        for (driver, wanted) in &self.drivers {
            let marks = vec!["?"; wanted.len()].join(",");
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM interactions INDEXED BY {}
                  WHERE customer_id = ? AND {} IN ({marks}) LIMIT {FEW})",
                driver.index, driver.column
            );
            let wanted = wanted.iter().cloned().map(Value::Text);
            let values = std::iter::once(self.values[0].clone()).chain(wanted);
            let count: usize = db
                .prepare_cached(&sql)?
                .query_row(params_from_iter(values), |row| row.get(0))?;
            if count < FEW {
                return Ok(Some(*driver));
            }
        }
        Ok(None)
    }
}

fn date(day: &Day) -> Option<jiff::civil::Date> {
    // `Day` has checked the calendar.
    day.as_str().parse().ok()
}
