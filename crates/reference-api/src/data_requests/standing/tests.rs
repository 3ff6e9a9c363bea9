use super::*;
use crate::store::time::zone;
use portal_contract::data_request::Regime;

fn calendar(regime: Regime) -> Calendar {
    Calendar {
        regime,
        zone: zone(Some("Europe/Berlin")),
        region: "DE".to_owned(),
        closed: Vec::new(),
    }
}

/// Tuesday, 8 September 2026, noon in Berlin.
const RECEIVED: i64 = 1_788_861_600_000;
const DAY: i64 = 24 * 60 * 60;

fn received() -> Moment {
    Moment::from_millis(RECEIVED)
}

fn standing(kind: DataRequestKind, state: State, calendar: &Calendar) -> Standing {
    Standing {
        kind,
        state,
        submitted_at: received(),
        confirmed_at: None,
        has_begun: false,
        closed_at: None,
        acknowledged_at: None,
        due_at: Some(calendar.due(received())),
        original_due_at: Some(calendar.due(received())),
        extension: None,
        clock: ClockState::Running,
        clock_since: received(),
        clock_reason: None,
        expires_at: None,
        runs_at: None,
        status_reason: None,
        status_note: None,
        outcome: None,
    }
}

fn outcome() -> DataRequestOutcome {
    DataRequestOutcome {
        note: None,
        records: 1,
        retained: Vec::new(),
        in_force: None,
    }
}

fn every_step(now: Moment) -> Vec<Step> {
    let ask = |purpose| Step::Ask {
        purpose,
        answer_by: now.plus_seconds(30 * DAY),
    };
    vec![
        Step::Begin,
        Step::Confirm,
        ask(QuestionPurpose::Identity),
        ask(QuestionPurpose::Clarification),
        ask(QuestionPurpose::Information),
        Step::Answer,
        Step::Schedule {
            runs_at: now.plus_seconds(14 * DAY),
        },
        Step::MakeReady,
        Step::Complete { outcome: outcome() },
        Step::CompletePartially {
            reason: DataRequestReason::LegalHold,
            outcome: outcome(),
        },
        Step::Deny {
            reason: DataRequestReason::NoMatch,
            note: "There is none.".to_owned(),
        },
        Step::Cancel,
        Step::Expire,
        Step::Extend {
            reason: "There is much of it.".to_owned(),
        },
    ]
}

/// Whether the timeline tells all that changed of deadlines, clock and state.
fn is_told(before: &Standing, after: &Standing, entries: &[Entry]) {
    let of = |kind: EventKind| entries.iter().filter(move |entry| entry.kind == kind);
    let due: Vec<_> = of(EventKind::DueChanged).collect();
    if before.due_at == after.due_at {
        assert!(due.is_empty(), "a move that is none: {due:?}");
    } else {
        assert_eq!(
            due.len(),
            1,
            "a deadline moved silently: {before:?} {after:?}"
        );
        assert_eq!(
            (due[0].previous_due_at, due[0].due_at),
            (before.due_at, after.due_at)
        );
        assert!(
            due[0].note.is_some() || due[0].clock_reason.is_some(),
            "without a reason"
        );
        assert!(after.due_at > before.due_at, "a deadline came nearer");
    }
    assert_eq!(before.original_due_at, after.original_due_at);
    assert_eq!(
        of(EventKind::StateChanged).count(),
        usize::from(before.state != after.state)
    );
    let paused = after.clock == ClockState::Paused && before.clock != ClockState::Paused;
    assert_eq!(of(EventKind::ClockPaused).count(), usize::from(paused));
    let resumed = before.clock == ClockState::Paused && after.clock == ClockState::Running;
    assert_eq!(of(EventKind::ClockResumed).count(), usize::from(resumed));
}

#[test]
fn no_deadline_moves_silently_whatever_happens_in_whatever_order() {
    let actors = [
        Actor::Customer,
        Actor::Delegate,
        Actor::Company,
        Actor::System,
    ];
    for regime in [Regime::Gdpr, Regime::UkGdpr, Regime::Ccpa] {
        let calendar = calendar(regime);
        for kind in DataRequestKind::KNOWN {
            let mut standings = vec![standing(kind.clone(), State::Received, &calendar)];
            let mut seen = 0;
            // Everything that five steps, a day or two apart, can lead to.
            for depth in 1..=5 {
                let now = received().plus_seconds(depth * 2 * DAY);
                let mut following: Vec<Standing> = Vec::new();
                for before in &standings {
                    for actor in &actors {
                        for taken in every_step(now) {
                            let Ok((after, entries)) = step(before, &calendar, actor, &taken, now)
                            else {
                                continue;
                            };
                            is_told(before, &after, &entries);
                            seen += 1;
                            if !following.contains(&after) {
                                following.push(after);
                            }
                        }
                    }
                }
                standings = following;
            }
            assert!(seen > 20, "{kind:?}: {seen}");
        }
    }
}

