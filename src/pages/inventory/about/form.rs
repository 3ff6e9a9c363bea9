//! Changing one field in place.

use super::Desk;
use super::entry::{Entry, How};
use crate::browser::{focus, intl, task};
use crate::i18n::{language_name, text, use_i18n};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Tone};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The one input: one field is changed at a time.
const INPUT: &str = "about-field";

/// The field is drawn after the press.
pub fn take_focus() {
    task::run(async {
        task::pause(0).await;
        focus::id(INPUT);
    });
}

/// The form.
pub fn form(entry: &Entry, desk: Desk) -> View {
    let (name, before) = (entry.name.clone(), entry.value.clone());
    let cancelled = entry.name.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let now = desk.raw.get_untracked().trim().to_owned();
        if now == before {
            desk.open.set(None);
            super::back_to(&name);
            return;
        }
        desk.save.send((name.clone(), before.clone(), now));
    };
    let cancel = Callback::new(move |()| {
        desk.open.set(None);
        super::back_to(&cancelled);
    });
    view! {
        <form class="form" novalidate on:submit=send>
            <div class="field">
                <label class="field__label" for=INPUT>{entry.label.clone()}</label>
                {input(entry, desk)}
            </div>
            <FailedLine submission=desk.save.submission() except_fields=false />
            <div class="form__actions cluster">
                <Button on_press=cancel>{text::CANCEL}</Button>
                " "
                <Button kind=ButtonKind::Submit tone=Tone::Primary pending=desk.save.pending()>
                    {text::SAVE}
                </Button>
            </div>
        </form>
    }
    .alone()
}

fn input(entry: &Entry, desk: Desk) -> View {
    match entry.how {
        How::Language => {
            let named = |tag: String| {
                let name = language_name(&tag);
                (tag, name)
            };
            choose(
                desk,
                use_i18n().offered().iter().cloned().map(named).collect(),
            )
        }
        How::Zone => {
            let named = |zone: String| {
                let name = zone.replace('_', " ");
                (zone, name)
            };
            choose(desk, intl::time_zones().into_iter().map(named).collect())
        }
        _ => view! {
            <input
                class="input"
                id=INPUT
                dir="auto"
                autocomplete="off"
                maxlength="200"
                prop:value=move || desk.raw.get()
                on:input=move |event| desk.raw.set(event_target_value(&event))
            />
        }
        .alone(),
    }
}

/// A list to choose from; what stands there now is among it, whatever the browser knows.
fn choose(desk: Desk, mut options: Vec<(String, String)>) -> View {
    let now = desk.raw.get_untracked();
    if !options.iter().any(|(value, _)| *value == now) {
        options.insert(0, (now.clone(), now));
    }
    let option = |(value, words): (String, String)| {
        let is_chosen = desk.raw.with_untracked(|raw| *raw == value);
        view! { <option value=value prop:selected=is_chosen>{words}</option> }.alone()
    };
    let options: Vec<View> = options.into_iter().map(option).collect();
    view! {
        <select class="input" id=INPUT on:change=move |event| desk.raw.set(event_target_value(&event))>
            {options}
        </select>
    }
    .alone()
}
