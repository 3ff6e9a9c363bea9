//! Thousands of courses of changes and undos, each a different one and always the same.

use super::*;
use crate::preferences::Catalogue;
use crate::preferences::difference;
use crate::preferences::history::Author;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use jiff::tz::TimeZone;
use portal_contract::preference_history::ChangeRoute;
use serde_json::{Value, json};

/// Numbers that look random and are the same every time (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A place, and what can stand there; `null` is no decision.
fn places() -> Vec<(&'static str, Vec<Value>)> {
    let switch = || vec![Value::Null, json!(true), json!(false)];
    let window = |start: &str| json!([{ "days": ["mon"], "start": start, "end": "07:00" }]);
    vec![
        ("/global_opt_out", switch()),
        ("/topics/newsletter/email/enabled", switch()),
        ("/topics/new_bill/email/enabled", switch()),
        (
            "/topics/newsletter/email/frequency",
            vec![Value::Null, json!("weekly"), json!("monthly")],
        ),
        (
            "/paused_until",
            vec![Value::Null, json!("2026-04-01T00:00:00Z")],
        ),
        (
            "/quiet_hours/windows",
            vec![Value::Null, json!([]), window("22:00"), window("23:00")],
        ),
        ("/language", vec![Value::Null, json!("de"), json!("ar")]),
    ]
}

fn entry(number: usize, before: &Settings, after: &Settings, catalogue: &Catalogue) -> Entry {
    let difference = difference::between(catalogue, before, after);
    Entry {
        change: PreferenceChange {
            id: format!("chg_{number}").parse().unwrap(),
            at: Moment::from_millis(0).to_timestamp(),
            route: ChangeRoute::Portal,
            subject: ChangeSubject::Preferences,
            actor: None,
            changes: difference.changes,
            undoable: true,
            undone_by: None,
            undoes: None,
        },
        restores: Some(difference.restores),
    }
}

/// One to three places decided anew.
fn changed(settings: &Settings, dice: &mut Dice) -> Settings {
    let places = places();
    let mut after = settings.clone();
    for _ in 0..=dice.below(3) {
        let (pointer, values) = &places[dice.below(places.len())];
        after.set(*pointer, values[dice.below(values.len())].clone());
    }
    after
}

/// Everything that people see, place by place.
fn seen(settings: &Settings, catalogue: &Catalogue) -> Vec<Value> {
    places()
        .iter()
        .map(|(pointer, _)| settings.shown(catalogue, pointer))
        .collect()
}

fn with_act(check: impl FnOnce(Act<'_>, &Surroundings)) {
    let around = Surroundings {
        restricted: false,
        points: Vec::new(),
        purposes: Vec::new(),
        zone: TimeZone::UTC,
    };
    let act = Act {
        catalogue: &crate::demo::catalogue(),
        customer: &CustomerId::try_from("cus_1".to_owned()).unwrap(),
        author: &Author::nobody(ChangeRoute::Portal),
        now: Moment::from_millis(0),
    };
    check(act, &around);
}

#[test]
fn undone_from_the_last_to_the_first_every_state_comes_back() {
    with_act(|act, around| {
        for seed in 0..2_000 {
            let mut dice = Dice(seed);
            let (mut settings, mut course) = (Settings::default(), Vec::new());
            for number in 0..=dice.below(12) {
                let after = changed(&settings, &mut dice);
                let entry = entry(number, &settings, &after, act.catalogue);
                if !entry.change.changes.is_empty() {
                    course.push((seen(&settings, act.catalogue), entry));
                }
                settings = after;
            }
            for (before, entry) in course.into_iter().rev() {
                settings = attempt(act, around, &settings, &entry)
                    .unwrap_or_else(|refused| panic!("{seed}: {refused:?} {entry:?}"));
                assert_eq!(seen(&settings, act.catalogue), before, "{seed}");
            }
        }
    });
}

#[test]
fn an_undo_touches_what_the_change_changed_and_is_refused_over_anything_later() {
    with_act(|act, around| {
        let mut refused = 0;
        for seed in 0..2_000 {
            let mut dice = Dice(seed);
            let before = changed(&Settings::default(), &mut dice);
            let after = changed(&before, &mut dice);
            let later = changed(&after, &mut dice);
            let entry = entry(0, &before, &after, act.catalogue);
            let touched = |pointer: &str| {
                let changes = &entry.change.changes;
                changes.iter().any(|change| change.pointer == pointer)
            };
            let stands = places().iter().all(|(pointer, _)| {
                let shown = |settings: &Settings| settings.shown(act.catalogue, pointer);
                !touched(pointer) || shown(&later) == shown(&after)
            });
            let Ok(undone) = attempt(act, around, &later, &entry) else {
                assert!(!stands, "{seed}");
                refused += 1;
                continue;
            };
            assert!(stands, "{seed}");
            for (pointer, _) in places() {
                let expected = if touched(pointer) { &before } else { &later };
                let shown = |settings: &Settings| settings.shown(act.catalogue, pointer);
                assert_eq!(shown(&undone), shown(expected), "{seed} {pointer}");
            }
        }
        assert!((200..1_800).contains(&refused), "{refused}");
    });
}
