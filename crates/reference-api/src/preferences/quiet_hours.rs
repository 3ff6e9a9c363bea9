//! When the customer wants silence, and when what was held goes out.
//!
//! A window is one stretch of time for each day that it is set for: it begins when the clock on the wall *first* reaches its
//! start, and ends when the clock *last* reads its end. Where the clocks change this errs towards silence:
//!
//! - An hour that is told twice belongs to the window both times, and what lies between too.
//! - A start or end in an hour that is skipped is the moment of the skip; a window that lies wholly in it does not happen.
//!
//! An end at or before the start is on the next day, so `22:00`–`07:00` runs across midnight and `00:00`–`00:00` is the whole
//! day. The weekday of a window is the one on which it begins.

use crate::store::time::Moment;
use crate::wall_clock::{first_time, last_time};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// A silence of more than so many days in a row never ends: weekly windows that leave no gap in a fortnight leave none.
const HORIZON_DAYS: i64 = 15;

/// A week and a day either way hold every window once, wherever a zone changes its clocks.
const DAYS_AROUND: i64 = 8;

/// A daily stretch of silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// On which days it begins.
    pub days: Vec<Weekday>,
    /// When it begins, on the clock on the wall.
    pub start: Time,
    /// When it ends; on the next day when this is not after `start`.
    pub end: Time,
}

/// The windows of one customer in their zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    zone: TimeZone,
    windows: Vec<Window>,
}

/// From a moment to another, which is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    start: Timestamp,
    end: Timestamp,
}

/// What a moment is to a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quiet {
    /// No window holds it.
    No,
    /// It is in a window; the silence ends then.
    Until(Moment),
    /// It is in a window, and the windows leave no gap in which anything could go out.
    Always,
}

impl Schedule {
    /// The windows as the clock of `zone` tells them.
    #[must_use]
    pub fn new(zone: TimeZone, windows: Vec<Window>) -> Self {
        Self { zone, windows }
    }

    /// Whether `at` is quiet, and until when.
    #[must_use]
    pub fn at(&self, at: Moment) -> Quiet {
        let asked = at.to_jiff();
        let latest = asked
            .checked_add((HORIZON_DAYS * 24).hours())
            .unwrap_or(Timestamp::MAX);
        let mut reached = asked;
        while let Some(end) = self.end_of_silence(reached) {
            reached = end;
            if reached >= latest {
                return Quiet::Always;
            }
        }
        if reached == asked {
            Quiet::No
        } else {
            Quiet::Until(Moment::from_millis(reached.as_millisecond()))
        }
    }

    /// When something that would go out at `at` goes out: at once, or when the silence ends; `None` when it never does.
    #[must_use]
    pub fn next_delivery(&self, at: Moment) -> Option<Moment> {
        match self.at(at) {
            Quiet::No => Some(at),
            Quiet::Until(end) => Some(end),
            Quiet::Always => None,
        }
    }

    /// The silence that runs at `at`, or else the next one: its beginning and its end. `None` when there is none to come, and
    /// when it has no end.
    #[must_use]
    pub fn current_or_next(&self, at: Moment) -> Option<(Moment, Moment)> {
        let today = at.to_jiff().to_zoned(self.zone.clone()).date();
        let mut stretches: Vec<Stretch> = (-DAYS_AROUND..=DAYS_AROUND)
            .filter_map(|days| today.checked_add(days.days()).ok())
            .flat_map(|day| self.stretches_of(day))
            .collect();
        stretches.sort_unstable_by_key(|stretch| stretch.start);
        let start = merged(&stretches)
            .into_iter()
            .find(|stretch| stretch.end > at.to_jiff())?
            .start;
        let start = Moment::from_millis(start.as_millisecond());
        match self.at(start.max(at)) {
            Quiet::Until(end) => Some((start, end)),
            Quiet::No | Quiet::Always => None,
        }
    }

    /// The furthest end of the stretches that hold `at`. Two days before are looked at because a window may have begun on a day
    /// that its zone skips, and one after because a clock that goes back over midnight tells the end of a day again.
    fn end_of_silence(&self, at: Timestamp) -> Option<Timestamp> {
        let today = at.to_zoned(self.zone.clone()).date();
        (-2..=1)
            .filter_map(|days| today.checked_add(days.days()).ok())
            .flat_map(|day| self.stretches_of(day))
            .filter(|stretch| stretch.start <= at && at < stretch.end)
            .map(|stretch| stretch.end)
            .max()
    }

    fn stretches_of(&self, day: Date) -> impl Iterator<Item = Stretch> + '_ {
        self.windows
            .iter()
            .filter(move |window| window.days.contains(&day.weekday()))
            .filter_map(move |window| self.stretch(window, day))
    }

    /// The window as it happens on `day`; `None` when the clock skips it.
    fn stretch(&self, window: &Window, day: Date) -> Option<Stretch> {
        let last_day = if window.end > window.start {
            day
        } else {
            day.tomorrow().ok()?
        };
        let stretch = Stretch {
            start: first_time(&self.zone, day.to_datetime(window.start))?,
            end: last_time(&self.zone, last_day.to_datetime(window.end))?,
        };
        (stretch.start < stretch.end).then_some(stretch)
    }
}

/// The stretches, sorted by their start, with those that touch made one.
fn merged(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut merged: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match merged.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => merged.push(*stretch),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
