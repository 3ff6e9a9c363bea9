//! The truth table: every combination of what decides, against the rules as the contract words them.

use super::*;
use crate::preferences::catalogue::Catalogue;
use crate::preferences::destination::tests::point;
use crate::preferences::quiet_hours::Window;
use jiff::civil::{Date, Time, Weekday};
use portal_contract::contact_point::{ContactPointKind, DeliverabilityState};
use std::sync::LazyLock;

/// A Wednesday, 5:06:07 in the morning in UTC: in quiet hours where there are some.
const NOW: i64 = 1_772_600_767_000;

fn now() -> Moment {
    Moment::from_millis(NOW)
}

fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

const DIGEST: Digest = Digest {
    time: Time::constant(9, 0, 0, 0),
    weekday: Weekday::Monday,
    day_of_month: 1,
};

/// How the customer's email address is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Address {
    None,
    NotInItsTime,
    NotVerified,
    Bouncing,
    Blocked,
    Good,
}

/// When quiet hours hold, and what they do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Night {
    No,
    Hold,
    Drop,
    /// Only when a digest would go out.
    DropLater,
    AlwaysHold,
}

/// One row of the table.
#[derive(Clone, Debug)]
struct Case {
    offered: bool,
    address: Address,
    required: bool,
    restricted: bool,
    purpose: Option<Standing>,
    global_opt_out: bool,
    enabled: bool,
    urgent: bool,
    paused: bool,
    frequency: Frequency,
    night: Night,
}

fn every_case() -> Vec<Case> {
    let mut cases = Vec::new();
    let both = [false, true];
    let addresses = [
        Address::None,
        Address::NotInItsTime,
        Address::NotVerified,
        Address::Bouncing,
        Address::Blocked,
        Address::Good,
    ];
    let nights = [
        Night::No,
        Night::Hold,
        Night::Drop,
        Night::DropLater,
        Night::AlwaysHold,
    ];
    for address in addresses {
        for purpose in purposes() {
            for night in nights {
                for frequency in Frequency::ALL {
                    for bits in 0..128_u32 {
                        let bit = |n: u32| both[(bits >> n & 1) as usize];
                        cases.push(Case {
                            address,
                            purpose: purpose.clone(),
                            night,
                            frequency,
                            offered: bit(0),
                            required: bit(1),
                            global_opt_out: bit(2),
                            enabled: bit(3),
                            urgent: bit(4),
                            paused: bit(5),
                            restricted: bit(6),
                        });
                    }
                }
            }
        }
    }
    cases
}

fn purposes() -> Vec<Option<Standing>> {
    let mut all = vec![None];
    let statuses = [
        ConsentStatus::NotAsked,
        ConsentStatus::Granted,
        ConsentStatus::Withdrawn,
        ConsentStatus::Expired,
        ConsentStatus::InUse,
        ConsentStatus::Objected,
        ConsentStatus::Other("frozen".to_owned()),
    ];
    for status in statuses {
        for by_signal in [false, true] {
            all.push(Some(Standing {
                status: status.clone(),
                by_signal,
            }));
        }
    }
    all
}

fn ask(case: &Case, asked: Moment) -> Verdict {
    let mut topic = TOPIC.clone();
    topic.urgent = case.urgent;
    topic.required = if case.required {
        vec![Channel::Email]
    } else {
        Vec::new()
    };
    let channel = if case.offered {
        Channel::Email
    } else {
        Channel::Post
    };
    let (schedule, rule) = night(case.night);
    let purpose_id = "offers".parse().unwrap();
    let paused_until = at("2026-03-10T12:00:00Z");
    reach(
        &Facts {
            topic: &topic,
            channel: &channel,
            choice: &Choice {
                enabled: case.enabled,
                frequency: case.frequency,
                contact_point_id: None,
            },
            points: &points(case.address),
            purpose: case
                .purpose
                .as_ref()
                .map(|standing| (&purpose_id, standing)),
            restricted: case.restricted,
            global_opt_out: case.global_opt_out,
            paused_until: case.paused.then_some(paused_until),
            quiet: (case.night != Night::No).then_some((&schedule, &rule)),
            digest: &DIGEST,
            zone: &TimeZone::UTC,
        },
        asked,
    )
}

static TOPIC: LazyLock<Topic> = LazyLock::new(|| {
    let catalogue = Catalogue::parse("test", CATALOGUE).unwrap();
    catalogue.groups[0].topics[0].clone()
});

