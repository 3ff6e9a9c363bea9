use crate::i18n::{Text, text};
use crate::routes::{Areas, Route, use_areas};
use crate::ui::IconName;
use portal_markup::{Child, View, view};

/// The places that are not everywhere, in the order of the navigation: their screens, of which the first that there is counts, and
/// what they are called.
pub fn all_places() -> [(Vec<Route>, IconName, Text); 5] {
    [
        (
            vec![Route::interactions()],
            IconName::Interactions,
            text::NAV_INTERACTIONS,
        ),
        (
            vec![Route::Contact(None)],
            IconName::Chat,
            text::NAV_CONTACT,
        ),
        (
            vec![Route::Feedback],
            IconName::Feedback,
            text::NAV_FEEDBACK,
        ),
        (
            vec![Route::Preferences, Route::Consents],
            IconName::Preferences,
            text::NAV_PREFERENCES,
        ),
        (
            vec![Route::Data, Route::DataRequests, Route::People],
            IconName::Shield,
            text::NAV_DATA,
        ),
    ]
}

/// Where a place leads; nowhere while none of its screens is there. It is watched.
pub fn way_to_place(areas: Areas, screens: &[Route]) -> Option<String> {
    let mut ways = screens.iter().map(Route::href);
    ways.find(|href| !areas.lack_screen(href))
}

/// Where else one can go: the places of the portal, as far as there are such.
pub fn places() -> View {
    let areas = use_areas();
    let line = |href: String, label| view! { <li><a href=href>{label}</a></li> }.alone();
    let list = move || {
        let there = all_places().into_iter();
        let mut lines: Vec<View> = there
            .filter_map(|(screens, _, label)| Some(line(way_to_place(areas, &screens)?, label)))
            .collect();
        lines.push(line(Route::Help.href(), text::SHELL_HELP));
        lines
    };
    view! { <ul class="stack">{list}</ul> }.alone()
}
