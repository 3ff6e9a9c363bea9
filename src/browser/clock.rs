//! The time, and waiting for it. Moments are milliseconds since 1970.

use super::window;
use portal_contract::Timestamp;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

/// The device's clock.
#[must_use]
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// How long this page has been there, in milliseconds: since somebody asked for it, before anything of it was read. No setting of
/// the device's clock changes it (W3C High Resolution Time).
#[must_use]
pub fn age_of_page() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// A moment of the wire. Its shape was checked when it was read; a day that no calendar has rolls over.
#[must_use]
pub fn parse(at: &Timestamp) -> f64 {
    let text = at.as_str();
    let number = |from: usize, to: usize| {
        text.get(from..to)
            .and_then(|digits| digits.parse::<u32>().ok())
            .map_or(0.0, f64::from)
    };
    let milliseconds = text.get(20..text.len() - 1).map_or(0.0, |fraction| {
        let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
        thousandths.parse::<u32>().map_or(0.0, f64::from)
    });
    #[expect(
        clippy::cast_precision_loss,
        reason = "days since 1970 are far below 2^53"
    )]
    let days = day_number(at.day()).unwrap_or_default() as f64;
    (((days * 24.0 + number(11, 13)) * 60.0 + number(14, 16)) * 60.0 + number(17, 19)) * 1000.0
        + milliseconds
}

/// The number of a day since 1970-01-01 in the proleptic Gregorian calendar; `None` when `day` is not `YYYY-MM-DD`.
#[must_use]
pub fn day_number(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Howard Hinnant's `days_from_civil`: years begin in March, so that the leap day comes last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
            - 719_468,
    )
}

/// The day `YYYY-MM-DD` of a number as [`day_number`] gives them.
#[must_use]
pub fn day_of_number(number: i64) -> String {
    // Howard Hinnant's `civil_from_days`, the other way round.
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A moment as it travels, to the second; `None` for a year that has no four digits.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of a moment in the years 0 to 9999 fit many times over"
)]
pub fn timestamp(ms: f64) -> Option<Timestamp> {
    let seconds = (ms / 1000.0).floor() as i64;
    let (day, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let day = day_of_number(day);
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
        .parse()
        .ok()
}

/// Waits. Dropping the future gives it up.
pub async fn sleep(duration: Duration) {
    // Browsers take the delay as a signed 32-bit number: a greater one would be none.
    let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        let _ =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(timer).await;
}

/// Runs something again and again until it is dropped.
pub struct Ticker {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Ticker {
    /// Runs `then` every `milliseconds`, the first time after one such span.
    pub fn every(milliseconds: i32, then: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(then);
        let function = closure.as_ref().unchecked_ref();
        let id =
            window().set_interval_with_callback_and_timeout_and_arguments_0(function, milliseconds);
        Self {
            id: id.unwrap_or_default(),
            _closure: closure,
        }
    }

    /// Runs `then` every minute: what relative times ("3 minutes ago") need.
    pub fn every_minute(then: impl FnMut() + 'static) -> Self {
        Self::every(60_000, then)
    }

    /// Ticks for as long as the page lives.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years_and_centuries() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01"), Some(11_017));
        assert_eq!(
            day_number("2026-03-01")
                .zip(day_number("2026-02-28"))
                .map(|(a, b)| a - b),
            Some(1)
        );
        assert_eq!(
            day_number("2024-03-01")
                .zip(day_number("2024-02-28"))
                .map(|(a, b)| a - b),
            Some(2)
        );
        assert_eq!(day_number("tomorrow"), None);
    }

    #[test]
    fn a_day_and_its_number_are_two_names_of_one_thing() {
        for day in [
            "1970-01-01",
            "2000-02-29",
            "2024-12-31",
            "2026-03-01",
            "1969-07-20",
        ] {
            assert_eq!(day_number(day).map(day_of_number).as_deref(), Some(day));
        }
    }

    #[test]
    fn a_moment_is_written_as_it_travels() {
        let written = timestamp(1_772_600_767_500.0).expect("it is in this century");
        assert_eq!(written.as_str(), "2026-03-04T05:06:07Z");
        assert_eq!(timestamp(f64::MAX), None);
    }

    #[test]
    fn a_moment_is_milliseconds_since_1970() {
        let parse = |text: &str| parse(&text.parse().unwrap());
        assert_eq!(parse("1970-01-01T00:00:00Z"), 0.0);
        assert_eq!(parse("2026-03-04T05:06:07Z"), 1_772_600_767_000.0);
        assert_eq!(parse("2026-03-04T05:06:07.5Z"), 1_772_600_767_500.0);
        assert_eq!(parse("2026-03-04T05:06:07.123456Z"), 1_772_600_767_123.0);
    }
}
