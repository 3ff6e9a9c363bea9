//! The ledger: what the customer said, what the company answered, and what changed because of it.

use super::words;
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::i18n::{Text, date, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::routes::Route;
use crate::ui::{Icon, IconName};
use portal_client::ApiError;
use portal_contract::FeedbackId;
use portal_contract::feedback::{Feedback, FeedbackStatus, Question, QuestionKind};
use portal_contract::improvement::ImprovementState;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// What stands in the place of the list.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Failed(ApiError),
    Empty,
    Entries,
}

/// The section.
pub fn section() -> View {
    let pages = Pages::new(
        use_api(),
        |entry: &Feedback| entry.id.as_str(),
        |client, cursor| client.feedback(cursor.as_ref()),
    );
    pages.begin();
    follow(pages);
    let phase = phase(pages);
    let shown = move || match phase.get() {
        Phase::Waiting => super::bones(),
        Phase::Failed(error) => {
            let retry = Callback::new(move |()| pages.retry());
            view! { <ErrorPanel title=text::FEEDBACK_FAILED error=error on_retry=retry /> }.alone()
        }
        Phase::Empty => view! { <p class="card__empty">{text::FEEDBACK_NONE}</p> }.alone(),
        Phase::Entries => entries(pages),
    };
    view! {
        <section class="section" aria-labelledby="ledger">
            <div class="section__head">
                <h2 id="ledger">{text::FEEDBACK_SAID}</h2>
            </div>
            {shown}
        </section>
    }
    .alone()
}

/// Shows what changed where it stands, and says once that something came of what was said.
fn follow(pages: Pages<Feedback>) {
    use_live().on_any_of(&["feedback", "improvement"], move || pages.look());
    let announcer = use_announcer();
    let (fresh, items) = (pages.fresh(), pages.items());
    effect(move || {
        if fresh.with(Option::is_none) {
            return;
        }
        let before = untrack(|| items.get());
        untrack(|| pages.fold_in());
        let is_news = |entry: &Feedback| entry.unread && !before.contains(entry);
        if items.with_untracked(|now| now.iter().any(is_news)) {
            announcer.show(text::FEEDBACK_NEWS);
        }
    });
}

fn phase(pages: Pages<Feedback>) -> Memo<Phase> {
    let (items, paging) = (pages.items(), pages.paging());
    memo(move || {
        if !items.with(Vec::is_empty) {
            return Phase::Entries;
        }
        match paging.get() {
            Paging::Failed(error) => Phase::Failed(error),
            Paging::Beginning | Paging::Continuing => Phase::Waiting,
            Paging::More | Paging::Complete => Phase::Empty,
        }
    })
}

fn entries(pages: Pages<Feedback>) -> View {
    let items = pages.items();
    let ids = memo(move || {
        let ids = |items: &Vec<Feedback>| items.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        items.with(ids)
    });
    let one = move |id: FeedbackId| {
        let entry = memo(move || items.with(|items| items.iter().find(|it| it.id == id).cloned()));
        view! { <li class="item">{move || entry.get().map(|entry| item(&entry))}</li> }
    };
    let more = Callback::new(move |()| pages.load_more());
    let retry = Callback::new(move |()| pages.retry());
    view! {
        <ul class="items">
            <For each=move || ids.get() key=|id: &FeedbackId| id.clone() children=one />
        </ul>
        <div class="more">
            <MoreButton
                paging=pages.paging()
                label=text::FEEDBACK_MORE
                failed=text::FEEDBACK_MORE_FAILED
                on_more=more
                on_retry=retry
            />
        </div>
    }
    .alone()
}

/// One entry in short; its own page has it whole.
fn item(entry: &Feedback) -> View {
    let kind = words::kind_word(&entry.kind);
    let about = words::about(&entry.about).map(t);
    let day = date(&entry.given_at);
    let (heading, note) = match about {
        Some(about) => (about, [kind, day].join(" · ")),
        None => (kind, day),
    };
    let unread = entry
        .unread
        .then(|| view! { <strong>{text::FEEDBACK_NEW}</strong> " · " });
    let said = said(entry).map(|said| view! { <p dir="auto">{said}</p> });
    view! {
        <div class="item__head">
            <h3>
                <a href=Route::FeedbackEntry(entry.id.clone()).href()>{heading}</a>
            </h3>
            {words::status_chip(&entry.status)}
        </div>
        <p class="item__note">{unread} {note}</p>
        {said}
        {outcomes(entry)}
    }
    .alone()
}

/// What came of it: the answer, what the company says to how it stands, what changed.
fn outcomes(entry: &Feedback) -> Vec<View> {
    let reply = entry.reply.as_ref().map(|reply| {
        let lang = reply.lang.clone();
        outcome(IconName::Reply, text::FEEDBACK_WE_SAID, &reply.text, lang)
    });
    let step = entry.history.last().and_then(|step| {
        let (words, icon) = words::step_words(&step.status);
        Some(outcome(icon, words, step.note.as_ref()?, None))
    });
    let change = entry.improvement.as_ref().map(|it| {
        let words = match it.state {
            ImprovementState::Done => text::FEEDBACK_WHAT_CHANGED,
            _ => text::FEEDBACK_WHAT_WILL_CHANGE,
        };
        outcome(IconName::Idea, words, &it.title, Some(it.lang.clone()))
    });
    [reply, step, change].into_iter().flatten().collect()
}

/// One of those, in a line.
fn outcome(icon: IconName, term: Text, words: &str, lang: Option<String>) -> View {
    view! {
        <p class="reason">
            <Icon name=icon />
            <span>
                <span class="soft">{term}</span>
                " "
                <bdi lang=lang>{words.to_owned()}</bdi>
            </span>
        </p>
    }
    .alone()
}

/// What was said, in short: the words, or the first answer.
fn said(entry: &Feedback) -> Option<String> {
    if entry.status == FeedbackStatus::Withdrawn {
        return None;
    }
    if let Some(words) = &entry.text {
        return Some(words.clone());
    }
    let answered = |question: &&Question| entry.answers.get(&question.id).is_some();
    let in_words = |question: &&Question| question.kind == QuestionKind::Words;
    let questions = || entry.questions.iter().filter(answered);
    let question = questions().find(in_words).or_else(|| questions().next())?;
    Some(super::answers::told(
        question,
        entry.answers.get(&question.id)?,
    ))
}
