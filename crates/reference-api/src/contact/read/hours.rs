//! Hours of the file: a zone, a week, the days unlike it.

use super::{Local, Wrong, words, wrong};
use crate::contact::hours::{Exception, Hours, On, Times, Window};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde::Deserialize;

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHours {
    time_zone: String,
    week: Vec<RawWindow>,
    #[serde(default)]
    except: Vec<RawException>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWindow {
    days: Vec<String>,
    start: String,
    end: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawException {
    date: String,
    #[serde(default)]
    times: Vec<RawTimes>,
    #[serde(default)]
    because: Local<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTimes {
    start: String,
    end: String,
}

pub(super) fn hours(name: &str, raw: RawHours) -> Result<Hours, Wrong> {
    let place = format!("hours {name:?}");
    let within = |part: &str| format!("{place}, {part}");
    let zone = TimeZone::get(&raw.time_zone).map_err(|_| {
        let problem = format!("{:?} is no IANA zone, such as Europe/Berlin", raw.time_zone);
        wrong(within("time_zone"), problem)
    })?;
    if raw.week.is_empty() {
        return Err(wrong(
            within("week"),
            "is empty; leave the hours out of an option that is always open",
        ));
    }
    let week = raw
        .week
        .into_iter()
        .map(window)
        .collect::<Result<_, _>>()
        .map_err(|problem| wrong(within("week"), problem))?;
    let mut exceptions: Vec<Exception> = Vec::new();
    for except in raw.except {
        let place = within(&format!("except {:?}", except.date));
        let exception = exception(except).map_err(|problem| wrong(place.clone(), problem))?;
        if exceptions.iter().any(|known| known.on == exception.on) {
            return Err(wrong(
                place,
                "stands twice; give all times of a day at once",
            ));
        }
        exceptions.push(exception);
    }
    Ok(Hours {
        zone_name: raw.time_zone,
        zone,
        week,
        exceptions,
    })
}

fn window(raw: RawWindow) -> Result<Window, String> {
    if raw.days.is_empty() {
        return Err("names no \"days\", such as [\"mon\", \"tue\"]".to_owned());
    }
    let day = |name: &String| {
        let known = DAYS.iter().find(|(known, _)| known == name);
        known.map(|(_, day)| *day).ok_or_else(|| {
            let known = DAYS.map(|(name, _)| name).join(", ");
            format!("{name:?} is no day: {known}")
        })
    };
    Ok(Window {
        days: raw.days.iter().map(day).collect::<Result<_, _>>()?,
        times: times(&raw.start, &raw.end)?,
    })
}

fn exception(raw: RawException) -> Result<Exception, String> {
    if !raw.because.is_empty() {
        words(&raw.because).map_err(|problem| format!("because {problem}"))?;
    }
    Ok(Exception {
        on: on(&raw.date)?,
        times: raw
            .times
            .iter()
            .map(|raw| times(&raw.start, &raw.end))
            .collect::<Result<_, _>>()?,
        because: raw.because,
    })
}

/// `2026-12-24`, or `12-24` for every year.
fn on(text: &str) -> Result<On, String> {
    // A leap year, so that 29 February is a day of "every year" too.
    let every_year = || format!("2000-{text}").parse::<Date>();
    match (text.len(), text.parse::<Date>()) {
        (10, Ok(date)) => Ok(On::Day(date)),
        (5, _) => every_year()
            .map(|date| On::EveryYear(date.month(), date.day()))
            .map_err(|_| not_a_day(text)),
        _ => Err(not_a_day(text)),
    }
}

fn not_a_day(text: &str) -> String {
    format!("{text:?} is no day, such as \"2026-12-24\", or \"12-24\" for every year")
}

fn times(start: &str, end: &str) -> Result<Times, String> {
    Ok(Times {
        start: time(start)?,
        end: time(end)?,
    })
}

fn time(text: &str) -> Result<Time, String> {
    let shaped = text.len() == 5 && text.as_bytes()[2] == b':';
    Time::strptime("%H:%M", text)
        .ok()
        .filter(|_| shaped)
        .ok_or_else(|| format!("{text:?} is no time of day from \"00:00\" to \"23:59\""))
}
