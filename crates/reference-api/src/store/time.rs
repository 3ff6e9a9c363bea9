//! Moments as the database keeps them: whole milliseconds since 1970 in UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use portal_contract::Timestamp;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// The last moment that every zone can still show within the year 9999, and the first of the year 0: what RFC 3339 can write.
const LAST: i64 = 253_402_207_200_000;
const FIRST: i64 = -62_167_219_200_000;

/// A moment, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// So many milliseconds after 1970 began in UTC, held within the years that RFC 3339 can write.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(FIRST, LAST))
    }

    /// Milliseconds since 1970 began in UTC.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// So many seconds later (or earlier, when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_millis(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from this moment to `later`, rounded up; 0 when it has passed.
    #[must_use]
    pub fn seconds_until(self, later: Self) -> u64 {
        u64::try_from(later.0.saturating_sub(self.0)).map_or(0, |millis| millis.div_ceil(1000))
    }

    /// The moment as the wire carries it; the fraction only where there is one.
    #[must_use]
    pub fn to_timestamp(self) -> Timestamp {
        self.to_jiff()
            .to_string()
            .parse()
            .expect("a moment within the years 0 to 9999 has the shape of RFC 3339")
    }

    /// The moment that a timestamp of the contract names; `None` when the calendar has no such day or hour.
    #[must_use]
    pub fn from_timestamp(timestamp: &Timestamp) -> Option<Self> {
        let parsed: jiff::Timestamp = timestamp.as_str().parse().ok()?;
        Some(Self::from_millis(parsed.as_millisecond()))
    }

    /// When `day` begins in `zone` (the first moment that exists, where a clock change skips midnight).
    #[must_use]
    pub fn start_of_day(day: Date, zone: &TimeZone) -> Self {
        let millis = zone
            .to_ambiguous_zoned(day.at(0, 0, 0, 0))
            .compatible()
            .map_or(FIRST, |zoned| zoned.timestamp().as_millisecond());
        Self::from_millis(millis)
    }

    /// The calendar day of this moment in `zone`.
    #[must_use]
    pub fn day_in(self, zone: &TimeZone) -> Date {
        self.to_jiff().to_zoned(zone.clone()).date()
    }

    /// The moment for computing with the calendar.
    #[must_use]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0)
            .expect("a moment is held within the years 0 to 9999")
    }
}

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self::from_millis)
    }
}

/// The zone of this IANA name; UTC for one that nobody knows, so that an old record still shows its dates.
#[must_use]
pub fn zone(name: Option<&str>) -> TimeZone {
    name.and_then(|name| TimeZone::get(name).ok())
        .unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_survives_the_wire() {
        for millis in [0, 1_772_600_767_125, 1_772_600_767_000, FIRST, LAST] {
            let moment = Moment::from_millis(millis);
            assert_eq!(Moment::from_timestamp(&moment.to_timestamp()), Some(moment));
        }
        assert_eq!(
            Moment::from_millis(1000).to_timestamp().as_str(),
            "1970-01-01T00:00:01Z"
        );
    }

    #[test]
    fn a_day_begins_where_its_zone_says() {
        let berlin = zone(Some("Europe/Berlin"));
        let day = Date::constant(2026, 3, 29);
        assert_eq!(
            Moment::start_of_day(day, &berlin).to_timestamp().as_str(),
            "2026-03-28T23:00:00Z"
        );
        let next = day.tomorrow().unwrap();
        assert_eq!(
            Moment::start_of_day(next, &berlin).to_timestamp().as_str(),
            "2026-03-29T22:00:00Z"
        );
        assert_eq!(Moment::start_of_day(day, &berlin).day_in(&berlin), day);
    }

    #[test]
    fn an_unknown_zone_is_utc() {
        assert_eq!(zone(Some("Mars/Olympus")), TimeZone::UTC);
        assert_eq!(zone(None), TimeZone::UTC);
    }

    #[test]
    fn waiting_times_are_rounded_up() {
        let now = Moment::from_millis(0);
        assert_eq!(now.seconds_until(Moment::from_millis(1)), 1);
        assert_eq!(Moment::from_millis(1).seconds_until(now), 0);
    }
}
