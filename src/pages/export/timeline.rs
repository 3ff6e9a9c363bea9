//! The conversations of the export by month, with a search over everything that was said.

use super::Viewer;
use super::finding::{Found, years};
use super::history::{Conversation, History};
use super::opening::Opened;
use crate::browser::{focus, page, viewport};
use crate::i18n::{Arg, Text, date_time, day_key, day_short, month, number, t, text};
use crate::routes::{InExport, NavigateOptions, Route, use_navigate};
use crate::ui::{Button, Icon, IconName, Notice, NoticeKind, SearchBox};
use crate::widgets::{StatusChip, channel_arg, channel_icon};
use leptos::html;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};
use std::rc::Rc;

/// So many are listed at a time: few enough to be drawn in one go.
pub const STEP: usize = 60;

/// The longest search, in characters.
const LONGEST: usize = 200;

/// The search and the list; in its place, why there is none.
pub fn timeline(viewer: Viewer, opened: &Rc<Opened>) -> View {
    let body = match &opened.history {
        None => banner(text::EXPORT_NOT_SHOWN),
        Some(history) if history.len() == 0 => {
            view! { <p class="soft">{text::EXPORT_EMPTY}</p> }.alone()
        }
        Some(history) => view! {
            {passed_over(history)}
            <div class="filters">
                <div class="filters__line">
                    {search(viewer)}
                    {year(viewer, history)}
                </div>
                <p class="filters__count" role="status">{count(viewer, history.len())}</p>
            </div>
            {list(viewer, Rc::clone(opened))}
        }
        .alone(),
    };
    let of = date_time(&opened.manifest.created_at);
    view! {
        <section class="section stack" aria-labelledby="export-conversations">
            <div class="section__head">
                <h2 id="export-conversations">{text::EXPORT_CONVERSATIONS}</h2>
            </div>
            <p class="soft">{text::export_as_of(of)}</p>
            {body}
        </section>
    }
    .alone()
}

fn banner(words: Text) -> View {
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>{words}</p>
        </div>
    }
    .alone()
}

fn passed_over(history: &History) -> Option<View> {
    let count = history.passed_over();
    (count > 0).then(|| banner(text::export_passed_over(count)))
}

/// Goes to the same list, narrowed otherwise; the reader stays where they are on the page.
fn going(viewer: Viewer) -> impl Fn(fn(&mut InExport, Option<String>), String) + Copy {
    let navigate = use_navigate();
    move |change, value| {
        let mut place = viewer.place.get_untracked();
        change(&mut place, Some(value).filter(|value| !value.is_empty()));
        let options = NavigateOptions {
            replace: true,
            scroll: false,
        };
        navigate(&Route::Export(place).href(), options);
    }
}

fn search(viewer: Viewer) -> View {
    let go = going(viewer);
    let words = memo(move || {
        viewer
            .place
            .with(|place| place.q.clone().unwrap_or_else(|| "".to_owned()))
    });
    let look =
        Callback::new(move |words: String| go(|place, q| place.q = q, words.trim().to_owned()));
    view! {
        <SearchBox id="export-search" label=t(text::EXPORT_SEARCH) value=words max=LONGEST on_pause=look on_submit=look />
    }
    .alone()
}

fn year(viewer: Viewer, history: &History) -> Option<View> {
    let years = years(history);
    let go = going(viewer);
    let chosen = viewer.place.with_untracked(|place| place.year.clone());
    let options = years.iter().map(|(year, count)| {
        let is_chosen = chosen.as_ref() == Some(year);
        view! {
            <option value=year.clone() selected=is_chosen>
                {text::export_year_count(year.clone(), number(*count))}
            </option>
        }
    });
    let choose = move |event| go(|place, year| place.year = year, event_target_value(&event));
    (years.len() > 1).then(|| {
        view! {
            <select class="input" data-width="short" aria-label=t(text::EXPORT_YEAR) on:change=choose>
                <option value="">{text::EXPORT_ALL_YEARS}</option>
                {options.collect_view()}
            </select>
        }
        .alone()
    })
}

/// How many were found; while it is being looked for, what was found before.
fn count(viewer: Viewer, all: usize) -> View {
    let words = move || {
        let found = viewer.finding.found().get()?.len();
        Some(t(if found == all {
            text::export_count(all)
        } else {
            text::export_found(found, number(all))
        }))
    };
    words.alone()
}

fn list(viewer: Viewer, opened: Rc<Opened>) -> View {
    let found = viewer.finding.found();
    let is_none =
        memo(move || found.with(|found| found.as_ref().is_some_and(|found| found.is_empty())));
    let shown = move || {
        if is_none.get() {
            nothing(viewer)
        } else {
            rows(viewer, Rc::clone(&opened))
        }
    };
    shown.alone()
}

fn nothing(viewer: Viewer) -> View {
    let navigate = use_navigate();
    let clear = Callback::new(move |()| {
        let sha256 = viewer.place.with_untracked(|place| place.sha256.clone());
        let place = InExport {
            sha256,
            ..InExport::default()
        };
        let options = NavigateOptions {
            replace: true,
            scroll: false,
        };
        navigate(&Route::Export(place).href(), options);
        focus::id("export-search");
    });
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Search title=t(text::INTERACTIONS_NONE_TITLE)>
            <p>{text::EXPORT_NONE}</p>
            <Button on_press=clear>{text::INTERACTIONS_NONE_ACT}</Button>
        </Notice>
    }
    .alone()
}

