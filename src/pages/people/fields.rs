//! The fields of asking to act for somebody.

use super::asking::Form;
use super::words;
use crate::i18n::{Text, t, text};
use crate::ui::{Icon, IconName};
use crate::widgets::delegated_word;
use portal_contract::data_request::DataRequestKind;
use portal_contract::delegation::DelegationRole;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The ids of the inputs, by which what is wrong with one is told.
pub const ROLE: &str = "role";
pub const EMAIL: &str = "person-email";
pub const KINDS: &str = "kinds";
pub const DATA: &str = "data";
pub const UNTIL: &str = "until";
pub const WORDS: &str = "why";

/// All of them.
pub fn view(form: Form) -> View {
    let is_executor = memo(move || form.role.get() == Some(DelegationRole::Executor));
    view! {
        {roles(form)}
        {email(form)}
        {kinds(form)}
        {data(form)}
        {until(form)}
        {move || why(form, is_executor.get())}
        <p class="soft">{text::PEOPLE_NEW_MEANS}</p>
    }
}

/// What is wrong with an input, where it is.
fn problem(form: Form, id: &'static str) -> View {
    let told = move || {
        form.problem(id).map(|words| {
            view! {
                <p class="field__error" id=[id, "-error"].concat()>
                    <Icon name=IconName::Alert />
                    <span>{words}</span>
                </p>
            }
        })
    };
    told.alone()
}

/// The id of what is wrong with an input, while something is.
fn wrong(form: Form, id: &'static str) -> Option<String> {
    form.problem(id).map(|_| [id, "-error"].concat())
}

/// The ids of what describes an input: its hint, and what is wrong with it.
fn described(form: Form, id: &'static str) -> String {
    let hint = [id, "-hint"].concat();
    match wrong(form, id) {
        Some(wrong) => [&*hint, " ", &*wrong].concat(),
        None => hint,
    }
}

fn roles(form: Form) -> View {
    let roles = form.offer.with_value(|offer| offer.terms.roles.clone());
    let one = |(at, role): (usize, DelegationRole)| {
        let (label, hint) = (t(words::role(&role)), words::role_hint(&role).map(t));
        let hint_id = ["role-", role.as_str(), "-hint"].concat();
        let chosen = role.clone();
        let change = move |_| {
            form.mend(ROLE);
            form.role.set(Some(role.clone()));
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="role"
                    id=(at == 0).then_some(ROLE)
                    aria-describedby=hint_id.clone()
                    prop:checked=move || form.role.with(|role| role.as_ref() == Some(&chosen))
                    on:change=change
                />
                " "
                <span>{label}</span>
                <span class="field__hint" id=hint_id>
                    {hint}
                </span>
            </label>
        }
        .alone()
    };
    let radios: Vec<View> = roles.into_iter().enumerate().map(one).collect();
    group(form, ROLE, text::PEOPLE_NEW_ROLE, radios)
}

fn email(form: Form) -> View {
    view! {
        <div class="field">
            <label class="field__label" for=EMAIL>
                {text::PEOPLE_NEW_EMAIL}
            </label>
            <p class="field__hint" id="person-email-hint">
                {text::PEOPLE_NEW_EMAIL_HINT}
            </p>
            {problem(form, EMAIL)}
            <input
                class="input"
                id=EMAIL
                type="email"
                dir="ltr"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || wrong(form, EMAIL).map(|_| "true")
                aria-describedby=move || described(form, EMAIL)
                prop:value=move || form.email.get()
                on:input=move |event| {
                    form.mend(EMAIL);
                    form.email.set(event_target_value(&event));
                }
            />
        </div>
    }
    .alone()
}

/// A fieldset of choices, of which the first is led to when something is wrong.
fn group(form: Form, id: &'static str, legend: Text, choices: Vec<View>) -> View {
    view! {
        <fieldset class="form__group" aria-describedby=move || wrong(form, id)>
            <legend>{legend}</legend>
            {problem(form, id)}
            {choices}
        </fieldset>
    }
    .alone()
}

/// A box to tick.
fn tick(
    id: Option<&'static str>,
    words: String,
    is_on: Signal<bool>,
    turn: Callback<bool>,
) -> View {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                id=id
                prop:checked=move || is_on.get()
                on:change=move |event| turn.run(event_target_checked(&event))
            />
            " "
            <span>{words}</span>
        </label>
    }
    .alone()
}

