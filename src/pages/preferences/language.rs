//! In which language the company writes, what makes contact easier, and whether it may ask for an opinion.

mod accommodations;

pub use accommodations::accommodations;

use super::Doors;
use super::acts::act;
use super::screen::Screen;
use super::surveys;
use crate::i18n::{language_name, t, text, use_i18n};
use portal_client::preferences::Edit;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The section.
pub fn section(screen: Screen) -> View {
    let Doors { accommodations, .. } = expect_context();
    view! {
        <section class="section" aria-labelledby="language">
            <div class="section__head">
                <h2 id="language">{text::ACCOMMODATION_TITLE}</h2>
            </div>
            <div class="form">
                {written_in(screen)} {accommodations()} {surveys::choice(screen.document)}
            </div>
        </section>
    }
    .alone()
}

fn written_in(screen: Screen) -> View {
    let document = screen.document;
    let language =
        memo(move || document.with(|it| it.language.as_deref().unwrap_or("").to_owned()));
    let mut tags = use_i18n().offered().to_vec();
    let now = language.get_untracked();
    if !now.is_empty() && !tags.contains(&now) {
        tags.push(now);
    }
    let mut options = vec![(String::new(), t(text::ACCOMMODATION_LANGUAGE_RECORD))];
    options.extend(tags.into_iter().map(|tag| {
        let name = language_name(&tag);
        (tag, name)
    }));
    let change = move |value: String| {
        act(
            screen,
            Edit::Language(Some(value).filter(|tag| !tag.is_empty())),
        );
    };
    let label = t(text::ACCOMMODATION_LANGUAGE);
    select(
        "preferred-language",
        label,
        options,
        language,
        Callback::new(change),
    )
}

/// A list to choose one from; what is chosen follows `chosen`.
pub fn select(
    id: &'static str,
    label: String,
    options: Vec<(String, String)>,
    chosen: Memo<String>,
    change: Callback<String>,
) -> View {
    let option = |(value, words): (String, String)| {
        let own = value.clone();
        let is_chosen = move || chosen.with(|chosen| *chosen == own);
        view! {
            <option value=value prop:selected=is_chosen>
                {words}
            </option>
        }
        .alone()
    };
    let options: Vec<View> = options.into_iter().map(option).collect();
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
            </label>
            <select class="input" id=id on:change=move |event| change.run(event_target_value(&event))>
                {options}
            </select>
        </div>
    }
    .alone()
}
