//! One quiet time of the week: its days, from when to when.

use super::days::days;
use super::editor::{Editor, MOST, night};
use super::week::{DAY, length, minute};
use crate::browser::{focus, task};
use crate::i18n::{Text, duration, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::preferences::QuietWindow;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// The button that adds one; the focus goes there when the one it was in is removed.
const ADD: &str = "add-window";

/// All of them, and one more.
pub fn windows(editor: Editor) -> View {
    let hours = editor.hours();
    let count = memo(move || hours.with(|hours| hours.windows.len()));
    let is_full = memo(move || count.get() >= MOST);
    let add = move |_| {
        let at = count.get_untracked();
        editor.act(|hours| hours.windows.push(night()));
        focus_on(id("from", at));
    };
    let more = move || {
        if is_full.get() {
            return view! { <p class="soft">{text::quiet_full(MOST)}</p> }.alone();
        }
        view! {
            <button class="button" type="button" id=ADD on:click=add>
                <Icon name=IconName::Add />
                {text::QUIET_ADD}
            </button>
        }
        .alone()
    };
    view! {
        <div class="stack">
            <ol aria-label=t(text::QUIET_WINDOWS)>
                <For each=move || 0..count.get() key=|at: &usize| *at children=move |at| window(editor, at) />
            </ol>
            {more}
        </div>
    }
    .alone()
}

/// The focus goes there once it is drawn.
fn focus_on(id: String) {
    task::run(async move {
        task::pause(0).await;
        focus::id(&id);
    });
}

fn id(part: &str, at: usize) -> String {
    format!("quiet-{part}-{at}")
}

fn window(editor: Editor, at: usize) -> View {
    let is_wrong = RwSignal::new(false);
    let remove = move |_| {
        editor.act(|hours| {
            if at < hours.windows.len() {
                hours.windows.remove(at);
            }
        });
        focus_on(ADD.to_owned());
    };
    let note = memo(move || {
        let hint = |window: Option<&QuietWindow>| window.map(hint);
        let of = editor.hours().with(|hours| hint(hours.windows.get(at)));
        if is_wrong.get() {
            Some((true, text::QUIET_NO_TIME))
        } else {
            of
        }
    });
    view! {
        <li class="window">
            {days(editor, at)}
            <div class="window__times">
                {time(editor, at, Edge::Start, is_wrong)} {time(editor, at, Edge::End, is_wrong)}
                <button class="icon-button" type="button" aria-label=t(text::quiet_remove(at + 1)) on:click=remove>
                    <Icon name=IconName::Remove />
                </button>
            </div>
            <div id=id("note", at)>{move || note.get().map(told)}</div>
        </li>
    }
    .alone()
}

fn told((is_wrong, words): (bool, Text)) -> View {
    if !is_wrong {
        return view! { <p class="field__hint">{words}</p> }.alone();
    }
    view! {
        <p class="field__error" role="alert">
            <Icon name=IconName::Alert />
            <span>{words}</span>
        </p>
    }
    .alone()
}

/// How long it is, or what is wrong with it.
fn hint(window: &QuietWindow) -> (bool, Text) {
    if window.days.is_empty() {
        return (true, text::QUIET_NO_DAY);
    }
    let (Some(start), Some(length)) = (minute(&window.start), length(window)) else {
        return (true, text::QUIET_NO_TIME);
    };
    let span = duration(f64::from(length) * 60_000.0);
    let hint = match start + length {
        _ if length == DAY && start == 0 => text::QUIET_WHOLE_DAY,
        end if end > DAY => text::quiet_next_day(span),
        _ => text::quiet_same_day(span),
    };
    (false, hint)
}

/// The beginning or the end.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Start,
    End,
}

impl Edge {
    fn of(self, window: &mut QuietWindow) -> &mut String {
        match self {
            Self::Start => &mut window.start,
            Self::End => &mut window.end,
        }
    }
}

fn time(editor: Editor, at: usize, edge: Edge, is_wrong: RwSignal<bool>) -> View {
    let (part, label) = match edge {
        Edge::Start => ("from", text::QUIET_FROM),
        Edge::End => ("to", text::QUIET_TO),
    };
    let id_of = id(part, at);
    let value = memo(move || {
        editor.hours().with(|hours| {
            let window = hours.windows.get(at).cloned();
            window.map_or_else(String::new, |mut window| {
                std::mem::take(edge.of(&mut window))
            })
        })
    });
    let typed = move |event| {
        let typed = event_target_value(&event);
        // Half of a time is no time, and the field has nothing then: what stood there before stays.
        is_wrong.set(minute(&typed).is_none());
        if minute(&typed).is_some() {
            editor.change_and_rest(|hours| {
                if let Some(window) = hours.windows.get_mut(at) {
                    *edge.of(window) = typed;
                }
            });
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id_of.clone()>
                {label}
            </label>
            <input
                class="input"
                type="time"
                id=id_of
                aria-describedby=id("note", at)
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=move || value.get()
                on:input=typed
                on:blur=move |_| editor.save()
            />
        </div>
    }
    .alone()
}
