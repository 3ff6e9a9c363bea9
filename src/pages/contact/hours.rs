//! When a way is open, day by day, on the customer's clock and on the company's.

use super::words;
use crate::browser::clock;
use crate::i18n::{
    Text, clock_time, day, day_heading, hour_in, is_elsewhere, list, moment_at, own_zone, t, text,
    today, zone_name,
};
use crate::ui::{Icon, IconName};
use portal_contract::Timestamp;
use portal_contract::contact::{OpeningException, OpeningHours, OpeningSpan};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// How many days are shown; the server tells the stretches of one more.
const DAYS: i64 = 7;

/// The table, to be unfolded under this title.
pub fn unfolded(hours: Memo<Option<OpeningHours>>, title: Text, label: String) -> View {
    let table = move || hours.with(|hours| hours.as_ref().map(|hours| table(hours, &label)));
    let table = StoredValue::new_local(table);
    let shown = move || {
        hours.with(Option::is_some).then(|| {
            view! {
                <details class="disclosure">
                    <summary>{title.clone()} <Icon name=IconName::ChevronDown /></summary>
                    {move || table.with_value(|table| table())}
                </details>
            }
        })
    };
    shown.alone()
}

fn table(hours: &OpeningHours, label: &str) -> View {
    let now = clock::now();
    let zone = hours.time_zone.as_str();
    let days = week(&hours.spans, now);
    let elsewhere = days
        .iter()
        .flat_map(|day| &day.stretches)
        .any(|stretch| is_elsewhere(clock::parse(&stretch.from), zone));
    let theirs = elsewhere.then(|| {
        let name = zone_name(now, zone).unwrap_or_else(|| zone.to_owned());
        view! { <th scope="col">{name}</th> }
    });
    let row = |day: &Day| {
        let theirs = elsewhere.then(|| view! { <td>{times(day, zone)}</td> });
        view! {
            <tr>
                <th scope="row">{day_heading(&day.from, now)}</th>
                <td>{times(day, &own_zone())}</td>
                {theirs}
            </tr>
        }
    };
    let rows: Vec<View> = days.iter().map(row).collect();
    let caption = t(text::contact_hours_caption(label));
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::CONTACT_HOURS_DAY}</th>
                        <th scope="col">{text::CONTACT_HOURS_YOURS}</th>
                        {theirs}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {exceptions(hours)}
    }
    .alone()
}

/// A day on the customer's calendar.
struct Day {
    from: Timestamp,
    stretches: Vec<Stretch>,
}

/// A time at which it is open: between two moments, or for the whole day.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    from: Timestamp,
    to: Timestamp,
    whole_day: bool,
}

/// The next days. Nothing where the browser cannot say what day it is.
fn week(spans: &[OpeningSpan], now: f64) -> Vec<Day> {
    let first = today(now).and_then(|day| clock::day_number(&day));
    let midnight = |number: i64| moment_at(&[&clock::day_of_number(number), "T00:00"].concat());
    let Some(first) = first else {
        return Vec::new();
    };
    (first..first + DAYS)
        .filter_map(|number| {
            let (from, to) = (midnight(number)?, midnight(number + 1)?);
            let stretches = of_day(spans, &from, &to);
            Some(Day { from, stretches })
        })
        .collect()
}

/// What of the stretches belongs to a day: those that begin on it, though they end after midnight; and the day's part of one that
/// lasts for days.
fn of_day(spans: &[OpeningSpan], from: &Timestamp, to: &Timestamp) -> Vec<Stretch> {
    let (begin, end) = (clock::parse(from), clock::parse(to));
    let stretch = |span: &OpeningSpan| {
        let (opens, closes) = (clock::parse(&span.starts_at), clock::parse(&span.ends_at));
        if opens <= begin && closes >= end {
            return Some(Stretch {
                from: from.clone(),
                to: to.clone(),
                whole_day: true,
            });
        }
        let lasts_for_days = closes - opens > 86_400_000.0;
        let begins_here = (begin..end).contains(&opens);
        let ends_here = lasts_for_days && begin < closes && closes <= end;
        (begins_here || ends_here).then(|| Stretch {
            from: if begins_here { &span.starts_at } else { from }.clone(),
            to: if lasts_for_days && begins_here {
                to
            } else {
                &span.ends_at
            }
            .clone(),
            whole_day: false,
        })
    };
    spans.iter().filter_map(stretch).collect()
}

