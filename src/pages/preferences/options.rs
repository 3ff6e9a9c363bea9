//! Below a topic: how often, where to, and all of it at once.

use super::Doors;
use super::matrix::switch;
use super::screen::{Choices, Screen, alone, cells_of, often};
use super::words::said;
use crate::browser::letters::capital;
use crate::i18n::{t, text};
use crate::ui::{Icon, IconName};
use crate::widgets::channel_word;
use portal_client::preferences::{Cell, Edit};
use portal_contract::ContactPointId;
use portal_contract::contact_point::{ContactPoint, ContactPointKind};
use portal_contract::preference_catalog::{Frequency, PreferenceTopic, TopicChannel};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The button that opens the row; its words say how often the topic comes.
pub fn open_button(topic: &PreferenceTopic, choices: Choices, open: RwSignal<bool>) -> View {
    let words = memo(move || {
        choices.with(|choices| {
            let mut words: Vec<String> = Vec::new();
            for (_, choice) in choices.iter().flat_map(|choices| choices.iter()) {
                let told = choice.frequency.as_ref().filter(|_| choice.enabled);
                if let Some(word) = told.map(|it| alone(often(it)))
                    && !words.contains(&word)
                {
                    words.push(word);
                }
            }
            if words.is_empty() {
                t(text::PREFERENCES_DETAILS)
            } else {
                capital(&words.join(" · "))
            }
        })
    });
    let id = format!("more-{}", topic.id);
    view! {
        <button
            class="matrix__open"
            type="button"
            aria-expanded=move || open.get().to_string()
            aria-controls=id
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <span class="visually-hidden">{text::preferences_details_of(topic.label.clone())} " "</span>
            <span>{move || words.get()}</span>
            " "
            <Icon name=IconName::ChevronDown />
        </button>
    }
    .alone()
}

/// What a row is about, for whoever draws it.
#[derive(Clone, Copy)]
struct About {
    screen: Screen,
    topic: StoredValue<PreferenceTopic>,
}

/// The row itself, which is drawn while it is open.
pub fn more(screen: Screen, topic: &PreferenceTopic, columns: usize, open: RwSignal<bool>) -> View {
    let id = format!("more-{}", topic.id);
    let Doors { options, .. } = expect_context();
    let about = About {
        screen,
        topic: StoredValue::new(topic.clone()),
    };
    let content = move || {
        open.get().then(|| {
            provide_context(about);
            options()
        })
    };
    view! {
        <tr class="matrix__more" id=id hidden=move || !open.get()>
            <td colspan=columns>{content}</td>
        </tr>
    }
    .alone()
}

/// What stands in the row.
pub fn content() -> View {
    let About { screen, topic } = expect_context();
    topic.with_value(|topic| choices_of(screen, topic))
}

fn choices_of(screen: Screen, topic: &PreferenceTopic) -> View {
    let all = |on: bool| {
        let cells = cells_of(topic);
        let (word, done) = if on {
            (
                text::PREFERENCES_TOPIC_ALL_ON,
                text::preferences_said_topic_on(topic.label.clone()),
            )
        } else {
            (
                text::PREFERENCES_TOPIC_ALL_OFF,
                text::preferences_said_topic_off(topic.label.clone()),
            )
        };
        let press = move |_| {
            screen
                .document
                .submit(switch(screen, cells.clone(), on), done.clone());
        };
        view! {
            <button class="button" data-size="small" type="button" on:click=press>
                {word}
            </button>
        }
    };
    let parts: Vec<View> = topic
        .channels
        .iter()
        .map(|offer| channel(screen, topic, offer))
        .collect();
    view! {
        <div class="options">{parts}</div>
        <div class="cluster">{all(true)} " " {all(false)}</div>
    }
    .alone()
}

