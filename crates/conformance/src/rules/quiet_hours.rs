//! Quiet hours on the days when the clock changes, and over midnight.

use super::preferences::{change, free_choice, reach};
use crate::http::{Exchange, Who};
use crate::kit::{Kit, items};
use crate::rule::{Finding, Outcome, Stop, finding, skip, unless};
use jiff::civil::{Date, Time, Weekday, date};
use jiff::tz::{Disambiguation, TimeZone};
use jiff::{Timestamp, ToSpan};
use portal_contract::endpoints;
use serde_json::{Value, json};
use std::sync::Arc;

/// A zone whose clock goes forward on the last Sunday of March and back on that of October (directive 2000/84/EC).
const ZONE: &str = "Europe/Berlin";

/// A moment, and until when it is held; `None` when it is outside.
struct Case {
    what: &'static str,
    window: (&'static str, &'static str),
    at: Timestamp,
    until: Option<Timestamp>,
}

/// `preferences.quiet-hours`
pub(super) async fn check(kit: &Kit) -> Outcome {
    let (topic, channel) = free_choice(kit).await?;
    let before = kit.read(Who::A, endpoints::PREFERENCES).await?;
    if !before.json()["paused_until"].is_null() {
        return Err(skip("A has paused contact, which holds everything up"));
    }
    let judged = judge(kit, &topic, &channel).await;
    let quiet = &before.json()["quiet_hours"];
    let back = json!({ "quiet_hours": {
        "enabled": quiet["enabled"], "time_zone": quiet["time_zone"], "windows": quiet["windows"],
        "channels": quiet["channels"], "outside": quiet["outside"],
    } });
    change(kit, &back).await?;
    let (findings, count) = judged?;
    unless(findings, format!("{count} moments in {ZONE}"))
}

async fn judge(kit: &Kit, topic: &str, channel: &str) -> Result<(Vec<Finding>, usize), Stop> {
    let cases = cases()?;
    let (mut findings, mut window) = (Vec::new(), ("", ""));
    for case in &cases {
        if case.window != window {
            window = case.window;
            set(kit, window).await?;
        }
        let answer = reach(kit, topic, channel, Some(&case.at.to_string())).await?;
        if let Some(what) = wrong(case, &answer) {
            findings.push(finding(format!("{}: {what}", case.what), &[&answer]));
        }
    }
    Ok((findings, cases.len()))
}

async fn set(kit: &Kit, (start, end): (&str, &str)) -> Result<(), Stop> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let windows = json!([{ "days": days, "start": start, "end": end }]);
    let quiet = json!({ "quiet_hours": {
        "enabled": true, "time_zone": ZONE, "windows": windows, "channels": [], "outside": "hold",
    } });
    let set = change(kit, &quiet).await?;
    if set.is_success() {
        return Ok(());
    }
    Err(skip(format!(
        "quiet hours could not be set: {}",
        set.outcome()
    )))
}

fn wrong(case: &Case, answer: &Arc<Exchange>) -> Option<String> {
    let mut reasons = items(answer.json(), "/reasons");
    let held: Option<&Value> = reasons.find(|reason| reason["code"] == "quiet_hours_hold");
    let until = held.and_then(|reason| reason["until"].as_str()?.parse::<Timestamp>().ok());
    match (case.until, until) {
        (None, None) => None,
        (Some(expected), Some(until)) if expected == until => None,
        (None, Some(_)) => Some("it is held, and comes outside of quiet hours".to_owned()),
        (Some(expected), None) => Some(format!("it is not held until {expected}")),
        (Some(expected), Some(until)) => Some(format!(
            "it is held until {until}, and quiet hours end at {expected}"
        )),
    }
}

/// Cases of the two changes that come next year, so that every moment lies ahead.
fn cases() -> Result<Vec<Case>, Stop> {
    let zone = TimeZone::get(ZONE).map_err(|_| skip("the kit has no database of time zones"))?;
    let year = Timestamp::now().to_zoned(zone.clone()).year() + 1;
    let spring = last_sunday(year, 3)?;
    let autumn = last_sunday(year, 10)?;
    let on = |day: Date, hour: i8, minute: i8, which: Disambiguation| {
        moment(&zone, day, hour, minute, which)
    };
    let day_before = |day: Date| day.yesterday().map_err(|_| calendar());
    let at = Disambiguation::Compatible;
    let night = ("22:00", "07:00");
    Ok(vec![
        Case {
            what: "a night over midnight",
            window: night,
            at: on(day_before(spring)?, 1, 0, at)?,
            until: Some(on(day_before(spring)?, 7, 0, at)?),
        },
        Case {
            what: "just before the night",
            window: night,
            at: on(day_before(spring)?, 21, 59, at)?,
            until: None,
        },
        Case {
            what: "its first minute",
            window: night,
            at: on(day_before(spring)?, 22, 0, at)?,
            until: Some(on(spring, 7, 0, at)?),
        },
        Case {
            what: "its end",
            window: night,
            at: on(spring, 7, 0, at)?,
            until: None,
        },
        Case {
            what: "the night that is an hour shorter",
            window: night,
            at: on(spring, 3, 30, at)?,
            until: Some(on(spring, 7, 0, at)?),
        },
        Case {
            what: "the night that is an hour longer",
            window: night,
            at: on(autumn, 2, 30, Disambiguation::Later)?,
            until: Some(on(autumn, 7, 0, at)?),
        },
        // 02:00 to 03:00 does not exist: what ends at 02:30 ends at the moment of the change.
        Case {
            what: "an end that the clock skips",
            window: ("01:00", "02:30"),
            at: on(spring, 1, 30, at)?,
            until: Some(on(spring, 3, 0, at)?),
        },
        // 02:30 comes twice: it begins with the first and ends with the second.
        Case {
            what: "an end that comes twice",
            window: ("01:00", "02:30"),
            at: on(autumn, 2, 45, Disambiguation::Earlier)?,
            until: Some(on(autumn, 2, 30, Disambiguation::Later)?),
        },
        Case {
            what: "a start that comes twice",
            window: ("02:15", "04:00"),
            at: on(autumn, 2, 20, Disambiguation::Earlier)?,
            until: Some(on(autumn, 4, 0, at)?),
        },
    ])
}

fn moment(
    zone: &TimeZone,
    day: Date,
    hour: i8,
    minute: i8,
    which: Disambiguation,
) -> Result<Timestamp, Stop> {
    let time = Time::new(hour, minute, 0, 0).map_err(|_| calendar())?;
    let ambiguous = zone.to_ambiguous_zoned(day.to_datetime(time));
    Ok(ambiguous
        .disambiguate(which)
        .map_err(|_| calendar())?
        .timestamp())
}

fn last_sunday(year: i16, month: i8) -> Result<Date, Stop> {
    let last = date(year, month, 1).last_of_month();
    let back = i64::from(last.weekday().since(Weekday::Sunday));
    last.checked_sub(back.days()).map_err(|_| calendar())
}

fn calendar() -> Stop {
    skip("the calendar of the kit ends here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_changes_on_the_last_sunday() {
        assert_eq!(last_sunday(2026, 3).unwrap(), date(2026, 3, 29));
        assert_eq!(last_sunday(2027, 10).unwrap(), date(2027, 10, 31));
        assert_eq!(cases().unwrap().len(), 9);
    }
}
