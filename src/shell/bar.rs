use super::you_menu::YouMenu;
use crate::config::use_config;
use crate::i18n::{t, text};
use crate::routes::{Area, Link, NavigateOptions, Route, use_areas, use_navigate};
use crate::ui::{Icon, IconName};
use portal_contract::filter::InteractionFilter;
use portal_markup::prelude::*;
use portal_markup::view;

/// The slim bar: whose portal this is, the search, the person.
#[component]
pub fn Bar() -> impl IntoView {
    let config = use_config();
    let logo = config
        .logo
        .as_deref()
        .map(|src| view! { <img class="bar__logo" src=src alt="" width="28" height="28" /> });
    let areas = use_areas();
    let no_search = move || areas.lack(Area::Interactions);
    view! {
        <header class="bar">
            <div class="bar__inner">
                <Link to=Route::Overview class="bar__home">
                    {logo}
                    <span>{config.name.as_str()}</span>
                </Link>
                <search class="bar__search" hidden=no_search>
                    <SearchForm />
                </search>
                <YouMenu />
            </div>
        </header>
    }
}

/// Searching from anywhere leads to the history, narrowed to what was asked for.
#[component]
fn SearchForm() -> impl IntoView {
    let words = RwSignal::new(String::new());
    let navigate = use_navigate();
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let q = Some(words.get_untracked().trim().to_owned()).filter(|q| !q.is_empty());
        let filter = InteractionFilter {
            q,
            ..InteractionFilter::default()
        };
        navigate(
            &Route::Interactions(filter).href(),
            NavigateOptions::default(),
        );
        words.set(String::new());
    };
    view! {
        <form class="search" on:submit=search>
            <Icon name=IconName::Search />
            <input
                class="input"
                type="search"
                name="q"
                maxlength="200"
                aria-label=t(text::SHELL_SEARCH)
                placeholder=t(text::SHELL_SEARCH)
                prop:value=move || words.get()
                on:input=move |event| words.set(event_target_value(&event))
            />
        </form>
    }
}
