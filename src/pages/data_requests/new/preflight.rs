//! What it means before it is sent: when it is answered, and of an erasure what goes, what stays and what ends.

use super::super::whose::use_whose;
use super::fields::described;
use super::form::{Form, TYPED};
use super::scope::problem;
use crate::api::{Read, use_api};
use crate::i18n::{Text, date, date_time, list, t, text};
use crate::loading::{ErrorPanel, Loaded};
use crate::ui::{Icon, IconName};
use crate::widgets::retained;
use portal_contract::data_request::{DataRequestKind, ScopeKind};
use portal_contract::data_request_options::{
    AffectedCategory, DataRequestDraft, DataRequestPreview, Ending, EndingKind,
};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What it means.
pub fn view(form: Form) -> View {
    let erases = form.kind() == DataRequestKind::Erasure;
    let preview = erases.then(|| foreseen(form));
    let typed = erases.then(|| typed(form));
    view! {
        <section class="stack" aria-labelledby="means">
            <h2 id="means">{text::DATA_REQUEST_MEANS}</h2>
            <ul>{meanings(form)}</ul>
            {preview}
        </section>
        {typed}
    }
}

/// One thing that it means.
fn line(icon: IconName, words: Text) -> View {
    view! {
        <li class="reason">
            <Icon name=icon />
            <span>{words}</span>
        </li>
    }
    .alone()
}

fn meanings(form: Form) -> Vec<View> {
    let offer = form.offer.with_value(|offer| offer.right.clone());
    let erases = offer.kind == DataRequestKind::Erasure;
    let of_kind = match offer.kind {
        DataRequestKind::Access | DataRequestKind::Portability => {
            Some(text::DATA_REQUEST_MEANS_COPY)
        }
        DataRequestKind::Rectification => Some(text::DATA_REQUEST_MEANS_CORRECT),
        DataRequestKind::Restriction => Some(text::DATA_REQUEST_MEANS_RESTRICT),
        DataRequestKind::Objection => Some(text::DATA_REQUEST_MEANS_OBJECT),
        DataRequestKind::AutomatedDecisionReview => Some(text::DATA_REQUEST_MEANS_REVIEW),
        _ => None,
    };
    let cooling = offer
        .cooling_off_days
        .map(|days| line(IconName::Undo, text::data_request_means_cooling(days)));
    let at_once = offer
        .at_once
        .then(|| line(IconName::Check, text::DATA_REQUEST_MEANS_AT_ONCE));
    let due = offer.due_at.as_ref().map(|due| {
        let words = match offer.legal_reference {
            Some(law) => text::data_request_means_due_by(date(due), law),
            None => text::data_request_means_due(date(due)),
        };
        line(IconName::Clock, words)
    });
    let proof = if offer.step_up {
        text::DATA_REQUEST_MEANS_PROOF
    } else {
        text::DATA_REQUEST_MEANS_NO_PROOF
    };
    let of_kind = of_kind.map(|words| line(IconName::Info, words));
    let proof = line(IconName::Lock, proof);
    let name = use_whose().name().filter(|_| erases);
    let confirmed = name.map(|name| line(IconName::Person, text::people_means_confirm(name)));
    [of_kind, confirmed, cooling, at_once, due, Some(proof)]
        .into_iter()
        .flatten()
        .collect()
}

/// What an erasure of this scope would do, told by the server, and anew whenever the scope is another.
fn foreseen(form: Form) -> View {
    let asked = memo(move || {
        let said = form.said();
        let is_empty = said.scope.kind == ScopeKind::Categories && said.scope.categories.is_empty();
        (!is_empty).then_some(DataRequestDraft {
            kind: said.kind,
            scope: said.scope,
        })
    });
    let preview = use_api().read(move |client| {
        let draft = asked.get();
        async move {
            match draft {
                Some(draft) => {
                    let preview = client.preview_data_request(&draft).await?;
                    Ok(Some((draft, preview)))
                }
                None => Ok(None),
            }
        }
    });
    view! {
        <Loaded from=preview failed=text::DATA_REQUEST_PREVIEW_FAILED skeleton=super::super::bones let:foreseen>
            {move || foreseen.with(|foreseen| told_of(asked.get(), foreseen.as_ref(), preview))}
        </Loaded>
    }
    .alone()
}

/// A draft, and what it would do.
type Foreseen = (DataRequestDraft, DataRequestPreview);

