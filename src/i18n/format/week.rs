//! Days of the week, times of a clock, and moments on the clock of a zone that is not the customer's own.

use super::{by_intl, time_zone};
use crate::browser::clock;
use crate::browser::intl::{self, Value};
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
    intl::first_weekday(&formats()).unwrap_or_default()
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

/// IANA name of the zone in which times are shown: the customer's, or the device's while they chose none.
#[must_use]
pub fn own_zone() -> String {
    time_zone()
        .or_else(intl::device_zone)
        .unwrap_or_else(|| "UTC".to_owned())
}

/// Whether clocks in this zone show something else at a moment than those in the zone in which times are shown.
#[must_use]
pub fn is_elsewhere(ms: f64, zone: &str) -> bool {
    time_in(ms, zone) != time_in(ms, &own_zone())
}

/// A time on the clock of a zone at a moment: "14:05". With `names_offset` it says how far from UTC that is ("14:05 GMT+1"), which
/// tells the two apart that a clock change makes of one.
#[must_use]
pub fn hour_in(at: &Timestamp, zone: &str, names_offset: bool) -> String {
    let style = if names_offset {
        "hour=2-digit;minute=2-digit;timeZoneName=shortOffset"
    } else {
        "timeStyle=short"
    };
    let options = [style, ";timeZone=", zone].concat();
    let ms = clock::parse(at);
    by_intl("DateTimeFormat", &options, &[Value::Number(ms)])
        .unwrap_or_else(|| at.as_str().get(11..16).unwrap_or_default().to_owned())
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
        assert_eq!(hour_in(&at, "America/St_Johns", false), "01:30");
        assert_eq!(own_zone(), "UTC");
        assert_eq!(first_weekday(), 0);
    }
}
