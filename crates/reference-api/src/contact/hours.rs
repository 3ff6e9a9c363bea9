//! When a way is open: a usual week, days unlike it, and the clocks of a zone.
//!
//! Hours belong to the day on which they begin, so a day that is closed ends nothing that began on the day before. Where clocks
//! change, hours begin when the clock first shows their start and end when it last shows their end.

use super::Local;
use crate::store::time::Moment;
use crate::wall_clock::{first_time, last_time};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

/// Hours that leave no gap for so many days are taken to have none.
pub const HORIZON_DAYS: i64 = 60;

/// When a way is open.
#[derive(Clone, Debug)]
pub struct Hours {
    /// IANA name of the zone.
    pub zone_name: String,
    /// The zone.
    pub zone: TimeZone,
    /// The usual week.
    pub week: Vec<Window>,
    /// Days unlike it.
    pub exceptions: Vec<Exception>,
}

/// From a time of day to another, which is on the next day when it is not later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it opens.
    pub start: Time,
    /// When it closes.
    pub end: Time,
}

/// The same times on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// On which days they begin.
    pub days: Vec<Weekday>,
    /// The times.
    pub times: Times,
}

/// A day with times of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Which day.
    pub on: On,
    /// When it is open on it; none when it is closed.
    pub times: Vec<Times>,
    /// Why.
    pub because: Local<String>,
}

/// The day of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// This one.
    Day(Date),
    /// The same in every year: a month and a day of it.
    EveryYear(i8, i8),
}

/// From a moment to another, which is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub start: Moment,
    /// Where it ends.
    pub end: Moment,
}

impl On {
    fn is(self, day: Date) -> bool {
        match self {
            Self::Day(date) => date == day,
            Self::EveryYear(month, of_month) => (month, of_month) == (day.month(), day.day()),
        }
    }
}

impl Hours {
    /// What makes this day unlike others; one of a single year goes before one of every year.
    #[must_use]
    pub fn exception(&self, day: Date) -> Option<&Exception> {
        let of_day = |exception: &&Exception| exception.on.is(day);
        let single = |exception: &&Exception| matches!(exception.on, On::Day(_));
        let mut all = self.exceptions.iter().filter(of_day);
        all.clone().find(single).or_else(|| all.next())
    }

    /// When it is open on this day, on the clock on the wall.
    #[must_use]
    pub fn times_of(&self, day: Date) -> Vec<Times> {
        match self.exception(day) {
            Some(exception) => exception.times.clone(),
            None => self
                .week
                .iter()
                .filter(|window| window.days.contains(&day.weekday()))
                .map(|window| window.times)
                .collect(),
        }
    }

    /// The times as they happen on `day`; `None` when the clock skips all of them.
    #[must_use]
    pub fn span(&self, day: Date, times: Times) -> Option<Span> {
        let start = first_time(&self.zone, day.to_datetime(times.start))?;
        let end = last_time(&self.zone, times.last_day(day)?.to_datetime(times.end))?;
        (start < end).then(|| Span {
            start: Moment::from_millis(start.as_millisecond()),
            end: Moment::from_millis(end.as_millisecond()),
        })
    }

    /// Every stretch that is not over at `from` and begins within so many days, in order; stretches that touch are one.
    #[must_use]
    pub fn spans(&self, from: Moment, days: i64) -> Vec<Span> {
        let today = from.day_in(&self.zone);
        // Two days before: what began on a day that its zone skips may run on.
        let mut spans: Vec<Span> = (-2..=days)
            .filter_map(|offset| today.checked_add(offset.days()).ok())
            .flat_map(|day| {
                self.times_of(day)
                    .into_iter()
                    .map(move |times| (day, times))
            })
            .filter_map(|(day, times)| self.span(day, times))
            .collect();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        let mut merged = merged(&spans);
        merged.retain(|span| span.end > from);
        merged
    }

    /// Whether it is open at `now`, and when that changes; `None` when it does not within [`HORIZON_DAYS`].
    #[must_use]
    pub fn at(&self, now: Moment) -> (bool, Option<Moment>) {
        let end = now.plus_seconds((HORIZON_DAYS - 1) * 24 * 60 * 60);
        let first = self.spans(now, HORIZON_DAYS).into_iter().next();
        match first {
            None => (false, None),
            Some(span) if span.start > now => (false, Some(span.start)),
            Some(span) => (true, Some(span.end).filter(|closes| *closes < end)),
        }
    }

    /// When so many minutes of being open have passed from `now` on; `None` when that is beyond [`HORIZON_DAYS`].
    #[must_use]
    pub fn after(&self, now: Moment, minutes: u64) -> Option<Moment> {
        let mut left = minutes.saturating_mul(60);
        for span in self.spans(now, HORIZON_DAYS) {
            let start = span.start.max(now);
            let length = start.seconds_until(span.end);
            if left <= length {
                return Some(start.plus_seconds(i64::try_from(left).ok()?));
            }
            left -= length;
        }
        None
    }
}

impl Times {
    /// The day on which it closes.
    #[must_use]
    pub fn last_day(self, day: Date) -> Option<Date> {
        if self.end > self.start {
            Some(day)
        } else {
            day.tomorrow().ok()
        }
    }
}

fn merged(spans: &[Span]) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(*span),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
