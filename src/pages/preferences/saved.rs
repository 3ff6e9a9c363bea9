//! How far saving has come, what was refused, and what only the customer can decide.

use super::screen::Screen;
use super::store::{Document, Saving};
use super::words::{refused, said};
use crate::browser::clock;
use crate::i18n::{Text, text, time};
use crate::ui::{Icon, IconName};
use portal_client::ApiError;
use portal_client::preferences::{Question, QuestionKind};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// Beside the heading: whether everything holds, and the way back from the last act. It stands there for as long as one needs,
/// unlike the toast.
pub fn saved(document: Document) -> View {
    let saving = memo(move || document.saving());
    let can_undo = memo(move || document.can_undo());
    let undo = move || {
        can_undo.get().then(|| {
            view! {
                <button class="link-button" type="button" on:click=move |_| document.undo()>
                    {text::PREFERENCES_UNDO}
                </button>
            }
        })
    };
    let waiting = memo(move || matches!(saving.get(), Saving::Waiting(_)));
    let retry = move || {
        waiting.get().then(|| {
            view! {
                <button class="link-button" type="button" on:click=move |_| document.retry()>
                    {text::PREFERENCES_RETRY}
                </button>
            }
        })
    };
    let by = memo(move || document.follows_by());
    let pending = move || {
        let is_saved = matches!(saving.get(), Saving::Saved(_));
        let by = by.get().filter(|_| is_saved);
        by.map(|by| view! { <span class="soft">{text::preferences_pending(time(&by))}</span> })
    };
    view! {
        // Spoken once, when it came to an end: what was chosen was spoken as it was chosen.
        <span role="status">{move || saving.with(|it| (*it != Saving::Pending).then(|| status(it)))}</span>
        {move || saving.with(|it| (*it == Saving::Pending).then(|| status(it)))}
        {pending}
        {retry}
        {undo}
    }
}

fn status(saving: &Saving) -> View {
    let (name, icon, words) = match saving {
        Saving::Idle => return View::new(),
        Saving::Pending => ("us", IconName::Clock, text::PREFERENCES_SAVING),
        Saving::Saved(at) => {
            let at = clock::timestamp(*at).map_or_else(String::new, |at| time(&at));
            ("done", IconName::Check, text::preferences_saved(at))
        }
        Saving::Waiting(error) => ("you", IconName::Offline, waiting(error)),
    };
    view! {
        <span class="status" data-status=name>
            <Icon name=icon />
            " "
            {words}
        </span>
    }
}

fn waiting(error: &ApiError) -> Text {
    match error {
        ApiError::Offline => text::PREFERENCES_WAITING_OFFLINE,
        ApiError::Unauthenticated => text::PREFERENCES_WAITING_SIGNED_OUT,
        _ => text::PREFERENCES_WAITING,
    }
}

/// What was refused, and what is asked.
pub fn notices(screen: Screen) -> View {
    let document = screen.document;
    let refusal = memo(move || document.refusal());
    let questions = memo(move || document.questions());
    let refused = move || {
        refusal.get().map(|refusal| {
            let lines = untrack(|| refused(screen, &refusal));
            let line = |(what, why): (Text, Text)| view! { <p>{what} " " {why}</p> };
            view! {
                <div class="banner" data-tone="warn" data-shape="inline">
                    <Icon name=IconName::Alert />
                    <div>{lines.into_iter().map(line).collect::<Vec<_>>()}</div>
                </div>
            }
        })
    };
    let asked = move || {
        let ask = |asked: Question| question(screen, asked);
        questions.get().into_iter().map(ask).collect::<Vec<_>>()
    };
    view! {
        <div class="stack" role="alert">
            {refused}
            {asked}
        </div>
    }
}

fn question(screen: Screen, question: Question) -> View {
    let meanwhile = match question.kind {
        QuestionKind::OptInOverOptOut => text::PREFERENCES_QUESTION_OFF,
        QuestionKind::BothChanged => text::PREFERENCES_QUESTION_BOTH,
    };
    let mine = text::preferences_question_mine(said(screen, &question.edit));
    let decide = |question: Question, word, is_mine| {
        let press = move |_| screen.document.answer(&question, is_mine);
        view! {
            <button class="button" data-size="small" type="button" on:click=press>
                {word}
            </button>
        }
    };
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <div>
                <p>{mine} " " {meanwhile}</p>
                <div class="cluster">
                    {decide(question.clone(), text::PREFERENCES_TAKE_THEIRS, false)}
                    {decide(question, text::PREFERENCES_KEEP_MINE, true)}
                </div>
            </div>
        </div>
    }
    .alone()
}
