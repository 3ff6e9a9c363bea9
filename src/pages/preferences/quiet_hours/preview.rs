//! When the next message that is held would come: as the server says.

use super::zone;
use crate::browser::clock;
use crate::i18n::{Text, date_time_in, t, text};
use crate::pages::preferences::screen::Screen;
use crate::ui::{Icon, IconName};
use portal_contract::Timestamp;
use portal_contract::preferences::{QuietHours, QuietRule, QuietSpan};
use portal_markup::{Child, View, memo, view};

/// The sentences, which follow every change. That they are looked up is for the eye alone: what came of it is spoken, once.
pub fn preview(screen: Screen) -> View {
    let document = screen.document;
    let words = memo(move || document.with(|it| words(&it.quiet_hours)));
    let is_asked = memo(move || document.with(|it| is_asked(&it.quiet_hours)));
    let sentence = move || words.get().into_iter().map(t).collect::<Vec<_>>().join(" ");
    let said = move || (!is_asked.get()).then(|| view! { <p>{sentence()}</p> });
    let meanwhile = move || is_asked.get().then(|| view! { <p>{sentence()}</p> });
    view! {
        <div class="banner" data-tone="info" data-shape="inline">
            <Icon name=IconName::Clock />
            <div>
                <div role="status">{said}</div>
                {meanwhile}
            </div>
        </div>
    }
    .alone()
}

/// Whether the server has yet to say when it is quiet next.
fn is_asked(hours: &QuietHours) -> bool {
    hours.enabled && !hours.windows.is_empty() && hours.next.is_none()
}

fn words(hours: &QuietHours) -> Vec<Text> {
    if !hours.enabled {
        return vec![text::QUIET_OFF];
    }
    if hours.windows.is_empty() {
        return vec![text::QUIET_EMPTY];
    }
    let zone = zone::in_force(hours);
    let mut words = vec![text::quiet_on(zone::words(&zone))];
    let Some(next) = &hours.next else {
        words.push(text::QUIET_ASKING);
        return words;
    };
    let is_now = clock::parse(&next.starts_at) <= clock::now();
    words.push(told(next, is_now, &hours.outside, &zone));
    words.extend(at_home(&next.ends_at, &zone));
    words
}

fn told(next: &QuietSpan, is_now: bool, rule: &QuietRule, zone: &str) -> Text {
    let start = date_time_in(&next.starts_at, zone);
    let end = date_time_in(&next.ends_at, zone);
    match (rule, is_now) {
        (QuietRule::Drop, true) => text::quiet_now_drop(end),
        (QuietRule::Drop, false) => text::quiet_next_drop(start, end),
        (QuietRule::Hold | QuietRule::Other(_), true) => text::quiet_now_hold(end),
        (QuietRule::Hold | QuietRule::Other(_), false) => text::quiet_next_hold(start, end),
    }
}

/// The same moment on the clock that every other time of the portal is shown by, where that is another one.
fn at_home(end: &Timestamp, zone: &str) -> Option<Text> {
    let home = zone::of_account();
    let there = date_time_in(end, zone);
    let here = date_time_in(end, &home);
    (here != there).then(|| text::quiet_at_home(zone::words(&home), here))
}
