//! The rows by month, and what stands where there are none.
//!
//! Lists under headings, and not a `feed`: a feed brings keys of its own (Page Up and Down from article to article) that
//! few screen readers offer and nobody expects of links, while headings and lists are what everybody already moves by.

use super::list::{List, Phase};
use super::plan::{ALL_UP_TO, Piece};
use crate::browser::clock;
use crate::browser::observe::InView;
use crate::browser::{focus, viewport};
use crate::i18n::{month, t, text};
use crate::loading::{ErrorPanel, MoreButton, Paging};
use crate::ui::{Button, Icon, IconName, Notice, NoticeKind};
use crate::widgets::{Standings, contact_link, interaction_row, row_bones};
use leptos::html;
use portal_contract::interaction::InteractionSummary;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// How far ahead of the reader the next page is asked for.
const AHEAD: &str = "1200px 0px";

/// Everything below the filters. `on_clear` takes every filter away; `narrowed` says whether there is one.
pub fn timeline(list: List, narrowed: Memo<bool>, on_clear: Callback<()>) -> View {
    let phase = list.phase();
    let paging = list.pages.paging();
    let busy =
        move || matches!(paging.get(), Paging::Beginning | Paging::Continuing).then_some("true");
    let shown = move || match phase.get() {
        Phase::Waiting => bones(),
        Phase::Failed(error) => {
            let retry = Callback::new(move |()| list.pages.retry());
            view! { <ErrorPanel title=text::INTERACTIONS_FAILED error=error on_retry=retry /> }
                .alone()
        }
        Phase::Empty if narrowed.get() => nothing_matches(on_clear),
        Phase::Empty => no_history(),
        Phase::Rows => rows(list),
    };
    view! {
        {news(list)}
        <div aria-busy=busy>{shown}</div>
    }
    .alone()
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <section class="month">
                <p class="month__name">
                    <span class="bone"></span>
                </p>
                {row_bones(8)}
            </section>
        </div>
    }
    .alone()
}

fn nothing_matches(on_clear: Callback<()>) -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Search title=t(text::INTERACTIONS_NONE_TITLE)>
            <p>{text::INTERACTIONS_NONE_BODY}</p>
            <Button on_press=on_clear>{text::INTERACTIONS_NONE_ACT}</Button>
        </Notice>
    }
    .alone()
}

fn no_history() -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Interactions title=t(text::INTERACTIONS_EMPTY_TITLE)>
            <p>{text::INTERACTIONS_EMPTY_BODY}</p>
            {contact_link()}
        </Notice>
    }
    .alone()
}

/// What came while the reader is in the middle of the list. It was announced; it moves nothing until it is asked for.
fn news(list: List) -> View {
    let show = Callback::new(move |()| list.show_news());
    let shown = move || {
        let news = list.news.get();
        (news > 0).then(|| {
            view! {
                <div class="banner" data-tone="info" data-shape="inline">
                    <Icon name=IconName::Info />
                    <p>{text::interactions_new(news)}</p>
                    <Button on_press=show>{text::INTERACTIONS_NEW_SHOW}</Button>
                </div>
            }
        })
    };
    shown.alone()
}

fn rows(list: List) -> View {
    let months = memo(move || {
        list.plan
            .with(|plan| (plan.generation(), plan.months().len()))
    });
    let each = move || {
        let (generation, count) = months.get();
        (0..count)
            .map(move |at| (generation, at))
            .collect::<Vec<_>>()
    };
    effect(move || {
        if list.element.get().is_some() {
            untrack(|| list.stands());
        }
    });
    view! {
        <div
            node_ref=list.element
            on:click=move |event| list.note(viewport::row_of(&event))
            on:focusin=move |event| list.note(viewport::row_of(&event))
        >
            <For each=each key=|month| *month let:month>
                {month_section(list, month.1)}
            </For>
        </div>
        {end(list)}
    }
    .alone()
}

