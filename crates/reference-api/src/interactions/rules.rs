//! The table of what a customer may do.

use crate::store::time::Moment;
use portal_contract::callback::CallbackState;
use portal_contract::interaction::{Action, Channel, Direction, InteractionStatus};

/// For how many days after its end a matter can be taken up again; later it is a new one.
pub const REOPEN_DAYS: i64 = 60;

/// What the decision hangs on.
#[derive(Clone, Debug)]
pub struct Situation<'i> {
    /// Where the matter stands.
    pub status: &'i InteractionStatus,
    /// The channel on which it began.
    pub channel: &'i Channel,
    /// Who began.
    pub direction: &'i Direction,
    /// When it ended or was resolved; when something last happened, where neither is known.
    pub settled_at: Moment,
    /// The call that was asked for.
    pub call: Option<Call>,
}

/// What the decision hangs on of a call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Where it stands.
    pub state: CallbackState,
    /// When it begins.
    pub starts_at: Moment,
    /// When it is over at the latest.
    pub ends_at: Moment,
}

/// What a customer may do now. Everything that answers or acts asks here.
#[must_use]
pub fn allowed_actions(situation: &Situation<'_>, now: Moment) -> Vec<Action> {
    use InteractionStatus as Status;
    if is_one_way(situation) {
        return Vec::new();
    }
    let with_call = |mut actions: Vec<Action>| {
        match &situation.call {
            Some(call) => actions.extend(of_call(call, now)),
            None => actions.push(Action::RequestCallback),
        }
        actions
    };
    match situation.status {
        Status::Open | Status::InProgress | Status::WaitingOnCustomer => {
            with_call(vec![Action::Reply, Action::Attach, Action::Close])
        }
        // A status of the company's own is the company's to end, but words always reach it.
        Status::Other(_) => with_call(vec![Action::Reply, Action::Attach]),
        Status::Resolved | Status::Closed => {
            let last = situation
                .settled_at
                .plus_seconds(REOPEN_DAYS * 24 * 60 * 60);
            if now <= last {
                vec![Action::Reopen]
            } else {
                Vec::new()
            }
        }
        Status::Cancelled => Vec::new(),
    }
}

/// A call that has begun is neither moved nor called off. One that is over without a word of how it went was not made as far as the
/// customer can know, so they may have another.
fn of_call(call: &Call, now: Moment) -> Vec<Action> {
    match call.state {
        CallbackState::Planned if now < call.starts_at => {
            vec![Action::RescheduleCallback, Action::CancelCallback]
        }
        CallbackState::Planned if call.ends_at <= now => vec![Action::RescheduleCallback],
        CallbackState::Missed => vec![Action::RescheduleCallback],
        CallbackState::Done | CallbackState::Cancelled => vec![Action::RequestCallback],
        CallbackState::Planned | CallbackState::Other(_) => Vec::new(),
    }
}

