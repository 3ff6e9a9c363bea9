//! What the company tells by itself: on the overview, and all of it with what was put aside.

mod acts;
mod item;

use super::Shown;
use crate::api::use_api;
use crate::i18n::{Text, number, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, FailedLine, MoreButton, Pages, Paging};
use crate::routes::{Link, Route};
use crate::widgets::PageHead;
use acts::Acts;
use item::item;
use portal_contract::NoticeId;
use portal_contract::notice::{Notice, NoticeState};
use portal_contract::overview::Overview;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// The heading over the notices, where the focus goes when the button that was pressed is gone.
const HEADING: &str = "told";

/// The first of them, on the overview.
pub fn on_overview() -> View {
    let Shown { overview, again } = expect_context();
    let acts = Acts::new(Callback::new(move |()| again.refetch()));
    let ids = memo(move || overview.with(|it| keys(&it.notices)));
    let one = move |(id, _): (NoticeId, String)| {
        let found = overview.with_untracked(|it| it.notices.iter().find(|it| it.id == id).cloned());
        found.map(|notice| item(&notice, acts))
    };
    let count = memo(move || overview.with(|it| it.notices_count));
    view! {
        <section class="card" data-span="full" aria-labelledby=HEADING>
            {head(count.into())}
            <ul class="items">
                <For each=move || ids.get() key=Clone::clone children=one />
            </ul>
            <FailedLine submission=acts.submission() except_fields=false />
        </section>
    }
    .alone()
}

/// The heading stays the same element whatever comes and goes: it may have the focus.
fn head(count: Signal<u64>) -> View {
    view! {
        <div class="card__head">
            <h2 id=HEADING tabindex="-1">
                {t(text::NOTICES_TITLE)}
                <span class="card__count">" " {move || number(count.get())}</span>
            </h2>
            <Link to=Route::Notices>{t(text::NOTICES_ALL)}</Link>
        </div>
    }
    .alone()
}

/// The same before the part is there that draws what can be done: the words are already here, and nothing moves.
pub fn outline(overview: &Overview) -> View {
    let one = |notice: &Notice| {
        view! {
            <li class="item">
                {item::words(notice, None)}
                <p class="item__note">
                    <span class="bone" data-size="large"></span>
                </p>
                <div class="cluster">
                    <span class="button" data-size="small" aria-hidden="true">
                        <span class="bone"></span>
                    </span>
                </div>
            </li>
        }
    };
    view! {
        <section class="card" data-span="full" aria-labelledby=HEADING>
            {head(Signal::stored(overview.notices_count))}
            <ul class="items">{overview.notices.iter().map(one).collect_view()}</ul>
        </section>
    }
    .alone()
}

/// A notice is drawn anew when it is another than before.
fn keys(notices: &[Notice]) -> Vec<(NoticeId, String)> {
    let key = |notice: &Notice| (notice.id.clone(), notice.etag.to_string());
    notices.iter().map(key).collect()
}

/// The screen of all of them.
pub fn page() -> View {
    let (current, aside) = (shelf(NoticeState::Current), shelf(NoticeState::PutAside));
    let look = move || {
        current.look();
        aside.look();
    };
    use_live().on_any_of(&["notice", "preferences", "interaction"], look);
    let acts = Acts::new(Callback::new(move |()| look()));
    view! {
        <div class="page" data-width="reading">
            <PageHead title=t(text::NOTICES_PAGE_TITLE) lede=t(text::NOTICES_LEDE) />
            <FailedLine submission=acts.submission() except_fields=false />
            {list(current, acts, HEADING, text::NOTICES_NOW, text::NOTICES_EMPTY)}
            {list(aside, acts, "aside", text::NOTICES_ASIDE, text::NOTICES_ASIDE_EMPTY)}
        </div>
    }
    .alone()
}

fn shelf(state: NoticeState) -> Pages<Notice> {
    let pages = Pages::new(
        use_api(),
        |notice: &Notice| notice.id.as_str(),
        move |client, cursor| {
            let state = state.clone();
            async move { client.notices(&state, cursor.as_ref()).await }
        },
    );
    pages.begin();
    let fresh = pages.fresh();
    effect(move || {
        if fresh.with(Option::is_some) {
            untrack(|| pages.fold_in());
        }
    });
    pages
}

fn list(pages: Pages<Notice>, acts: Acts, id: &'static str, title: Text, empty: Text) -> View {
    let (items, paging) = (pages.items(), pages.paging());
    let ids = memo(move || items.with(|items| keys(items)));
    let one = move |(id, _): (NoticeId, String)| {
        let found = items.with_untracked(|items| items.iter().find(|it| it.id == id).cloned());
        found.map(|notice| item(&notice, acts))
    };
    let retry = Callback::new(move |()| pages.retry());
    let more = Callback::new(move |()| pages.load_more());
    let without = move || {
        if !items.with(Vec::is_empty) {
            return None;
        }
        Some(match paging.get() {
            Paging::Failed(error) => {
                view! { <ErrorPanel title=text::NOTICES_FAILED error=error on_retry=retry /> }
                    .alone()
            }
            Paging::Beginning | Paging::Continuing => bones(),
            Paging::More | Paging::Complete => {
                view! { <p class="card__empty">{t(empty.clone())}</p> }.alone()
            }
        })
    };
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section__head">
                <h2 id=id tabindex="-1">
                    {t(title)}
                </h2>
            </div>
            {without}
            <ul class="items">
                <For each=move || ids.get() key=Clone::clone children=one />
            </ul>
            <div class="more">
                <MoreButton
                    paging=paging
                    label=text::NOTICES_MORE
                    failed=text::NOTICES_MORE_FAILED
                    on_more=more
                    on_retry=retry
                />
            </div>
        </section>
    }
    .alone()
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <span class="bone" data-size="block"></span>
        </div>
    }
    .alone()
}
