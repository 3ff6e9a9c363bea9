//! The times at which the company can call.
//!
//! Slots follow one another from the beginning of the hours on, on the clock on the wall: an hour that the clock skips has none, and
//! one that it shows twice has them once, the first time.

use super::hours::{Hours, Span, Times};
use crate::store::time::Moment;
use crate::wall_clock::shown_time;
use jiff::ToSpan;
use jiff::civil::Date;

/// How calls are planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booking {
    /// How long a call is planned for, in minutes.
    pub minutes: u32,
    /// How many calls can be at once.
    pub capacity: u32,
    /// For how many days ahead calls can be planned, today counted.
    pub days: u32,
    /// How many minutes ahead a call has to be asked for.
    pub notice_minutes: u32,
}

impl Booking {
    /// From when on a call can be planned.
    #[must_use]
    pub fn earliest(&self, now: Moment) -> Moment {
        now.plus_seconds(i64::from(self.notice_minutes) * 60)
    }

    /// Before when a call can be planned: the end of the last day.
    #[must_use]
    pub fn until(&self, hours: &Hours, now: Moment) -> Moment {
        let today = now.day_in(&hours.zone);
        let last = today.checked_add(i64::from(self.days).days());
        last.map_or(now, |day| Moment::start_of_day(day, &hours.zone))
    }
}

/// The slots that begin at `from` or later and before `to`, as far as calls can be planned, in order.
#[must_use]
pub fn slots(hours: &Hours, booking: &Booking, now: Moment, from: Moment, to: Moment) -> Vec<Span> {
    let from = from.max(booking.earliest(now));
    let to = to.min(booking.until(hours, now));
    if from >= to {
        return Vec::new();
    }
    // From two days before: hours that cross midnight have slots on the next day, and a zone may skip one.
    let first = from.day_in(&hours.zone).checked_sub(2.days());
    let last = to.day_in(&hours.zone);
    let mut slots: Vec<Span> = first
        .into_iter()
        .flat_map(|first| first.series(1.day()).take_while(move |day| *day <= last))
        .flat_map(|day| {
            hours
                .times_of(day)
                .into_iter()
                .map(move |times| (day, times))
        })
        .flat_map(|(day, times)| of_times(hours, booking, day, times))
        .collect();
    slots.sort_unstable_by_key(|slot| slot.start);
    let mut slots = one_after_another(slots);
    slots.retain(|slot| from <= slot.start && slot.start < to);
    slots
}

/// The slot that begins at this very moment.
#[must_use]
pub fn slot_at(hours: &Hours, booking: &Booking, now: Moment, start: Moment) -> Option<Span> {
    slots(hours, booking, now, start, start.plus_seconds(1))
        .into_iter()
        .find(|slot| slot.start == start)
}

fn of_times(hours: &Hours, booking: &Booking, day: Date, times: Times) -> Vec<Span> {
    let (Some(open), Some(last_day)) = (hours.span(day, times), times.last_day(day)) else {
        return Vec::new();
    };
    let (mut local, end) = (
        day.to_datetime(times.start),
        last_day.to_datetime(times.end),
    );
    let mut found = Vec::new();
    while local < end {
        let start =
            shown_time(&hours.zone, local).map(|at| Moment::from_millis(at.as_millisecond()));
        if let Some(start) = start {
            let slot = Span {
                start,
                end: start.plus_seconds(i64::from(booking.minutes) * 60),
            };
            if slot.end <= open.end {
                found.push(slot);
            }
        }
        match local.checked_add(i64::from(booking.minutes).minutes()) {
            Ok(next) => local = next,
            Err(_) => break,
        }
    }
    found
}

/// Leaves out what begins before the one before it is over: hours that overlap, and the minutes before a clock goes forward.
fn one_after_another(slots: Vec<Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for slot in slots {
        if kept.last().is_none_or(|last| last.end <= slot.start) {
            kept.push(slot);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
