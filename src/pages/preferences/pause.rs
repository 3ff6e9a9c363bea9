//! A pause until a day.

use super::Doors;
use super::acts::{act, paused_until};
use super::days::{begin_of, in_days};
use super::screen::Screen;
use crate::browser::focus;
use crate::i18n::{Text, day, t, text};
use crate::ui::{Dialog, Icon, IconName};
use portal_client::preferences::Edit;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// Where the day stands that the customer chooses; the focus is led there when it is missing.
const DAY: &str = "pause-day";

/// How long.
#[derive(Clone, Copy, PartialEq)]
enum Until {
    Days(i64),
    Own,
}

/// What is chosen in the dialog.
#[derive(Clone, Copy)]
struct Choice {
    until: RwSignal<Until>,
    own: RwSignal<String>,
    is_wrong: RwSignal<bool>,
}

impl Choice {
    /// The first day with messages again; nothing where it is none to come.
    fn day(self) -> Option<String> {
        match self.until.get() {
            Until::Days(count) => Some(in_days(count)),
            Until::Own => Some(self.own.get()).filter(|own| *own >= in_days(1)),
        }
    }
}

/// What the dialog is about, for whoever draws it.
#[derive(Clone, Copy)]
struct Pausing {
    screen: Screen,
    close: Callback<()>,
}

/// The dialog: until when?
pub fn pause_dialog(screen: Screen, open: RwSignal<bool>) -> View {
    let close = Callback::new(move |()| open.set(false));
    let Doors { pause, .. } = expect_context();
    let body = move || {
        provide_context(Pausing { screen, close });
        pause()
    };
    view! {
        <Dialog open=open title=t(text::PREFERENCES_PAUSE_TITLE) close_label=t(text::CLOSE) on_close=close id="pause">
            {body()}
        </Dialog>
    }
    .alone()
}

/// What stands in the dialog.
pub fn body() -> View {
    let Pausing { screen, close } = expect_context();
    let choice = Choice {
        until: RwSignal::new(Until::Days(7)),
        own: RwSignal::new(String::new()),
        is_wrong: RwSignal::new(false),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match untrack(|| choice.day()).and_then(|day| begin_of(&day)) {
            Some(until) => {
                close.run(());
                act(screen, Edit::PausedUntil(Some(until)));
            }
            None => {
                choice.is_wrong.set(true);
                focus::id(DAY);
            }
        }
    };
    let is_paused = untrack(|| screen.document.with(|it| paused_until(it).is_some()));
    let end = is_paused.then(|| {
        let press = move |_| {
            close.run(());
            act(screen, Edit::PausedUntil(None));
        };
        view! {
            <button class="button" type="button" on:click=press>
                {text::PREFERENCES_RESUME}
            </button>
        }
    });
    let own = move || (choice.until.get() == Until::Own).then(|| own_day(choice));
    let word = move || {
        t(choice.day().map_or(text::PREFERENCES_PAUSE_DO, |until| {
            text::preferences_pause_do_until(day(&until))
        }))
    };
    view! {
        <form novalidate on:submit=submit>
            <div class="dialog__body">
                <fieldset class="form__group">
                    <legend>{text::PREFERENCES_PAUSE_LEGEND}</legend>
                    {radio(choice, Until::Days(7), text::preferences_pause_week(day(&in_days(7))))}
                    {radio(choice, Until::Days(30), text::preferences_pause_month(day(&in_days(30))))}
                    {radio(choice, Until::Own, text::PREFERENCES_PAUSE_OWN)}
                </fieldset>
                {own}
            </div>
            <div class="dialog__actions">
                <button class="button" data-tone="quiet" type="button" on:click=move |_| close.run(())>
                    {text::PREFERENCES_PAUSE_LEAVE}
                </button>
                {end}
                <button class="button" data-tone="primary" type="submit">
                    {word}
                </button>
            </div>
        </form>
    }
    .alone()
}

fn radio(choice: Choice, until: Until, words: Text) -> View {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="pause-until"
                prop:checked=move || choice.until.get() == until
                on:change=move |_| choice.until.set(until)
            />
            " "
            <span>{words}</span>
        </label>
    }
}

fn own_day(choice: Choice) -> View {
    let typed = move |event| {
        choice.own.set(event_target_value(&event));
        choice.is_wrong.set(false);
    };
    let error = move || {
        choice.is_wrong.get().then(|| {
            view! {
                <p class="field__error" id="pause-day-error">
                    <Icon name=IconName::Alert />
                    <span>{text::PREFERENCES_PAUSE_DAY_WRONG}</span>
                </p>
            }
        })
    };
    view! {
        <div class="field">
            <label class="field__label" for=DAY>
                {text::PREFERENCES_PAUSE_DAY}
            </label>
            {error}
            <input
                class="input"
                type="date"
                data-width="short"
                id=DAY
                min=in_days(1)
                aria-invalid=move || choice.is_wrong.get().then_some("true")
                aria-describedby=move || choice.is_wrong.get().then_some("pause-day-error")
                prop:value=move || choice.own.get()
                on:input=typed
            />
        </div>
    }
    .alone()
}