/// Takes one into a list, or out of it.
fn turned<T: PartialEq + Clone + 'static>(list: RwSignal<Vec<T>>, one: &T, on: bool) {
    list.update(|all| {
        all.retain(|known| known != one);
        if on {
            all.push(one.clone());
        }
    });
}

fn kinds(form: Form) -> View {
    let kinds = form.offer.with_value(|offer| offer.kinds.clone());
    let one = |(at, kind): (usize, DataRequestKind)| {
        let words = t(delegated_word(&kind));
        let known = kind.clone();
        let is_on = Signal::derive(move || form.kinds.with(|all| all.contains(&known)));
        let turn = Callback::new(move |on| {
            form.mend(KINDS);
            turned(form.kinds, &kind, on);
        });
        tick((at == 0).then_some(KINDS), words, is_on, turn)
    };
    let boxes: Vec<View> = kinds.into_iter().enumerate().map(one).collect();
    group(form, KINDS, text::PEOPLE_NEW_KINDS, boxes)
}

fn data(form: Form) -> View {
    let radio = |is_some: bool, words: Text| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="all-data"
                    prop:checked=move || form.is_some.get() == is_some
                    on:change=move |_| {
                        form.mend(DATA);
                        form.is_some.set(is_some);
                    }
                />
                " "
                <span>{words}</span>
            </label>
        }
        .alone()
    };
    let all = vec![
        radio(false, text::PEOPLE_FACT_DATA_ALL),
        radio(true, text::DATA_REQUEST_SCOPE_SOME),
    ];
    let some = move || form.is_some.get().then(|| categories(form));
    view! {
        <fieldset class="form__group">
            <legend>{text::PEOPLE_NEW_DATA}</legend>
            {all}
        </fieldset>
        {some}
    }
}

fn categories(form: Form) -> View {
    let all = form.offer.with_value(|offer| offer.categories.clone());
    let boxes = all.into_iter().enumerate().map(|(at, category)| {
        let (id, known) = (category.id.clone(), category.id);
        let is_on = Signal::derive(move || form.categories.with(|all| all.contains(&known)));
        let turn = Callback::new(move |on| {
            form.mend(DATA);
            turned(form.categories, &id, on);
        });
        tick((at == 0).then_some(DATA), category.label, is_on, turn)
    });
    let boxes = boxes.collect();
    group(form, DATA, text::DATA_REQUEST_CATEGORIES, boxes)
}

fn until(form: Form) -> View {
    let (first, last) = form.offer.with_value(|offer| offer.days.clone()).unzip();
    let hint = form.last_day().map(text::people_new_until_hint);
    view! {
        <div class="field">
            <label class="field__label" for=UNTIL>
                {text::PEOPLE_NEW_UNTIL}
            </label>
            <p class="field__hint" id="until-hint">
                {hint.map(t)}
            </p>
            {problem(form, UNTIL)}
            <input
                class="input"
                type="date"
                id=UNTIL
                data-width="short"
                min=first
                max=last
                aria-invalid=move || wrong(form, UNTIL).map(|_| "true")
                aria-describedby=move || described(form, UNTIL)
                prop:value=move || form.until.get()
                on:change=move |event| {
                    form.mend(UNTIL);
                    form.until.set(event_target_value(&event));
                }
            />
        </div>
    }
    .alone()
}

fn why(form: Form, needed: bool) -> View {
    let hint = if needed {
        text::PEOPLE_NEW_WORDS_EXECUTOR
    } else {
        text::PEOPLE_NEW_WORDS_HINT
    };
    let optional = (!needed).then(|| {
        view! {
            " "
            <span class="field__optional">{text::FIELD_OPTIONAL}</span>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=WORDS>
                {text::PEOPLE_NEW_WORDS}
                {optional}
            </label>
            <p class="field__hint" id="why-hint">
                {hint}
            </p>
            {problem(form, WORDS)}
            <textarea
                class="input"
                id=WORDS
                rows="4"
                dir="auto"
                aria-required=needed.then_some("true")
                aria-invalid=move || wrong(form, WORDS).map(|_| "true")
                aria-describedby=move || described(form, WORDS)
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
