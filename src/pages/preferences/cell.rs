//! One topic over one channel: a switch; or, instead of it, why there is none.

use super::screen::{Choices, Screen, about, alone, by};
use super::words::{said, why_locked};
use crate::i18n::{Text, t, text};
use crate::routes::{Route, use_areas};
use crate::ui::{Icon, IconName};
use crate::widgets::{channel_icon, channel_word};
use portal_client::preferences::{Cell, Edit};
use portal_contract::contact_point::ContactPointKind;
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::PreferenceTopic;
use portal_contract::preferences::{ChannelChoice, LockedReason, TopicChoices};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo_from, view};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// The topic does not come this way.
    None,
    /// It must be sent.
    Always,
    /// It cannot be switched on before something else is done.
    Missing(Option<LockedReason>),
    /// A switch; with the reason why it does not arrive although it is on.
    Switch(Option<LockedReason>),
}

impl Kind {
    /// A switch stays one while the screen stands: what was switched off under the finger is not taken away from there.
    fn of(choice: Option<&ChannelChoice>, before: Option<&Self>) -> Self {
        let Some(choice) = choice else {
            return Self::None;
        };
        let reason = choice.locked_reason.clone();
        match (&reason, choice.locked) {
            (_, false) => Self::Switch(None),
            (Some(LockedReason::Required), true) => Self::Always,
            (_, true) if choice.enabled || matches!(before, Some(Self::Switch(_))) => {
                Self::Switch(reason.or_else(|| Some(LockedReason::Other(String::new()))))
            }
            (_, true) => Self::Missing(reason),
        }
    }
}

/// The cell, which follows every change.
pub fn cell(screen: Screen, topic: &PreferenceTopic, channel: &Channel, choices: Choices) -> View {
    let offers = topic.channels.iter().any(|one| one.channel == *channel);
    if !offers {
        return nothing(channel);
    }
    let cell = Cell {
        topic: topic.id.clone(),
        channel: channel.clone(),
    };
    let at = channel.clone();
    let kind = memo_from(move |before: Option<&Kind>| {
        choices.with(|choices| Kind::of(chosen(choices, &at), before))
    });
    let draw = move || match kind.get() {
        Kind::None => nothing(&cell.channel),
        Kind::Always => always(screen, &cell),
        Kind::Missing(reason) => missing(screen, &cell, reason.as_ref()),
        Kind::Switch(reason) => switch(screen, &cell, choices, reason.as_ref()),
    };
    draw.alone()
}

fn chosen<'a>(choices: &'a Option<TopicChoices>, channel: &Channel) -> Option<&'a ChannelChoice> {
    choices.as_ref()?.get(channel)
}

fn nothing(channel: &Channel) -> View {
    view! {
        <td class="cell" data-none="">
            <span class="soft" aria-hidden="true">
                "–"
            </span>
            <span class="visually-hidden">{text::preferences_not_by(by(channel))}</span>
        </td>
    }
}

/// The channel, seen where the cell stands in a card.
fn name(channel: &Channel) -> View {
    view! {
        <span class="cell__name">
            <Icon name=channel_icon(channel) />
            " "
            {channel_word(channel)}
        </span>
        " "
    }
}

fn called(screen: Screen, cell: &Cell) -> Text {
    about(screen, cell, text::preferences_cell)
}

fn always(screen: Screen, cell: &Cell) -> View {
    let label = about(screen, cell, text::preferences_always_on_why);
    view! {
        <td class="cell">
            <button class="cell__act" type="button" popovertarget=format!("why-{}", cell.topic) aria-label=t(label)>
                {name(&cell.channel)}
                <span class="cell__word">
                    <Icon name=IconName::Lock />
                    " "
                    {text::PREFERENCES_ALWAYS_ON}
                </span>
            </button>
        </td>
    }
}

/// Where what is missing can be mended, and the word for it.
fn way(channel: &Channel, reason: Option<&LockedReason>) -> (Text, Route) {
    match reason {
        Some(LockedReason::NotVerified) => (text::PREFERENCES_VERIFY, Route::ContactPoints),
        Some(LockedReason::Undeliverable) => (text::PREFERENCES_MEND, Route::ContactPoints),
        Some(LockedReason::PurposeNotAllowed) => (text::PREFERENCES_AGREE, Route::Consents),
        _ => {
            let kind = ContactPointKind::reached_by(channel);
            let to = kind.map_or(Route::ContactPoints, Route::AddContactPoint);
            (text::PREFERENCES_ADD, to)
        }
    }
}

