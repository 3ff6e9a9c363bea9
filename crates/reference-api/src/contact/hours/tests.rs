use super::*;

fn at(text: &str) -> Moment {
    Moment::from_timestamp(&text.parse().unwrap()).unwrap()
}

fn time(text: &str) -> Time {
    Time::strptime("%H:%M", text).unwrap()
}

fn times(start: &str, end: &str) -> Times {
    Times {
        start: time(start),
        end: time(end),
    }
}

const EVERY_DAY: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Hours in `zone`, from and to these times of these days.
fn hours(zone: &str, week: &[(&[Weekday], &str, &str)]) -> Hours {
    Hours {
        zone_name: zone.to_owned(),
        zone: TimeZone::get(zone).unwrap(),
        week: week
            .iter()
            .map(|(days, start, end)| Window {
                days: days.to_vec(),
                times: times(start, end),
            })
            .collect(),
        exceptions: Vec::new(),
    }
}

fn daily(zone: &str, start: &str, end: &str) -> Hours {
    hours(zone, &[(&EVERY_DAY, start, end)])
}

fn told(spans: &[Span]) -> Vec<(String, String)> {
    let text = |moment: Moment| moment.to_timestamp().to_string();
    spans
        .iter()
        .map(|span| (text(span.start), text(span.end)))
        .collect()
}

/// The stretches from `from` on, within this day and the next.
fn spans(hours: &Hours, from: &str) -> Vec<(String, String)> {
    told(&hours.spans(at(from), 1))
}

fn pair(start: &str, end: &str) -> (String, String) {
    (start.to_owned(), end.to_owned())
}

#[test]
fn berlin_loses_an_hour_in_spring_and_gains_one_in_autumn() {
    let night = daily("Europe/Berlin", "01:00", "04:00");
    // 29 March 2026: 02:00 is 03:00.
    assert_eq!(
        spans(&night, "2026-03-28T12:00:00Z"),
        [pair("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z")]
    );
    // 25 October 2026: 03:00 is 02:00.
    assert_eq!(
        spans(&night, "2026-10-24T12:00:00Z"),
        [pair("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z")]
    );
}

#[test]
fn hours_within_a_skipped_hour_do_not_happen_and_within_a_repeated_one_run_through_both() {
    let half = daily("Europe/Berlin", "02:10", "02:50");
    assert_eq!(
        spans(&half, "2026-03-28T12:00:00Z"),
        [] as [(String, String); 0]
    );
    assert_eq!(
        spans(&half, "2026-10-24T12:00:00Z"),
        [pair("2026-10-25T00:10:00Z", "2026-10-25T01:50:00Z")]
    );
    let into = daily("Europe/Berlin", "02:30", "04:00");
    assert_eq!(
        spans(&into, "2026-03-28T12:00:00Z"),
        [pair("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")],
        "from the moment of the skip"
    );
}

#[test]
fn st_johns_has_half_hours_and_changes_at_two() {
    let night = daily("America/St_Johns", "01:00", "03:30");
    // 8 March 2026: 02:00 (-03:30) is 03:00 (-02:30).
    assert_eq!(
        spans(&night, "2026-03-07T12:00:00Z"),
        [pair("2026-03-08T04:30:00Z", "2026-03-08T06:00:00Z")]
    );
    // 1 November 2026: 02:00 (-02:30) is 01:00 (-03:30).
    assert_eq!(
        spans(&night, "2026-10-31T12:00:00Z"),
        [pair("2026-11-01T03:30:00Z", "2026-11-01T07:00:00Z")]
    );
}

#[test]
fn lord_howe_changes_by_half_an_hour() {
    let night = daily("Australia/Lord_Howe", "01:00", "03:00");
    // 5 April 2026: 02:00 (+11:00) is 01:30 (+10:30).
    assert_eq!(
        spans(&night, "2026-04-04T12:00:00Z"),
        [pair("2026-04-04T14:00:00Z", "2026-04-04T16:30:00Z")]
    );
    // 4 October 2026: 02:00 (+10:30) is 02:30 (+11:00).
    assert_eq!(
        spans(&night, "2026-10-03T12:00:00Z"),
        [pair("2026-10-03T14:30:00Z", "2026-10-03T16:00:00Z")]
    );
}

