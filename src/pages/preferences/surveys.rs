//! Whether the company may ask for an opinion, or not before when. It stands among the preferences, and where feedback does.

use super::days::{begin_of, in_days};
use super::language::select;
use super::saved::saved;
use super::screen::once_read;
use super::store::{Document, use_document};
use crate::browser::clock;
use crate::i18n::{date, t, text};
use portal_client::preferences::Edit;
use portal_contract::Timestamp;
use portal_contract::preferences::Preferences;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// For how long no opinion is asked for, in days.
const SNOOZES: [u32; 3] = [30, 90, 365];

/// Stands for "as it is" in a list of spans.
const KEPT: &str = "kept";

/// The choice by itself, with how far saving it has come.
pub fn surveys() -> View {
    let document = use_document();
    let draw = move || {
        view! {
            <div class="form">
                {choice(document)}
                <div class="cluster">{saved(document)}</div>
            </div>
        }
        .alone()
    };
    let draw = Box::new(move || untrack(draw));
    once_read(document.read, text::PREFERENCES_FAILED, false, bones, draw)
}

fn bones() -> View {
    view! {
        <p class="skeleton" aria-hidden="true">
            <span class="bone" data-size="full"></span>
        </p>
    }
    .alone()
}

/// The choice.
pub fn choice(document: Document) -> View {
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
        let change = move |value: String| snooze(document, &value);
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

fn snooze(document: Document, value: &str) {
    let say = |until| {
        document.submit(
            [Edit::SurveySnoozeUntil(until)],
            text::PREFERENCES_SAID_SNOOZE,
        )
    };
    match value.parse::<u32>() {
        Ok(days) => {
            if let Some(until) = begin_of(&in_days(days.into())) {
                say(Some(until));
            }
        }
        Err(_) if value == KEPT => {}
        Err(_) => say(None),
    }
}

/// Until when no opinion is asked for; a time that has passed is none.
fn snoozed(document: &Preferences) -> Option<Timestamp> {
    let now = clock::now();
    let until = document.survey_snooze_until.as_ref();
    until.filter(|until| clock::parse(until) > now).cloned()
}
