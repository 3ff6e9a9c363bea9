use super::{Icon, IconName};
use crate::browser::task::{self, Handle};
use portal_markup::prelude::*;
use portal_markup::{effect, view};

/// How long nothing is typed before that counts as a pause, in milliseconds.
const PAUSE_MS: u32 = 400;

/// A box that searches when its reader pauses, and at once on Enter.
#[component]
pub fn SearchBox(
    /// The id of its input.
    id: &'static str,
    /// The word for it (WCAG 4.1.2).
    #[prop(into)]
    label: String,
    /// What is searched for at the moment; it follows when that changes elsewhere.
    #[prop(into)]
    value: Signal<String>,
    /// The longest text, in characters.
    max: usize,
    /// The reader has paused.
    on_pause: Callback<String>,
    /// The reader has pressed Enter.
    on_submit: Callback<String>,
) -> impl IntoView {
    let words = RwSignal::new(value.get_untracked());
    let waiting = StoredValue::new_local(None::<Handle>);
    // What was typed stays as it was typed: a space at its end is the beginning of the next word.
    effect(move || {
        let value = value.get();
        if words.with_untracked(|words| words.trim() != value) {
            words.set(value);
        }
    });
    let typed = move |event| {
        words.set(event_target_value(&event));
        let wait = task::spawn(async move {
            task::pause(PAUSE_MS).await;
            on_pause.run(words.get_untracked());
        });
        waiting.set_value(Some(wait));
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        waiting.set_value(None);
        on_submit.run(words.get_untracked());
    };
    view! {
        <form class="search" role="search" on:submit=submit>
            <Icon name=IconName::Search />
            <input
                class="input"
                type="search"
                id=id
                maxlength=max.to_string()
                autocomplete="off"
                enterkeyhint="search"
                aria-label=label.clone()
                placeholder=label
                prop:value=move || words.get()
                on:input=typed
            />
        </form>
    }
}
