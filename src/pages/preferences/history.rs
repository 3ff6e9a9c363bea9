//! Who changed what about how the customer is contacted: what it was, what it is, when, by which route; taken back from here,
//! and a receipt of each.

mod entry;
mod names;
mod receipt;
mod told;
mod values;

use crate::api::use_api;
use crate::i18n::{day_key, month, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use crate::routes::{Link, Route};
use crate::ui::{IconName, Notice, NoticeKind};
use crate::widgets::{PageHead, item_bones, section_nav};
use names::Names;
use portal_client::ApiError;
use portal_contract::preference_history::PreferenceChange;
use portal_contract::{PreferenceChangeId, Timestamp};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// What every entry of the screen shares.
#[derive(Clone, Copy)]
struct Desk {
    pages: Pages<PreferenceChange>,
    names: Memo<Names>,
}

/// What stands in the place of the list.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Failed(ApiError),
    Empty,
    Entries,
}

/// The screen.
pub fn page() -> View {
    let api = use_api();
    let pages = Pages::new(
        api,
        |change: &PreferenceChange| change.id.as_str(),
        |client, cursor| client.preference_history(cursor.as_ref()),
    );
    pages.begin();
    let fresh = pages.fresh();
    effect(move || {
        if fresh.with(Option::is_some) {
            untrack(|| pages.fold_in());
        }
    });
    use_live().on_any_of(
        &["preferences", "contact_point", "consent", "interaction"],
        move || pages.look(),
    );
    let desk = Desk {
        pages,
        names: names::read(api),
    };
    view! {
        <div class="page" data-width="reading">
            {section_nav()}
            <PageHead title=t(text::HISTORY_TITLE) lede=t(text::HISTORY_LEDE) />
            {list(desk)}
        </div>
    }
    .alone()
}

fn phase(pages: Pages<PreferenceChange>) -> Memo<Phase> {
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

fn list(desk: Desk) -> View {
    let phase = phase(desk.pages);
    let shown = move || match phase.get() {
        Phase::Waiting => bones(),
        Phase::Failed(error) => {
            let retry = Callback::new(move |()| desk.pages.retry());
            view! { <ErrorPanel title=text::HISTORY_FAILED error=error on_retry=retry /> }.alone()
        }
        Phase::Empty => empty(),
        Phase::Entries => months(desk),
    };
    shown.alone()
}

fn empty() -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Clock title=t(text::HISTORY_EMPTY)>
            <p>{text::HISTORY_EMPTY_TEXT}</p>
            <Link to=Route::Preferences class="button">
                {text::PREFERENCES_TITLE}
            </Link>
        </Notice>
    }
    .alone()
}

/// The month of a moment where the customer lives, `2026-11`.
fn month_of(at: &Timestamp) -> String {
    day_key(at).chars().take(7).collect()
}

fn months(desk: Desk) -> View {
    let items = desk.pages.items();
    let months = memo(move || {
        items.with(|items| {
            let mut months: Vec<String> = items.iter().map(|it| month_of(&it.at)).collect();
            months.dedup();
            months
        })
    });
    let more = Callback::new(move |()| desk.pages.load_more());
    let retry = Callback::new(move |()| desk.pages.retry());
    view! {
        <For each=move || months.get() key=|month: &String| month.clone() children=move |month| one_month(desk, month) />
        <div class="more">
            <MoreButton
                paging=desk.pages.paging()
                label=text::HISTORY_MORE
                failed=text::HISTORY_MORE_FAILED
                on_more=more
                on_retry=retry
            />
        </div>
    }
    .alone()
}

fn one_month(desk: Desk, of: String) -> View {
    let items = desk.pages.items();
    let heading = ["month-", &of].concat();
    let name = month(&of);
    let ids = memo(move || {
        items.with(|items| {
            let here = items.iter().filter(|it| month_of(&it.at) == of);
            here.map(|it| it.id.clone()).collect::<Vec<_>>()
        })
    });
    let one = move |id: PreferenceChangeId| entry::entry(desk, id);
    view! {
        <section class="month" aria-labelledby=heading.clone()>
            <h2 class="month__name" id=heading>
                {name}
            </h2>
            <ul class="items">
                <For each=move || ids.get() key=|id: &PreferenceChangeId| id.clone() children=one />
            </ul>
        </section>
    }
    .alone()
}

fn bones() -> View {
    item_bones(5)
}
