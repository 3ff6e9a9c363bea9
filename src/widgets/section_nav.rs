use crate::i18n::{Text, t, text};
use crate::routes::Route;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portal_markup::{View, view};

/// The screens of the preference centre, side by side above the heading; first in each of them.
pub fn section_nav() -> View {
    tabs(
        text::NAV_PREFERENCES,
        [
            (Route::Preferences, text::PREFERENCES_NAV_MESSAGES),
            (Route::ContactPoints, text::PREFERENCES_NAV_CONTACT_POINTS),
            (Route::Consents, text::PREFERENCES_NAV_CONSENTS),
            (Route::PreferenceHistory, text::PREFERENCES_NAV_HISTORY),
        ]
        .into(),
    )
}

/// Screens that belong together, side by side; `label` is the place that they make up.
pub fn tabs(label: Text, screens: Vec<(Route, Text)>) -> View {
    let tabs = screens.into_iter().map(|(to, label)| tab(to, label));
    view! {
        <nav class="tabs" aria-label=t(label)>
            {tabs.collect::<Vec<_>>()}
        </nav>
    }
}

/// Another screen draws its own tabs, so which one is this is said once.
fn tab(to: Route, label: Text) -> View {
    let href = to.href();
    let path = use_location().pathname.get_untracked();
    let is_here = path.trim_end_matches('/') == href;
    view! {
        <a class="tab" href=href aria-current=is_here.then_some("page")>
            {t(label)}
        </a>
        " "
    }
}
