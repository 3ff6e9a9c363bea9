//! A page of the history.
//!
//! A page is found in two steps: which rows, on an index that holds everything a filter asks for, then what they say. A place in
//! the list is `(updated_at, seq)`, never a number of rows to pass over, so what is added meanwhile neither repeats nor hides an
//! item. An interaction that *changes* while somebody pages moves to the top: a reader who began before finds it there (and is
//! told of it by the change feed), not at its old place.

use super::{Seq, Viewer, summaries};
use crate::store::StoreError;
use crate::store::search::{self, Hit, Hits, Look};
use crate::store::time::{Moment, zone};
use portal_contract::filter::{Day, InteractionFilter, Sort};
use portal_contract::interaction::InteractionSummary;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Up to so many rows are sorted after they were found; more are met by walking the list in its own order.
const FEW: usize = 1_000;

/// Rows are counted so far, to see which condition is the narrowest.
const COUNTED: usize = 3_000;

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
    let narrowing = Narrowing::new(viewer, filter, after);
    let Some(query) = filter.q.as_deref().map(search::Query::parse) else {
        let rows = narrowing.walk(db, limit + 1, |_, seq| Ok(Step::Take(seq)))?;
        let Page { items, next } = Page::cut(rows.unwrap_or_default(), limit);
        return Ok(Page {
            items: summaries(db, viewer, items)?,
            next,
        });
    };
    let found = search::find(db, &viewer.customer, &query)?;
    let rows = match narrowing.hits(db, &found, limit + 1)? {
        Some(rows) => rows,
        None => {
            let all = search::gather(db, &viewer.customer, &query)?;
            narrowing.hits(db, &all, limit + 1)?.unwrap_or_default()
        }
    };
    let Page { items, next } = Page::cut(rows, limit);
    let mut shown = summaries(db, viewer, items.iter().map(|hit| hit.interaction))?;
    for (summary, hit) in shown.iter_mut().zip(items) {
        summary.excerpt = search::excerpt(db, hit, &query)?;
    }
    Ok(Page { items: shown, next })
}

/// What becomes of a row that the list meets.
enum Step<T> {
    /// It stands on the page, as this.
    Take(T),
    Pass,
    /// The walk is given up.
    Stop,
}

/// The conditions of a list, as SQL and its values.
struct Narrowing {
    sql: String,
    values: Vec<Value>,
    order: Order,
    /// Conditions any of which may narrow the walk.
    drivers: Vec<Driver>,
}

/// A condition that an index answers by itself.
struct Driver {
    index: &'static str,
    condition: String,
    values: Vec<Value>,
    /// Whether the index has the rows in the order of the list, so that it is never worse than the list itself. Otherwise they are
    /// sorted, which is worth it for [`FEW`].
    in_order: bool,
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
        let direction = filter.direction.iter().map(|direction| direction.as_str());
        narrowing.any_of("direction", "interactions_by_direction", direction);
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

    fn and_by(&mut self, driver: Driver) {
        self.and(&driver.condition, &driver.values);
        self.drivers.push(driver);
    }

    fn any_of<'v>(
        &mut self,
        column: &str,
        index: &'static str,
        wanted: impl Iterator<Item = &'v str>,
    ) {
        let values: Vec<Value> = wanted.map(text).collect();
        let condition = match values.len() {
            0 => return,
            1 => format!("i.{column} = ?"),
            several => format!("i.{column} IN ({})", vec!["?"; several].join(",")),
        };
        self.and_by(Driver {
            index,
            condition,
            in_order: values.len() == 1,
            values,
        });
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
        self.and_by(Driver {
            index: "interactions_by_start",
            condition: "i.started_at >= ? AND i.started_at < ?".to_owned(),
            values: bounds.map(Value::from).to_vec(),
            in_order: false,
        });
    }

    /// The first rows of the list that a search found; nothing when it has to gather everything first.
    fn hits(
        &self,
        db: &Connection,
        found: &search::Found,
        limit: usize,
    ) -> Result<Option<Vec<(Place, Hit)>>, StoreError> {
        let mut read = 0;
        let look = |db: &Connection, seq| {
            Ok(match found.look(db, seq, &mut read)? {
                Look::Hit(hit) => Step::Take(hit),
                Look::Miss => Step::Pass,
                Look::Enough => Step::Stop,
            })
        };
        match found.gathered() {
            Some(hits) if hits.is_empty() => Ok(Some(Vec::new())),
            Some(hits) if hits.len() <= FEW => self.among(db, hits, limit, look),
            _ => self.walk(db, limit, look),
        }
    }

    /// The first rows of the list that are wanted.
    fn walk<T>(
        &self,
        db: &Connection,
        limit: usize,
        look: impl FnMut(&Connection, Seq) -> Result<Step<T>, StoreError>,
    ) -> Result<Option<Vec<(Place, T)>>, StoreError> {
        let index = self
            .narrowest(db)?
            .map_or("interactions_by_recency", |driver| driver.index);
        let source = format!("interactions AS i INDEXED BY {index}");
        self.select(db, &source, &[], limit, look)
    }

    /// The first rows of the list among these hits.
    fn among<T>(
        &self,
        db: &Connection,
        hits: &Hits,
        limit: usize,
        look: impl FnMut(&Connection, Seq) -> Result<Step<T>, StoreError>,
    ) -> Result<Option<Vec<(Place, T)>>, StoreError> {
        let source = "json_each(?) AS hit CROSS JOIN interactions AS i ON i.seq = hit.value";
        self.select(db, source, &[Value::Text(hits.to_json())], limit, look)
    }

    fn select<T>(
        &self,
        db: &Connection,
        source: &str,
        before: &[Value],
        limit: usize,
        mut look: impl FnMut(&Connection, Seq) -> Result<Step<T>, StoreError>,
    ) -> Result<Option<Vec<(Place, T)>>, StoreError> {
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
            match look(db, place.seq)? {
                Step::Take(item) => found.push((place, item)),
                Step::Pass => {}
                Step::Stop => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// The condition that fewest rows fulfil, where walking those is better than walking the whole list.
    fn narrowest(&self, db: &Connection) -> Result<Option<&Driver>, StoreError> {
        let mut best = None;
        for driver in &self.drivers {
            let count = self.count(db, driver)?;
            let pays = driver.in_order || count < FEW;
            if pays && best.is_none_or(|(_, fewest)| count < fewest) {
                best = Some((driver, count));
            }
        }
        Ok(best.map(|(driver, _)| driver))
    }

    /// How many rows fulfil a condition, as far as it matters.
    fn count(&self, db: &Connection, driver: &Driver) -> Result<usize, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM interactions AS i INDEXED BY {}
              WHERE i.customer_id = ? AND {} LIMIT {COUNTED})",
            driver.index, driver.condition
        );
        let values = self.values.iter().take(1).chain(&driver.values);
        Ok(db
            .prepare_cached(&sql)?
            .query_row(params_from_iter(values), |row| row.get(0))?)
    }
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn date(day: &Day) -> Option<jiff::civil::Date> {
    // `Day` has checked the calendar.
    day.as_str().parse().ok()
}