fn month_section(list: List, at: usize) -> View {
    let name = list.plan.with_untracked(|plan| {
        plan.months()
            .get(at)
            .map_or_else(String::new, |month| month.name.clone())
    });
    let id = ["m-", &name].concat();
    let pieces = memo(move || {
        list.plan
            .with(|plan| list.window.with(|window| plan.pieces(at, window)))
    });
    view! {
        <section class="month" aria-labelledby=id.clone()>
            <h2 class="month__name" id=id.clone()>
                {month(&name)}
            </h2>
            <ul class="rows">
                <For each=move || pieces.get() key=Clone::clone let:piece>
                    {piece_view(list, at, &piece)}
                </For>
            </ul>
        </section>
    }
    .alone()
}

fn piece_view(list: List, month: usize, piece: &Piece) -> View {
    match *piece {
        Piece::Gap { height, .. } => view! {
            <li class="rows__gap" aria-hidden="true">
                <svg width="1" height=height.to_string()></svg>
            </li>
        }
        .alone(),
        Piece::Rows { start, len, .. } => {
            let now = clock::now();
            let places = places(list, month);
            let row = |(at, item): (usize, &InteractionSummary)| {
                let (place, size) = places.map_or((None, None), |(first, size)| {
                    (Some((at - first + 1).to_string()), Some(size.to_string()))
                });
                view! {
                    <li data-row=at.to_string() aria-posinset=place aria-setsize=size>
                        {interaction_row(item, now, Standings::Shown)}
                    </li>
                }
                .alone()
            };
            list.pages.items().with_untracked(|items| {
                let items = items.iter().enumerate().skip(start).take(len);
                items.map(row).collect_view().alone()
            })
        }
    }
}

/// The first row of a month and how many it has, told where gaps stand for rows, or a screen reader would count what is in
/// the document. The last month may still grow: its size is then unknown (-1 by ARIA).
fn places(list: List, month: usize) -> Option<(usize, i64)> {
    let growing = list
        .pages
        .paging()
        .with_untracked(|paging| *paging != Paging::Complete);
    list.plan.with_untracked(|plan| {
        let open = growing && month + 1 == plan.months().len();
        let size = if open {
            -1
        } else {
            i64::try_from(plan.rows_in(month)).unwrap_or(-1)
        };
        (plan.rows() > ALL_UP_TO).then(|| (plan.first_of(month), size))
    })
}

/// The end of what was loaded. The next page is asked for before the reader gets there, or by the button.
fn end(list: List) -> View {
    let pages = list.pages;
    let paging = pages.paging();
    let sentinel = NodeRef::<html::Div>::new();
    let watch = StoredValue::new_local(None::<InView>);
    effect(move || {
        // A new one for each page: it tells at once whether the end is still near.
        let element = sentinel
            .get()
            .filter(|_| paging.with(|paging| *paging == Paging::More));
        watch.set_value(element.and_then(|element| {
            InView::new(&element, AHEAD, move |near| {
                if near {
                    pages.load_more();
                }
            })
        }));
    });
    let pressed = StoredValue::new(false);
    let more = Callback::new(move |()| {
        pressed.set_value(true);
        pages.load_more();
    });
    let again = Callback::new(move |()| {
        pressed.set_value(true);
        pages.retry();
    });
    // Who comes to the button by keyboard brings it into view: then the last page may come, and the button go, before it is pressed.
    // The focus that it had stays at the end of the list.
    let is_held = StoredValue::new(false);
    effect(move || {
        if paging.with(|paging| *paging == Paging::Complete) && is_held.get_value() {
            viewport::next_frame(|| {
                if focus::is_lost() {
                    focus::id("list-end");
                }
            });
        }
    });
    // Whoever pressed the button is told by it, and has the focus there.
    let complete = move || {
        (paging.get() == Paging::Complete && !pressed.get_value()).then(|| {
            view! {
                <p id="list-end" tabindex="-1">
                    {text::INTERACTIONS_END}
                </p>
            }
        })
    };
    view! {
        <div
            class="more"
            node_ref=sentinel
            on:focusin=move |_| is_held.set_value(true)
            on:focusout=move |event: leptos::ev::FocusEvent| {
                // What is taken away is left for nothing.
                if event.related_target().is_some() {
                    is_held.set_value(false);
                }
            }
        >
            <MoreButton
                paging=paging
                label=text::INTERACTIONS_MORE
                failed=text::INTERACTIONS_MORE_FAILED
                on_more=more
                on_retry=again
            />
            {complete}
        </div>
    }
    .alone()
}