#[test]
fn a_question_about_identity_stops_the_clock_and_its_answer_moves_the_day() {
    let calendar = calendar(Regime::Gdpr);
    let before = standing(DataRequestKind::Rectification, State::Received, &calendar);
    let asked_at = received().plus_seconds(DAY);
    let ask = Step::Ask {
        purpose: QuestionPurpose::Identity,
        answer_by: asked_at.plus_seconds(30 * DAY),
    };
    let (asked, _) = step(&before, &calendar, &Actor::Company, &ask, asked_at).unwrap();
    assert_eq!(asked.state, State::AwaitingVerification);
    assert_eq!(
        (asked.clock.clone(), asked.due_at),
        (ClockState::Paused, before.due_at)
    );

    let answered_at = asked_at.plus_seconds(4 * DAY);
    let (answered, entries) = step(
        &asked,
        &calendar,
        &Actor::Customer,
        &Step::Answer,
        answered_at,
    )
    .unwrap();
    assert_eq!(answered.state, State::Received);
    assert_eq!(answered.clock, ClockState::Running);
    assert_eq!(
        answered.due_at,
        before.due_at.map(|due| due.plus_seconds(4 * DAY))
    );
    assert_eq!(
        entries.last().unwrap().clock_reason,
        Some(ClockReason::Verification)
    );
}

#[test]
fn california_waits_on_its_own_time() {
    let calendar = calendar(Regime::Ccpa);
    let before = standing(DataRequestKind::Rectification, State::Received, &calendar);
    let ask = Step::Ask {
        purpose: QuestionPurpose::Identity,
        answer_by: received().plus_seconds(30 * DAY),
    };
    let (asked, _) = step(&before, &calendar, &Actor::Company, &ask, received()).unwrap();
    assert_eq!(asked.clock, ClockState::Running);
}

#[test]
fn more_time_is_taken_once_by_the_company_before_it_is_over_and_with_a_reason() {
    let calendar = calendar(Regime::Gdpr);
    let before = standing(DataRequestKind::Access, State::InProgress, &calendar);
    let extend = |reason: &str| Step::Extend {
        reason: reason.to_owned(),
    };
    let now = received().plus_seconds(DAY);
    let (after, _) = step(
        &before,
        &calendar,
        &Actor::Company,
        &extend("Much of it."),
        now,
    )
    .unwrap();
    assert_eq!(after.due_at, Some(calendar.extended(received())));
    let refused = |standing: &Standing, actor: Actor, reason: &str, now| {
        step(standing, &calendar, &actor, &extend(reason), now).unwrap_err()
    };
    assert_eq!(
        refused(&after, Actor::Company, "Again.", now),
        Refusal::ExtendedBefore
    );
    assert_eq!(
        refused(&before, Actor::Company, " ", now),
        Refusal::NoReason
    );
    assert_eq!(
        refused(&before, Actor::Customer, "Please.", now),
        Refusal::IllegalStep
    );
    assert_eq!(
        refused(&before, Actor::System, "So.", now),
        Refusal::IllegalStep
    );
    let late = before.due_at.unwrap().plus_seconds(1);
    assert_eq!(
        refused(&before, Actor::Company, "Late.", late),
        Refusal::TooLateToExtend
    );
}

#[test]
fn days_on_which_the_clock_stood_are_kept_when_more_time_is_taken() {
    let calendar = calendar(Regime::Gdpr);
    let mut before = standing(DataRequestKind::Access, State::InProgress, &calendar);
    before.due_at = before.due_at.map(|due| due.plus_seconds(7 * DAY));
    let extend = Step::Extend {
        reason: "Much of it.".to_owned(),
    };
    let (after, _) = step(&before, &calendar, &Actor::Company, &extend, received()).unwrap();
    let plain = calendar.extended(received());
    assert_eq!(after.due_at, Some(plain.plus_seconds(7 * DAY)));
}

#[test]
fn a_refusal_is_explained() {
    let calendar = calendar(Regime::Gdpr);
    let before = standing(DataRequestKind::Access, State::InProgress, &calendar);
    let deny = Step::Deny {
        reason: DataRequestReason::TooManyRequests,
        note: "  ".to_owned(),
    };
    let refused = step(&before, &calendar, &Actor::Company, &deny, received());
    assert_eq!(refused.unwrap_err(), Refusal::NoReason);
}

#[test]
fn what_is_closed_has_no_time_running_and_nothing_to_wait_for() {
    let calendar = calendar(Regime::Gdpr);
    let mut before = standing(DataRequestKind::Erasure, State::Scheduled, &calendar);
    before.runs_at = Some(received().plus_seconds(DAY));
    let (after, _) = step(
        &before,
        &calendar,
        &Actor::Customer,
        &Step::Cancel,
        received(),
    )
    .unwrap();
    assert_eq!(after.clock, ClockState::Stopped);
    assert_eq!((after.runs_at, after.closed_at), (None, Some(received())));
}