/// The times of a day on the clock of a zone.
fn times(day: &Day, zone: &str) -> String {
    let one = |stretch: &Stretch| {
        if stretch.whole_day {
            return t(text::CONTACT_HOURS_ALL_DAY);
        }
        let hour = |at: &Timestamp| hour_in(at, zone, false);
        t(text::contact_hours_span(
            hour(&stretch.from),
            hour(&stretch.to),
        ))
    };
    if day.stretches.is_empty() {
        return t(text::CONTACT_CLOSED);
    }
    let times: Vec<String> = day.stretches.iter().map(one).collect();
    list(&times)
}

/// The days of the next weeks that are unlike the others, as the company states them.
fn exceptions(hours: &OpeningHours) -> Option<View> {
    let zone = &hours.time_zone;
    let name = zone_name(clock::now(), zone).unwrap_or_else(|| zone.clone());
    let one = |exception: &OpeningException| view! { <li>{exception_words(exception)} {words::reason(&exception.reason)}</li> };
    let lines: Vec<View> = hours.exceptions.iter().map(one).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <p class="soft">{text::contact_exceptions(name)}</p>
            <ul class="soft">{lines}</ul>
        }
        .alone()
    })
}

fn exception_words(exception: &OpeningException) -> Text {
    let times: Vec<String> = exception
        .times
        .iter()
        .map(|time| {
            t(text::contact_hours_span(
                clock_time(&time.start),
                clock_time(&time.end),
            ))
        })
        .collect();
    let times = if times.is_empty() {
        t(text::CONTACT_CLOSED)
    } else {
        list(&times)
    };
    text::contact_exception(day(&exception.date), times)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("it is a moment")
    }

    fn spans(all: &[(&str, &str)]) -> Vec<OpeningSpan> {
        let span = |(from, to): &(&str, &str)| OpeningSpan {
            starts_at: at(from),
            ends_at: at(to),
        };
        all.iter().map(span).collect()
    }

    fn read(spans: &[OpeningSpan], from: &str, to: &str) -> Vec<(String, String, bool)> {
        let stretches = of_day(spans, &at(from), &at(to)).into_iter();
        stretches
            .map(|it| (it.from.to_string(), it.to.to_string(), it.whole_day))
            .collect()
    }

    #[test]
    fn a_stretch_over_midnight_stands_on_the_day_on_which_it_begins() {
        let spans = spans(&[("2026-11-23T16:00:00Z", "2026-11-24T02:00:00Z")]);
        let expected = (
            "2026-11-23T16:00:00Z".to_owned(),
            "2026-11-24T02:00:00Z".to_owned(),
            false,
        );
        let monday = read(&spans, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z");
        assert_eq!(monday, [expected]);
        let tuesday = read(&spans, "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
        assert_eq!(tuesday, []);
    }

    #[test]
    fn days_around_the_clock_are_told_day_by_day() {
        let spans = spans(&[("2026-11-23T06:00:00Z", "2026-11-26T18:00:00Z")]);
        let day = |number: u8| {
            let from = format!("2026-11-{number}T00:00:00Z");
            let to = format!("2026-11-{}T00:00:00Z", number + 1);
            read(&spans, &from, &to)
        };
        let part = |from: &str, to: &str, whole| vec![(from.to_owned(), to.to_owned(), whole)];
        assert_eq!(
            day(23),
            part("2026-11-23T06:00:00Z", "2026-11-24T00:00:00Z", false)
        );
        assert_eq!(
            day(24),
            part("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z", true)
        );
        assert_eq!(
            day(26),
            part("2026-11-26T00:00:00Z", "2026-11-26T18:00:00Z", false)
        );
        assert_eq!(day(27), []);
    }

    #[test]
    fn a_day_of_a_clock_change_is_as_long_as_it_is() {
        // The last Sunday of October in Berlin has 25 hours; around the clock it is open for all of them.
        let spans = spans(&[("2026-10-20T22:00:00Z", "2026-10-30T23:00:00Z")]);
        let sunday = read(&spans, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        assert!(sunday[0].2);
    }
}
