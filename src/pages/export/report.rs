//! What became of every file of the export, and what the export says of itself.

use super::checking::{File, State};
use super::choosing::visible;
use super::opening::Opened;
use super::{RESULT, Viewer};
use crate::i18n::{self, Text, text};
use crate::ui::{Button, Icon, IconName};
use crate::widgets::fact;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// So many names of one kind of trouble are told; more are counted.
const MOST_NAMES: usize = 50;

/// The result of the check, and whose export of when it is.
pub fn report(viewer: Viewer, opened: &Opened) -> View {
    let troubles = count(opened, |state| state != State::Good);
    let body = if troubles == 0 {
        all_good(opened)
    } else {
        some_wrong(opened, troubles)
    };
    let close = Callback::new(move |()| viewer.close());
    view! {
        <section class="section stack" aria-labelledby=RESULT>
            {body}
            {announced(opened)}
            {facts(viewer, opened)}
            <p>
                <Button on_press=close>{text::EXPORT_CHOOSE_OTHER}</Button>
            </p>
        </section>
    }
    .alone()
}

fn count(opened: &Opened, which: impl Fn(State) -> bool) -> usize {
    let states = opened.files.iter().filter_map(|file| file.state);
    states.filter(|state| which(*state)).count()
}

fn all_good(opened: &Opened) -> View {
    banner(
        "good",
        IconName::Check,
        text::EXPORT_GOOD,
        text::export_good_body(opened.files.len()),
    )
    .alone()
}

fn some_wrong(opened: &Opened, troubles: usize) -> View {
    let groups = [
        (State::Changed, text::EXPORT_CHANGED),
        (State::Missing, text::EXPORT_MISSING),
        (State::Extra, text::EXPORT_EXTRA),
        (State::TooLarge, text::EXPORT_TOO_LARGE_FILES),
    ];
    let groups = groups
        .into_iter()
        .map(|(state, title)| group(opened, state, title));
    view! {
        {banner("danger", IconName::Alert, text::export_wrong(troubles), text::EXPORT_WRONG_BODY)}
        {groups.collect_view()}
    }
    .alone()
}

fn banner(tone: &'static str, icon: IconName, title: Text, body: Text) -> View {
    view! {
        <div class="banner" data-tone=tone data-shape="inline">
            <Icon name=icon />
            <div>
                <h2 id=RESULT tabindex="-1">
                    {title}
                </h2>
                <p>{body}</p>
            </div>
        </div>
    }
    .alone()
}

fn group(opened: &Opened, state: State, title: Text) -> Option<View> {
    let all = count(opened, |it| it == state);
    let of_state = |file: &&File| file.state == Some(state);
    let names = opened.files.iter().filter(of_state).take(MOST_NAMES);
    let names = names.map(|file| view! { <li><bdi dir="ltr">{visible(&file.path)}</bdi></li> });
    let more = (all > MOST_NAMES)
        .then(|| view! { <p class="soft">{text::export_and_more(all - MOST_NAMES)}</p> });
    (all > 0).then(|| {
        view! {
            <div class="stack">
                <h3>{title}</h3>
                <ul class="names">{names.collect_view()}</ul>
                {more}
            </div>
        }
        .alone()
    })
}

/// Whether it is, as a whole, the file that the request has, where the reader came from one.
fn announced(opened: &Opened) -> Option<View> {
    let (tone, icon, words) = if opened.is_announced? {
        ("good", IconName::Shield, text::EXPORT_ANNOUNCED)
    } else {
        ("warn", IconName::Alert, text::EXPORT_NOT_ANNOUNCED)
    };
    Some(
        view! {
            <div class="banner" data-tone=tone data-shape="inline">
                <Icon name=icon />
                <p>{words}</p>
            </div>
        }
        .alone(),
    )
}

fn facts(viewer: Viewer, opened: &Opened) -> View {
    let manifest = &opened.manifest;
    let named = |term: Text, value: &Option<String>| {
        let value = value.clone()?;
        Some(fact(term, view! { <bdi>{value}</bdi> }.alone()))
    };
    let size = i18n::bytes(opened.source.size());
    view! {
        <dl class="facts">
            {fact(text::EXPORT_FILE, view! { <bdi dir="ltr">{viewer.name.get_untracked()}</bdi> " · " {size} }.alone())}
            {fact(text::EXPORT_MADE, i18n::date_time(&manifest.created_at).alone())}
            {named(text::EXPORT_CUSTOMER, &manifest.customer)}
            {named(text::EXPORT_COMPANY, &manifest.company)}
            {named(text::EXPORT_REFERENCE, &manifest.reference)}
        </dl>
    }
    .alone()
}
