//! What waits, at one glance.

use super::StoreError;
use super::interactions::{Seq, Viewer, summaries};
use super::time::{Moment, zone};
use jiff::civil::Date;
use portal_contract::interaction::{InteractionSummary, Standing};
use portal_contract::overview::{ActivityCount, Overview};
use rusqlite::{Connection, params_from_iter};

/// How many of each kind are shown.
const SHOWN: usize = 5;

/// How many months the activity covers, with the current one.
const MONTHS: i32 = 12;

/// Everything that the overview shows.
///
/// # Errors
/// When the database refuses.
pub fn overview(db: &Connection, viewer: &Viewer, now: Moment) -> Result<Overview, StoreError> {
    // The longest wait first: the oldest change is the question that was asked longest ago.
    let customer = Group::of(db, viewer, Standing::WaitingForCustomer, "updated_at, seq")?;
    // The nearest promise first, whichever of the two promises is still open; without one, the longest wait.
    let company = Group::of(
        db,
        viewer,
        Standing::WaitingForCompany,
        "coalesce(CASE WHEN first_response_at IS NULL THEN first_response_by END, expected_by, 9223372036854775807),
         updated_at, seq",
    )?;
    Ok(Overview {
        waiting_for_customer: customer.shown,
        waiting_for_customer_count: customer.count,
        waiting_for_company: company.shown,
        waiting_for_company_count: company.count,
        recent: recent(db, viewer)?,
        activity: activity(db, viewer, now)?,
    })
}

struct Group {
    shown: Vec<InteractionSummary>,
    count: u64,
}

impl Group {
    fn of(
        db: &Connection,
        viewer: &Viewer,
        standing: Standing,
        order: &str,
    ) -> Result<Self, StoreError> {
        let condition = condition(standing);
        let values = || {
            let statuses = listed(standing).into_iter();
            params_from_iter(std::iter::once(viewer.customer.as_str()).chain(statuses))
        };
        let count = db
            .prepare_cached(&format!(
                "SELECT count(*) FROM interactions WHERE customer_id = ? AND {condition}"
            ))?
            .query_row(values(), |row| row.get(0))?;
        let sql = format!(
            "SELECT seq FROM interactions WHERE customer_id = ? AND {condition} ORDER BY {order} LIMIT {SHOWN}"
        );
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map(values(), |row| row.get(0))?;
        let shown = summaries(db, viewer, rows.collect::<Result<Vec<Seq>, _>>()?)?;
        Ok(Self { shown, count })
    }
}

/// The statuses that the condition of a standing names. What waits for the company is everything that is named nowhere else: a
/// status that this version does not know is the company's to move on.
fn listed(standing: Standing) -> Vec<&'static str> {
    let of = |standing: Standing| standing.statuses().iter().map(|status| status.as_str());
    match standing {
        Standing::WaitingForCompany => of(Standing::WaitingForCustomer)
            .chain(of(Standing::Done))
            .collect(),
        Standing::WaitingForCustomer | Standing::Done => of(standing).collect(),
    }
}

fn condition(standing: Standing) -> String {
    let marks = vec!["?"; listed(standing).len()].join(",");
    match standing {
        Standing::WaitingForCompany => format!("status NOT IN ({marks})"),
        Standing::WaitingForCustomer | Standing::Done => format!("status IN ({marks})"),
    }
}

fn recent(db: &Connection, viewer: &Viewer) -> Result<Vec<InteractionSummary>, StoreError> {
    let sql =
        "SELECT seq FROM interactions INDEXED BY interactions_by_recency WHERE customer_id = ?1
                ORDER BY updated_at DESC, seq DESC LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((&viewer.customer, SHOWN), |row| row.get(0))?;
    summaries(db, viewer, rows.collect::<Result<Vec<Seq>, _>>()?)
}

/// Twelve months, each from its first midnight in the customer's zone to the next month's.
fn activity(
    db: &Connection,
    viewer: &Viewer,
    now: Moment,
) -> Result<Vec<ActivityCount>, StoreError> {
    let zone = zone(viewer.time_zone.as_deref());
    let this_month = now.day_in(&zone).first_of_month();
    let mut statement = db.prepare_cached(
        "SELECT channel, count(*) FROM interactions INDEXED BY interactions_by_start
          WHERE customer_id = ?1 AND started_at >= ?2 AND started_at < ?3 GROUP BY channel ORDER BY channel",
    )?;
    let mut counts = Vec::new();
    for back in (0..MONTHS).rev() {
        let (Some(month), Some(next)) = (
            months_later(this_month, -back),
            months_later(this_month, 1 - back),
        ) else {
            continue;
        };
        let bounds = (
            Moment::start_of_day(month, &zone),
            Moment::start_of_day(next, &zone),
        );
        let rows = statement.query_map((&viewer.customer, bounds.0, bounds.1), |row| {
            Ok(ActivityCount {
                month: month.strftime("%Y-%m").to_string(),
                channel: super::interactions::open(row, 0)?,
                count: row.get(1)?,
            })
        })?;
        for count in rows {
            counts.push(count?);
        }
    }
    Ok(counts)
}

fn months_later(month: Date, months: i32) -> Option<Date> {
    month
        .checked_add(jiff::Span::new().try_months(months).ok()?)
        .ok()
}
