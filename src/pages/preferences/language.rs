//! In which language the company writes, what makes contact easier, and whether it may ask for an opinion.

mod accommodations;

use super::acts::act;
use super::days::{begin_of, in_days};
use super::screen::Screen;
use crate::browser::clock;
use crate::i18n::{date, language_name, t, text, use_i18n};
use leptos::prelude::*;
use portal_client::preferences::Edit;
use portal_contract::Timestamp;
use portal_contract::preferences::Preferences;
use portal_markup::{Child, View, memo, view};

/// For how long no opinion is asked for, in days.
const SNOOZES: [u32; 3] = [30, 90, 365];

/// Stands for "as it is" in a list of spans.
const KEPT: &str = "kept";

/// The section.
pub fn section(screen: Screen) -> View {
    view! {
        <section class="section" aria-labelledby="language">
            <div class="section__head">
                <h2 id="language">{t(text::ACCOMMODATION_TITLE)}</h2>
            </div>
            <div class="form">
                {written_in(screen)} {accommodations::accommodations()} {survey(screen)}
            </div>
        </section>
    }
    .alone()
}

fn written_in(screen: Screen) -> View {
    let document = screen.document;
    let language =
        memo(move || document.with(|it| it.language.as_deref().unwrap_or("").to_owned()));
    let mut tags = use_i18n().offered();
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

fn survey(screen: Screen) -> View {
    let document = screen.document;
    let until = memo(move || document.with(snoozed));
    let field = move || {
        let until = until.get();
        let mut options = vec![(String::new(), t(text::ACCOMMODATION_SURVEY_ASK))];
        if let Some(until) = &until {
            let words = text::accommodation_survey_until(date(until));
            options.push((KEPT.to_owned(), t(words)));
        }
        options.extend(SNOOZES.map(|days| {
            let words = text::accommodation_survey_days(days);
            (days.to_string(), t(words))
        }));
        let chosen = until.map_or("", |_| KEPT).to_owned();
        let change = move |value: String| snooze(screen, &value);
        let label = t(text::ACCOMMODATION_SURVEY);
        select(
            "survey",
            label,
            options,
            memo(move || chosen.clone()),
            Callback::new(change),
        )
    };
    field.alone()
}

fn snooze(screen: Screen, value: &str) {
    match value.parse::<u32>() {
        Ok(days) => {
            if let Some(until) = begin_of(&in_days(days.into())) {
                act(screen, Edit::SurveySnoozeUntil(Some(until)));
            }
        }
        Err(_) if value == KEPT => {}
        Err(_) => act(screen, Edit::SurveySnoozeUntil(None)),
    }
}

/// Until when no opinion is asked for; a time that has passed is none.
fn snoozed(document: &Preferences) -> Option<Timestamp> {
    let now = clock::now();
    let until = document.survey_snooze_until.as_ref();
    until.filter(|until| clock::parse(until) > now).cloned()
}

/// A list to choose one from; what is chosen follows `chosen`.
fn select(
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
