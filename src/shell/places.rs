use crate::i18n::{Text, t, text};
use crate::routes::{Route, Screen, use_areas, use_location};
use crate::ui::{Icon, IconName};
use crate::widgets::{all_places, way_to_place};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The places of the portal: a bar at the bottom of a phone, a column at the side of a wide screen.
#[component]
pub fn Places() -> impl IntoView {
    view! {
        <nav class="places" aria-label=t(text::SHELL_PLACES)>
            <ul class="places__list">
                <li>
                    <Place href=Route::Overview.href() icon=IconName::Overview label=text::NAV_OVERVIEW />
                </li>
                {all_places().map(offered).into_iter().collect::<Vec<_>>()}
            </ul>
            <div class="places__foot">
                <Place href=Route::Help.href() icon=IconName::Help label=text::SHELL_HELP />
            </div>
        </nav>
    }
}

/// A place that there is not everywhere.
fn offered((screens, icon, label): (Vec<Route>, IconName, Text)) -> View {
    let areas = use_areas();
    let there = memo(move || way_to_place(areas, &screens));
    let place = move || {
        let label = label.clone();
        there.get().map(|href| {
            view! {
                <li>
                    <Place href=href icon=icon label=label />
                </li>
            }
        })
    };
    place.alone()
}

/// One place; the one where the reader is says so (`aria-current`).
#[component]
fn Place(href: String, icon: IconName, label: Text) -> impl IntoView {
    let path = use_location().pathname;
    let current = {
        let href = href.clone();
        move || {
            path.with(|path| {
                belongs(path, &href).then(|| if *path == href { "page" } else { "true" })
            })
        }
    };
    view! {
        <a class="place" href=href aria-current=current>
            <Icon name=icon />
            <span>{label}</span>
        </a>
    }
}

/// Whether the reader is at this place. Guides are offered where one gets in touch, and belong there.
fn belongs(path: &str, place: &str) -> bool {
    let is_guide = matches!(Screen::at(path), Some(Screen::Guide(_)));
    is_within(path, place) || (is_guide && place == Route::Contact(None).href())
}

/// Whether `path` is the place or below it. Everything is below the root, so that one counts alone.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || (place != "/" && rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_below_a_place_belongs_to_it() {
        let place = Route::interactions().href();
        assert!(is_within("/interactions", &place));
        assert!(is_within("/interactions/int_1", &place));
        assert!(!is_within("/interactions-old", &place));
        assert!(!is_within("/interactions", &Route::Overview.href()));
        assert!(belongs("/guides/moving", &Route::Contact(None).href()));
        assert!(!belongs("/guides/moving", &place));
    }
}
