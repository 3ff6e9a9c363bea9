//! How often a topic comes, and when a digest goes out.

use crate::store::time::Moment;
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use portal_contract::preference_catalog as wire;

/// How often a topic comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frequency {
    /// Each message by itself, at once.
    AtOnce,
    /// Once a day, all of them together.
    Daily,
    /// Once a week.
    Weekly,
    /// Once a month.
    Monthly,
}

impl Frequency {
    /// From the most often to the least.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Monthly];

    /// As the wire, the catalogue and the database write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    /// As the contract has it.
    #[must_use]
    pub fn to_wire(self) -> wire::Frequency {
        wire::Frequency::from(self.as_str())
    }

    /// Reads [`as_str`](Self::as_str).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|frequency| frequency.as_str() == text)
    }
}

/// When digests go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// At this time of the customer's day.
    pub time: Time,
    /// Weekly ones on this day.
    pub weekday: Weekday,
    /// Monthly ones on this day, 1 to 28.
    pub day_of_month: i8,
}

impl Digest {
    /// When the next digest after `at` goes out in `zone`; `at` itself for what is not gathered. A digest whose time the clock
    /// skips goes out as much later as it skips (RFC 5545).
    #[must_use]
    pub fn next(&self, frequency: Frequency, at: Moment, zone: &TimeZone) -> Moment {
        if frequency == Frequency::AtOnce {
            return at;
        }
        // The longest way from one digest to the next is a month; the day after covers a day that a zone skips.
        let today = at.day_in(zone);
        (0..=32)
            .filter_map(|days| today.checked_add(days.days()).ok())
            .filter(|day| self.falls_on(frequency, *day))
            .filter_map(|day| self.moment(day, zone))
            .find(|moment| *moment > at)
            .unwrap_or(at)
    }

    fn falls_on(&self, frequency: Frequency, day: Date) -> bool {
        match frequency {
            Frequency::AtOnce | Frequency::Daily => true,
            Frequency::Weekly => day.weekday() == self.weekday,
            Frequency::Monthly => day.day() == self.day_of_month,
        }
    }

    fn moment(&self, day: Date, zone: &TimeZone) -> Option<Moment> {
        let ambiguous = zone.to_ambiguous_zoned(day.to_datetime(self.time));
        let zoned = ambiguous.compatible().ok()?;
        Some(Moment::from_millis(zoned.timestamp().as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: Digest = Digest {
        time: Time::constant(9, 0, 0, 0),
        weekday: Weekday::Monday,
        day_of_month: 1,
    };

    fn moment(text: &str) -> Moment {
        Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn a_digest_goes_out_at_its_time_on_the_customers_clock() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (frequency, at, next) in [
            (
                Frequency::AtOnce,
                "2026-03-28T12:00:00Z",
                "2026-03-28T12:00:00Z",
            ),
            (
                Frequency::Daily,
                "2026-03-28T07:59:59Z",
                "2026-03-28T08:00:00Z",
            ),
            // The clock changes in between.
            (
                Frequency::Daily,
                "2026-03-28T08:00:00Z",
                "2026-03-29T07:00:00Z",
            ),
            (
                Frequency::Weekly,
                "2026-03-28T12:00:00Z",
                "2026-03-30T07:00:00Z",
            ),
            (
                Frequency::Weekly,
                "2026-03-30T07:00:00Z",
                "2026-04-06T07:00:00Z",
            ),
            (
                Frequency::Monthly,
                "2026-01-01T08:00:00Z",
                "2026-02-01T08:00:00Z",
            ),
            (
                Frequency::Monthly,
                "2026-03-31T23:00:00Z",
                "2026-04-01T07:00:00Z",
            ),
        ] {
            assert_eq!(
                DIGEST.next(frequency, moment(at), &berlin),
                moment(next),
                "{frequency:?} after {at}"
            );
        }
    }

    #[test]
    fn a_digest_of_a_day_that_never_was_goes_out_when_that_day_would_have_been() {
        // Kiritimati skipped Saturday, 31 December 1994: 9:00 that day is 9:00 on Sunday, which is also Sunday's own.
        let zone = TimeZone::get("Pacific/Kiritimati").unwrap();
        let next = DIGEST.next(Frequency::Daily, moment("1994-12-31T08:00:00Z"), &zone);
        assert_eq!(next, moment("1994-12-31T19:00:00Z"));
    }

    #[test]
    fn every_frequency_is_read_as_it_is_written() {
        for frequency in Frequency::ALL {
            assert_eq!(Frequency::parse(frequency.as_str()), Some(frequency));
        }
        assert_eq!(Frequency::parse("hourly"), None);
    }
}
