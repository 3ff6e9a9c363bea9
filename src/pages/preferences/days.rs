//! Calendar days of the customer, counted from today.

use crate::browser::clock;
use crate::i18n::{moment_at, today};
use portal_contract::Timestamp;

/// The day so many days from today, `YYYY-MM-DD`, in the customer's zone.
#[must_use]
pub fn in_days(count: i64) -> String {
    let now = clock::now();
    let in_greenwich = || Some(clock::timestamp(now)?.day().to_owned());
    today(now)
        .or_else(in_greenwich)
        .and_then(|today| clock::day_number(&today))
        .map_or_else(String::new, |today| clock::day_of_number(today + count))
}

/// The first moment of a day in the customer's zone.
#[must_use]
pub fn begin_of(day: &str) -> Option<Timestamp> {
    clock::day_number(day)?;
    moment_at(&[day, "T00:00"].concat())
}
