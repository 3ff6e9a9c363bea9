//! Whether quiet hours keep at least as quiet as before.

use portal_contract::preferences::{QuietHours, QuietRule, QuietWindow, Weekday};

const DAY: usize = 24 * 60;
const WEEK: usize = 7 * DAY;

/// Whether everything that was quiet stays quiet. On the same clock alone: what another zone's windows cover changes with its
/// summer time.
pub(super) fn is_no_louder(before: &QuietHours, after: &QuietHours) -> bool {
    let stays = chosen(before) == chosen(after);
    let begins = !before.enabled && after.enabled;
    stays || begins || (before.enabled && after.enabled && is_wider(before, after))
}

type Chosen<'a> = (
    bool,
    Option<&'a String>,
    &'a [QuietWindow],
    &'a [portal_contract::interaction::Channel],
    &'a QuietRule,
);

fn chosen(hours: &QuietHours) -> Chosen<'_> {
    (
        hours.enabled,
        hours.time_zone.as_ref(),
        &hours.windows,
        &hours.channels,
        &hours.outside,
    )
}

fn is_wider(before: &QuietHours, after: &QuietHours) -> bool {
    before.time_zone == after.time_zone
        && holds_for_more(before, after)
        && (before.outside == after.outside || after.outside == QuietRule::Drop)
        && covers_more(&before.windows, &after.windows)
}

/// No channels means all of them.
fn holds_for_more(before: &QuietHours, after: &QuietHours) -> bool {
    let all = |hours: &QuietHours| hours.channels.is_empty();
    all(after)
        || (!all(before)
            && before
                .channels
                .iter()
                .all(|channel| after.channels.contains(channel)))
}

fn covers_more(before: &[QuietWindow], after: &[QuietWindow]) -> bool {
    let covered = coverage(after);
    before.iter().all(|window| {
        after.contains(window)
            || minutes(window)
                .is_some_and(|mut minutes| minutes.all(|minute| covered[minute % WEEK]))
    })
}

fn coverage(windows: &[QuietWindow]) -> Vec<bool> {
    let mut covered = vec![false; WEEK];
    for minute in windows.iter().filter_map(minutes).flatten() {
        covered[minute % WEEK] = true;
    }
    covered
}

/// The minutes of a window, counted from the beginning of Monday; `None` when this version cannot read it.
fn minutes(window: &QuietWindow) -> Option<impl Iterator<Item = usize> + use<>> {
    let (start, end) = (clock(&window.start)?, clock(&window.end)?);
    let end = if end <= start { end + DAY } else { end };
    let days: Option<Vec<usize>> = window.days.iter().map(day).collect();
    Some(
        days?
            .into_iter()
            .flat_map(move |day| (start..end).map(move |minute| day * DAY + minute)),
    )
}

fn clock(text: &str) -> Option<usize> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (usize, usize) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn day(day: &Weekday) -> Option<usize> {
    Weekday::KNOWN.iter().position(|known| known == day)
}
