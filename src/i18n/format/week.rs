//! Days of the week, times of a clock, and moments on the clock of a zone that is not the customer's own.

use super::by_intl;
use crate::browser::clock;
use crate::browser::intl::Value;
use crate::i18n::formats;
use portal_contract::Timestamp;

/// Noon of a Monday, in milliseconds since 1970, and a day.
const MONDAY: f64 = 1_704_110_400_000.0;
const DAY: f64 = 86_400_000.0;

/// A day of the week by its number from Monday (0) on; `style` is `long` ("Monday"), `short` ("Mon") or `narrow` ("M").
#[must_use]
pub fn weekday(number: u8, style: &str) -> String {
    let options = ["timeZone=UTC;weekday=", style].concat();
    let at = MONDAY + f64::from(number) * DAY;
    by_intl("DateTimeFormat", &options, &[Value::Number(at)]).unwrap_or_else(|| number.to_string())
}

/// The day on which a week begins where the reader lives, by its number from Monday (0) on.
#[must_use]
pub fn first_weekday() -> u8 {
    crate::browser::intl::first_weekday(&formats()).unwrap_or_default()
}

/// A time of the wire (`22:00`) as the language writes it.
#[must_use]
pub fn clock_time(time: &str) -> String {
    let at = ["1970-01-01T", time, ":00Z"].concat();
    let at = at.parse().map(|at: Timestamp| clock::parse(&at));
    at.ok()
        .and_then(|at| {
            let options = "timeZone=UTC;timeStyle=short";
            by_intl("DateTimeFormat", options, &[Value::Number(at)])
        })
        .unwrap_or_else(|| time.to_owned())
}

/// A moment on the clock of a zone: "Sunday, 22 November 2026 at 22:00". In UTC, and saying so, where the browser does not know
/// the zone.
#[must_use]
pub fn date_time_in(at: &Timestamp, zone: &str) -> String {
    let options = ["dateStyle=full;timeStyle=short;timeZone=", zone].concat();
    let at_ms = clock::parse(at);
    by_intl("DateTimeFormat", &options, &[Value::Number(at_ms)])
        .unwrap_or_else(|| at.as_str().replace('T', " "))
}

/// Day and time on the clock of a zone at a moment (milliseconds since 1970): "Sunday 14:05".
#[must_use]
pub fn time_in(ms: f64, zone: &str) -> Option<String> {
    let options = ["weekday=long;hour=numeric;minute=numeric;timeZone=", zone].concat();
    by_intl("DateTimeFormat", &options, &[Value::Number(ms)])
}

/// What people call a zone at a moment: "Newfoundland Standard Time".
#[must_use]
pub fn zone_name(ms: f64, zone: &str) -> Option<String> {
    let options = ["timeZoneName=long;timeZone=", zone].concat();
    let named = by_intl("DateTimeFormat", &options, &[Value::Number(ms)])?;
    // The formatter writes a day before it; with the name cut off there is nothing left to tell the two apart by but that.
    let plain = by_intl(
        "DateTimeFormat",
        &["timeZone=", zone].concat(),
        &[Value::Number(ms)],
    )?;
    let name = named.replace(&plain, "");
    Some(
        name.trim_matches([',', ' ', '،', '\u{a0}', '\u{200f}'])
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_intl_a_time_stays_as_it_travels() {
        assert_eq!(clock_time("22:00"), "22:00");
        assert_eq!(clock_time("late"), "late");
        let at: Timestamp = "2026-11-22T01:30:00Z".parse().expect("it is a moment");
        assert_eq!(
            date_time_in(&at, "America/St_Johns"),
            "2026-11-22 01:30:00Z"
        );
        assert_eq!(first_weekday(), 0);
    }
}
