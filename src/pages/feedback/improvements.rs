//! "You said, we did": what changed because of what customers said.

use super::nav;
use crate::api::use_api;
use crate::i18n::{Text, date, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::routes::Route;
use crate::ui::{Icon, IconName, Notice, NoticeKind};
use crate::widgets::PageHead;
use portal_contract::improvement::{Improvement, ImprovementState};
use portal_contract::{FeedbackId, ImprovementId};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// The screen.
pub fn page() -> View {
    let pages = Pages::new(
        use_api(),
        |it: &Improvement| it.id.as_str(),
        |client, cursor| client.improvements(cursor.as_ref()),
    );
    pages.begin();
    let fresh = pages.fresh();
    effect(move || {
        if fresh.with(Option::is_some) {
            untrack(|| pages.fold_in());
        }
    });
    use_live().on_any_of(&["improvement"], move || pages.look());
    view! {
        <div class="page" data-width="reading">
            {nav()}
            <PageHead title=t(text::IMPROVEMENTS_TITLE) lede=t(text::IMPROVEMENTS_LEDE) />
            {list(pages)}
        </div>
    }
    .alone()
}

fn list(pages: Pages<Improvement>) -> View {
    let (items, paging) = (pages.items(), pages.paging());
    let has_any = memo(move || !items.with(Vec::is_empty));
    let shown = move || {
        if has_any.get() {
            return entries(pages);
        }
        match paging.get() {
            Paging::Failed(error) => {
                let retry = Callback::new(move |()| pages.retry());
                view! { <ErrorPanel title=text::IMPROVEMENTS_FAILED error=error on_retry=retry /> }
                    .alone()
            }
            Paging::Beginning | Paging::Continuing => super::bones(),
            Paging::More | Paging::Complete => nothing_yet(),
        }
    };
    shown.alone()
}

fn nothing_yet() -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Idea title=t(text::IMPROVEMENTS_NONE)>
            <p>{text::IMPROVEMENTS_NONE_TEXT}</p>
            <a class="button" href=Route::NewFeedback(None, None).href()>
                {text::FEEDBACK_SAY}
            </a>
        </Notice>
    }
    .alone()
}

fn entries(pages: Pages<Improvement>) -> View {
    let items = pages.items();
    let ids = memo(move || {
        let ids =
            |items: &Vec<Improvement>| items.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        items.with(ids)
    });
    let one = move |id: ImprovementId| {
        let it = memo(move || items.with(|items| items.iter().find(|it| it.id == id).cloned()));
        view! { <li class="item">{move || it.get().map(|it| item(&it, true))}</li> }
    };
    let more = Callback::new(move |()| pages.load_more());
    let retry = Callback::new(move |()| pages.retry());
    view! {
        <ul class="items">
            <For each=move || ids.get() key=|id: &ImprovementId| id.clone() children=one />
        </ul>
        <div class="more">
            <MoreButton
                paging=pages.paging()
                label=text::IMPROVEMENTS_MORE
                failed=text::FEEDBACK_MORE_FAILED
                on_more=more
                on_retry=retry
            />
        </div>
    }
    .alone()
}

/// What customers said and what came of it; on its own screen with the ways to what of that this customer said, and with a
/// heading right below the screen's own.
pub fn item(it: &Improvement, is_own_screen: bool) -> View {
    let (name, icon, word, did) = match it.state {
        ImprovementState::Done => (
            "done",
            IconName::Check,
            text::FEEDBACK_DONE,
            text::IMPROVEMENTS_WE_DID,
        ),
        ImprovementState::Planned | ImprovementState::Other(_) => (
            "us",
            IconName::Calendar,
            text::FEEDBACK_PLANNED,
            text::IMPROVEMENTS_WE_WILL,
        ),
    };
    let yours = (is_own_screen && !it.yours.is_empty()).then(|| mine(it));
    let behind = text::improvements_behind(it.feedback_count);
    let title = view! { <bdi lang=it.lang.clone()>{it.title.clone()}</bdi> };
    let heading = if is_own_screen {
        view! { <h2>{title}</h2> }
    } else {
        view! { <h3>{title}</h3> }
    };
    view! {
        <div class="item__head">
            {heading}
            <span class="status" data-status=name>
                <Icon name=icon />
                {word}
            </span>
        </div>
        <dl class="facts">
            {line(text::IMPROVEMENTS_YOU_SAID, &it.you_said, &it.lang)}
            {line(did, &it.we_did, &it.lang)}
        </dl>
        <p class="item__note">{date(&it.at)} " · " {behind}</p>
        {yours}
    }
}

fn line(term: Text, words: &str, lang: &str) -> View {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>
                <bdi lang=lang.to_owned()>{words.to_owned()}</bdi>
            </dd>
        </div>
    }
    .alone()
}

/// That the customer is one of those, and the ways to what they said.
fn mine(it: &Improvement) -> View {
    let ids = &it.yours;
    let several = ids.len() > 1;
    let one = |(at, id): (usize, &FeedbackId)| {
        let words = if several {
            text::improvements_yours_at(at + 1)
        } else {
            text::IMPROVEMENTS_YOURS_SEE
        };
        view! {
            " "
            <a href=Route::FeedbackEntry(id.clone()).href()>
                {words}
                <span class="visually-hidden">": " <bdi lang=it.lang.clone()>{it.title.clone()}</bdi></span>
            </a>
        }
    };
    view! {
        <p class="reason">
            <Icon name=IconName::Person />
            <span>
                {text::IMPROVEMENTS_YOURS}
                {ids.iter().enumerate().map(one).collect::<Vec<_>>()}
            </span>
        </p>
    }
    .alone()
}
