//! What assistive technology is told without a change of focus (WCAG 4.1.3), and what everybody sees pass by.

use crate::browser::task::{self, Handle};
use crate::i18n::{Text, t};
use portal_markup::prelude::*;
use portal_markup::view;
use std::rc::Rc;

/// How long what passes by stays, in milliseconds: long enough to be read twice. It is in nobody's way for longer, and those
/// who only hear it need not put it away.
const STAYS_MS: u32 = 10_000;

/// The two live regions. They stand in the document before their text does, or it would not be spoken.
#[derive(Clone, Copy)]
pub struct Announcer {
    spoken: RwSignal<String>,
    toast: RwSignal<Option<Toast>>,
    leaving: StoredValue<Option<Handle>, LocalStorage>,
}

/// What passes by: a sentence, and what can be done about it.
#[derive(Clone)]
struct Toast {
    words: String,
    act: Option<(String, Act)>,
}

/// What a press does. It may come after the screen that offered it is gone, so it is no value of that screen's.
type Act = Rc<dyn Fn()>;

/// Makes the announcer known to everything below.
pub fn provide_announcer() {
    provide_context(Announcer {
        spoken: RwSignal::new(String::new()),
        toast: RwSignal::new(None),
        leaving: StoredValue::new_local(None),
    });
}

/// The announcer.
#[must_use]
pub fn use_announcer() -> Announcer {
    expect_context()
}

impl Announcer {
    /// Speaks, once and politely.
    pub fn say(self, text: Text) {
        // The same sentence twice would be no change, and not be spoken: a trailing no-break space makes it one.
        let sentence = t(text);
        let same = self.spoken.with_untracked(|before| *before == sentence);
        self.spoken.set(if same {
            format!("{sentence}\u{a0}")
        } else {
            sentence
        });
    }

    /// Speaks, and shows for a while.
    pub fn show(self, text: Text) {
        self.pass_by(
            Toast {
                words: t(text),
                act: None,
            },
            STAYS_MS,
        );
    }

    /// Speaks, shows for a while, and offers something: to take it back. What is offered stands on the screen too, for those
    /// who need longer or do not see what passes by (WCAG 2.2.1).
    pub fn offer(self, text: Text, act: Text, on_press: impl Fn() + 'static) {
        let toast = Toast {
            words: t(text),
            act: Some((t(act), Rc::new(on_press))),
        };
        self.pass_by(toast, 2 * STAYS_MS);
    }

    fn pass_by(self, toast: Toast, stays_ms: u32) {
        self.toast.set(Some(toast));
        self.leaving.set_value(Some(task::spawn(async move {
            task::pause(stays_ms).await;
            self.dismiss();
        })));
    }

    /// Takes away what is shown.
    pub fn dismiss(self) {
        self.toast.set(None);
    }
}

/// The live regions themselves.
#[component]
pub fn LiveRegions() -> impl IntoView {
    let announcer = use_announcer();
    let button = move |(word, on_press): (String, Act)| {
        // What is taken back says so itself, in a toast of its own: this press is not to put that one away.
        let press = move |event: leptos::ev::MouseEvent| {
            event.stop_propagation();
            announcer.dismiss();
            on_press();
        };
        view! {
            <button class="link-button" type="button" on:click=press>
                {word}
            </button>
        }
    };
    let toast = move || {
        announcer.toast.get().map(
            |toast| view! { <div class="toast"><p>{toast.words}</p>{toast.act.map(button)}</div> },
        )
    };
    view! {
        <div class="toasts" role="status" aria-live="polite" on:click=move |_| announcer.dismiss()>
            {toast}
        </div>
        <div class="visually-hidden" id="announcer" aria-live="polite">
            {move || announcer.spoken.get()}
        </div>
    }
}
