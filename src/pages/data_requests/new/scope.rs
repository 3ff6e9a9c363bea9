//! About what: everything, some categories, days, one conversation, one entry.

use super::form::{FIELD, FORMATS, FROM, Form, SCOPE, TO};
use crate::i18n::{Text, number, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::ScopeKind;
use portal_contract::data_request_options::OfferedCategory;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The choices, as far as there is any.
pub fn view(form: Form) -> View {
    let scopes = form.offer.with_value(super::form::Offer::scopes);
    let kind = memo(move || form.scope.with(|scope| scope.kind.clone()));
    let radios = (scopes.len() > 1).then(|| {
        let radios: Vec<View> = scopes
            .iter()
            .map(|one| radio(form, kind, one.clone()))
            .collect();
        view! {
            <fieldset class="form__group">
                <legend>{text::DATA_REQUEST_SCOPE}</legend>
                {radios}
            </fieldset>
        }
    });
    let is_copy = form
        .offer
        .with_value(|offer| !offer.right.formats.is_empty());
    let below = move || match kind.get() {
        ScopeKind::Categories => categories(form),
        ScopeKind::Field => entry(form),
        _ => View::new(),
    };
    let with_days = memo(move || {
        is_copy && matches!(kind.get(), ScopeKind::Everything | ScopeKind::Categories)
    });
    view! {
        {radios}
        {below}
        {move || with_days.get().then(|| days(form))}
        {is_copy.then(|| formats(form))}
    }
}

fn radio(form: Form, kind: Memo<ScopeKind>, one: ScopeKind) -> View {
    let words = form.offer.with_value(|offer| match (&one, &offer.subject) {
        (ScopeKind::Categories, _) => text::DATA_REQUEST_SCOPE_SOME,
        (ScopeKind::Interactions, Some(subject)) if !subject.trim().is_empty() => {
            text::data_request_scope_named(subject.clone())
        }
        (ScopeKind::Interactions, _) => text::DATA_REQUEST_SCOPE_ONE,
        (ScopeKind::Field, _) => text::DATA_REQUEST_SCOPE_FIELD,
        (ScopeKind::Everything | ScopeKind::Other(_), _) => text::DATA_REQUEST_SCOPE_EVERYTHING,
    });
    let is_chosen = {
        let one = one.clone();
        move || kind.with(|kind| *kind == one)
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                name="scope-kind"
                prop:checked=is_chosen
                on:change=move |_| form.scope.update(|scope| scope.kind = one.clone())
            />
            " "
            <span>{words}</span>
        </label>
    }
    .alone()
}

/// What is wrong with an input, where it is.
pub fn problem(form: Form, id: &'static str) -> View {
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

/// A fieldset of checkboxes, of which the first is led to when something is wrong.
fn boxes(form: Form, id: &'static str, legend: Text, boxes: Vec<View>) -> View {
    view! {
        <fieldset
            class="form__group"
            aria-describedby=move || form.problem(id).map(|_| [id, "-error"].concat())
        >
            <legend>{legend}</legend>
            {problem(form, id)}
            {boxes}
        </fieldset>
    }
    .alone()
}

fn categories(form: Form) -> View {
    let all = form.offer.with_value(|offer| offer.categories.clone());
    let choices = all.into_iter().enumerate().map(|(at, category)| {
        let OfferedCategory {
            id, label, records, ..
        } = category;
        let chosen = {
            let id = id.clone();
            move || form.scope.with(|scope| scope.categories.contains(&id))
        };
        let change = move |event| {
            let on = event_target_checked(&event);
            form.mend(SCOPE);
            form.scope.update(|scope| {
                scope.categories.retain(|one| *one != id);
                if on {
                    scope.categories.push(id.clone());
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    id=(at == 0).then_some(SCOPE)
                    prop:checked=chosen
                    on:change=change
                />
                " "
                <span>
                    {label} " "
                    <span class="soft number">{number(records)}</span>
                </span>
            </label>
        }
        .alone()
    });
    let choices = choices.collect();
    boxes(form, SCOPE, text::DATA_REQUEST_CATEGORIES, choices)
}

fn formats(form: Form) -> View {
    let all = form.offer.with_value(|offer| offer.right.formats.clone());
    let choices = all.into_iter().enumerate().map(|(at, format)| {
        let words = match &format {
            ExportFormat::Json => t(text::DATA_REQUEST_FORMAT_JSON),
            ExportFormat::Csv => t(text::DATA_REQUEST_FORMAT_CSV),
            ExportFormat::Other(name) => name.to_string(),
        };
        let chosen = {
            let format = format.clone();
            move || form.formats.with(|formats| formats.contains(&format))
        };
        let change = move |event| {
            let on = event_target_checked(&event);
            form.mend(FORMATS);
            form.formats.update(|formats| {
                formats.retain(|one| *one != format);
                if on {
                    formats.push(format.clone());
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    id=(at == 0).then_some(FORMATS)
                    prop:checked=chosen
                    on:change=change
                />
                " "
                <span>{words}</span>
            </label>
        }
        .alone()
    });
    let choices = choices.collect();
    boxes(form, FORMATS, text::DATA_REQUEST_FORMATS, choices)
}

/// From one day to another; both may stay empty.
fn days(form: Form) -> View {
    view! {
        <fieldset class="form__group">
            <legend>{text::DATA_REQUEST_DAYS}</legend>
            <p class="field__hint">{text::DATA_REQUEST_DAYS_HINT}</p>
            <div class="filters__dates">
                {day(form, FROM, text::DATA_REQUEST_DAYS_FROM)} {day(form, TO, text::DATA_REQUEST_DAYS_TO)}
            </div>
        </fieldset>
    }
    .alone()
}

fn day(form: Form, id: &'static str, label: Text) -> View {
    let value = move || {
        form.scope.with(|scope| match id {
            FROM => scope.from.clone(),
            _ => scope.to.clone(),
        })
    };
    let change = move |event| {
        let day = Some(event_target_value(&event)).filter(|day| !day.is_empty());
        form.mend(TO);
        form.scope.update(|scope| match id {
            FROM => scope.from = day,
            _ => scope.to = day,
        });
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
            </label>
            {problem(form, id)}
            <input
                class="input"
                type="date"
                id=id
                data-width="short"
                aria-invalid=move || form.problem(id).map(|_| "true")
                aria-describedby=move || form.problem(id).map(|_| [id, "-error"].concat())
                prop:value=value
                on:change=change
            />
        </div>
    }
    .alone()
}

/// Which entry, by what it says now.
fn entry(form: Form) -> View {
    let all = form.offer.with_value(|offer| offer.fields.clone());
    let options = all.into_iter().map(|field| {
        let is_chosen = {
            let name = field.field.clone();
            move || form.scope.with(|scope| scope.field.as_ref() == Some(&name))
        };
        let words = match field.value {
            Some(value) => t(text::data_request_field_says(field.label, value)),
            None => field.label,
        };
        view! {
            <option value=field.field prop:selected=is_chosen>
                {words}
            </option>
        }
        .alone()
    });
    let none = move || form.scope.with(|scope| scope.field.is_none());
    let change = move |event| {
        let name = Some(event_target_value(&event)).filter(|name| !name.is_empty());
        form.mend(FIELD);
        form.scope.update(|scope| scope.field = name);
    };
    view! {
        <div class="field">
            <label class="field__label" for=FIELD>
                {text::DATA_REQUEST_FIELD}
            </label>
            {problem(form, FIELD)}
            <select
                class="input"
                id=FIELD
                aria-invalid=move || form.problem(FIELD).map(|_| "true")
                aria-describedby=move || form.problem(FIELD).map(|_| [FIELD, "-error"].concat())
                on:change=change
            >
                <option value="" prop:selected=none>
                    {text::DATA_REQUEST_FIELD_CHOOSE}
                </option>
                {options.collect::<Vec<_>>()}
            </select>
        </div>
    }
    .alone()
}
