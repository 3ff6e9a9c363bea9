use crate::i18n::{Text, t, text};
use crate::routes::Route;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portal_markup::{View, view};

/// The screens of the preference centre, side by side above the heading; first in each of them.
pub fn section_nav() -> View {
    view! {
        <nav class="tabs" aria-label=t(text::NAV_PREFERENCES)>
            {tab(Route::Preferences, text::PREFERENCES_NAV_MESSAGES)}
            " "
            {tab(Route::ContactPoints, text::PREFERENCES_NAV_CONTACT_POINTS)}
            " "
            {tab(Route::Consents, text::PREFERENCES_NAV_CONSENTS)}
            " "
            {tab(Route::PreferenceHistory, text::PREFERENCES_NAV_HISTORY)}
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
    }
}