/// What was foreseen, if it is of what is chosen now: nobody erases everything under the words for a part of it.
fn told_of(
    asked: Option<DataRequestDraft>,
    foreseen: Option<&Foreseen>,
    read: Read<Option<Foreseen>>,
) -> View {
    let Some(asked) = asked else {
        return ().alone();
    };
    match (foreseen, read.get()) {
        (Some((of, preview)), _) if *of == asked => told(preview),
        (_, Some(Err(error))) => {
            let title = text::DATA_REQUEST_PREVIEW_FAILED;
            let retry = Callback::new(move |()| read.refetch());
            view! { <ErrorPanel title=title error=error on_retry=retry /> }.alone()
        }
        _ => super::super::bones(),
    }
}

fn told(preview: &DataRequestPreview) -> View {
    let goes: Vec<View> = preview.affected.iter().map(affected).collect();
    let goes = if goes.is_empty() {
        view! { <p class="card__empty">{text::DATA_REQUEST_GOES_NOTHING}</p> }.alone()
    } else {
        view! { <ul class="goes">{goes}</ul> }.alone()
    };
    let ends: Vec<View> = preview.ends.iter().map(ending).collect();
    let ends = (!ends.is_empty() || preview.ends_account).then(|| {
        let account = preview.ends_account.then(|| {
            let words = use_whose().name();
            let words = words.map_or(text::DATA_REQUEST_ENDS_ACCOUNT, text::people_ends_account);
            line(IconName::SignOut, words)
        });
        view! {
            <h3>{text::DATA_REQUEST_ENDS}</h3>
            <ul>
                {account}
                {ends}
            </ul>
        }
    });
    let runs = preview
        .runs_at
        .as_ref()
        .map(|at| view! { <p>{text::data_request_runs_at(date_time(at))}</p> });
    view! {
        <div class="stack" role="region" aria-label=t(text::DATA_REQUEST_PREFLIGHT)>
            <h3>{text::DATA_REQUEST_GOES}</h3>
            {goes}
            <h3>{text::DATA_REQUEST_RETAINED}</h3>
            {retained(&preview.retained)}
            {ends}
            {runs}
        </div>
    }
    .alone()
}

fn affected(one: &AffectedCategory) -> View {
    view! {
        <li>
            <bdi>{one.label.clone()}</bdi>
            " "
            <span class="number soft">{text::inventory_records_count(one.count)}</span>
        </li>
    }
    .alone()
}

fn ending(one: &Ending) -> View {
    let (icon, words) = match one.kind {
        EndingKind::Interaction => (
            IconName::Interactions,
            text::data_request_ends_interactions(one.count),
        ),
        EndingKind::Callback => (
            IconName::Phone,
            text::data_request_ends_callbacks(one.count),
        ),
        EndingKind::Consent => (IconName::Check, text::data_request_ends_consents(one.count)),
        EndingKind::SignIn => (IconName::SignOut, text::DATA_REQUEST_ENDS_SIGN_IN),
        EndingKind::DataRequest => (IconName::Clock, text::data_request_ends_requests(one.count)),
        EndingKind::Artifact => (IconName::File, text::data_request_ends_files(one.count)),
        EndingKind::Other(_) => (IconName::Info, text::data_request_ends_other(one.count)),
    };
    let named = (!one.labels.is_empty()).then(|| {
        let names = list(&one.labels);
        view! {
            <br />
            <bdi class="soft">{names}</bdi>
        }
    });
    view! {
        <li class="reason">
            <Icon name=icon />
            <span>{words} {named}</span>
        </li>
    }
    .alone()
}

/// The word that is typed, so that nothing is deleted by a slip of the finger.
fn typed(form: Form) -> View {
    let word = t(text::DATA_REQUEST_TYPED_WORD);
    view! {
        <div class="field">
            <label class="field__label" for=TYPED>
                {text::data_request_typed(word)}
            </label>
            <p class="field__hint" id="typed-hint">
                {text::DATA_REQUEST_TYPED_HINT}
            </p>
            {problem(form, TYPED)}
            <input
                class="input"
                id=TYPED
                data-width="short"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || form.problem(TYPED).map(|_| "true")
                aria-describedby=move || described(form, TYPED, "typed-hint")
                prop:value=move || form.typed.get()
                on:input=move |event| {
                    form.mend(TYPED);
                    form.typed.set(event_target_value(&event));
                }
            />
        </div>
    }
    .alone()
}
