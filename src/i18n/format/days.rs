//! Calendar arithmetic on days that a formatter has already put into the customer's zone.

/// `31/12/2026` (how `en-GB` writes a day everywhere) as `2026-12-31`.
pub fn from_british(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('/').collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (digits(day, 2) && digits(month, 2) && digits(year, 4)).then(|| [*year, *month, *day].join("-"))
}

/// How far apart two moments are, in the unit in which people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// Less than a minute.
    Now,
    /// So many minutes; negative ones have passed.
    Minutes(i64),
    /// So many hours.
    Hours(i64),
    /// So many calendar days: "yesterday" is a matter of midnight, not of 24 hours.
    Days(i64),
    /// A week or more: the date says it better.
    Far,
}

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;

/// The distance of a moment from now, `ms` milliseconds (negative: passed) and `days` midnights away.
#[expect(clippy::cast_possible_truncation, reason = "bounded by half a day")]
pub fn distance(ms: f64, days: i64) -> Distance {
    let far = ms.abs();
    if far < MINUTE {
        Distance::Now
    } else if far < HOUR {
        Distance::Minutes((ms / MINUTE) as i64)
    } else if far < 12.0 * HOUR || days == 0 {
        Distance::Hours((ms / HOUR) as i64)
    } else if days.abs() < 7 {
        Distance::Days(days)
    } else {
        Distance::Far
    }
}

/// A length of time as at most two units, the greater first: 3 days 4 hours, 2 hours 5 minutes. Nothing under a minute.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of a span between two real moments"
)]
pub fn units(ms: f64) -> Vec<(i64, &'static str)> {
    let minutes = (ms.max(0.0) / MINUTE) as i64;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let all = match (days, hours) {
        // After two weeks nobody counts the hours.
        (14.., _) => vec![(days, "day")],
        (1.., _) => vec![(days, "day"), (hours, "hour")],
        (_, _) => vec![(hours, "hour"), (minutes, "minute")],
    };
    all.into_iter().filter(|(count, _)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_british_day_is_turned_around() {
        assert_eq!(from_british("05/11/2026").as_deref(), Some("2026-11-05"));
        assert_eq!(from_british("11/5/26"), None);
    }

    #[test]
    fn distances_are_said_as_people_say_them() {
        assert_eq!(distance(-30_000.0, 0), Distance::Now);
        assert_eq!(distance(-5.0 * MINUTE, 0), Distance::Minutes(-5));
        assert_eq!(distance(-3.0 * HOUR, -1), Distance::Hours(-3));
        assert_eq!(distance(-20.0 * HOUR, -1), Distance::Days(-1));
        assert_eq!(distance(26.0 * HOUR, 1), Distance::Days(1));
        assert_eq!(distance(-8.0 * 24.0 * HOUR, -8), Distance::Far);
    }

    #[test]
    fn a_span_is_two_units_at_most() {
        assert_eq!(units(30_000.0), []);
        assert_eq!(units(125.0 * MINUTE), [(2, "hour"), (5, "minute")]);
        assert_eq!(units(2.0 * HOUR), [(2, "hour")]);
        assert_eq!(units(76.5 * HOUR), [(3, "day"), (4, "hour")]);
        assert_eq!(units(500.0 * HOUR), [(20, "day")]);
        assert_eq!(units(-5.0), []);
    }
}
