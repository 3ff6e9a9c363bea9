//! Fixtures of silence, the days on which clocks change included.

use super::*;
use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

const EVERY_DAY: [Weekday; 7] = [
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
];

fn window(days: &[Weekday], start: &str, end: &str) -> Window {
    let time = |text: &str| Time::strptime("%H:%M", text).unwrap();
    Window {
        days: days.to_vec(),
        start: time(start),
        end: time(end),
    }
}

fn schedule(zone: &str, windows: &[(&[Weekday], &str, &str)]) -> Schedule {
    let windows = windows
        .iter()
        .map(|(days, start, end)| window(days, start, end));
    Schedule::new(TimeZone::get(zone).unwrap(), windows.collect())
}

fn moment(text: &str) -> Moment {
    Moment::from_millis(text.parse::<Timestamp>().unwrap().as_millisecond())
}

/// Asks at each moment, and compares with when it would go out.
fn check(schedule: &Schedule, expected: &[(&str, &str)]) {
    for (asked, goes_out) in expected {
        let found = schedule.next_delivery(moment(asked));
        assert_eq!(found, Some(moment(goes_out)), "asked at {asked}");
    }
}

#[test]
fn outside_every_window_nothing_is_quiet() {
    let berlin = schedule("Europe/Berlin", &[(&EVERY_DAY, "22:00", "07:00")]);
    assert_eq!(berlin.at(moment("2026-06-10T12:00:00Z")), Quiet::No);
    let none = schedule("Europe/Berlin", &[]);
    assert_eq!(none.at(moment("2026-06-10T01:00:00Z")), Quiet::No);
    let no_days = schedule("Europe/Berlin", &[(&[], "00:00", "00:00")]);
    assert_eq!(no_days.at(moment("2026-06-10T01:00:00Z")), Quiet::No);
}

#[test]
fn a_window_runs_across_midnight_and_its_end_is_not_part_of_it() {
    let berlin = schedule("Europe/Berlin", &[(&EVERY_DAY, "22:00", "07:00")]);
    check(
        &berlin,
        &[
            ("2026-06-10T19:59:59.999Z", "2026-06-10T19:59:59.999Z"),
            ("2026-06-10T20:00:00Z", "2026-06-11T05:00:00Z"),
            ("2026-06-10T23:00:00Z", "2026-06-11T05:00:00Z"),
            ("2026-06-11T04:59:59.999Z", "2026-06-11T05:00:00Z"),
            ("2026-06-11T05:00:00Z", "2026-06-11T05:00:00Z"),
        ],
    );
}

#[test]
fn the_weekday_of_a_window_is_the_one_on_which_it_begins() {
    let friday = schedule("Europe/Berlin", &[(&[Friday], "22:00", "09:00")]);
    // 2026-06-12 is a Friday.
    check(
        &friday,
        &[
            ("2026-06-12T05:00:00Z", "2026-06-12T05:00:00Z"),
            ("2026-06-12T21:00:00Z", "2026-06-13T07:00:00Z"),
            ("2026-06-13T05:00:00Z", "2026-06-13T07:00:00Z"),
            ("2026-06-13T21:00:00Z", "2026-06-13T21:00:00Z"),
        ],
    );
}

#[test]
fn windows_that_touch_or_overlap_are_one_silence() {
    let weekend = schedule(
        "Europe/Berlin",
        &[
            (&[Friday], "20:00", "00:00"),
            (&[Saturday], "00:00", "00:00"),
            (&[Saturday], "12:00", "13:00"),
            (&[Sunday], "00:00", "10:00"),
            (&[Sunday], "09:00", "11:30"),
        ],
    );
    check(
        &weekend,
        &[("2026-06-12T18:30:00Z", "2026-06-14T09:30:00Z")],
    );
}

#[test]
fn a_silence_without_a_gap_never_ends() {
    let always = schedule("Europe/Berlin", &[(&EVERY_DAY, "00:00", "00:00")]);
    assert_eq!(always.at(moment("2026-03-27T00:00:00Z")), Quiet::Always);
    let halves = schedule(
        "Australia/Lord_Howe",
        &[
            (&EVERY_DAY, "06:00", "18:00"),
            (&EVERY_DAY, "18:00", "06:00"),
        ],
    );
    assert_eq!(halves.next_delivery(moment("2026-04-01T00:00:00Z")), None);
    let but_one_minute = schedule("Europe/Berlin", &[(&EVERY_DAY, "07:01", "07:00")]);
    check(
        &but_one_minute,
        &[("2026-06-10T05:01:00Z", "2026-06-11T05:00:00Z")],
    );
}

