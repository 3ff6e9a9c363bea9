//! The truth table of "less": each row is a change, and whether a link may make it.

use super::*;
use portal_contract::preferences::{
    Propagation, PropagationState, QuietHours, QuietRule, QuietWindow, Weekday,
};

fn preferences() -> Preferences {
    let choices = [
        ("email", choice(true, Some("daily"))),
        ("sms", choice(false, None)),
    ];
    let topics = ["offers", "outages"].map(|topic| {
        let choices = choices
            .clone()
            .into_iter()
            .map(|(channel, choice)| (channel.into(), choice))
            .collect();
        (topic.parse().unwrap(), choices)
    });
    Preferences {
        etag: "pref-1".parse().unwrap(),
        global_opt_out: false,
        global_opt_out_since: None,
        paused_until: Some(at(10)),
        paused_since: None,
        language: Some("en".to_owned()),
        topics: topics.into_iter().collect(),
        quiet_hours: quiet(&[("mon", "22:00", "07:00")]),
        survey_snooze_until: None,
        propagation: Propagation {
            state: PropagationState::Applied,
            effective_by: None,
        },
    }
}

fn choice(enabled: bool, frequency: Option<&str>) -> ChannelChoice {
    ChannelChoice {
        enabled,
        off_since: None,
        frequency: frequency.map(Frequency::from),
        contact_point_id: Some("cp_1".parse().unwrap()),
        locked: false,
        locked_reason: None,
    }
}

fn quiet(windows: &[(&str, &str, &str)]) -> QuietHours {
    let window = |(day, start, end): &(&str, &str, &str)| QuietWindow {
        days: vec![Weekday::from(*day)],
        start: (*start).to_owned(),
        end: (*end).to_owned(),
    };
    QuietHours {
        enabled: true,
        time_zone: Some("Europe/Lisbon".to_owned()),
        windows: windows.iter().map(window).collect(),
        channels: vec![Channel::Email],
        outside: QuietRule::Hold,
        next: None,
    }
}

fn at(day: u8) -> Timestamp {
    format!("2026-03-{day:02}T00:00:00Z").parse().unwrap()
}

fn cell<'a>(preferences: &'a mut Preferences, channel: &str) -> &'a mut ChannelChoice {
    let topic = "offers".parse().unwrap();
    let choices = preferences.topics.get_mut(&topic).unwrap();
    choices.get_mut(&channel.into()).unwrap()
}

