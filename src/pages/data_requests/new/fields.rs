//! What is said in words: what an entry should say instead, why, or which decision.

use super::form::{Form, VALUE, WORDS};
use super::scope::problem;
use crate::i18n::{Text, text};
use portal_contract::data_request::{DataRequestKind, ScopeKind};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The fields that this right asks for.
pub fn view(form: Form) -> View {
    let is_entry = memo(move || form.scope.with(|scope| scope.kind == ScopeKind::Field));
    let corrects = form.kind() == DataRequestKind::Rectification;
    let value = move || (corrects && is_entry.get()).then(|| value(form));
    view! {
        {value}
        {move || words(form, corrects && !is_entry.get())}
    }
}

/// What it should say. Empty it is taken out.
fn value(form: Form) -> View {
    view! {
        <div class="field">
            <label class="field__label" for=VALUE>
                {text::DATA_REQUEST_VALUE}
            </label>
            <p class="field__hint" id="value-hint">
                {text::DATA_REQUEST_VALUE_HINT}
            </p>
            {problem(form, VALUE)}
            <input
                class="input"
                id=VALUE
                dir="auto"
                autocomplete="off"
                aria-invalid=move || form.problem(VALUE).map(|_| "true")
                aria-describedby=move || described(form, VALUE, "value-hint")
                prop:value=move || form.value.get()
                on:input=move |event| {
                    form.mend(VALUE);
                    form.value.set(event_target_value(&event));
                }
            />
        </div>
    }
    .alone()
}

/// The label of the words, and whether they are needed.
fn label(kind: &DataRequestKind, is_all: bool) -> (Text, Text, bool) {
    match kind {
        DataRequestKind::AutomatedDecisionReview => (
            text::DATA_REQUEST_WORDS_DECISION,
            text::DATA_REQUEST_WORDS_DECISION_HINT,
            true,
        ),
        DataRequestKind::Rectification if is_all => (
            text::DATA_REQUEST_WORDS_WRONG,
            text::DATA_REQUEST_WORDS_WRONG_HINT,
            true,
        ),
        DataRequestKind::Objection | DataRequestKind::Restriction => (
            text::DATA_REQUEST_WORDS_WHY,
            text::DATA_REQUEST_WORDS_WHY_HINT,
            false,
        ),
        _ => (
            text::DATA_REQUEST_WORDS_MORE,
            text::DATA_REQUEST_WORDS_MORE_HINT,
            false,
        ),
    }
}

fn words(form: Form, is_all: bool) -> View {
    let (label, hint, needed) = label(&form.kind(), is_all);
    let optional = (!needed).then(|| {
        view! {
            " "
            <span class="field__optional">{text::FIELD_OPTIONAL}</span>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=WORDS>
                {label}
                {optional}
            </label>
            <p class="field__hint" id="words-hint">
                {hint}
            </p>
            {problem(form, WORDS)}
            <textarea
                class="input"
                id=WORDS
                rows="4"
                dir="auto"
                aria-required=needed.then_some("true")
                aria-invalid=move || form.problem(WORDS).map(|_| "true")
                aria-describedby=move || described(form, WORDS, "words-hint")
                prop:value=move || form.words.get()
                on:input=move |event| {
                    form.mend(WORDS);
                    form.words.set(event_target_value(&event));
                }
            ></textarea>
        </div>
    }
    .alone()
}

/// The ids of what describes an input: its hint, and what is wrong with it.
pub fn described(form: Form, id: &str, hint: &str) -> String {
    match form.problem(id) {
        Some(_) => [hint, " ", id, "-error"].concat(),
        None => hint.to_owned(),
    }
}