#[test]
fn the_silence_that_runs_or_comes_next_is_told_whole() {
    let weekend = schedule(
        "Europe/Berlin",
        &[
            (&[Friday], "20:00", "00:00"),
            (&[Saturday, Sunday], "00:00", "00:00"),
        ],
    );
    let span = |from, to| Some((moment(from), moment(to)));
    let this = span("2026-06-12T18:00:00Z", "2026-06-14T22:00:00Z");
    for asked in [
        "2026-06-08T10:00:00Z",
        "2026-06-12T18:00:00Z",
        "2026-06-14T21:59:59Z",
    ] {
        assert_eq!(weekend.current_or_next(moment(asked)), this, "{asked}");
    }
    let next = span("2026-06-19T18:00:00Z", "2026-06-21T22:00:00Z");
    assert_eq!(
        weekend.current_or_next(moment("2026-06-14T22:00:00Z")),
        next
    );
    let none = schedule("Europe/Berlin", &[]);
    assert_eq!(none.current_or_next(moment("2026-06-14T22:00:00Z")), None);
    let always = schedule("Europe/Berlin", &[(&EVERY_DAY, "00:00", "00:00")]);
    assert_eq!(always.current_or_next(moment("2026-06-14T22:00:00Z")), None);
}

// Europe/Berlin: 02:00 becomes 03:00 on 2026-03-29 (01:00 UTC), 03:00 becomes 02:00 on 2026-10-25 (01:00 UTC).

#[test]
fn berlin_a_night_of_the_clock_change_ends_when_the_clock_says_so() {
    let berlin = schedule("Europe/Berlin", &[(&EVERY_DAY, "22:00", "07:00")]);
    check(
        &berlin,
        &[
            ("2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"),
            ("2026-03-29T01:00:00Z", "2026-03-29T05:00:00Z"),
            ("2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"),
            ("2026-10-25T01:30:00Z", "2026-10-25T06:00:00Z"),
        ],
    );
}

#[test]
fn berlin_a_start_or_end_in_the_skipped_hour_is_the_moment_of_the_skip() {
    let begins = schedule("Europe/Berlin", &[(&[Sunday], "02:30", "05:00")]);
    check(
        &begins,
        &[
            ("2026-03-29T00:59:59Z", "2026-03-29T00:59:59Z"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"),
        ],
    );
    let ends = schedule("Europe/Berlin", &[(&[Saturday], "22:00", "02:30")]);
    check(
        &ends,
        &[
            ("2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"),
            ("2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"),
        ],
    );
    let edges = schedule("Europe/Berlin", &[(&[Sunday], "02:00", "03:00")]);
    for asked in ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"] {
        assert_eq!(edges.at(moment(asked)), Quiet::No, "{asked}");
    }
}

