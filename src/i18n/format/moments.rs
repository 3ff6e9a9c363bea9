//! Moments and spans of time, in the customer's zone and as their language writes them.

use super::days::{Distance, distance, from_british, units};
use super::{by_intl, in_british, time_zone, unit, unit_list};
use crate::browser::clock;
use crate::browser::intl::Value;
use crate::i18n::{t, text};
use portal_contract::Timestamp;

const DAY: &str = "year=numeric;month=long;day=numeric";

/// A moment by these options in the customer's zone; where that is unknown to the browser, in the browser's own; and as it
/// travels where there is no formatter at all.
fn moment(ms: f64, options: &str, fallback: impl FnOnce() -> String) -> String {
    let with_zone = time_zone().map(|zone| [options, ";timeZone=", &zone].concat());
    let by = |options: &str| by_intl("DateTimeFormat", options, &[Value::Number(ms)]);
    with_zone
        .and_then(|options| by(&options))
        .or_else(|| by(options))
        .unwrap_or_else(fallback)
}

fn written(at: &Timestamp, options: &str) -> String {
    moment(clock::parse(at), options, || at.as_str().replace('T', " "))
}

/// "21 November 2026".
#[must_use]
pub fn date(at: &Timestamp) -> String {
    written(at, DAY)
}

/// "21 November 2026 at 14:05".
#[must_use]
pub fn date_time(at: &Timestamp) -> String {
    written(at, "dateStyle=long;timeStyle=short")
}

/// "14:05".
#[must_use]
pub fn time(at: &Timestamp) -> String {
    written(at, "timeStyle=short")
}

/// "November 2026", from `2026-11`.
#[must_use]
pub fn month(month: &str) -> String {
    month_by(month, "year=numeric;month=long;timeZone=UTC")
}

/// "Nov", from `2026-11`, for an axis.
#[must_use]
pub fn month_short(month: &str) -> String {
    month_by(month, "month=short;timeZone=UTC")
}

fn month_by(month: &str, options: &str) -> String {
    day_by(&[month, "-01"].concat(), options).unwrap_or_else(|| month.to_owned())
}

/// "21 November 2026", from the calendar day `2026-11-21`.
#[must_use]
pub fn day(day: &str) -> String {
    day_by(day, "year=numeric;month=long;day=numeric;timeZone=UTC")
        .unwrap_or_else(|| day.to_owned())
}

fn day_by(day: &str, options: &str) -> Option<String> {
    by_intl(
        "DateTimeFormat",
        options,
        &[Value::Number(ms_of_day(clock::day_number(day)?))],
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "days since 1970 are far below 2^53"
)]
fn ms_of_day(day: i64) -> f64 {
    day as f64 * 86_400_000.0
}

/// The calendar day of a moment in the customer's zone, `2026-11-21`: what entries are grouped by; its first seven
/// characters are the month.
#[must_use]
pub fn day_key(at: &Timestamp) -> String {
    day_of(clock::parse(at)).unwrap_or_else(|| at.day().to_owned())
}

/// The calendar day of now (milliseconds since 1970) in the customer's zone; nothing where the browser cannot say.
#[must_use]
pub fn today(now: f64) -> Option<String> {
    day_of(now)
}

fn day_of(ms: f64) -> Option<String> {
    in_british(
        ms,
        "year=numeric;month=2-digit;day=2-digit;calendar=gregory",
    )
    .and_then(|day| from_british(&day))
}

/// How many midnights of the customer's zone lie between now and a moment; negative ones have passed.
fn midnights(at: f64, now: f64) -> i64 {
    let number = |ms: f64| day_of(ms).and_then(|day| clock::day_number(&day));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the days between two real moments"
    )]
    let by_length = || ((at - now) / 86_400_000.0) as i64;
    number(at)
        .zip(number(now))
        .map_or_else(by_length, |(at, now)| at - now)
}

/// The heading over a day of a thread: "Today", "Yesterday", "Wednesday, 18 November", and with the year where that is
/// another one.
#[must_use]
pub fn day_heading(at: &Timestamp, now: f64) -> String {
    let at_ms = clock::parse(at);
    match midnights(at_ms, now) {
        0 => t(text::TIME_TODAY),
        -1 => t(text::TIME_YESTERDAY),
        _ if same_year(at_ms, now) => written(at, "weekday=long;month=long;day=numeric"),
        _ => written(at, "weekday=long;year=numeric;month=long;day=numeric"),
    }
}

/// A day where there is little room: "Wed, 18 Nov".
#[must_use]
pub fn day_short(at: &Timestamp) -> String {
    written(at, "weekday=short;month=short;day=numeric")
}

fn same_year(at: f64, now: f64) -> bool {
    let year = |ms: f64| day_of(ms).and_then(|day| day.get(..4).map(str::to_owned));
    year(at) == year(now)
}

/// How long ago, or in how long, seen from `now` (milliseconds since 1970): "3 hours ago", "yesterday", "in 2 days"; from a
/// week on the date.
#[must_use]
pub fn relative(at: &Timestamp, now: f64) -> String {
    let at_ms = clock::parse(at);
    let (count, unit) = match distance(at_ms - now, midnights(at_ms, now)) {
        Distance::Now => (0, "second"),
        Distance::Minutes(count) => (count, "minute"),
        Distance::Hours(count) => (count, "hour"),
        Distance::Days(count) => (count, "day"),
        Distance::Far if same_year(at_ms, now) => return written(at, "month=short;day=numeric"),
        Distance::Far => return written(at, "year=numeric;month=short;day=numeric"),
    };
    #[expect(clippy::cast_precision_loss, reason = "at most 60")]
    let values = [Value::Number(count as f64), Value::Text(unit)];
    by_intl("RelativeTimeFormat", "numeric=auto", &values)
        .unwrap_or_else(|| written(at, "dateStyle=medium;timeStyle=short"))
}

/// A span of time, in milliseconds: "2 hours 5 minutes"; at most two units.
#[must_use]
pub fn duration(ms: f64) -> String {
    let units = units(ms);
    if units.is_empty() {
        return t(text::TIME_UNDER_A_MINUTE);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of days, hours and minutes"
    )]
    let words: Vec<String> = units
        .iter()
        .map(|(count, name)| unit(*count as f64, name, "long"))
        .collect();
    unit_list(&words)
}

/// The span from one moment to a later one, in words.
#[must_use]
pub fn elapsed(from: &Timestamp, to: &Timestamp) -> String {
    duration(clock::parse(to) - clock::parse(from))
}
