use super::*;

const MINUTE: i64 = 60_000;

fn at(minutes: i64) -> Moment {
    Moment::from_millis(1_772_600_000_000 + minutes * MINUTE)
}

fn said(minutes: i64, channel: &str) -> Said {
    Said {
        id: format!("m{minutes}").parse().unwrap(),
        at: at(minutes),
        channel: channel.into(),
        answers_on: None,
    }
}

/// A message with which the customer answers the company on the channel to which it had gone.
fn answered(minutes: i64, channel: &str) -> Said {
    Said {
        answers_on: Some(channel.into()),
        ..said(minutes, channel)
    }
}

/// When and why the customer explained.
fn explained(direction: &str, words: &[Said], handoffs: &[i64]) -> Vec<(i64, ExplanationCause)> {
    let handoffs: Vec<Moment> = handoffs.iter().copied().map(at).collect();
    explanations(&direction.into(), words, &handoffs)
        .into_iter()
        .map(|one| {
            let minutes = one.message_id.as_str().trim_start_matches('m');
            (minutes.parse().unwrap(), one.cause)
        })
        .collect()
}

#[test]
fn what_counts_as_an_explanation() {
    use ExplanationCause::{ChannelChange, Handoff, Start};
    let mail = |minutes| said(minutes, "email");
    // Who began, and how often they wrote to the same hands, makes one.
    assert_eq!(
        explained("inbound", &[mail(0), mail(5), mail(9)], &[]),
        [(0, Start)]
    );
    // What the company began, the customer need not explain.
    assert_eq!(explained("outbound", &[mail(3), mail(5)], &[]), []);
    // Another pair of hands: once for each, however many messages follow, and once where it passed on twice in between.
    assert_eq!(
        explained("inbound", &[mail(0), mail(5), mail(6)], &[2, 3]),
        [(0, Start), (5, Handoff)]
    );
    assert_eq!(explained("outbound", &[mail(5)], &[2]), [(5, Handoff)]);
    // A hand-off after the customer's last words made them say nothing.
    assert_eq!(explained("inbound", &[mail(0)], &[2]), [(0, Start)]);
    // Another channel than the one that they last wrote on; coming back to the first is another change.
    let words = [mail(0), said(4, "phone"), said(6, "phone"), mail(9)];
    assert_eq!(
        explained("inbound", &words, &[]),
        [(0, Start), (4, ChannelChange), (9, ChannelChange)]
    );
    assert_eq!(
        explained("inbound", &[mail(0), answered(4, "phone")], &[]),
        [(0, Start)]
    );
    // Both at once is one.
    assert_eq!(
        explained("inbound", &[mail(0), said(4, "phone")], &[3]),
        [(0, Start), (4, Handoff)]
    );
}

#[test]
fn a_promise_counts_when_it_came_due() {
    let now = at(100);
    let all = [
        (None, Some(at(1))),
        (Some(at(10)), Some(at(10))),
        (Some(at(10)), Some(at(11))),
        (Some(at(10)), None),
        (Some(at(200)), None),
        (Some(at(200)), Some(at(50))),
    ];
    let promises = promises(all.into_iter(), now);
    assert_eq!((promises.due, promises.kept), (4, 2));
}

#[test]
fn the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle() {
    assert_eq!(median(std::iter::empty()), None);
    assert_eq!(median([7].into_iter()), Some(7));
    assert_eq!(median([9, 1, 5].into_iter()), Some(5));
    assert_eq!(median([1, 100, 4, 7].into_iter()), Some(5));
}
