use crate::i18n::{Text, t, text};
use crate::routes::{InExport, Link, Route, use_areas, use_location};
use crate::ui::{Icon, IconName};
use portal_markup::{Child, View, view};

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

/// The screens about the customer's data, side by side above the heading; first in each of them.
pub fn data_nav() -> View {
    tabs(
        text::NAV_DATA,
        [
            (Route::Data, text::DATA_NAV_HELD),
            (Route::DataRequests, text::DATA_NAV_REQUESTS),
            (Route::Export(InExport::default()), text::DATA_NAV_EXPORT),
            (Route::People, text::DATA_NAV_PEOPLE),
        ]
        .into(),
    )
}

/// Screens that belong together, side by side, as far as there are such; `label` is the place that they make up.
pub fn tabs(label: Text, screens: Vec<(Route, Text)>) -> View {
    let screens: Vec<_> = screens
        .into_iter()
        .map(|(to, label)| (to.href(), label))
        .collect();
    // Another screen draws its own tabs, so which one this is or belongs to is said once.
    let path = use_location().pathname.get_untracked();
    let place = place(&path, &screens);
    let areas = use_areas();
    let tabs = screens.into_iter().enumerate().map(|(at, (href, label))| {
        let current = place.filter(|(here, _)| *here == at).map(|(_, word)| word);
        let is_missing = {
            let href = href.clone();
            move || areas.lack_screen(&href)
        };
        view! {
            <a class="tab" href=href aria-current=current hidden=is_missing>
                {label}
            </a>
            " "
        }
    });
    view! {
        <nav class="tabs" aria-label=t(label)>
            {tabs.collect::<Vec<_>>()}
        </nav>
    }
}

/// Which of them is the screen at this path, or has it below itself, and what that is in `aria-current` (WAI-ARIA 1.2).
fn place(path: &str, screens: &[(String, Text)]) -> Option<(usize, &'static str)> {
    let path = path.trim_end_matches('/');
    let word = |href: &str| match path.strip_prefix(href)? {
        "" => Some("page"),
        below => below.starts_with('/').then_some("true"),
    };
    // The first has the paths of the others below its own.
    let mut screens = screens.iter().enumerate().rev();
    screens.find_map(|(at, (href, _))| Some((at, word(href)?)))
}

/// The way back to what reaches the customer, from what stands below it.
pub fn back_to_messages() -> View {
    view! {
        <Link to=Route::Preferences class="page__back">
            <Icon name=IconName::Back />
            {text::PREFERENCES_TITLE}
        </Link>
    }
    .alone()
}
