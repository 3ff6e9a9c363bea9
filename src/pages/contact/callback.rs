//! Asking for a call at a chosen time.

use super::beginning::{Beginning, screen, told, topic_field};
use super::carried::carried;
use super::number::{Number, number_view};
use crate::i18n::{duration, formats, language_name, text};
use crate::routes::Route;
use crate::widgets::{Parts, Slots, slots_view, writing_form};
use leptos::html;
use portal_client::ApiError;
use portal_contract::FieldError;
use portal_contract::contact::ContactOptionKind;
use portal_contract::starting::NewInteraction;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};
use std::rc::Rc;

/// The id of the field for the language.
const LANGUAGE: &str = "call-language";

/// The screen.
pub fn page() -> View {
    screen(
        text::CALLBACK_TITLE,
        ContactOptionKind::Callback,
        |beginning| form(Call::new(beginning)),
    )
}

/// A call that is about to be asked for.
#[derive(Clone, Copy)]
struct Call {
    beginning: Beginning,
    slots: Slots,
    number: Number,
    language: RwSignal<Option<String>>,
}

impl Call {
    fn new(beginning: Beginning) -> Self {
        let (option, languages) = beginning
            .option
            .with_value(|option| (option.id.clone(), option.languages.clone()));
        let own = formats();
        let spoken = languages
            .into_iter()
            .find(|tag| own.split('-').next() == tag.split('-').next());
        Self {
            beginning,
            slots: Slots::of(option),
            number: Number::new(),
            language: RwSignal::new(spoken),
        }
    }

    /// The call; `None` when something is wrong, which then stands at its field.
    fn read(self) -> Option<NewInteraction> {
        let (starts_at, words) = (self.slots.check(), self.beginning.writing.read(true));
        let language = self.language.get_untracked();
        // The number is read too where there is no time yet, so that everything that is wrong is said at once.
        let any = starts_at
            .clone()
            .or_else(|| "1970-01-01T00:00:00Z".parse().ok())?;
        let call = self.number.read(any, language);
        let (_, words, call) = (starts_at?, words?, call?);
        let beginning = self.beginning;
        Some(NewInteraction {
            option_id: beginning.option.with_value(|option| option.id.clone()),
            topic_id: beginning.topic.get_untracked(),
            subject: None,
            text: words.text,
            attachment_ids: words.attachment_ids,
            callback: Some(call),
            guide: beginning.guide.get_untracked().map(|guide| guide.trail),
        })
    }

    /// Shows what the server refused.
    fn refuse(self, error: &ApiError) {
        match error {
            ApiError::Validation(errors) => {
                for error in self.beginning.refuse(errors) {
                    self.refuse_field(error);
                }
            }
            ApiError::InvalidState { reason, .. } if reason.as_deref() == Some("slot_taken") => {
                self.slots.taken();
                self.beginning.refused();
            }
            _ => {}
        }
    }

    fn refuse_field(self, error: &FieldError) {
        match error.pointer.rsplit('/').next() {
            Some("starts_at") => self.slots.taken(),
            Some("language") => self.language.set(None),
            Some(_) | None => self.number.refuse(error),
        }
    }
}

fn form(call: Call) -> View {
    let beginning = call.beginning;
    let send = beginning.sending(text::CALLBACK_BOOKED, move |error| call.refuse(error));
    let submit = move || call.read().map(|new| send.send(new)).is_some();
    let parts = Parts {
        class: "form",
        name: text::CALLBACK_TITLE,
        label: text::CALLBACK_WORDS,
        label_seen: true,
        act: text::CALLBACK_SEND,
        acting: text::CALLBACK_SENDING,
        is_optional: true,
        told: |error| told(error).filter(|words| *words != text::CALLBACK_TAKEN),
    };
    let minutes = beginning.option.with_value(|option| {
        let offer = option.callback.as_ref()?;
        u32::try_from(offer.minutes).ok()
    });
    let lead = minutes.map(|minutes| {
        let span = duration(f64::from(minutes) * 60_000.0);
        view! { <p class="lead">{text::callback_lede(span)}</p> }
    });
    let mut problems = vec![call.slots.problem()];
    problems.extend(call.number.problems());
    problems.extend(beginning.problems());
    // What a conversation is about that there is already is known.
    let begins = beginning.within.with_value(Option::is_none);
    let topic = begins.then(|| topic_field(beginning, Route::NewCallback));
    let before = view! {
        {slots_view(call.slots)}
        {number_view(call.number)}
        {language(call)}
        {carried(beginning)}
        {topic}
    }
    .alone();
    let form = writing_form(
        beginning.writing,
        parts,
        problems,
        send.submission(),
        Rc::new(submit),
        ().alone(),
        before,
    );
    view! { {lead} {form} }.alone()
}

/// The language to speak, where there is a choice.
fn language(call: Call) -> Option<View> {
    let tags = call
        .beginning
        .option
        .with_value(|option| option.languages.clone());
    if tags.len() < 2 {
        return None;
    }
    let node = NodeRef::<html::Select>::new();
    // The options stand before one of them can be the chosen one.
    effect(move || {
        let chosen = call.language.get();
        if let Some(select) = node.get() {
            select.set_value(chosen.as_deref().unwrap_or(""));
        }
    });
    let choose = move |event| {
        let tag = event_target_value(&event);
        call.language.set((!tag.is_empty()).then_some(tag));
    };
    let one = |tag: String| {
        let name = language_name(&tag);
        view! { <option value=tag.clone() lang=tag>{name}</option> }.alone()
    };
    let all: Vec<View> = tags.into_iter().map(one).collect();
    let select = view! {
        <div class="field">
            <label class="field__label" for=LANGUAGE>
                {text::CALLBACK_LANGUAGE}
            </label>
            <select class="input" id=LANGUAGE data-width="short" node_ref=node on:change=choose>
                <option value="">{text::CALLBACK_LANGUAGE_ANY}</option>
                {all}
            </select>
        </div>
    };
    Some(select.alone())
}