const CATALOGUE: &str = r#"
[[group]]
id = "g"
text.en = { label = "G", description = "" }
[[group.topic]]
id = "t"
text.en = { label = "T", description = "" }
channels = ["email"]
frequencies = ["at_once", "daily", "weekly", "monthly"]
"#;

fn points(address: Address) -> Vec<Point> {
    let mut one = point("cp_1", ContactPointKind::Email);
    match address {
        Address::None => return Vec::new(),
        Address::NotInItsTime => one.valid_from = Some(Date::constant(2026, 3, 5)),
        Address::NotVerified => one.verified = false,
        Address::Bouncing => one.deliverability = DeliverabilityState::Bouncing,
        Address::Blocked => one.deliverability = DeliverabilityState::Blocked,
        Address::Good => {}
    }
    vec![one]
}

fn night(night: Night) -> (Schedule, QuietRule) {
    let every_day = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let (start, end, rule) = match night {
        Night::No | Night::Hold => (22, 10, QuietRule::Hold),
        Night::Drop => (22, 10, QuietRule::Drop),
        Night::DropLater => (8, 13, QuietRule::Drop),
        Night::AlwaysHold => (0, 0, QuietRule::Hold),
    };
    let window = Window {
        days: every_day.to_vec(),
        start: Time::constant(start, 0, 0, 0),
        end: Time::constant(end, 0, 0, 0),
    };
    (Schedule::new(TimeZone::UTC, vec![window]), rule)
}

/// What stops the message before anybody looks at the time: the first line that holds.
fn stopper(case: &Case) -> Option<ReachCode> {
    let standing = case.purpose.as_ref();
    let is = |status: ConsentStatus| standing.is_some_and(|standing| standing.status == status);
    let signal = standing.is_some_and(|standing| standing.by_signal);
    let refused = is(ConsentStatus::Withdrawn) || is(ConsentStatus::Objected);
    let unknown = is(ConsentStatus::Other("frozen".to_owned()));
    let chosen = !case.required;
    let lines = [
        (!case.offered, ReachCode::NotOffered),
        (case.address == Address::None, ReachCode::NoContactPoint),
        (
            case.address == Address::NotInItsTime,
            ReachCode::NotInItsTime,
        ),
        (case.address == Address::NotVerified, ReachCode::NotVerified),
        (case.address == Address::Blocked, ReachCode::Blocked),
        (chosen && case.restricted, ReachCode::Restricted),
        (
            chosen && (is(ConsentStatus::NotAsked) || is(ConsentStatus::Expired) || unknown),
            ReachCode::ConsentMissing,
        ),
        (chosen && refused && signal, ReachCode::PrivacySignal),
        (
            chosen && is(ConsentStatus::Withdrawn),
            ReachCode::ConsentWithdrawn,
        ),
        (chosen && is(ConsentStatus::Objected), ReachCode::Objected),
        (chosen && case.global_opt_out, ReachCode::GlobalOptOut),
        (chosen && !case.enabled, ReachCode::TopicOff),
    ];
    lines
        .into_iter()
        .find(|(holds, _)| *holds)
        .map(|(_, code)| code)
}

/// When it comes, once nothing stops it: `None` when quiet hours do.
fn comes(case: &Case) -> Option<Moment> {
    if case.required || case.urgent {
        return Some(now());
    }
    let digest = case.frequency != Frequency::AtOnce;
    let due = match (case.paused, case.frequency) {
        (false, Frequency::AtOnce) => now(),
        (false, Frequency::Daily) => at("2026-03-04T09:00:00Z"),
        (false, Frequency::Weekly) => at("2026-03-09T09:00:00Z"),
        (_, Frequency::Monthly) => at("2026-04-01T09:00:00Z"),
        (true, Frequency::AtOnce) => at("2026-03-10T12:00:00Z"),
        (true, Frequency::Daily) => at("2026-03-11T09:00:00Z"),
        (true, Frequency::Weekly) => at("2026-03-16T09:00:00Z"),
    };
    let hours = |hours: i64| due.plus_seconds(hours * 3600);
    match case.night {
        Night::No => Some(due),
        Night::AlwaysHold => None,
        // At 5 in the morning it is night until 10, and at 9, when digests go out; at noon, when the pause ends, it is not.
        Night::Hold | Night::Drop if digest => Some(hours(1)),
        Night::Hold | Night::Drop if case.paused => Some(due),
        Night::Hold => Some(at("2026-03-04T10:00:00Z")),
        Night::Drop => None,
        // From 8 to 13: digests and the end of the pause fall in it, but what waits is not dropped.
        Night::DropLater if digest => Some(hours(4)),
        Night::DropLater if case.paused => Some(hours(1)),
        Night::DropLater => Some(due),
    }
}

