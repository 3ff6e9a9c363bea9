//! What was done, by whom, the newest first.

use super::RESOURCE;
use crate::api::use_api;
use crate::i18n::{Text, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::ui::IconName;
use crate::widgets::{delegated_word, history_step};
use portal_contract::delegation::{
    Delegation, DelegationActor, DelegationEvent, DelegationEventKind, DelegationSide,
};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// The section.
pub fn section(one: Signal<Delegation>) -> View {
    let (id, side) = one.with_untracked(|one| (one.id.clone(), one.side.clone()));
    let pages = Pages::new(
        use_api(),
        |event: &DelegationEvent| event.id.as_str(),
        move |client, cursor| {
            let id = id.clone();
            client.delegation_events(&id, cursor.as_ref())
        },
    );
    pages.begin();
    use_live().on_any_of(&[RESOURCE], move || pages.begin());
    let (items, paging) = (pages.items(), pages.paging());
    let retry = Callback::new(move |()| pages.retry());
    let failed =
        memo(move || items.with(Vec::is_empty) && matches!(paging.get(), Paging::Failed(_)));
    let panel = move || match paging.get() {
        Paging::Failed(error) if failed.get() => Some(
            view! { <ErrorPanel title=text::PEOPLE_HISTORY_FAILED error=error on_retry=retry /> },
        ),
        _ => None,
    };
    let name = memo(move || one.with(super::words::name));
    let step = move |event: DelegationEvent| step(&event, &side, name);
    let more = move || {
        (!failed.get()).then(|| {
            view! {
                <MoreButton
                    paging=paging
                    label=text::DATA_REQUEST_EVENTS_MORE
                    failed=text::PEOPLE_HISTORY_FAILED
                    on_more=Callback::new(move |()| pages.load_more())
                    on_retry=retry
                />
            }
        })
    };
    view! {
        <section class="section" aria-labelledby="steps">
            <div class="section__head">
                <h2 id="steps">{text::PEOPLE_HISTORY}</h2>
            </div>
            {panel}
            <ol>
                <For each=move || items.get() key=|event: &DelegationEvent| event.id.clone() children=step />
            </ol>
            {more}
        </section>
    }
    .alone()
}

fn step(event: &DelegationEvent, side: &DelegationSide, name: Memo<String>) -> View {
    let is_person = *side == DelegationSide::Person;
    let by = match event.actor {
        DelegationActor::Delegate if is_person => Some(name.get_untracked()),
        DelegationActor::Person if !is_person => Some(name.get_untracked()),
        DelegationActor::Delegate | DelegationActor::Person => Some(t(text::DATA_REQUEST_BY_YOU)),
        DelegationActor::Company => Some(t(text::DATA_REQUEST_BY_US)),
        DelegationActor::System => Some(t(text::DATA_REQUEST_BY_ITSELF)),
        DelegationActor::Other(_) => None,
    };
    history_step(told(event), &event.at, by, event.note.clone())
}

/// What happened, in a sentence.
fn told(event: &DelegationEvent) -> (IconName, Text) {
    let kind = event.data_request_kind.as_ref().map(delegated_word).map(t);
    let what: Vec<String> = kind.into_iter().chain(event.reference.clone()).collect();
    let what = what.join(" · ");
    match &event.kind {
        DelegationEventKind::Requested => (IconName::Help, text::PEOPLE_EVENT_REQUESTED),
        DelegationEventKind::Accepted => (IconName::Check, text::PEOPLE_EVENT_ACCEPTED),
        DelegationEventKind::Refused => (IconName::Close, text::PEOPLE_EVENT_REFUSED),
        DelegationEventKind::Expired => (IconName::Clock, text::PEOPLE_EVENT_EXPIRED),
        DelegationEventKind::Revoked => (IconName::Close, text::PEOPLE_EVENT_REVOKED),
        DelegationEventKind::GivenUp => (IconName::Close, text::PEOPLE_EVENT_GIVEN_UP),
        DelegationEventKind::Ended => (IconName::Clock, text::PEOPLE_EVENT_ENDED),
        DelegationEventKind::RequestMade => (IconName::File, text::people_event_made(what)),
        DelegationEventKind::RequestCancelled => {
            (IconName::Undo, text::people_event_cancelled(what))
        }
        DelegationEventKind::MessageWritten => (IconName::Chat, text::people_event_message(what)),
        DelegationEventKind::CopyFetched => (IconName::Download, text::people_event_copy(what)),
        DelegationEventKind::ErasureConfirmed => {
            (IconName::Check, text::PEOPLE_EVENT_ERASURE_CONFIRMED)
        }
        DelegationEventKind::ErasureCancelled => {
            (IconName::Undo, text::PEOPLE_EVENT_ERASURE_CANCELLED)
        }
        DelegationEventKind::Other(_) => (IconName::Info, text::DATA_REQUEST_EVENT_OTHER),
    }
}
