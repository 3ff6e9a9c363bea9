//! Whether what belongs to a topic is shown in the portal by itself.
//!
//! The order is that of [`reach`](super::reach), without its steps about a channel: the portal is a place that the customer
//! comes to, so no address, digest or quiet hour stands between.

use super::catalogue::Topic;
use super::reach::Standing;
use super::settings::Settings;
use super::surroundings::Surroundings;
use crate::store::time::Moment;
use portal_contract::notice::NoticeReason;
use portal_contract::reach::ReachCode;

/// Why it is shown, or what keeps it back.
///
/// # Errors
/// With the step that keeps it back.
pub fn in_portal(
    topic: &Topic,
    settings: &Settings,
    around: &Surroundings,
    now: Moment,
) -> Result<NoticeReason, ReachCode> {
    let purpose = topic.purpose.as_ref().and_then(|id| around.purpose(id));
    decide(topic, settings, purpose, now)
}

fn decide(
    topic: &Topic,
    settings: &Settings,
    purpose: Option<&Standing>,
    now: Moment,
) -> Result<NoticeReason, ReachCode> {
    if !topic.required.is_empty() {
        return Ok(NoticeReason::Required);
    }
    if let Some(obstacle) = purpose.and_then(Standing::obstacle) {
        return Err(obstacle);
    }
    if settings.global_opt_out() {
        return Err(ReachCode::GlobalOptOut);
    }
    let mut channels = topic.channels.iter();
    if !channels.any(|channel| settings.choice(topic, channel).enabled) {
        return Err(ReachCode::TopicOff);
    }
    if topic.urgent {
        return Ok(NoticeReason::Urgent);
    }
    if settings.paused_until().is_some_and(|end| end > now) {
        return Err(ReachCode::Paused);
    }
    Ok(NoticeReason::TopicOn)
}

#[cfg(test)]
mod tests {
    use super::super::settings::{GLOBAL_OPT_OUT, PAUSED_UNTIL};
    use super::*;
    use crate::demo;
    use portal_contract::consent::ConsentStatus;
    use portal_contract::interaction::Channel;
    use serde_json::json;

    fn now() -> Moment {
        Moment::from_millis(1_772_600_767_000)
    }

    /// How a customer stands to a topic.
    #[derive(Clone, Copy, Debug)]
    struct Case {
        required: bool,
        urgent: bool,
        on: bool,
        all_off: bool,
        paused: bool,
        objected: bool,
    }

    fn answer(case: Case) -> Result<NoticeReason, ReachCode> {
        let catalogue = demo::catalogue();
        let mut topic = catalogue.topic("planned_works").unwrap().clone();
        topic.urgent = case.urgent;
        if case.required {
            topic.required = vec![Channel::Post];
        }
        let mut settings = Settings::default();
        for channel in &topic.channels {
            settings.switch(&topic, channel, case.on && *channel == Channel::Sms);
        }
        settings.set(GLOBAL_OPT_OUT, json!(case.all_off));
        if case.paused {
            let end = now().plus_seconds(60).to_timestamp();
            settings.set(PAUSED_UNTIL, json!(end));
        }
        let purpose = case.objected.then_some(Standing {
            status: ConsentStatus::Objected,
            by_signal: false,
        });
        decide(&topic, &settings, purpose.as_ref(), now())
    }

    fn every_case() -> impl Iterator<Item = Case> {
        (0..64).map(|bits: u8| {
            let bit = |n: u8| bits >> n & 1 == 1;
            Case {
                required: bit(0),
                urgent: bit(1),
                on: bit(2),
                all_off: bit(3),
                paused: bit(4),
                objected: bit(5),
            }
        })
    }

    #[test]
    fn the_truth_table_of_what_is_shown() {
        for case in every_case() {
            let expected = match case {
                Case { required: true, .. } => Ok(NoticeReason::Required),
                Case { objected: true, .. } => Err(ReachCode::Objected),
                Case { all_off: true, .. } => Err(ReachCode::GlobalOptOut),
                Case { on: false, .. } => Err(ReachCode::TopicOff),
                Case { urgent: true, .. } => Ok(NoticeReason::Urgent),
                Case { paused: true, .. } => Err(ReachCode::Paused),
                _ => Ok(NoticeReason::TopicOn),
            };
            assert_eq!(answer(case), expected, "{case:?}");
        }
    }

    #[test]
    fn a_pause_that_is_over_keeps_nothing_back() {
        let catalogue = demo::catalogue();
        let topic = catalogue.topic("planned_works").unwrap();
        let mut settings = Settings::default();
        settings.set(PAUSED_UNTIL, json!(now().to_timestamp()));
        assert_eq!(
            decide(topic, &settings, None, now()),
            Ok(NoticeReason::TopicOn)
        );
        assert_eq!(
            decide(topic, &settings, None, now().plus_seconds(-1)),
            Err(ReachCode::Paused)
        );
    }

    #[test]
    fn what_reach_lets_pass_at_once_on_some_channel_is_shown() {
        // The order of the steps is reach's: whatever a channel that is verified and not quiet would bring now, the portal shows.
        use super::super::destination::Point;
        use super::super::reach::{Facts, reach};
        use portal_contract::contact_point::{ContactPointKind, DeliverabilityState};
        use portal_contract::reach::ReachAnswer;
        let catalogue = demo::catalogue();
        let point = Point {
            id: "p1".parse().unwrap(),
            kind: ContactPointKind::Phone,
            preferred: true,
            verified: true,
            valid_from: None,
            valid_to: None,
            deliverability: DeliverabilityState::Ok,
        };
        for case in every_case() {
            let mut topic = catalogue.topic("planned_works").unwrap().clone();
            topic.urgent = case.urgent;
            if case.required {
                topic.required = vec![Channel::Sms];
            }
            let mut settings = Settings::default();
            for channel in &topic.channels {
                settings.switch(&topic, channel, case.on);
            }
            settings.set(GLOBAL_OPT_OUT, json!(case.all_off));
            if case.paused {
                settings.set(PAUSED_UNTIL, json!(now().plus_seconds(60).to_timestamp()));
            }
            let objected = Standing {
                status: ConsentStatus::Objected,
                by_signal: false,
            };
            let purpose = "own_offers".parse().unwrap();
            let verdict = reach(
                &Facts {
                    topic: &topic,
                    channel: &Channel::Sms,
                    choice: &settings.choice(&topic, &Channel::Sms),
                    points: std::slice::from_ref(&point),
                    purpose: case.objected.then_some((&purpose, &objected)),
                    restricted: false,
                    global_opt_out: settings.global_opt_out(),
                    paused_until: settings.paused_until(),
                    quiet: None,
                    digest: &catalogue.digest,
                    zone: &catalogue.zone,
                },
                now(),
            );
            let shown = decide(&topic, &settings, case.objected.then_some(&objected), now());
            assert_eq!(
                verdict.answer == ReachAnswer::Yes,
                shown.is_ok(),
                "{case:?}: {:?}, {shown:?}",
                verdict.reasons
            );
        }
    }
}
