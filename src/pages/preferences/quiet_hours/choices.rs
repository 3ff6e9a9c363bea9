//! What happens to a message in quiet times, for which channels they hold, and what passes.

use super::editor::Editor;
use crate::i18n::{Text, list, text};
use crate::pages::preferences::screen::{Screen, topics};
use crate::ui::{Icon, IconName};
use crate::widgets::channel_word;
use portal_contract::interaction::Channel;
use portal_contract::preferences::{QuietHours, QuietRule};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// Whether it waits.
pub fn outside(editor: Editor) -> View {
    view! {
        <fieldset class="form__group">
            <legend>{text::QUIET_OUTSIDE}</legend>
            {rule(editor, QuietRule::Hold, text::QUIET_HOLD, text::QUIET_HOLD_TEXT)}
            {rule(editor, QuietRule::Drop, text::QUIET_DROP, text::QUIET_DROP_TEXT)}
        </fieldset>
    }
    .alone()
}

fn rule(editor: Editor, rule: QuietRule, name: Text, about: Text) -> View {
    let about_id = ["quiet-", rule.as_str()].concat();
    let chosen = rule.clone();
    let is_chosen = move || editor.hours().with(|hours| hours.outside == chosen);
    let choose = move |_| {
        let rule = rule.clone();
        editor.act(move |hours| hours.outside = rule);
    };
    view! {
        <label class="choice">
            <input type="radio" name="quiet-outside" aria-describedby=about_id.clone() prop:checked=is_chosen on:change=choose />
            " "
            <span>{name}</span>
            <span class="field__hint" id=about_id>
                {about}
            </span>
        </label>
    }
    .alone()
}

/// For which channels.
pub fn channels(editor: Editor) -> View {
    let all = editor.screen.catalogue.with_value(|it| it.channels.clone());
    let every = StoredValue::new(all.clone());
    // No channel at all cannot be said: on the wire an empty list means every one.
    let none = RwSignal::new(false);
    let one = |channel: Channel| {
        let name = channel_word(&channel);
        let which = channel.clone();
        let is_on = move || !none.get() && editor.hours().with(|hours| holds_for(hours, &which));
        let change = move |event| {
            let on = event_target_checked(&event);
            let before = if none.get_untracked() {
                Vec::new()
            } else {
                let of = |hours: &QuietHours| every.with_value(|all| held(hours, all));
                editor.hours().with_untracked(of)
            };
            let chosen = every.with_value(|all| switched(all, &before, &channel, on));
            none.set(chosen.is_none());
            if let Some(chosen) = chosen {
                editor.act(move |hours| hours.channels = chosen);
            }
        };
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=is_on on:change=change />
                " "
                <span>{name}</span>
            </label>
        }
        .alone()
    };
    let error = move || {
        none.get().then(|| {
            view! {
                <p class="field__error">
                    <Icon name=IconName::Alert />
                    <span>{text::QUIET_NO_CHANNEL}</span>
                </p>
            }
        })
    };
    view! {
        <fieldset class="form__group">
            <legend>{text::QUIET_CHANNELS}</legend>
            <div role="alert">{error}</div>
            <div class="filters__choices">{all.into_iter().map(one).collect::<Vec<_>>()}</div>
        </fieldset>
    }
    .alone()
}

fn holds_for(hours: &QuietHours, channel: &Channel) -> bool {
    hours.channels.is_empty() || hours.channels.contains(channel)
}

fn held(hours: &QuietHours, all: &[Channel]) -> Vec<Channel> {
    let held = all.iter().filter(|channel| holds_for(hours, channel));
    held.cloned().collect()
}

/// What is written once `channel` is switched: an empty list for all of them, and nothing where none is left.
fn switched(
    all: &[Channel],
    before: &[Channel],
    channel: &Channel,
    on: bool,
) -> Option<Vec<Channel>> {
    let is_on = |one: &&Channel| {
        if *one == channel {
            on
        } else {
            before.contains(one)
        }
    };
    let chosen: Vec<Channel> = all.iter().filter(is_on).cloned().collect();
    match chosen.len() {
        0 => None,
        count if count == all.len() => Some(Vec::new()),
        _ => Some(chosen),
    }
}

/// What comes all the same.
pub fn urgent(screen: Screen) -> Option<View> {
    let urgent: Vec<String> = screen.catalogue.with_value(|catalogue| {
        let urgent = topics(catalogue).filter(|topic| topic.urgent);
        urgent.map(|topic| topic.label.clone()).collect()
    });
    (!urgent.is_empty()).then(|| {
        view! { <p class="soft">{text::quiet_urgent(list(&urgent))}</p> }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_is_an_empty_list_and_no_channel_cannot_be_said() {
        let all = [Channel::Email, Channel::Sms];
        let sms = Some(vec![Channel::Sms]);
        assert_eq!(switched(&all, &all, &Channel::Email, false), sms);
        let both = Some(Vec::new());
        assert_eq!(switched(&all, &[Channel::Sms], &Channel::Email, true), both);
        assert_eq!(switched(&all, &[Channel::Sms], &Channel::Sms, false), None);
        assert_eq!(switched(&all, &[], &Channel::Sms, true), sms);
    }
}
