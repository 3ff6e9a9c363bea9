use super::*;
use crate::store::time::zone;

fn calendar(regime: Regime, zone_name: &str, region: &str) -> Calendar {
    Calendar {
        regime,
        zone: zone(Some(zone_name)),
        region: region.to_owned(),
        closed: Vec::new(),
    }
}

fn germany() -> Calendar {
    calendar(Regime::Gdpr, "Europe/Berlin", "DE")
}

fn england() -> Calendar {
    calendar(Regime::UkGdpr, "Europe/London", "GB")
}

fn california() -> Calendar {
    calendar(Regime::Ccpa, "America/Los_Angeles", "US-CA")
}

fn noon(calendar: &Calendar, day: &str) -> Moment {
    let day: Date = day.parse().unwrap();
    Moment::start_of_day(day, &calendar.zone).plus_seconds(12 * 60 * 60)
}

/// What `due` and `extended` say of a request that arrives at noon of that day.
fn assert_due(calendar: &Calendar, fixtures: &[(&str, &str, &str)]) {
    for (received, due, extended) in fixtures {
        let received_at = noon(calendar, received);
        let day = |moment: Moment| moment.day_in(&calendar.zone).to_string();
        assert_eq!(day(calendar.due(received_at)), *due, "of {received}");
        assert_eq!(
            day(calendar.extended(received_at)),
            *extended,
            "extended, of {received}"
        );
    }
}

#[test]
fn a_month_of_the_gdpr_ends_on_the_same_date_or_the_last_day_there_is() {
    assert_due(
        &germany(),
        &[
            // An ordinary date.
            ("2026-03-04", "2026-04-07", "2026-06-04"),
            ("2026-09-08", "2026-10-08", "2026-12-08"),
            // 31 August and a month is 30 September; three months is 30 November.
            ("2026-08-31", "2026-09-30", "2026-11-30"),
            // Into February, of a common year (a Saturday there: Monday) and of a leap year.
            ("2026-01-31", "2026-03-02", "2026-04-30"),
            ("2024-01-31", "2024-02-29", "2024-04-30"),
            ("2023-01-30", "2023-02-28", "2023-05-02"),
            // From the leap day.
            ("2024-02-29", "2024-04-02", "2024-05-29"),
            // Over the turn of the year.
            ("2026-12-15", "2027-01-15", "2027-03-15"),
        ],
    );
}

#[test]
fn what_ends_on_a_weekend_or_a_holiday_ends_on_the_next_working_day() {
    assert_due(
        &germany(),
        &[
            // Saturday 3 October is a holiday too: Monday.
            ("2026-09-03", "2026-10-05", "2026-12-03"),
            // Christmas Day 2026 is a Friday, the 26th a Saturday: Monday the 28th.
            ("2026-11-25", "2026-12-28", "2027-02-25"),
            // Good Friday 2026 is 3 April; Easter Monday the 6th: Tuesday the 7th.
            ("2026-03-03", "2026-04-07", "2026-06-03"),
            // Ascension, 14 May 2026, a Thursday: Friday.
            ("2026-04-14", "2026-05-15", "2026-07-14"),
            // Whit Monday, 25 May 2026.
            ("2026-04-25", "2026-05-26", "2026-07-27"),
            // New Year's Day 2027, a Friday.
            ("2026-12-01", "2027-01-04", "2027-03-01"),
        ],
    );
}

#[test]
fn the_united_kingdom_has_holidays_of_its_own() {
    assert_due(
        &england(),
        &[
            ("2026-09-03", "2026-10-05", "2026-12-03"),
            // Boxing Day 2026 is a Saturday: Monday the 28th is its substitute, so Tuesday.
            ("2026-11-26", "2026-12-29", "2027-02-26"),
            // The summer bank holiday, 31 August 2026.
            ("2026-07-31", "2026-09-01", "2026-11-02"),
            // The early May bank holiday, 4 May 2026.
            ("2026-04-04", "2026-05-05", "2026-07-06"),
            // 1 January 2028 is a Saturday: Monday the 3rd is its substitute.
            ("2027-12-01", "2028-01-04", "2028-03-01"),
        ],
    );
}

#[test]
fn california_counts_45_calendar_days_wherever_they_end() {
    assert_due(
        &california(),
        &[
            ("2026-03-04", "2026-04-18", "2026-06-02"),
            ("2026-11-20", "2027-01-04", "2027-02-18"),
            // Through a leap day.
            ("2024-01-31", "2024-03-16", "2024-04-30"),
        ],
    );
}

#[test]
fn california_confirms_within_ten_business_days() {
    let calendar = california();
    for (received, by) in [
        ("2026-03-04", "2026-03-18"),
        // Thanksgiving, 26 November 2026, and the day after.
        ("2026-11-20", "2026-12-08"),
        // Independence Day 2027 is a Sunday: kept on Monday.
        ("2027-07-01", "2027-07-16"),
        // From a weekend.
        ("2026-03-07", "2026-03-20"),
    ] {
        let moment = calendar.acknowledge_by(noon(&calendar, received)).unwrap();
        assert_eq!(moment.day_in(&calendar.zone).to_string(), by, "{received}");
    }
    assert_eq!(
        germany().acknowledge_by(noon(&germany(), "2026-03-04")),
        None
    );
}

#[test]
fn the_last_day_counts_whole_and_in_its_own_zone() {
    let calendar = germany();
    // Ten past midnight in Berlin is the day before in UTC.
    let received: Moment =
        Moment::from_timestamp(&"2026-03-30T22:10:00Z".parse().unwrap()).unwrap();
    let due = calendar.due(received);
    assert_eq!(due.to_timestamp().as_str(), "2026-04-30T21:59:59Z");
}

#[test]
fn a_pause_moves_the_day_by_as_many_days_and_off_a_weekend() {
    let calendar = germany();
    let received = noon(&calendar, "2026-09-08");
    let due = calendar.due(received);
    let from = noon(&calendar, "2026-09-10");
    let day = |moment: Moment| moment.day_in(&calendar.zone).to_string();
    assert_eq!(
        day(calendar.resumed(due, from, from.plus_seconds(60))),
        "2026-10-08"
    );
    assert_eq!(
        day(calendar.resumed(due, from, noon(&calendar, "2026-09-14"))),
        "2026-10-12"
    );
    assert_eq!(
        day(calendar.resumed(due, from, noon(&calendar, "2026-09-12"))),
        "2026-10-12"
    );
}

#[test]
fn only_the_gdprs_clock_can_be_stopped_and_not_for_anything() {
    use QuestionPurpose::{Clarification, Identity, Information};
    for calendar in [germany(), england()] {
        assert!(calendar.pauses_for(&Identity) && calendar.pauses_for(&Clarification));
        assert!(!calendar.pauses_for(&Information));
    }
    assert!(!california().pauses_for(&Identity) && !california().pauses_for(&Clarification));
}

#[test]
fn a_company_names_its_own_holidays() {
    let mut calendar = germany();
    calendar.closed.push("2026-10-08".parse().unwrap());
    let due = calendar.due(noon(&calendar, "2026-09-08"));
    assert_eq!(due.day_in(&calendar.zone).to_string(), "2026-10-09");
}