/// One month of the list: which of what was found stands in it.
#[derive(Clone, PartialEq)]
struct Month {
    name: String,
    from: usize,
    to: usize,
}

fn months(history: &History, found: &Found, listed: usize) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for (at, place) in found.iter().take(listed).enumerate() {
        let mut name = history
            .get(*place)
            .map_or_else(|| "".to_owned(), |it| day_key(&it.started_at));
        name.truncate(7);
        match months.last_mut() {
            Some(last) if last.name == name => last.to = at + 1,
            _ => months.push(Month {
                name,
                from: at,
                to: at + 1,
            }),
        }
    }
    months
}

fn rows(viewer: Viewer, opened: Rc<Opened>) -> View {
    let element = NodeRef::<html::Div>::new();
    let found = viewer.finding.found();
    let all = {
        let opened = Rc::clone(&opened);
        memo(move || match (&opened.history, found.get()) {
            (Some(history), Some(found)) => months(history, &found, viewer.listed.get()),
            (None, _) | (_, None) => Vec::new(),
        })
    };
    effect(move || {
        let Some(list) = element.get().filter(|_| all.with(|all| !all.is_empty())) else {
            return;
        };
        // Back from a conversation: to the row that led there, and to where it was on the page.
        if let Some((row, scroll)) = viewer.left.try_update_value(Option::take).flatten() {
            viewport::next_frame(move || {
                page::scroll_to(scroll);
                viewport::focus_row(&list, row);
            });
        }
    });
    // Another search is another list: what was found is a part of each month's key.
    let each = move || {
        let search = found
            .with_untracked(|found| found.as_ref().map_or(0, |found| Rc::as_ptr(found) as usize));
        all.with(|all| {
            all.iter()
                .map(|month| (search, month.name.clone(), month.from))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div node_ref=element>
            <For each=each key=Clone::clone let:month>
                {section(viewer, Rc::clone(&opened), all, &month.1, month.2)}
            </For>
        </div>
        {more(viewer)}
    }
    .alone()
}

/// A month, which grows when more are listed: rows that stand there stay.
fn section(
    viewer: Viewer,
    opened: Rc<Opened>,
    all: Memo<Vec<Month>>,
    name: &str,
    from: usize,
) -> View {
    let id = ["export-", name, "-", &from.to_string()].concat();
    let end = memo(move || {
        all.with(|all| {
            all.iter()
                .find(|month| month.from == from)
                .map_or(from, |month| month.to)
        })
    });
    let row = move |at: usize| {
        let found = viewer.finding.found().get_untracked();
        let place = found.and_then(|found| found.get(at).copied());
        let conversation = place.and_then(|place| opened.history.as_ref()?.get(place));
        conversation.map(|conversation| row(viewer, at, conversation))
    };
    view! {
        <section class="month" aria-labelledby=id.clone()>
            <h3 class="month__name" id=id.clone()>
                {month(name)}
            </h3>
            <ul class="rows">
                <For each=move || from..end.get() key=|at| *at let:at>
                    {row(at)}
                </For>
            </ul>
        </section>
    }
    .alone()
}

fn row(viewer: Viewer, at: usize, conversation: &Conversation) -> View {
    let topic = conversation
        .topic
        .clone()
        .unwrap_or_else(|| conversation.reference.clone());
    let facts = text::row_pair(channel_arg(&conversation.channel), Arg::User(topic));
    let started = &conversation.started_at;
    let note = move |_| viewer.left.set_value(Some((at, page::scroll_position())));
    view! {
        <li data-row=at.to_string()>
            <a class="row" href=viewer.href(Some(conversation.id.clone())) on:click=note>
                <Icon name=channel_icon(&conversation.channel) />
                <span class="row__subject">
                    <bdi lang=conversation.lang.clone()>{subject(conversation)}</bdi>
                    <span class="visually-hidden">". "</span>
                </span>
                <span class="row__facts">
                    {facts}
                    <span class="visually-hidden">". "</span>
                </span>
                <span class="row__status">
                    <StatusChip standing=conversation.status.standing() />
                </span>
                " "
                <time class="row__time" datetime=started.to_string() title=date_time(started)>
                    {day_short(started)}
                </time>
            </a>
        </li>
    }
    .alone()
}

/// The subject, or the words that stand where there is none.
pub fn subject(conversation: &Conversation) -> String {
    let subject = conversation.subject.trim();
    if subject.is_empty() {
        t(text::ROW_NO_SUBJECT)
    } else {
        subject.to_owned()
    }
}

fn more(viewer: Viewer) -> View {
    let found = viewer.finding.found();
    let all = move || found.with(|found| found.as_ref().map_or(0, |found| found.len()));
    let more = Callback::new(move |()| viewer.listed.update(|count| *count += STEP));
    let shown = move || {
        let (listed, all) = (viewer.listed.get(), all());
        (listed < all).then(|| {
            view! {
                <div class="more">
                    <Button on_press=more>{text::EXPORT_MORE}</Button>
                    <p role="status">{text::export_shown(number(listed), number(all))}</p>
                </div>
            }
        })
    };
    shown.alone()
}
