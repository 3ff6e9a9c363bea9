//! What stands in the menus: who is signed in, appearance, language, help, signing out.

use crate::announce::use_announcer;
use crate::api::{place, use_api};
use crate::browser::task;
use crate::forms::{Submission, Write};
use crate::i18n::{Text, language_name, t, text, use_i18n};
use crate::routes::{Link, Route};
use crate::session::use_session;
use crate::theme::{Theme, use_theme};
use crate::ui::{Icon, IconName};
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The menu of the person.
pub fn menu() -> View {
    let session = use_session();
    let name = move || {
        session
            .get()
            .customer()
            .map(|customer| customer.display_name.clone())
    };
    view! {
        <p class="menu__title">{text::SHELL_SIGNED_IN_AS} " " <bdi>{name}</bdi></p>
        {appearance()}
        {languages()}
        <div class="menu__group">
            <Link to=Route::Data class="menu__item">
                <Icon name=IconName::Shield />
                {text::NAV_DATA}
            </Link>
            <Link to=Route::Help class="menu__item">
                <Icon name=IconName::Help />
                {text::SHELL_HELP}
            </Link>
            {sign_out()}
        </div>
    }
    .alone()
}

fn sign_out() -> View {
    let session = use_session();
    let submission = session.signing_out().submission();
    let word = move || {
        t(match submission.get() {
            Submission::Pending => text::SHELL_SIGNING_OUT,
            Submission::Failed(_) => text::SHELL_SIGN_OUT_FAILED,
            Submission::Idle | Submission::Done => text::SHELL_SIGN_OUT,
        })
    };
    let api = use_api();
    let press = move |_| {
        session.sign_out();
        // Signed out here is signed out: the company's own sign-out is a way further.
        task::run(async move {
            let client = api.client();
            let ways = client.ways_in().await.ok();
            if let Some(further) = ways.and_then(|ways| place(&client, &ways.logout_url?)) {
                session.go_on_to(further);
            }
        });
    };
    view! {
        <button class="menu__item" type="button" on:click=press>
            <Icon name=IconName::SignOut />
            // Not a `status`: that would take the word away from the button's name.
            <span aria-live="polite">{word}</span>
        </button>
    }
    .alone()
}

fn label(theme: Theme) -> (Text, IconName) {
    match theme {
        Theme::Light => (text::THEME_LIGHT, IconName::Sun),
        Theme::Dark => (text::THEME_DARK, IconName::Moon),
        Theme::System => (text::THEME_SYSTEM, IconName::System),
    }
}

fn appearance() -> View {
    let choice = use_theme();
    let segment = move |theme: Theme| {
        let (word, icon) = label(theme);
        view! {
            <button
                class="segment"
                type="button"
                aria-pressed=move || if choice.get() == theme { "true" } else { "false" }
                on:click=move |_| choice.choose(theme)
            >
                <Icon name=icon />
                {word}
            </button>
        }
    };
    view! {
        <div class="menu__group" role="group" aria-labelledby="theme-title">
            <p class="menu__title" id="theme-title">
                {text::THEME_TITLE}
            </p>
            <div class="segments">{Theme::ALL.map(segment).collect_view()}</div>
        </div>
    }
    .alone()
}

/// Each language in its own name and direction, so that it is found by whoever reads it.
pub fn languages() -> View {
    let i18n = use_i18n();
    let change = Write::new(move |tag: String| async move {
        i18n.set_locale(&tag)
            .await
            .map_err(|_| ApiError::Unreachable)
    });
    let announcer = use_announcer();
    change.on_failed(move |_| announcer.show(text::LANGUAGE_FAILED));
    let item = move |tag: &'static String| {
        let chosen = i18n.locale().tag == *tag;
        let name = language_name(tag);
        // The last one that is chosen holds, whatever is still on its way.
        let choose = move |_| {
            change.cancel();
            change.send(tag.clone());
        };
        view! {
            <button
                class="menu__item"
                type="button"
                lang=tag.as_str()
                dir="auto"
                aria-pressed=if chosen { "true" } else { "false" }
                on:click=choose
            >
                {name}
                {chosen.then(|| view! { <Icon name=IconName::Check /> })}
            </button>
        }
    };
    view! {
        <div class="menu__group" role="group" aria-labelledby="language-title">
            <p class="menu__title" id="language-title">
                {text::LANGUAGE_TITLE}
            </p>
            {i18n.offered().iter().map(item).collect_view()}
        </div>
    }
    .alone()
}
