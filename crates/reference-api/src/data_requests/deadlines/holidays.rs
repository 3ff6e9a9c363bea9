//! Public holidays of the countries that the demonstration's customers live in. Others are named by the company's settings.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Whether nobody works there that day: `DE` (all of Germany), `GB` (England and Wales), `US-CA` (California).
pub(super) fn is_holiday(region: &str, day: Date) -> bool {
    match region {
        "GB" => united_kingdom(day),
        "US-CA" => california(day),
        _ if region == "DE" || region.starts_with("DE-") => germany(day),
        _ => false,
    }
}

/// Easter Sunday by the Gregorian reckoning (Meeus, Jones, Butcher).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    Date::new(
        year,
        i8::try_from(month).expect("Easter is in March or April"),
        i8::try_from(day).expect("a day of a month is small"),
    )
    .expect("Easter is a day of the calendar")
}

fn is_days_from_easter(day: Date, days: &[i64]) -> bool {
    let easter = easter(day.year());
    days.iter()
        .any(|&after| easter.saturating_add(after.days()) == day)
}

fn is_date(day: Date, dates: &[(i8, i8)]) -> bool {
    dates.contains(&(day.month(), day.day()))
}

fn germany(day: Date) -> bool {
    is_date(day, &[(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)])
        || is_days_from_easter(day, &[-2, 1, 39, 50])
}

fn united_kingdom(day: Date) -> bool {
    let new_year = substitute(day, 1, 1);
    let (christmas, boxing) = christmas_days(day.year());
    let bank = is_nth(day, 5, Weekday::Monday, 1)
        || is_last(day, 5, Weekday::Monday)
        || is_last(day, 8, Weekday::Monday);
    new_year || bank || day == christmas || day == boxing || is_days_from_easter(day, &[-2, 1])
}

/// A day, or the Monday after it where it is at a weekend.
fn substitute(day: Date, month: i8, date: i8) -> bool {
    let wanted = Date::new(day.year(), month, date).expect("a holiday is a day of the calendar");
    let days = match wanted.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    wanted.saturating_add(days.days()) == day
}

/// Christmas Day and Boxing Day, each moved to the first free weekday.
fn christmas_days(year: i16) -> (Date, Date) {
    let on = |date| Date::new(year, 12, date).expect("December has 31 days");
    match on(25).weekday() {
        Weekday::Friday => (on(25), on(28)),
        Weekday::Saturday => (on(27), on(28)),
        Weekday::Sunday => (on(27), on(26)),
        _ => (on(25), on(26)),
    }
}

/// The holidays on which California's offices are closed (Government Code § 6700); one on a Sunday is kept on Monday.
fn california(day: Date) -> bool {
    const FIXED: [(i8, i8); 5] = [(1, 1), (3, 31), (7, 4), (11, 11), (12, 25)];
    let yesterday = day.saturating_sub(1.day());
    let kept =
        is_date(day, &FIXED) || day.weekday() == Weekday::Monday && is_date(yesterday, &FIXED);
    let mondays = is_nth(day, 1, Weekday::Monday, 3)
        || is_nth(day, 2, Weekday::Monday, 3)
        || is_last(day, 5, Weekday::Monday)
        || is_nth(day, 9, Weekday::Monday, 1);
    let thanksgiving =
        is_nth(day, 11, Weekday::Thursday, 4) || is_nth(yesterday, 11, Weekday::Thursday, 4);
    kept || mondays || thanksgiving
}

fn is_nth(day: Date, month: i8, weekday: Weekday, nth: i8) -> bool {
    day.month() == month && day.weekday() == weekday && (day.day() - 1) / 7 + 1 == nth
}

fn is_last(day: Date, month: i8, weekday: Weekday) -> bool {
    day.month() == month
        && day.weekday() == weekday
        && day.saturating_add(7.days()).month() != month
}
