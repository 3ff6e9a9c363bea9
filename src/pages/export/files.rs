//! Every file of the export, each to be saved by itself, and what is not in it.

use super::checking::{File, State};
use super::choosing::visible;
use super::opening::Opened;
use super::saving;
use crate::announce::use_announcer;
use crate::i18n::{self, t, text};
use crate::ui::{Button, Icon, IconName};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};
use std::rc::Rc;

/// So many are listed at a time.
const STEP: usize = 50;

/// The list, closed at first: few look for it.
pub fn files(opened: &Rc<Opened>) -> View {
    let listed = RwSignal::new(STEP);
    let all = opened.files.len();
    let shown = {
        let opened = Rc::clone(opened);
        move || {
            let row = |place: usize| opened.files.get(place).map(|file| row(&opened, file));
            let rows = (0..all.min(listed.get())).map(row);
            view! { <ul class="attachments">{rows.collect_view()}</ul> }.alone()
        }
    };
    let more = move || {
        let more = Callback::new(move |()| listed.update(|count| *count += STEP));
        (listed.get() < all).then(|| {
            view! {
                <div class="more">
                    <Button on_press=more>{text::EXPORT_MORE}</Button>
                    <p role="status">{text::export_shown(i18n::number(listed.get()), i18n::number(all))}</p>
                </div>
            }
        })
    };
    view! {
        <section class="section" aria-labelledby="export-files">
            <div class="section__head">
                <h2 id="export-files">{text::EXPORT_FILES}</h2>
            </div>
            <details class="disclosure">
                <summary>
                    {text::export_files_count(all)}
                    <Icon name=IconName::ChevronDown />
                </summary>
                {shown}
                {more}
            </details>
            {left_out(opened)}
        </section>
    }
    .alone()
}

fn row(opened: &Rc<Opened>, file: &File) -> View {
    let name = file.listed.as_ref().and_then(|listed| listed.name.clone());
    let name = visible(&name.unwrap_or_else(|| file.path.clone()));
    let size = file.listed.as_ref().map(|listed| listed.size);
    let size = size
        .or(file.entry.as_ref().map(|entry| entry.size))
        .map(i18n::bytes);
    let records = file.listed.as_ref().and_then(|listed| listed.records);
    let facts: Vec<String> = records
        .map(|count| t(text::export_records(count)))
        .into_iter()
        .chain(size)
        .collect();
    let is_good = file.state == Some(State::Good);
    let inside = view! {
        <span class="attachment__preview">
            <Icon name=if is_good { IconName::File } else { IconName::Alert } />
        </span>
        <span>
            <bdi class="attachment__name">{name.clone()}</bdi>
            " "
            <span class="attachment__facts">{i18n::list(&facts)}</span>
        </span>
    }
    .alone();
    if !is_good {
        return view! { <li><div class="attachment" data-state="failed">{inside}</div></li> }
            .alone();
    }
    saved_by(opened, &file.path, name, inside)
}

/// A button that saves the file at this path.
pub fn saved_by(opened: &Rc<Opened>, path: &str, name: String, inside: View) -> View {
    let (opened, path) = (Rc::clone(opened), path.to_owned());
    let announcer = use_announcer();
    let label = t(text::export_save(name.clone()));
    let save = move |_| saving::save(announcer, &opened, &path, file_name(&name));
    view! {
        <li>
            <button class="attachment" type="button" on:click=save>
                {inside}
                <Icon name=IconName::Download />
                <span class="visually-hidden">". " {label}</span>
            </button>
        </li>
    }
    .alone()
}

/// A path of the archive without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn left_out(opened: &Opened) -> Option<View> {
    let left_out = &opened.manifest.left_out;
    let each = left_out.iter().map(|it| {
        view! {
            <div class="fact">
                <dt>
                    <bdi>{it.what.clone()}</bdi>
                </dt>
                <dd>
                    <bdi>{it.why.clone()}</bdi>
                </dd>
            </div>
        }
    });
    (!left_out.is_empty()).then(|| {
        view! {
            <details class="disclosure">
                <summary>
                    {text::EXPORT_LEFT_OUT}
                    <Icon name=IconName::ChevronDown />
                </summary>
                <dl class="facts">{each.collect_view()}</dl>
            </details>
        }
        .alone()
    })
}
