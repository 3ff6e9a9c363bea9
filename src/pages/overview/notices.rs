//! What the company tells by itself: on the overview, and all of it with what was put aside.

mod acts;
mod item;

use super::Shown;
use crate::api::{Read, use_api};
use crate::i18n::{Text, number, t, text};
use crate::live::use_live;
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Link, Route};
use crate::widgets::PageHead;
use acts::Acts;
use item::item;
use portal_contract::NoticeId;
use portal_contract::notice::{Notice, NoticeSeverity, NoticeState};
use portal_contract::overview::Overview;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// The heading over the notices, where the focus goes when the button that was pressed is gone.
const HEADING: &str = "told";

/// The first of them, on the overview.
pub fn on_overview() -> View {
    let Shown { overview, again } = expect_context();
    let acts = Acts::new(Callback::new(move |()| again.refetch()));
    let ids = memo(move || overview.with(|it| folded_keys(&it.notices)));
    let one = move |(id, _, is_whole): (NoticeId, String, bool)| {
        let found = overview.with_untracked(|it| it.notices.iter().find(|it| it.id == id).cloned());
        let draw = if is_whole { item } else { item::folded };
        found.map(|notice| draw(&notice, acts))
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
                {text::NOTICES_TITLE}
                " "
                <span class="card__count">{move || number(count.get())}</span>
            </h2>
            <Link to=Route::Notices>{text::NOTICES_ALL}</Link>
        </div>
    }
    .alone()
}

/// The same before the part is there that draws what can be done: the words are already here, and nothing moves.
pub fn outline(overview: &Overview) -> View {
    let one = |(notice, is_whole): (&Notice, bool)| {
        if !is_whole {
            return item::folded_outline(notice);
        }
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
        .alone()
    };
    let all = overview.notices.iter().enumerate();
    let all = all.map(|(at, notice)| (notice, is_whole(at, notice)));
    view! {
        <section class="card" data-span="full" aria-labelledby=HEADING>
            {head(Signal::stored(overview.notices_count))}
            <ul class="items">{all.map(one).collect_view()}</ul>
        </section>
    }
    .alone()
}

/// Whether a notice is seen whole on the overview: the first, and whatever is urgent. Of the others the title, so that what waits for
/// the customer is not pushed out of sight.
fn is_whole(at: usize, notice: &Notice) -> bool {
    at == 0 || notice.severity == NoticeSeverity::High
}

/// The same with whether it is seen whole.
fn folded_keys(notices: &[Notice]) -> Vec<(NoticeId, String, bool)> {
    let all = keys(notices).into_iter().zip(notices).enumerate();
    all.map(|(at, ((id, etag), notice))| (id, etag, is_whole(at, notice)))
        .collect()
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
        current.refetch();
        aside.refetch();
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

/// A shelf, whole: what is put away leaves one and stands on the other, so both are always read from their beginning.
fn shelf(state: NoticeState) -> Read<Vec<Notice>> {
    use_api().read(move |client| {
        let state = state.clone();
        async move {
            let mut all = Vec::new();
            let mut cursor = None;
            loop {
                let page = client.notices(&state, cursor.as_ref()).await?;
                all.extend(page.items);
                cursor = page.next_cursor;
                if cursor.is_none() {
                    return Ok(all);
                }
            }
        }
    })
}

fn list(shelf: Read<Vec<Notice>>, acts: Acts, id: &'static str, title: Text, empty: Text) -> View {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section__head">
                <h2 id=id tabindex="-1">
                    {title}
                </h2>
            </div>
            <Loaded from=shelf failed=text::NOTICES_FAILED skeleton=bones let:items>
                {items_of(items, acts, empty.clone())}
            </Loaded>
        </section>
    }
    .alone()
}

fn items_of(items: Signal<Vec<Notice>>, acts: Acts, empty: Text) -> View {
    let ids = memo(move || items.with(|items| keys(items)));
    let one = move |(id, _): (NoticeId, String)| {
        let found = items.with_untracked(|items| items.iter().find(|it| it.id == id).cloned());
        found.map(|notice| item(&notice, acts))
    };
    let none = move || {
        let is_empty = ids.with(Vec::is_empty);
        is_empty.then(|| view! { <p class="card__empty">{empty.clone()}</p> })
    };
    view! {
        {none}
        <ul class="items">
            <For each=move || ids.get() key=Clone::clone children=one />
        </ul>
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
