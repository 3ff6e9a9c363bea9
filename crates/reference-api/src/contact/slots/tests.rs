use super::*;
use crate::contact::hours::Window;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

fn at(text: &str) -> Moment {
    Moment::from_timestamp(&text.parse().unwrap()).unwrap()
}

fn daily(zone: &str, start: &str, end: &str) -> Hours {
    let time = |text: &str| Time::strptime("%H:%M", text).unwrap();
    Hours {
        zone_name: zone.to_owned(),
        zone: TimeZone::get(zone).unwrap(),
        week: vec![Window {
            days: (0..7)
                .map(|day| Weekday::Monday.wrapping_add(day))
                .collect(),
            times: Times {
                start: time(start),
                end: time(end),
            },
        }],
        exceptions: Vec::new(),
    }
}

fn every(minutes: u32) -> Booking {
    Booking {
        minutes,
        capacity: 1,
        days: 60,
        notice_minutes: 0,
    }
}

/// The beginnings of the slots within a day after `now`, without their date where it is that of the first.
fn beginnings(hours: &Hours, minutes: u32, now: &str) -> Vec<String> {
    let now = at(now);
    slots(
        hours,
        &every(minutes),
        now,
        now,
        now.plus_seconds(24 * 60 * 60),
    )
    .into_iter()
    .map(|slot| slot.start.to_timestamp().to_string()[11..16].to_owned())
    .collect()
}

#[test]
fn slots_follow_one_another_within_the_hours() {
    let office = daily("Europe/Berlin", "09:00", "10:10");
    assert_eq!(
        beginnings(&office, 30, "2026-03-04T00:00:00Z"),
        ["08:00", "08:30"],
        "the third would go on after closing time"
    );
}

#[test]
fn a_slot_in_a_skipped_hour_does_not_exist() {
    let night = daily("Europe/Berlin", "01:00", "04:00");
    assert_eq!(
        beginnings(&night, 30, "2026-03-28T12:00:00Z"),
        ["00:00", "00:30", "01:00", "01:30"],
        "01:00, 01:30, 03:00 and 03:30 on the clock"
    );
    let howe = daily("Australia/Lord_Howe", "01:00", "03:00");
    assert_eq!(
        beginnings(&howe, 15, "2026-10-03T12:00:00Z"),
        ["14:30", "14:45", "15:00", "15:15", "15:30", "15:45"],
        "01:00 to 01:45, 02:30 and 02:45 on the clock"
    );
    let johns = daily("America/St_Johns", "01:30", "03:30");
    assert_eq!(
        beginnings(&johns, 30, "2026-03-07T12:00:00Z"),
        ["05:00", "05:30"],
        "01:30 and 03:00 on the clock"
    );
}

#[test]
fn a_slot_in_a_repeated_hour_exists_once() {
    let night = daily("Europe/Berlin", "02:00", "04:00");
    assert_eq!(
        beginnings(&night, 30, "2026-10-24T12:00:00Z"),
        ["00:00", "00:30", "02:00", "02:30"],
        "02:00 and 02:30 the first time, 03:00 and 03:30"
    );
    let howe = daily("Australia/Lord_Howe", "01:00", "02:30");
    assert_eq!(
        beginnings(&howe, 15, "2026-04-04T12:00:00Z"),
        ["14:00", "14:15", "14:30", "14:45", "15:30", "15:45"],
        "01:00 to 01:45 the first time, 02:00 and 02:15"
    );
    let johns = daily("America/St_Johns", "00:30", "02:30");
    assert_eq!(
        beginnings(&johns, 30, "2026-10-31T12:00:00Z"),
        ["03:00", "03:30", "04:00", "05:30"],
        "00:30, 01:00 and 01:30 the first time, 02:00"
    );
}

#[test]
fn a_slot_before_a_skip_leaves_out_what_it_runs_into() {
    // 01:30 to 02:30 on the clock takes half an hour of time off the next one on the list.
    let howe = daily("Australia/Lord_Howe", "01:30", "05:30");
    let at_once = beginnings(&howe, 60, "2026-10-03T12:00:00Z");
    assert_eq!(at_once[..2], ["15:00", "16:30"], "{at_once:?}");
}

#[test]
fn kiritimati_is_a_day_ahead_and_skipped_one() {
    let office = daily("Pacific/Kiritimati", "08:00", "09:00");
    assert_eq!(
        beginnings(&office, 30, "2026-07-01T00:00:00Z"),
        ["18:00", "18:30"]
    );
    let now = at("1994-12-30T20:00:00Z");
    let first = slots(
        &office,
        &every(30),
        now,
        now,
        now.plus_seconds(3 * 24 * 60 * 60),
    );
    // From 30 December 08:00 (-10:40, over) straight to 1 January 08:00 (+14:00).
    assert_eq!(first[0].start, at("1994-12-31T18:00:00Z"));
}

#[test]
fn slots_of_hours_across_midnight_stand_on_both_days() {
    let late = daily("Europe/Lisbon", "23:00", "01:00");
    assert_eq!(
        beginnings(&late, 30, "2026-03-04T00:15:00Z"),
        ["00:30", "23:00", "23:30", "00:00"]
    );
}

#[test]
fn slots_are_offered_from_the_notice_on_and_for_whole_days() {
    let office = daily("Europe/Berlin", "08:00", "20:00");
    let booking = Booking {
        minutes: 60,
        capacity: 1,
        days: 2,
        notice_minutes: 90,
    };
    let now = at("2026-03-04T10:00:00Z");
    let far = at("2027-01-01T00:00:00Z");
    let offered = slots(&office, &booking, now, at("2020-01-01T00:00:00Z"), far);
    assert_eq!(offered[0].start, at("2026-03-04T12:00:00Z"));
    assert_eq!(
        offered.last().unwrap().start,
        at("2026-03-05T18:00:00Z"),
        "today and tomorrow"
    );
    assert_eq!(booking.until(&office, now), at("2026-03-05T23:00:00Z"));
    assert_eq!(slots(&office, &booking, now, far, far), []);
}

#[test]
fn a_slot_is_one_of_the_list_and_no_other_moment_is() {
    let office = daily("Europe/Berlin", "08:00", "20:00");
    let (booking, now) = (every(15), at("2026-03-04T05:06:07Z"));
    let week = now.plus_seconds(7 * 24 * 60 * 60);
    let listed = slots(&office, &booking, now, now, week);
    assert!(listed.len() > 300);
    for slot in &listed {
        assert_eq!(slot_at(&office, &booking, now, slot.start), Some(*slot));
        for off in [-1, 1, 60, 7 * 60] {
            let beside = slot.start.plus_seconds(off);
            assert_eq!(slot_at(&office, &booking, now, beside), None);
        }
    }
    let past = at("2026-03-03T08:00:00Z");
    assert_eq!(slot_at(&office, &booking, now, past), None);
}

#[test]
fn no_two_slots_overlap_whatever_the_clocks_do() {
    for zone in [
        "Europe/Berlin",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Africa/Casablanca",
    ] {
        let always = daily(zone, "00:00", "00:00");
        for minutes in [15, 25, 60, 240] {
            for month in 1..=12 {
                let now = at(&format!("2026-{month:02}-01T00:00:00Z"));
                let to = now.plus_seconds(33 * 24 * 60 * 60);
                let all = slots(&always, &every(minutes), now, now, to);
                for pair in all.windows(2) {
                    assert!(pair[0].end <= pair[1].start, "{zone} {minutes} {pair:?}");
                }
            }
        }
    }
}