#[test]
fn berlin_the_hour_that_is_told_twice_is_quiet_both_times() {
    let begins = schedule("Europe/Berlin", &[(&[Sunday], "02:30", "05:00")]);
    check(
        &begins,
        &[
            ("2026-10-25T00:29:59Z", "2026-10-25T00:29:59Z"),
            ("2026-10-25T00:30:00Z", "2026-10-25T04:00:00Z"),
            ("2026-10-25T01:10:00Z", "2026-10-25T04:00:00Z"),
        ],
    );
    let ends = schedule("Europe/Berlin", &[(&[Saturday], "22:00", "02:30")]);
    check(
        &ends,
        &[
            ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("2026-10-25T01:29:59Z", "2026-10-25T01:30:00Z"),
            ("2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
        ],
    );
    let within = schedule("Europe/Berlin", &[(&[Sunday], "02:15", "02:45")]);
    check(
        &within,
        &[
            ("2026-10-25T00:15:00Z", "2026-10-25T01:45:00Z"),
            ("2026-10-25T00:50:00Z", "2026-10-25T01:45:00Z"),
        ],
    );
}

// America/St_Johns: half an hour beside the others; 02:00 becomes 03:00 on 2026-03-08 (05:30 UTC), 02:00 becomes 01:00 on
// 2026-11-01 (04:30 UTC). Until 2011 the clocks there changed a minute after midnight.

#[test]
fn st_johns_half_hours_and_the_changes_of_today() {
    let nights = schedule("America/St_Johns", &[(&EVERY_DAY, "21:30", "06:45")]);
    check(
        &nights,
        &[
            ("2026-01-10T01:00:00Z", "2026-01-10T10:15:00Z"),
            ("2026-03-08T01:00:00Z", "2026-03-08T09:15:00Z"),
            ("2026-11-01T00:00:00Z", "2026-11-01T10:15:00Z"),
        ],
    );
    let skipped = schedule("America/St_Johns", &[(&[Sunday], "02:10", "02:50")]);
    assert_eq!(skipped.at(moment("2026-03-08T05:30:00Z")), Quiet::No);
    let ends = schedule("America/St_Johns", &[(&[Sunday], "00:30", "02:30")]);
    check(&ends, &[("2026-03-08T04:00:00Z", "2026-03-08T05:30:00Z")]);
    let twice = schedule("America/St_Johns", &[(&[Sunday], "01:30", "06:00")]);
    check(&twice, &[("2026-11-01T04:00:00Z", "2026-11-01T09:30:00Z")]);
}

#[test]
fn st_johns_a_change_around_midnight_tells_the_end_of_a_day_twice() {
    // 2010-11-07, a Sunday: at 00:01 the clock went back to 23:01 on Saturday (02:31 UTC).
    let saturday = schedule("America/St_Johns", &[(&[Saturday], "23:30", "00:00")]);
    check(
        &saturday,
        &[
            ("2010-11-07T01:59:59Z", "2010-11-07T01:59:59Z"),
            ("2010-11-07T02:00:00Z", "2010-11-07T03:30:00Z"),
            ("2010-11-07T03:29:59Z", "2010-11-07T03:30:00Z"),
        ],
    );
    // 2010-03-14: at 00:01 the clock went to 01:01 (03:31 UTC).
    let sunday = schedule("America/St_Johns", &[(&[Sunday], "00:30", "01:30")]);
    check(
        &sunday,
        &[
            ("2010-03-14T03:30:59Z", "2010-03-14T03:30:59Z"),
            ("2010-03-14T03:31:00Z", "2010-03-14T04:00:00Z"),
        ],
    );
}

// Australia/Lord_Howe changes by half an hour: 02:00 becomes 01:30 on 2026-04-05 (2026-04-04 15:00 UTC), 02:00 becomes 02:30 on
// 2026-10-04 (2026-10-03 15:30 UTC).

#[test]
fn lord_howe_changes_by_half_an_hour() {
    let nights = schedule("Australia/Lord_Howe", &[(&EVERY_DAY, "22:00", "07:00")]);
    check(
        &nights,
        &[
            ("2026-04-04T11:00:00Z", "2026-04-04T20:30:00Z"),
            ("2026-10-03T11:30:00Z", "2026-10-03T20:00:00Z"),
        ],
    );
    let begins = schedule("Australia/Lord_Howe", &[(&[Sunday], "02:15", "03:00")]);
    check(
        &begins,
        &[
            ("2026-10-03T15:29:59Z", "2026-10-03T15:29:59Z"),
            ("2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z"),
        ],
    );
    let ends = schedule("Australia/Lord_Howe", &[(&[Sunday], "01:00", "01:45")]);
    check(
        &ends,
        &[
            ("2026-04-04T14:00:00Z", "2026-04-04T15:15:00Z"),
            ("2026-04-04T15:14:59Z", "2026-04-04T15:15:00Z"),
        ],
    );
}

// Pacific/Kiritimati is 14 hours ahead of UTC, and skipped 31 December 1994 (a Saturday) to be so.

#[test]
fn kiritimati_is_a_day_ahead_of_most() {
    let sunday = schedule("Pacific/Kiritimati", &[(&[Sunday], "22:00", "06:30")]);
    // Sunday 2026-06-14 22:00 there is 08:00 UTC.
    check(
        &sunday,
        &[
            ("2026-06-14T07:59:59Z", "2026-06-14T07:59:59Z"),
            ("2026-06-14T08:00:00Z", "2026-06-14T16:30:00Z"),
        ],
    );
}

#[test]
fn kiritimati_a_day_that_never_was_has_no_windows_of_its_own() {
    let skip = "1994-12-31T10:00:00Z";
    let nights = schedule("Pacific/Kiritimati", &[(&[Friday], "22:00", "07:00")]);
    check(&nights, &[("1994-12-31T09:00:00Z", skip), (skip, skip)]);
    let noon = schedule("Pacific/Kiritimati", &[(&[Saturday], "09:00", "17:00")]);
    assert_eq!(noon.at(moment(skip)), Quiet::No);
    let into_sunday = schedule("Pacific/Kiritimati", &[(&[Saturday], "22:00", "07:00")]);
    check(&into_sunday, &[(skip, "1994-12-31T17:00:00Z")]);
}

#[test]
fn every_moment_of_a_year_agrees_with_the_clock_on_the_wall() {
    // Away from the changes, quiet is what the wall clock says; on the day of one it may only be quieter.
    for zone in [
        "America/St_Johns",
        "Pacific/Kiritimati",
        "Australia/Lord_Howe",
        "Europe/Berlin",
    ] {
        let nights = schedule(zone, &[(&EVERY_DAY, "01:40", "02:20")]);
        let tz = TimeZone::get(zone).unwrap();
        let mut at: Timestamp = "2026-01-01T00:05:00Z".parse().unwrap();
        for _ in 0..365 * 48 {
            let time = at.to_zoned(tz.clone()).time();
            let on_the_wall = time >= nights.windows[0].start && time < nights.windows[0].end;
            let quiet = nights.at(Moment::from_millis(at.as_millisecond())) != Quiet::No;
            assert!(quiet || !on_the_wall, "{zone} {at}");
            at = at.checked_add(30.minutes()).unwrap();
        }
    }
}