/// What can be chosen for one channel, while the topic comes over it.
fn channel(screen: Screen, topic: &PreferenceTopic, offer: &TopicChannel) -> View {
    let cell = Cell {
        topic: topic.id.clone(),
        channel: offer.channel.clone(),
    };
    let frequencies = offer.frequencies.clone();
    let place = cell.clone();
    let is_on = memo(move || {
        let of = |document: &_| place.of(document).is_some_and(|choice| choice.enabled);
        screen.document.with(of)
    });
    let place = cell.clone();
    let addresses = memo(move || screen.usable(&place.channel));
    let draw = move || {
        let addresses = addresses.get();
        if frequencies.len() < 2 && addresses.len() < 2 {
            return is_on.get().then(|| nothing_more(&cell));
        }
        is_on.get().then(|| {
            view! {
                <fieldset class="form__group">
                    <legend>{channel_word(&cell.channel)}</legend>
                    {(frequencies.len() > 1).then(|| how_often(screen, &cell, &frequencies))}
                    {(addresses.len() > 1).then(|| where_to(screen, &cell, &addresses))}
                </fieldset>
            }
        })
    };
    draw.alone()
}

fn nothing_more(cell: &Cell) -> View {
    view! {
        <p class="soft">
            {channel_word(&cell.channel)} ": " {text::PREFERENCES_NO_OPTIONS}
        </p>
    }
}

fn how_often(screen: Screen, cell: &Cell, frequencies: &[Frequency]) -> View {
    let id = format!("often-{}-{}", cell.topic, cell.channel.as_str());
    let option = |frequency: &Frequency| {
        let (place, one) = (cell.clone(), frequency.clone());
        let is_chosen = move || {
            let of = |document: &_| Edit::Frequency(place.clone(), one.clone()).stands_in(document);
            screen.document.with(of)
        };
        view! {
            <option value=frequency.as_str().to_owned() prop:selected=is_chosen>
                {capital(&alone(often(frequency)))}
            </option>
        }
    };
    let options: Vec<View> = frequencies.iter().map(option).collect();
    let place = cell.clone();
    let change = move |event| {
        let frequency = Frequency::from(event_target_value(&event));
        let edit = Edit::Frequency(place.clone(), frequency);
        let done = said(screen, &edit);
        screen.document.submit([edit], done);
    };
    field(
        id,
        t(text::PREFERENCES_HOW_OFTEN),
        options,
        Callback::new(change),
    )
}

fn where_to(screen: Screen, cell: &Cell, addresses: &[ContactPoint]) -> View {
    let id = format!("where-{}-{}", cell.topic, cell.channel.as_str());
    let option = |value: String, words: String, to: Option<ContactPointId>| {
        let place = cell.clone();
        let is_chosen = move || {
            let of =
                |document: &_| Edit::ContactPoint(place.clone(), to.clone()).stands_in(document);
            screen.document.with(of)
        };
        view! {
            <option value=value prop:selected=is_chosen>
                {words}
            </option>
        }
    };
    let preferred = addresses
        .iter()
        .find(|point| point.preferred)
        .or(addresses.first());
    let usual = preferred.map_or_else(String::new, address);
    let usual = t(text::preferences_where_preferred(usual));
    let mut options = vec![option(String::new(), usual, None)];
    for point in addresses {
        options.push(option(
            point.id.to_string(),
            address(point),
            Some(point.id.clone()),
        ));
    }
    let place = cell.clone();
    let change = move |event| {
        let edit = Edit::ContactPoint(place.clone(), event_target_value(&event).parse().ok());
        let done = said(screen, &edit);
        screen.document.submit([edit], done);
    };
    field(
        id,
        t(text::PREFERENCES_WHERE_TO),
        options,
        Callback::new(change),
    )
}

/// An address in one line. A number is written from left to right in every language, and an option holds no element that
/// could say so: hence the isolate (U+2066 … U+2069).
#[must_use]
pub fn address(point: &ContactPoint) -> String {
    let line = point.value.replace('\n', ", ");
    match point.kind {
        ContactPointKind::Phone => ["\u{2066}", &line, "\u{2069}"].concat(),
        _ => line,
    }
}

fn field(
    id: String,
    label: String,
    options: Vec<View>,
    change: Callback<leptos::ev::Event>,
) -> View {
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <select class="input" id=id on:change=move |event| change.run(event)>
                {options}
            </select>
        </div>
    }
    .alone()
}
