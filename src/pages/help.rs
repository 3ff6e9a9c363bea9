//! Keyboard, languages, accessibility, privacy, and how else to reach the company.

use crate::config::{Links, use_config};
use crate::i18n::{Text, t, text};
use crate::widgets::PageHead;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The screen.
pub fn page() -> View {
    let Links {
        privacy,
        accessibility,
        ..
    } = &use_config().links;
    let keys = [
        ("Tab", text::HELP_KEY_TAB),
        ("Enter", text::HELP_KEY_ENTER),
        ("Space", text::HELP_KEY_SPACE),
        ("Esc", text::HELP_KEY_ESCAPE),
    ];
    let key = |(key, meaning): (&'static str, Text)| {
        view! {
            <li>
                <kbd>{key}</kbd>
                " "
                {meaning}
            </li>
        }
    };
    let statement = accessibility.as_deref().map(
        |href| view! { <p><a href=href rel="external">{text::HELP_ACCESSIBILITY_LINK}</a></p> },
    );
    view! {
        <div class="page" data-width="reading">
            <PageHead title=t(text::HELP_TITLE) lede=t(text::HELP_LEDE) />
            <div class="prose">
                <Contact links=&use_config().links />
                <h2>{text::HELP_KEYBOARD_TITLE}</h2>
                <ul>{keys.map(key).collect_view()}</ul>
                <h2>{text::HELP_ACCESSIBILITY_TITLE}</h2>
                <p>{text::HELP_ACCESSIBILITY_BODY}</p>
                {statement}
                <h2>{text::HELP_PRIVACY_TITLE}</h2>
                <p>{text::HELP_PRIVACY_BODY}</p>
                {privacy.as_deref().map(|href| view! { <p><a href=href rel="external">{text::HELP_PRIVACY_LINK}</a></p> })}
            </div>
        </div>
    }
    .alone()
}

/// The ways out of the portal, where the company gives any.
#[component]
fn Contact(
    /// Those that the company gives.
    links: &'static Links,
) -> impl IntoView {
    let Links {
        home, phone, email, ..
    } = links;
    if home.is_none() && phone.is_none() && email.is_none() {
        return ().alone();
    }
    let dial = |number: &'static String| {
        let digits: String = number
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        view! { <li><a href=format!("tel:{digits}") dir="ltr">{number.as_str()}</a></li> }
    };
    let write = |address: &'static String| {
        let href = ["mailto:", address].concat();
        view! { <li><a href=href dir="ltr">{address.as_str()}</a></li> }
    };
    let visit = |address: &'static String| {
        let shown = address.trim_start_matches("https://");
        view! { <li><a href=address.as_str() rel="external" dir="ltr">{shown}</a></li> }
    };
    view! {
        <h2>{text::HELP_CONTACT_TITLE}</h2>
        <ul>{phone.as_ref().map(dial)} {email.as_ref().map(write)} {home.as_ref().map(visit)}</ul>
    }
    .alone()
}