#[test]
fn every_combination_is_answered_by_the_rules() {
    let cases = every_case();
    assert_eq!(cases.len(), 6 * 15 * 5 * 4 * 128);
    for case in &cases {
        let found = ask(case, now());
        let last = found.reasons.last().map(|reason| &reason.code);
        if let Some(code) = stopper(case) {
            assert_eq!(found.answer, ReachAnswer::No, "{case:?}");
            assert_eq!((last, found.at), (Some(&code), None), "{case:?}");
            continue;
        }
        let due = comes(case);
        let answer = match due {
            None => ReachAnswer::No,
            Some(moment) if moment == now() => ReachAnswer::Yes,
            Some(_) => ReachAnswer::Later,
        };
        assert_eq!((found.at, found.answer), (due, answer), "{case:?}");
        assert_eq!(
            found.contact_point_id.map(|id| id.to_string()).as_deref(),
            Some("cp_1")
        );
    }
}

#[test]
fn every_chain_keeps_the_order_of_the_contract_and_ends_where_it_is_stopped() {
    let place = |code: &ReachCode| ReachCode::KNOWN.iter().position(|known| known == code);
    for case in every_case() {
        let Verdict {
            answer, reasons, ..
        } = ask(&case, now());
        let places: Vec<_> = reasons.iter().map(|reason| place(&reason.code)).collect();
        assert!(places.is_sorted() && !places.is_empty(), "{case:?}");
        let stops = reasons
            .iter()
            .filter(|reason| reason.effect == ReachEffect::Stops)
            .count();
        assert_eq!(stops, usize::from(answer == ReachAnswer::No), "{case:?}");
        let stops_last = reasons
            .last()
            .is_some_and(|reason| reason.effect == ReachEffect::Stops);
        assert_eq!(stops_last, answer == ReachAnswer::No, "{case:?}");
        for reason in &reasons {
            let delays = reason.effect == ReachEffect::Delays;
            assert_eq!(reason.until.is_some(), delays, "{case:?}");
        }
    }
}

#[test]
fn a_reason_names_what_it_is_about() {
    let mut case = Case {
        offered: true,
        address: Address::Blocked,
        required: false,
        restricted: false,
        purpose: Some(Standing {
            status: ConsentStatus::NotAsked,
            by_signal: false,
        }),
        global_opt_out: false,
        enabled: true,
        urgent: false,
        paused: true,
        frequency: Frequency::Daily,
        night: Night::Hold,
    };
    let blocked = ask(&case, now());
    assert_eq!(
        blocked.reasons[0].contact_point_id,
        Some("cp_1".parse().unwrap())
    );
    case.address = Address::Bouncing;
    let refused = ask(&case, now());
    assert_eq!(refused.reasons[0].code, ReachCode::Bouncing);
    assert_eq!(
        refused.reasons[1].purpose_id,
        Some("offers".parse().unwrap())
    );
    case.purpose = None;
    let chain: Vec<_> = ask(&case, now())
        .reasons
        .into_iter()
        .map(|reason| {
            (
                reason.code.as_str().to_owned(),
                reason.until.map(|until| until.to_string()),
            )
        })
        .collect();
    let until = |text: &str| Some(text.to_owned());
    assert_eq!(
        chain,
        [
            ("bouncing".to_owned(), None),
            ("topic_on".to_owned(), None),
            ("paused".to_owned(), until("2026-03-10T12:00:00Z")),
            ("digest".to_owned(), until("2026-03-11T09:00:00Z")),
            ("quiet_hours_hold".to_owned(), until("2026-03-11T10:00:00Z")),
        ]
    );
}

#[test]
fn a_pause_that_is_over_holds_nothing_up() {
    let case = Case {
        offered: true,
        address: Address::Good,
        required: false,
        restricted: false,
        purpose: None,
        global_opt_out: false,
        enabled: true,
        urgent: false,
        paused: true,
        frequency: Frequency::AtOnce,
        night: Night::No,
    };
    let end = at("2026-03-10T12:00:00Z");
    assert_eq!(ask(&case, end).answer, ReachAnswer::Yes);
    let before = ask(&case, end.plus_seconds(-1));
    assert_eq!((before.answer, before.at), (ReachAnswer::Later, Some(end)));
}
