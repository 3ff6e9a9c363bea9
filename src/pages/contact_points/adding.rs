//! Another contact point, or one in the place of another: the form, and on to its code.

use super::fields::Fields;
use super::kept::{Entered, Keeper};
use super::{Desk, Task, cancel, words};
use crate::api::use_api;
use crate::forms::{ErrorSummary, Write};
use crate::i18n::{t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::ApiError;
use portal_contract::contact_point::{ContactPoint, ContactPointKind, NewContactPoint};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The form; `old` is the one whose place is taken.
pub fn form(desk: Desk, kind: ContactPointKind, old: Option<ContactPoint>) -> View {
    let fields = Fields::new(kind);
    if let Some(old) = &old {
        fields.begin_with(old);
    }
    let replaces = old.as_ref().map(|old| old.id.clone());
    let keeper = desk.keeper.get_value();
    if let Some(kept) = keeper.kept().filter(|kept| kept.replaces == replaces) {
        kept.restore(fields);
    }
    keeper.follow(fields, replaces.clone());
    let attempts = RwSignal::new(0);
    let write = add(desk, keeper.clone(), fields);
    write.on_done(move |point| {
        keeper.forget();
        desk.points.refetch();
        desk.begin(Task::Verify(point));
    });
    write.on_failed(move |error| {
        if let ApiError::Validation(errors) = error {
            fields.refuse(&errors);
            attempts.update(|n| *n += 1);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match fields.read() {
            Some(new) => write.send(NewContactPoint {
                replaces: replaces.clone(),
                ..new
            }),
            None => attempts.update(|n| *n += 1),
        }
    };
    let pending = write.pending();
    let word = move || {
        t(if pending.get() {
            text::SIGN_IN_SENDING
        } else {
            text::SIGN_IN_SEND_CODE
        })
    };
    // A device is added on itself: there is nothing to type here.
    let is_typed = memo(move || fields.kind.with(|kind| *kind != ContactPointKind::Push));
    let first = match &old {
        Some(old) => handing_over(old),
        None => choice(fields.kind),
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorSummary fields=fields.problems() attempts=attempts />
            <FailedLine submission=write.submission() except_fields=true />
            {first}
            {move || fields.address()}
            {move || is_typed.get().then(|| fields.more())}
            <div class="form__actions cluster">
                {cancel(desk)} " "
                {move || {
                    is_typed
                        .get()
                        .then(|| {
                            view! {
                                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                                    {word}
                                </Button>
                            }
                        })
                }}
            </div>
        </form>
    }
    .alone()
}

/// Adds one. The same words sent again are the same act, with the same key; other words are another.
fn add(desk: Desk, keeper: Keeper, fields: Fields) -> Write<NewContactPoint, ContactPoint> {
    let api = use_api();
    Write::new(move |new: NewContactPoint| {
        let client = api.client();
        let entered = untrack(|| Entered::of(fields, new.replaces.as_ref()));
        let key = keeper.intent(entered, || client.new_key());
        async move {
            let act = || client.add_contact_point(&new, &key);
            desk.proof.through(act).await
        }
    })
}

/// What happens to the old one.
fn handing_over(old: &ContactPoint) -> View {
    let line = words::line(old);
    view! {
        <div class="banner" data-tone="info" data-shape="inline">
            <Icon name=IconName::Info />
            <p>{text::contact_point_handing_over(line)}</p>
        </div>
    }
    .alone()
}

/// Which kind it is, of those that the API offers.
fn choice(kind: RwSignal<ContactPointKind>) -> View {
    let capabilities = use_api().read(|client| client.capabilities());
    let offered = memo(move || {
        let channels = capabilities
            .get()
            .and_then(Result::ok)
            .map(|all| all.channels);
        let offers = |kind: &ContactPointKind| match &channels {
            // Until the API has said what it offers, there is what nobody is without.
            None => matches!(kind, ContactPointKind::Email | ContactPointKind::Phone),
            Some(channels) => channels
                .iter()
                .any(|channel| ContactPointKind::reached_by(channel).as_ref() == Some(kind)),
        };
        let kinds = ContactPointKind::KNOWN.iter().filter(|kind| offers(kind));
        kinds.cloned().collect::<Vec<_>>()
    });
    let one = move |option: ContactPointKind| {
        let word = t(words::kind_word(&option));
        let chosen = option.clone();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="point-kind"
                    value=option.as_str().to_owned()
                    prop:checked=move || kind.with(|kind| *kind == chosen)
                    on:change=move |_| kind.set(option.clone())
                />
                " "
                <span>{word}</span>
            </label>
        }
    };
    let choices = move || offered.get().into_iter().map(one).collect_view();
    view! {
        <fieldset class="form__group">
            <legend>{text::CONTACT_POINT_WHICH}</legend>
            <div class="filters__choices">{choices}</div>
        </fieldset>
    }
    .alone()
}
