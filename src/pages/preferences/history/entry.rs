//! One change: what, before and after, by whom; and taking it back.

use super::receipt::{address, receipt};
use super::values::Words;
use super::{Desk, told};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::focus;
use crate::config::use_config;
use crate::forms::{Press, Submission, Write};
use crate::i18n::{Text, date, date_time, t, text};
use crate::loading::failure;
use crate::ui::{Icon, IconName};
use portal_client::ApiError;
use portal_contract::PreferenceChangeId;
use portal_contract::preference_history::{ChangeSubject, PreferenceChange};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The entry, which follows what becomes of it.
pub fn entry(desk: Desk, id: PreferenceChangeId) -> View {
    let items = desk.pages.items();
    let undo = undo(desk, &id);
    let change = memo(move || {
        let of = |items: &Vec<PreferenceChange>| items.iter().find(|it| it.id == id).cloned();
        items.with(of)
    });
    let shown = move || change.get().map(|change| shown(desk, &change));
    let acts = move || change.get().map(|change| acts(desk, &change, undo));
    view! {
        <li class="item">
            {shown} {acts} <div role="alert">{move || refused(&undo.submission().get())}</div>
        </li>
    }
    .alone()
}

/// The id of the heading, where the focus goes when the button that was pressed is gone.
fn heading(id: &PreferenceChangeId) -> String {
    format!("change-{id}")
}

fn undo(desk: Desk, id: &PreferenceChangeId) -> Press<()> {
    let api = use_api();
    let announcer = use_announcer();
    let place = heading(id);
    let id = id.clone();
    // The same press is the same act, however often it is sent: one key for as long as it is not done.
    let key = StoredValue::new(api.client().new_key());
    let undo = Write::new(move |()| {
        let (client, id) = (api.client(), id.clone());
        client.undo_preference_change(&id, &key.get_value())
    });
    undo.on_done(move |_| {
        announcer.show(text::HISTORY_UNDONE);
        focus::id(&place);
        desk.pages.look();
    });
    undo.on_failed(move |error| {
        // It stands otherwise than was known here.
        if matches!(error, ApiError::InvalidState { .. }) {
            key.set_value(api.client().new_key());
            desk.pages.look();
        }
    });
    undo.press()
}

fn shown(desk: Desk, change: &PreferenceChange) -> View {
    let id = heading(&change.id);
    let whole = date_time(&change.at);
    let values = desk.names.with(|names| told::values(names, change));
    let undoes = change.undoes.is_some();
    view! {
        <div class="item__head">
            <h3 id=id tabindex="-1">
                {told::title(change)}
            </h3>
            <time class="row__time" datetime=change.at.to_string()>
                {whole}
            </time>
        </div>
        <ul>{values.into_iter().map(value).collect::<Vec<_>>()}</ul>
        <p class="item__note">
            {told::route(change)} {undoes.then(|| view! { ". " {text::HISTORY_UNDOES} })}
        </p>
    }
    .alone()
}

fn value(words: Words) -> View {
    view! {
        <li class="change">
            <span class="change__what">
                <bdi>{words.what}</bdi>
            </span>
            " "
            <span class="visually-hidden">{text::HISTORY_FROM}</span>
            " "
            <del>
                <bdi>{words.before}</bdi>
            </del>
            " "
            <Icon name=IconName::Arrow />
            <span class="visually-hidden">{text::HISTORY_TO}</span>
            " "
            <ins>
                <bdi>{words.after}</bdi>
            </ins>
        </li>
    }
    .alone()
}

fn acts(desk: Desk, change: &PreferenceChange, undo: Press<()>) -> View {
    let named = |sentence: fn(String, String) -> Text| {
        t(sentence(t(told::title(change)), date_time(&change.at)))
    };
    let text = desk
        .names
        .with(|names| receipt(&use_config().name, names, change));
    view! {
        {later(change)}
        <div class="cluster">
            {state(desk, change, undo)} " "
            <a
                class="link-button"
                href=address(&text)
                download=format!("{}.txt", change.id)
                aria-label=named(text::history_receipt_of)
            >
                {text::HISTORY_RECEIPT}
            </a>
        </div>
    }
    .alone()
}

/// Why it cannot be taken back, where that is not plain to see.
fn later(change: &PreferenceChange) -> Option<View> {
    let is_ours = change.subject == ChangeSubject::Preferences;
    let stands_over = is_ours && !change.undoable && change.undone_by.is_none();
    stands_over.then(|| view! { <p class="item__note">{text::HISTORY_CHANGED_SINCE}</p> })
}

/// The button, or that it was pressed.
fn state(desk: Desk, change: &PreferenceChange, undo: Press<()>) -> Option<View> {
    if let Some(by) = &change.undone_by {
        return Some(undone(desk, by));
    }
    change.undoable.then(|| {
        let label = text::history_undo_of(t(told::title(change)), date_time(&change.at));
        let pending = undo.pending();
        view! {
            <button
                class="button"
                data-size="small"
                type="button"
                aria-label=t(label)
                aria-disabled=move || pending.get().then_some("true")
                on:click=move |_| undo.send(())
            >
                <Icon name=IconName::Undo />
                {text::PREFERENCES_UNDO}
            </button>
        }
        .alone()
    })
}

fn undone(desk: Desk, by: &PreferenceChangeId) -> View {
    let at = desk.pages.items().with(|items| {
        let by = items.iter().find(|it| it.id == *by);
        by.map(|by| date(&by.at))
    });
    let words = at.map_or(text::HISTORY_IS_UNDONE, text::history_undone_on);
    view! {
        <span class="status" data-status="done">
            <Icon name=IconName::Undo />
            " "
            {words}
        </span>
    }
    .alone()
}

fn refused(submission: &Submission) -> Option<View> {
    let Submission::Failed(error) = submission else {
        return None;
    };
    let words = match error {
        ApiError::InvalidState { reason, .. } => match reason.as_deref() {
            Some("not_undoable") => text::HISTORY_NOT_UNDOABLE,
            _ => text::HISTORY_CHANGED_SINCE,
        },
        other => failure(other).sentence,
    };
    Some(
        view! {
            <div class="banner" data-tone="warn" data-shape="inline">
                <Icon name=IconName::Alert />
                <p>{words}</p>
            </div>
        }
        .alone(),
    )
}