fn missing(screen: Screen, cell: &Cell, reason: Option<&LockedReason>) -> View {
    let (act, to) = way(&cell.channel, reason);
    let topic = screen.label(&cell.topic);
    let why = t(why_locked(reason));
    let href = to.href();
    if use_areas().lack_screen(&href) {
        return view! {
            <td class="cell">
                <span class="cell__act">
                    {name(&cell.channel)}
                    <span class="cell__word">{why}</span>
                </span>
            </td>
        };
    }
    let label = text::preferences_missing(topic, alone(by(&cell.channel)), t(act.clone()), why);
    view! {
        <td class="cell">
            <a class="cell__act" href=href aria-label=t(label)>
                {name(&cell.channel)}
                <span class="cell__word">{act}</span>
            </a>
        </td>
    }
}

fn switch(screen: Screen, cell: &Cell, choices: Choices, reason: Option<&LockedReason>) -> View {
    let at = cell.channel.clone();
    let is_on =
        move || choices.with(|choices| chosen(choices, &at).is_some_and(|choice| choice.enabled));
    let place = cell.clone();
    let change = move |event| {
        let edit = Edit::Enabled(place.clone(), event_target_checked(&event));
        let done = said(screen, &edit);
        screen.document.submit([edit], done);
    };
    let beside = match reason {
        Some(reason) => unreached(screen, cell, reason),
        None => question(screen, cell),
    };
    view! {
        <td class="cell">
            <label class="cell__act">
                {name(&cell.channel)}
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    aria-label=t(called(screen, cell))
                    prop:checked=is_on
                    on:change=change
                />
            </label>
            " "
            {beside}
        </td>
    }
}

/// "Would this reach me?"
fn question(screen: Screen, cell: &Cell) -> View {
    let label = about(screen, cell, text::reach_ask);
    let place = cell.clone();
    let press = move |_| screen.asked.set(Some(place.clone()));
    view! {
        <button class="cell__why" type="button" aria-label=t(label) on:click=press>
            <Icon name=IconName::Help />
        </button>
    }
    .alone()
}

/// It is on, and yet nothing arrives.
fn unreached(screen: Screen, cell: &Cell, reason: &LockedReason) -> View {
    let label = about(screen, cell, text::preferences_not_reached);
    let (_, to) = way(&cell.channel, Some(reason));
    let href = to.href();
    let is_missing = use_areas().lack_screen(&href);
    view! {
        <a class="cell__why" data-tone="warn" href=href aria-label=t(label) hidden=is_missing>
            <Icon name=IconName::Alert />
        </a>
    }
    .alone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(enabled: bool, reason: Option<LockedReason>) -> ChannelChoice {
        ChannelChoice {
            enabled,
            off_since: None,
            frequency: None,
            contact_point_id: None,
            locked: reason.is_some(),
            locked_reason: reason,
        }
    }

    #[test]
    fn a_locked_cell_says_what_is_missing_and_one_that_is_on_can_still_be_switched_off() {
        let not_there = Some(LockedReason::NoContactPoint);
        let missing = choice(false, not_there.clone());
        assert_eq!(
            Kind::of(Some(&missing), None),
            Kind::Missing(not_there.clone())
        );
        let unreached = choice(true, not_there.clone());
        assert_eq!(Kind::of(Some(&unreached), None), Kind::Switch(not_there));
        let required = choice(true, Some(LockedReason::Required));
        assert_eq!(Kind::of(Some(&required), None), Kind::Always);
        assert_eq!(Kind::of(None, None), Kind::None);
    }

    #[test]
    fn a_switch_is_not_taken_away_from_under_the_finger() {
        let blocked = Some(LockedReason::Undeliverable);
        let before = Kind::Switch(blocked.clone());
        let off = choice(false, blocked.clone());
        assert_eq!(Kind::of(Some(&off), Some(&before)), Kind::Switch(blocked));
    }
}