/// A change with what it is called.
type Row = (&'static str, fn(&mut Preferences));

fn assert_all(rows: &[Row], expected: bool) {
    for (name, change) in rows {
        let before = preferences();
        let mut after = preferences();
        change(&mut after);
        assert_eq!(reduces(&before, &after), expected, "{name}");
        if before != after && expected {
            assert!(!reduces(&after, &before), "{name}, taken back");
        }
    }
}

#[test]
fn less_is_less() {
    assert_all(
        &[
            ("nothing", |_| {}),
            ("off", |p| cell(p, "email").enabled = false),
            ("rarer", |p| {
                cell(p, "email").frequency = Some(Frequency::Weekly);
            }),
            ("rarest", |p| {
                cell(p, "email").frequency = Some(Frequency::Monthly);
            }),
            ("off and rarer", |p| {
                *cell(p, "email") = choice(false, Some("weekly"));
            }),
            ("everything off", |p| p.global_opt_out = true),
            ("a longer pause", |p| p.paused_until = Some(at(11))),
            ("no questions", |p| p.survey_snooze_until = Some(at(1))),
            ("dropped instead of held", |p| {
                p.quiet_hours.outside = QuietRule::Drop;
            }),
            ("quiet on every channel", |p| p.quiet_hours.channels.clear()),
            ("quiet on one channel more", |p| {
                p.quiet_hours.channels.push(Channel::Sms);
            }),
            ("a longer night", |p| {
                p.quiet_hours.windows[0].end = "08:00".to_owned();
            }),
            ("another night", |p| {
                let mut window = p.quiet_hours.windows[0].clone();
                window.days = vec![Weekday::Tuesday];
                p.quiet_hours.windows.push(window);
            }),
        ],
        true,
    );
}

#[test]
fn more_or_elsewhere_is_not_less() {
    assert_all(
        &[
            ("on", |p| cell(p, "sms").enabled = true),
            ("oftener", |p| {
                cell(p, "email").frequency = Some(Frequency::AtOnce);
            }),
            ("off but oftener", |p| {
                *cell(p, "email") = choice(false, Some("at_once"));
            }),
            ("how often, nobody knows", |p| {
                cell(p, "email").frequency = Some("hourly".into());
            }),
            ("how often, no longer said", |p| {
                cell(p, "email").frequency = None;
            }),
            ("to another address", |p| {
                cell(p, "email").contact_point_id = Some("cp_2".parse().unwrap());
            }),
            ("to the preferred address", |p| {
                cell(p, "email").contact_point_id = None;
            }),
            ("a shorter pause", |p| p.paused_until = Some(at(9))),
            ("no pause", |p| p.paused_until = None),
            ("another language", |p| p.language = Some("de".to_owned())),
            ("no language", |p| p.language = None),
            ("no quiet hours", |p| p.quiet_hours.enabled = false),
            ("a shorter night", |p| {
                p.quiet_hours.windows[0].end = "06:59".to_owned();
            }),
            ("another day", |p| {
                p.quiet_hours.windows[0].days = vec![Weekday::Tuesday];
            }),
            ("a window that cannot be read", |p| {
                p.quiet_hours.windows[0].end = "25:00".to_owned();
            }),
            ("another clock", |p| {
                p.quiet_hours.time_zone = Some("Asia/Tokyo".to_owned());
            }),
            ("quiet elsewhere", |p| {
                p.quiet_hours.channels = vec![Channel::Sms];
            }),
            ("something new, on", |p| {
                let choices = [(Channel::Email, choice(true, None))];
                p.topics
                    .insert("news".parse().unwrap(), choices.into_iter().collect());
            }),
            ("off here, on there", |p| {
                cell(p, "email").enabled = false;
                cell(p, "sms").enabled = true;
            }),
        ],
        false,
    );
}

#[test]
fn what_is_switched_off_stays_off() {
    let mut before = preferences();
    before.global_opt_out = true;
    let after = preferences();
    assert!(!reduces(&before, &after));
}

#[test]
fn a_night_may_be_told_in_parts() {
    let before = preferences();
    let mut after = preferences();
    after.quiet_hours = quiet(&[("mon", "21:00", "00:00"), ("tue", "00:00", "07:00")]);
    assert!(reduces(&before, &after));
    after.quiet_hours = quiet(&[("mon", "00:00", "00:00"), ("tue", "00:01", "07:00")]);
    assert!(!reduces(&before, &after));
}

#[test]
fn the_last_night_of_the_week_goes_on_into_the_first_day() {
    let mut before = preferences();
    before.quiet_hours = quiet(&[("sun", "22:00", "07:00")]);
    let mut after = preferences();
    after.quiet_hours = quiet(&[("sun", "22:00", "00:00"), ("mon", "00:00", "07:00")]);
    assert!(reduces(&before, &after) && reduces(&after, &before));
}

#[test]
fn a_window_that_nobody_can_read_has_to_stay() {
    let mut before = preferences();
    before.quiet_hours = quiet(&[("someday", "22:00", "07:00")]);
    assert!(reduces(&before, &before.clone()));
    let mut after = before.clone();
    let more = quiet(&[("mon", "22:00", "07:00")]).windows;
    after.quiet_hours.windows.extend(more);
    assert!(reduces(&before, &after));
    after.quiet_hours.windows.remove(0);
    assert!(!reduces(&before, &after));
}

#[test]
fn quiet_hours_may_begin_in_any_shape() {
    let mut before = preferences();
    before.quiet_hours.enabled = false;
    let mut after = preferences();
    after.quiet_hours = quiet(&[("tue", "10:00", "11:00")]);
    assert!(reduces(&before, &after));
    after.quiet_hours.enabled = false;
    assert!(!reduces(&before, &after));
}

#[test]
fn a_link_sees_and_changes_the_channels_of_its_own_address() {
    let email = ContactPointKind::Email;
    let narrowed = narrow(preferences(), &email);
    for (_, choices) in &narrowed.topics {
        assert_eq!(choices.keys().collect::<Vec<_>>(), [&Channel::Email]);
    }
    assert!(
        narrow(preferences(), &ContactPointKind::Postal)
            .topics
            .is_empty()
    );
    let mut after = preferences();
    cell(&mut after, "email").enabled = false;
    assert!(stays_with(&preferences(), &after, &email));
    assert!(!stays_with(
        &preferences(),
        &after,
        &ContactPointKind::Phone
    ));
    after = preferences();
    cell(&mut after, "sms").frequency = Some(Frequency::Weekly);
    assert!(!stays_with(&preferences(), &after, &email));
    after = preferences();
    after.global_opt_out = true;
    assert!(stays_with(&preferences(), &after, &email));
}
