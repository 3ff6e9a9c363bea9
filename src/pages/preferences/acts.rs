//! For everything at once: a pause, fewer, everything off and back again.

use super::pause::pause_dialog;
use super::screen::Screen;
use super::words::said;
use crate::browser::{clock, focus};
use crate::i18n::{Text, date, t, text};
use crate::routes::Route;
use crate::ui::{Icon, IconName};
use portal_client::preferences::Edit;
use portal_contract::Timestamp;
use portal_contract::preferences::Preferences;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// Until when messages are paused; a pause that has passed is none.
#[must_use]
pub fn paused_until(document: &Preferences) -> Option<&Timestamp> {
    let now = clock::now();
    let until = document.paused_until.as_ref();
    until.filter(|until| clock::parse(until) > now)
}

/// Whether choices are kept, but not in force.
#[must_use]
pub fn is_idle(document: &Preferences) -> bool {
    document.global_opt_out || paused_until(document).is_some()
}

/// Does it, and says so.
pub fn act(screen: Screen, edit: Edit) {
    let done = said(screen, &edit);
    screen.document.submit([edit], done);
}

/// What is in force, and the acts.
pub fn acts(screen: Screen) -> View {
    let document = screen.document;
    let is_off = memo(move || document.with(|it| it.global_opt_out));
    let paused = memo(move || document.with(|it| paused_until(it).cloned()));
    let pausing = RwSignal::new(false);
    let off = move || all_off(screen, is_off.get());
    let pause = move || {
        let is_paused = paused.with(Option::is_some);
        let name = if is_paused {
            text::PREFERENCES_PAUSE_OTHER
        } else {
            text::PREFERENCES_PAUSE
        };
        let press = Callback::new(move |()| pausing.set(true));
        act_button(
            IconName::Pause,
            name,
            text::PREFERENCES_PAUSE_TEXT,
            is_paused,
            press,
        )
    };
    let resume = move || paused.get().map(|until| resume(screen, &until));
    view! {
        <div class="stack">
            {resume}
            <ul class="acts" aria-label=t(text::PREFERENCES_ACTS)>
                <li>{pause} {pause_dialog(screen, pausing)}</li>
                <li>
                    <a class="act" href=Route::LessContact.href()>
                        {inside(IconName::Calendar, text::PREFERENCES_FEWER, text::PREFERENCES_FEWER_TEXT)}
                    </a>
                </li>
                <li>{off}</li>
            </ul>
        </div>
    }
}

fn resume(screen: Screen, until: &Timestamp) -> View {
    let press = move |_| {
        act(screen, Edit::PausedUntil(None));
        // The button that was pressed is gone.
        focus::heading();
    };
    view! {
        <div class="banner" data-tone="info" data-shape="inline">
            <Icon name=IconName::Pause />
            <p>{text::preferences_paused(date(until))}</p>
            <button class="button" data-size="small" type="button" on:click=press>
                {text::PREFERENCES_RESUME}
            </button>
        </div>
    }
    .alone()
}

fn all_off(screen: Screen, is_off: bool) -> View {
    let press = Callback::new(move |()| act(screen, Edit::GlobalOptOut(!is_off)));
    let (name, about) = if is_off {
        (text::PREFERENCES_ALL_ON, text::PREFERENCES_ALL_ON_TEXT)
    } else {
        (text::PREFERENCES_ALL_OFF, text::PREFERENCES_ALL_OFF_TEXT)
    };
    act_button(IconName::Silence, name, about, is_off, press)
}

/// An act as a button: what it does, and what that means.
pub fn act_button(
    icon: IconName,
    name: Text,
    about: Text,
    is_on: bool,
    press: Callback<()>,
) -> View {
    view! {
        <button class="act" type="button" data-on=is_on.then_some("") on:click=move |_| press.run(())>
            {inside(icon, name, about)}
        </button>
    }
    .alone()
}

fn inside(icon: IconName, name: Text, about: Text) -> View {
    view! {
        <Icon name=icon />
        <span class="act__name">{name}</span>
        " "
        <span class="act__text">{about}</span>
    }
}