/// Announcements that nobody reads answers to: push notifications, and text messages that the company sent.
fn is_one_way(situation: &Situation<'_>) -> bool {
    match situation.channel {
        Channel::Push => true,
        Channel::Sms => *situation.direction == Direction::Outbound,
        Channel::Email
        | Channel::Phone
        | Channel::Chat
        | Channel::Messaging
        | Channel::Web
        | Channel::MobileApp
        | Channel::Store
        | Channel::Post
        | Channel::Social
        | Channel::Other(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action::{Attach, Close, Reopen, Reply, RequestCallback};

    const DAY: i64 = 24 * 60 * 60;
    const LIVE: &[Action] = &[Reply, Attach, Close, RequestCallback];

    fn decide(status: &str, channel: &str, direction: &str, days_ago: i64) -> Vec<Action> {
        let now = Moment::from_millis(1_800_000_000_000);
        let situation = Situation {
            status: &status.into(),
            channel: &channel.into(),
            direction: &direction.into(),
            settled_at: now.plus_seconds(-days_ago * DAY),
            call: None,
        };
        allowed_actions(&situation, now)
    }

    #[test]
    fn a_call_can_be_moved_and_called_off_until_it_begins_and_moved_again_when_it_was_missed() {
        use Action::{CancelCallback, RequestCallback, RescheduleCallback};
        let now = Moment::from_millis(1_800_000_000_000);
        let decide = |status: &str, state: CallbackState, starts_in: i64| {
            let situation = Situation {
                status: &status.into(),
                channel: &Channel::Phone,
                direction: &Direction::Inbound,
                settled_at: now,
                call: Some(Call {
                    state,
                    starts_at: now.plus_seconds(starts_in),
                    ends_at: now.plus_seconds(starts_in + 900),
                }),
            };
            let mut actions = allowed_actions(&situation, now);
            actions.retain(|action| ![Reply, Attach, Close, Reopen].contains(action));
            actions
        };
        let both = [RescheduleCallback, CancelCallback];
        let planned = || CallbackState::Planned;
        assert_eq!(decide("open", planned(), 1), both);
        assert_eq!(decide("escalated", planned(), 1), both);
        assert_eq!(decide("open", planned(), 0), []);
        assert_eq!(decide("open", planned(), -899), []);
        assert_eq!(decide("open", planned(), -900), [RescheduleCallback]);
        assert_eq!(
            decide("waiting_on_customer", CallbackState::Missed, -9000),
            [RescheduleCallback]
        );
        let again = [RequestCallback];
        assert_eq!(decide("open", CallbackState::Done, -9000), again);
        assert_eq!(decide("open", CallbackState::Cancelled, 9000), again);
        assert_eq!(decide("closed", CallbackState::Cancelled, 9000), []);
        assert_eq!(decide("closed", planned(), 9000), []);
        assert_eq!(decide("cancelled", CallbackState::Missed, -9000), []);
    }

    #[test]
    fn the_table_of_what_may_be_done() {
        let table: &[(&str, &str, &str, i64, &[Action])] = &[
            ("open", "email", "inbound", 0, LIVE),
            ("in_progress", "phone", "inbound", 400, LIVE),
            ("waiting_on_customer", "email", "outbound", 0, LIVE),
            (
                "escalated_to_moon",
                "email",
                "inbound",
                0,
                &[Reply, Attach, RequestCallback],
            ),
            ("resolved", "chat", "inbound", 60, &[Reopen]),
            ("resolved", "chat", "inbound", 61, &[]),
            ("closed", "post", "inbound", 0, &[Reopen]),
            ("closed", "post", "inbound", 61, &[]),
            ("cancelled", "email", "inbound", 0, &[]),
            ("open", "push", "outbound", 0, &[]),
            ("closed", "push", "outbound", 0, &[]),
            ("open", "sms", "outbound", 0, &[]),
            ("open", "sms", "inbound", 0, LIVE),
            ("open", "carrier_pigeon", "sideways", 0, LIVE),
        ];
        for (status, channel, direction, days, expected) in table {
            assert_eq!(
                decide(status, channel, direction, *days),
                *expected,
                "{status} {channel} {direction} {days}"
            );
        }
    }

    #[test]
    fn nothing_but_reopening_is_ever_possible_after_the_end() {
        for status in InteractionStatus::KNOWN {
            for channel in Channel::KNOWN {
                for direction in Direction::KNOWN {
                    let actions = decide(status.as_str(), channel.as_str(), direction.as_str(), 1);
                    let ended = matches!(
                        status,
                        InteractionStatus::Resolved
                            | InteractionStatus::Closed
                            | InteractionStatus::Cancelled
                    );
                    assert!(
                        !ended || actions.iter().all(|action| *action == Reopen),
                        "{status:?} {actions:?}"
                    );
                    assert!(
                        ended || !actions.contains(&Reopen),
                        "{status:?} {actions:?}"
                    );
                }
            }
        }
    }
}