#[test]
fn kiritimati_is_fourteen_hours_ahead_and_skipped_a_whole_day() {
    let office = daily("Pacific/Kiritimati", "08:00", "16:00");
    assert_eq!(
        spans(&office, "2026-07-01T00:00:00Z")[0],
        pair("2026-06-30T18:00:00Z", "2026-07-01T02:00:00Z"),
        "it is Wednesday there already, and open"
    );
    // 31 December 1994 did not happen.
    assert_eq!(
        spans(&office, "1994-12-30T12:00:00Z"),
        [pair("1994-12-30T18:00:00Z", "1994-12-31T02:00:00Z")]
    );
    assert_eq!(
        spans(&office, "1994-12-31T12:00:00Z")[0],
        pair("1994-12-31T18:00:00Z", "1995-01-01T02:00:00Z"),
        "New Year's Day"
    );
}

#[test]
fn hours_across_midnight_belong_to_the_day_on_which_they_begin() {
    let bar = hours("Europe/Lisbon", &[(&[Weekday::Friday], "20:00", "02:00")]);
    // 6 March 2026 is a Friday.
    let (open, changes) = bar.at(at("2026-03-07T01:59:59Z"));
    assert_eq!((open, changes), (true, Some(at("2026-03-07T02:00:00Z"))));
    let (open, changes) = bar.at(at("2026-03-07T02:00:00Z"));
    assert_eq!((open, changes), (false, Some(at("2026-03-13T20:00:00Z"))));
}

#[test]
fn an_end_at_the_start_is_a_whole_day_and_days_that_touch_are_one() {
    let always = daily("Europe/Berlin", "00:00", "00:00");
    assert_eq!(always.at(at("2026-03-29T00:30:00Z")), (true, None));
    assert_eq!(always.spans(at("2026-03-29T00:30:00Z"), 9).len(), 1);
    let monday = hours("Europe/Berlin", &[(&[Weekday::Monday], "00:00", "00:00")]);
    assert_eq!(
        told(&monday.spans(at("2026-03-30T10:00:00Z"), 1)),
        [pair("2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z")]
    );
}

#[test]
fn a_day_unlike_others_replaces_what_begins_on_it() {
    let mut office = daily("Europe/Berlin", "22:00", "06:00");
    office.exceptions = vec![
        Exception {
            on: On::EveryYear(12, 24),
            times: vec![times("10:00", "12:00")],
            because: Local::new(),
        },
        Exception {
            on: On::Day(Date::constant(2026, 12, 24)),
            times: Vec::new(),
            because: Local::new(),
        },
    ];
    let of_year = |year: &str| told(&office.spans(at(&format!("{year}-12-23T22:00:00Z")), 1));
    assert_eq!(
        of_year("2025"),
        [
            pair("2025-12-23T21:00:00Z", "2025-12-24T05:00:00Z"),
            pair("2025-12-24T09:00:00Z", "2025-12-24T11:00:00Z")
        ],
        "the night before runs to its end"
    );
    assert_eq!(
        of_year("2026"),
        [pair("2026-12-23T21:00:00Z", "2026-12-24T05:00:00Z")],
        "a single year goes before every year"
    );
}

#[test]
fn what_is_never_open_does_not_change() {
    let mut never = daily("Europe/Berlin", "02:10", "02:50");
    never.week[0].days = Vec::new();
    assert_eq!(never.at(at("2026-03-29T00:30:00Z")), (false, None));
    assert_eq!(never.after(at("2026-03-29T00:30:00Z"), 1), None);
}

#[test]
fn an_answer_is_counted_in_open_minutes() {
    let weekdays = &EVERY_DAY[..5];
    let office = hours("Europe/Berlin", &[(weekdays, "08:00", "20:00")]);
    // Friday 19:00: an hour is left, and three more on Monday.
    let friday = at("2026-03-06T18:00:00Z");
    assert_eq!(office.after(friday, 60), Some(at("2026-03-06T19:00:00Z")));
    assert_eq!(office.after(friday, 240), Some(at("2026-03-09T10:00:00Z")));
    // Sunday: from Monday morning on.
    let sunday = at("2026-03-08T12:00:00Z");
    assert_eq!(office.after(sunday, 0), Some(at("2026-03-09T07:00:00Z")));
    assert_eq!(office.after(friday, u64::MAX), None);
}
