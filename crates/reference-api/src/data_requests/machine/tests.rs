use super::*;

const OPEN: [State; 7] = [
    State::Received,
    State::AwaitingVerification,
    State::AwaitingConfirmation,
    State::InProgress,
    State::AwaitingCustomer,
    State::Ready,
    State::Scheduled,
];

const CLOSED: [State; 5] = [
    State::Completed,
    State::PartiallyCompleted,
    State::Denied,
    State::Cancelled,
    State::Expired,
];

const ACTORS: [Actor; 4] = [
    Actor::Customer,
    Actor::Delegate,
    Actor::Company,
    Actor::System,
];

fn facts(kind: &Kind) -> Facts {
    Facts {
        kind: kind.clone(),
        is_confirmed: false,
        has_begun: false,
    }
}

/// The whole table in words: from, who, step, to. `C` the customer or a delegate, `O` the company, `S` its systems. What does not stand
/// here is refused.
const TABLE: &str = "
    received              O  begin               in_progress            but erasure
    received              S  begin               in_progress            but erasure
    received              O  begin               awaiting_confirmation  only erasure
    received              S  begin               awaiting_confirmation  only erasure
    received              O  ask_identity        awaiting_verification
    received              O  ask                 awaiting_customer
    received              O  deny                denied
    awaiting_verification O  begin               in_progress            but erasure
    awaiting_verification O  begin               awaiting_confirmation  only erasure
    awaiting_verification C  answer              received
    awaiting_verification O  deny                denied
    awaiting_verification S  expire              expired
    awaiting_confirmation C  confirm             in_progress
    awaiting_confirmation O  confirm             in_progress            only erasure
    awaiting_confirmation O  deny                denied
    awaiting_confirmation S  expire              expired
    in_progress           O  ask_identity        awaiting_verification
    in_progress           O  ask                 awaiting_customer
    in_progress           O  schedule            scheduled              only erasure
    in_progress           S  schedule            scheduled              only erasure
    in_progress           S  make_ready          ready                  only copy
    in_progress           O  complete            completed              only other
    in_progress           O  complete_partially  partially_completed    only other
    in_progress           S  complete            completed              only at_once
    in_progress           O  deny                denied
    awaiting_customer     C  answer              in_progress
    awaiting_customer     O  deny                denied
    awaiting_customer     S  expire              expired
    ready                 C  complete            completed              only copy
    ready                 S  complete            completed              only copy
    scheduled             S  complete            completed              only erasure
    scheduled             S  complete_partially  partially_completed    only erasure
    scheduled             O  deny                denied
";

fn name(step: Move) -> &'static str {
    match step {
        Move::Begin => "begin",
        Move::Confirm => "confirm",
        Move::AskIdentity => "ask_identity",
        Move::Ask => "ask",
        Move::Answer => "answer",
        Move::Schedule => "schedule",
        Move::MakeReady => "make_ready",
        Move::Complete => "complete",
        Move::CompletePartially => "complete_partially",
        Move::Deny => "deny",
        Move::Cancel => "cancel",
        Move::Expire => "expire",
    }
}

fn applies(condition: &[&str], kind: &Kind) -> bool {
    let is_copy = matches!(kind, Kind::Access | Kind::Portability);
    let is_erasure = *kind == Kind::Erasure;
    match condition {
        [] => true,
        ["but", "erasure"] => !is_erasure,
        ["only", "erasure"] => is_erasure,
        ["only", "copy"] => is_copy,
        ["only", "other"] => !is_copy && !is_erasure,
        ["only", "at_once"] => takes_effect_at_once(kind),
        unknown => panic!("{unknown:?} is no condition of the table"),
    }
}

fn expected(kind: &Kind, state: &State, actor: &Actor, step: Move) -> Option<State> {
    let who = match actor {
        Actor::Customer | Actor::Delegate => "C",
        Actor::Company => "O",
        Actor::System => "S",
        Actor::Other(_) => "?",
    };
    // Only the customer says that it is meant, or the company in their place.
    if *actor == Actor::Delegate && step == Move::Confirm {
        return None;
    }
    // The customer calls off whatever is open.
    if who == "C" && step == Move::Cancel && !is_closed(state) {
        return Some(State::Cancelled);
    }
    let rows = TABLE
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).find_map(|row| {
        let is_it = row[0] == state.as_str() && row[1] == who && row[2] == name(step);
        (is_it && applies(&row[4..], kind)).then(|| State::from(row[3]))
    })
}

#[test]
fn every_step_from_every_state_by_every_actor_is_what_the_table_says() {
    let mut legal = 0;
    for kind in Kind::KNOWN {
        for state in OPEN.iter().chain(&CLOSED) {
            for actor in &ACTORS {
                for step in Move::ALL {
                    let found = next(&facts(kind), state, actor, step);
                    let wanted = expected(kind, state, actor, step);
                    assert_eq!(found, wanted, "{kind:?} {state:?} {actor:?} {step:?}");
                    legal += usize::from(found.is_some());
                }
            }
        }
    }
    assert!(legal > 300, "{legal}");
}

#[test]
fn every_state_is_known_to_this_test_and_can_be_reached() {
    let mut reached = vec![State::Received];
    for kind in Kind::KNOWN {
        for is_confirmed in [false, true] {
            let facts = Facts {
                is_confirmed,
                ..facts(kind)
            };
            for state in &OPEN {
                for actor in &ACTORS {
                    reached.extend(
                        Move::ALL
                            .iter()
                            .filter_map(|step| next(&facts, state, actor, *step)),
                    );
                }
            }
        }
    }
    for state in State::KNOWN {
        assert!(OPEN.contains(state) || CLOSED.contains(state), "{state:?}");
        assert!(reached.contains(state), "nothing leads to {state:?}");
    }
}

#[test]
fn what_is_closed_stays_as_it_is() {
    for kind in Kind::KNOWN {
        for state in &CLOSED {
            for actor in &ACTORS {
                for step in Move::ALL {
                    assert_eq!(next(&facts(kind), state, actor, step), None);
                }
            }
        }
    }
}

#[test]
fn an_erasure_that_has_begun_is_ended_by_what_runs_and_by_nobody_else() {
    let begun = Facts {
        kind: Kind::Erasure,
        is_confirmed: true,
        has_begun: true,
    };
    for actor in &ACTORS {
        for step in Move::ALL {
            let ends =
                *actor == Actor::System && matches!(step, Move::Complete | Move::CompletePartially);
            let found = next(&begun, &State::Scheduled, actor, step);
            assert_eq!(found.is_some(), ends, "{actor:?} {step:?}");
        }
    }
}

#[test]
fn who_is_not_known_does_nothing() {
    for state in &OPEN {
        for step in Move::ALL {
            let actor = Actor::Other("auditor".to_owned());
            assert_eq!(next(&facts(&Kind::Access), state, &actor, step), None);
        }
    }
}
