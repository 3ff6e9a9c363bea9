//! What waits, at one glance.

use super::StoreError;
use super::effort;
use super::interactions::{Seq, Viewer, open, summaries, used_channels};
use super::time::{Moment, zone};
use crate::feedback;
use jiff::civil::Date;
use portal_contract::interaction::{InteractionStatus, InteractionSummary, Standing};
use portal_contract::overview::{ActivityCount, Overview};
use rusqlite::{Connection, params, params_from_iter};

/// How many of each kind are shown.
const SHOWN: usize = 5;

/// How many months the activity covers, with the current one.
const MONTHS: i32 = 12;

/// Everything that the overview shows, but for the notices.
///
/// # Errors
/// When the database refuses.
pub fn overview(db: &Connection, viewer: &Viewer, now: Moment) -> Result<Overview, StoreError> {
    let statuses = used_statuses(db, viewer)?;
    // The longest wait first: the oldest change is the question that was asked longest ago.
    let order = "updated_at, seq";
    let customer = Group::of(db, viewer, &statuses, Standing::WaitingForCustomer, order)?;
    // The nearest promise first, whichever of the two promises is still open; without one, the longest wait.
    let order =
        "coalesce(CASE WHEN first_response_at IS NULL THEN first_response_by END, expected_by,
                          9223372036854775807), updated_at, seq";
    let company = Group::of(db, viewer, &statuses, Standing::WaitingForCompany, order)?;
    Ok(Overview {
        waiting_for_customer: customer.shown,
        waiting_for_customer_count: customer.count,
        waiting_for_company: company.shown,
        waiting_for_company_count: company.count,
        recent: recent(db, viewer)?,
        activity: activity(db, viewer, now)?,
        feedback_requests: Vec::new(),
        feedback_unread_count: feedback::unread_count(db, &viewer.customer)?,
        notices: Vec::new(),
        notices_count: 0,
        data_requests: Vec::new(),
        data_requests_count: 0,
        year: effort::year(db, viewer, now)?,
    })
}

struct Group {
    shown: Vec<InteractionSummary>,
    count: u64,
}

impl Group {
    /// `statuses` are all that occur; a status that this version does not know is the company's to move on.
    fn of(
        db: &Connection,
        viewer: &Viewer,
        statuses: &[InteractionStatus],
        standing: Standing,
        order: &str,
    ) -> Result<Self, StoreError> {
        let wanted = statuses
            .iter()
            .filter(|status| status.standing() == standing);
        let wanted: Vec<&str> = wanted.map(|status| status.as_str()).collect();
        let source = format!(
            "FROM interactions INDEXED BY interactions_by_status WHERE customer_id = ? AND status IN ({})",
            vec!["?"; wanted.len()].join(",")
        );
        let values = || {
            params_from_iter(
                std::iter::once(viewer.customer.as_str()).chain(wanted.iter().copied()),
            )
        };
        let count = db
            .prepare_cached(&format!("SELECT count(*) {source}"))?
            .query_row(values(), |row| row.get(0))?;
        let sql = format!("SELECT seq {source} ORDER BY {order} LIMIT {SHOWN}");
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map(values(), |row| row.get(0))?;
        let shown = summaries(db, viewer, rows.collect::<Result<Vec<Seq>, _>>()?)?;
        Ok(Self { shown, count })
    }
}

/// The statuses that occur. Each step of the recursion jumps over all rows of one, as in the facets.
fn used_statuses(db: &Connection, viewer: &Viewer) -> Result<Vec<InteractionStatus>, StoreError> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE used (status) AS (
             SELECT min(status) FROM interactions WHERE customer_id = ?1
             UNION ALL
             SELECT (SELECT min(status) FROM interactions WHERE customer_id = ?1 AND status > used.status)
               FROM used WHERE used.status IS NOT NULL)
         SELECT status FROM used WHERE status IS NOT NULL",
    )?;
    let rows = statement.query_map([&viewer.customer], |row| open(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn recent(db: &Connection, viewer: &Viewer) -> Result<Vec<InteractionSummary>, StoreError> {
    let sql =
        "SELECT seq FROM interactions INDEXED BY interactions_by_recency WHERE customer_id = ?1
                ORDER BY updated_at DESC, seq DESC LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((&viewer.customer, SHOWN), |row| row.get(0))?;
    summaries(db, viewer, rows.collect::<Result<Vec<Seq>, _>>()?)
}

/// When the first of the months that the overview covers began, in the customer's zone.
pub(super) fn first_month(viewer: &Viewer, now: Moment) -> Moment {
    let zone = zone(viewer.time_zone.as_deref());
    let this_month = now.day_in(&zone).first_of_month();
    let first = months_later(this_month, 1 - MONTHS).unwrap_or(this_month);
    Moment::start_of_day(first, &zone)
}

/// Twelve months, each from its first midnight in the customer's zone to the next month's.
fn activity(
    db: &Connection,
    viewer: &Viewer,
    now: Moment,
) -> Result<Vec<ActivityCount>, StoreError> {
    let zone = zone(viewer.time_zone.as_deref());
    let this_month = now.day_in(&zone).first_of_month();
    let channels = used_channels(db, viewer)?;
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM interactions INDEXED BY interactions_by_first_use
          WHERE customer_id = ?1 AND channel = ?2 AND started_at >= ?3 AND started_at < ?4",
    )?;
    let mut counts = Vec::new();
    for back in (0..MONTHS).rev() {
        let (Some(month), Some(next)) = (
            months_later(this_month, -back),
            months_later(this_month, 1 - back),
        ) else {
            continue;
        };
        let (start, end) = (
            Moment::start_of_day(month, &zone),
            Moment::start_of_day(next, &zone),
        );
        for channel in &channels {
            let count: u64 = statement.query_row(
                params![viewer.customer, channel.as_str(), start, end],
                |row| row.get(0),
            )?;
            if count > 0 {
                let (month, channel) = (month.strftime("%Y-%m").to_string(), channel.clone());
                counts.push(ActivityCount {
                    month,
                    channel,
                    count,
                });
            }
        }
    }
    Ok(counts)
}

fn months_later(month: Date, months: i32) -> Option<Date> {
    month
        .checked_add(jiff::Span::new().try_months(months).ok()?)
        .ok()
}
