//! Everything that happened to it: each step, each message and each day that was moved, by whom and why.

use super::super::whose::{Whose, use_whose};
use super::section;
use crate::i18n::{Text, date, t, text};
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::ui::IconName;
use crate::widgets::{history_step, request_state_word};
use portal_contract::data_request::{ClockReason, DataRequestState};
use portal_contract::data_request_event::{
    DataRequestActor, DataRequestEvent, DataRequestEventKind,
};
use portal_markup::prelude::*;
use portal_markup::{For, View, memo, view};

/// The section.
pub fn section_of(pages: Pages<DataRequestEvent>) -> View {
    let (items, paging) = (pages.items(), pages.paging());
    let retry = Callback::new(move |()| pages.retry());
    let failed =
        memo(move || items.with(Vec::is_empty) && matches!(paging.get(), Paging::Failed(_)));
    let panel = move || match paging.get() {
        Paging::Failed(error) if failed.get() => Some(
            view! { <ErrorPanel title=text::DATA_REQUEST_EVENTS_FAILED error=error on_retry=retry /> },
        ),
        _ => None,
    };
    let more = move || {
        (!failed.get()).then(|| {
            view! {
                <MoreButton
                    paging=paging
                    label=text::DATA_REQUEST_EVENTS_MORE
                    failed=text::DATA_REQUEST_EVENTS_FAILED
                    on_more=Callback::new(move |()| pages.load_more())
                    on_retry=retry
                />
            }
        })
    };
    let whose = use_whose();
    let step = move |event: DataRequestEvent| step(&event, &whose);
    let body = view! {
        {panel}
        <ol>
            <For each=move || items.get() key=|event: &DataRequestEvent| event.id.clone() children=step />
        </ol>
        {more}
    };
    section("events", text::DATA_REQUEST_EVENTS, body)
}

fn step(event: &DataRequestEvent, whose: &Whose) -> View {
    let (icon, words) = told(event);
    let by_delegate = event.actor == DataRequestActor::Delegate;
    let is_message = event.kind == DataRequestEventKind::CustomerMessage;
    let words = if by_delegate && is_message && !whose.is_another() {
        text::PEOPLE_REQUEST_MESSAGE
    } else {
        words
    };
    let by = match event.actor {
        DataRequestActor::Customer => {
            Some(whose.name().unwrap_or_else(|| t(text::DATA_REQUEST_BY_YOU)))
        }
        DataRequestActor::Delegate if whose.is_another() => Some(t(text::DATA_REQUEST_BY_YOU)),
        DataRequestActor::Delegate => Some(t(text::DATA_REQUEST_BY_DELEGATE)),
        DataRequestActor::Company => Some(t(text::DATA_REQUEST_BY_US)),
        DataRequestActor::System => Some(t(text::DATA_REQUEST_BY_ITSELF)),
        DataRequestActor::Other(_) => None,
    };
    history_step((icon, words), &event.at, by, event.note.clone())
}

/// What happened, in a sentence.
fn told(event: &DataRequestEvent) -> (IconName, Text) {
    match &event.kind {
        DataRequestEventKind::Submitted => (IconName::Check, text::DATA_REQUEST_EVENT_SUBMITTED),
        DataRequestEventKind::Acknowledged => {
            (IconName::Check, text::DATA_REQUEST_EVENT_ACKNOWLEDGED)
        }
        DataRequestEventKind::StateChanged => {
            let state = event.to.clone();
            let state = state.unwrap_or(DataRequestState::InProgress);
            let words = t(request_state_word(&state));
            (IconName::Arrow, text::data_request_event_state(words))
        }
        DataRequestEventKind::DueChanged => (IconName::Calendar, moved(event)),
        DataRequestEventKind::ClockPaused => {
            let words = match event.clock_reason {
                Some(ClockReason::Verification) => text::DATA_REQUEST_CLOCK_PAUSED_PROOF,
                Some(ClockReason::Clarification) => text::DATA_REQUEST_CLOCK_PAUSED_ANSWER,
                Some(_) | None => text::DATA_REQUEST_CLOCK_PAUSED,
            };
            (IconName::Pause, words)
        }
        DataRequestEventKind::ClockResumed => (IconName::Clock, text::DATA_REQUEST_EVENT_RESUMED),
        DataRequestEventKind::CustomerMessage => (IconName::Chat, text::DATA_REQUEST_EVENT_YOU),
        DataRequestEventKind::CompanyMessage => (IconName::Chat, text::DATA_REQUEST_EVENT_US),
        DataRequestEventKind::Question => (IconName::Help, text::DATA_REQUEST_EVENT_QUESTION),
        DataRequestEventKind::Answer => (IconName::Reply, text::DATA_REQUEST_EVENT_ANSWER),
        DataRequestEventKind::ArtifactReady => (IconName::File, text::DATA_REQUEST_EVENT_READY),
        DataRequestEventKind::ArtifactDownloaded => {
            (IconName::Download, text::DATA_REQUEST_EVENT_FETCHED)
        }
        DataRequestEventKind::ArtifactExpired => {
            (IconName::Remove, text::DATA_REQUEST_EVENT_FILE_EXPIRED)
        }
        DataRequestEventKind::ArtifactReissued => {
            (IconName::Reopen, text::DATA_REQUEST_EVENT_REISSUED)
        }
        DataRequestEventKind::EffectBegan => (IconName::Shield, text::DATA_REQUEST_EVENT_BEGAN),
        DataRequestEventKind::EffectEnded => (IconName::Close, text::DATA_REQUEST_EVENT_ENDED),
        DataRequestEventKind::Other(_) => (IconName::Info, text::DATA_REQUEST_EVENT_OTHER),
    }
}

/// From which day to which the answer was moved, and that a pause did it where one did.
fn moved(event: &DataRequestEvent) -> Text {
    match (&event.previous_due_at, &event.due_at) {
        (Some(from), Some(to)) if event.clock_reason.is_some() => {
            text::data_request_event_due_paused(date(from), date(to))
        }
        (Some(from), Some(to)) => text::data_request_event_due(date(from), date(to)),
        _ => text::DATA_REQUEST_EVENT_DUE_OTHER,
    }
}
