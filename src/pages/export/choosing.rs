//! Choosing a file, waiting for it, and why it was not opened.

use super::manifest::NoManifest;
use super::opening::NotOpened;
use super::zip::Refusal;
use super::{RESULT, Viewer};
use crate::browser::bytes::Fault;
use crate::browser::files::{self, Upload};
use crate::i18n::{self, Text, t, text};
use crate::ui::{Button, Icon, IconName};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The id of the file input.
pub const CHOOSE: &str = "export-file";

/// Where a file is put or chosen.
pub fn chooser(choose: Callback<Vec<Upload>>) -> View {
    view! {
        {drop_place(choose)}
        <p class="soft">{text::EXPORT_HOW}</p>
    }
    .alone()
}

fn drop_place(choose: Callback<Vec<Upload>>) -> View {
    let held_over = RwSignal::new(false);
    view! {
        <div
            class="drop"
            data-drop=move || held_over.get().then_some("")
            on:dragover=move |event| held_over.set(files::held_over(&event))
            on:dragleave=move |_| held_over.set(false)
            on:drop=move |event| {
                held_over.set(false);
                choose.run(files::dropped(&event));
            }
        >
            <Icon name=IconName::File />
            <p>{text::EXPORT_DROP}</p>
            <label class="button attach" data-tone="primary">
                {text::EXPORT_CHOOSE}
                <input
                    id=CHOOSE
                    type="file"
                    accept=".zip,application/zip"
                    on:change=move |event| choose.run(files::from_input(&event_target(&event)))
                />
            </label>
        </div>
    }
    .alone()
}

/// Until what reads it is there.
pub fn waiting(name: &str) -> View {
    view! {
        <div class="drop" aria-busy="true">
            <p>{text::export_opening(name)}</p>
        </div>
    }
    .alone()
}

/// How far it is.
pub fn progress(viewer: Viewer) -> View {
    let progress = viewer.progress;
    let name = viewer.name.get_untracked();
    let known = move |number: u64| (progress.with(|it| it.of) > 0).then_some(number);
    let so_far = move || {
        let it = progress.get();
        (it.of > 0).then(|| {
            t(text::attachment_uploading(
                i18n::bytes(it.done),
                i18n::bytes(it.of),
            ))
        })
    };
    let stop = Callback::new(move |()| viewer.close());
    view! {
        <div class="drop" aria-busy="true">
            <p>{text::export_opening(name.clone())}</p>
            <progress
                class="progress"
                max=move || known(progress.with(|it| it.of))
                value=move || known(progress.with(|it| it.done))
                aria-label=t(text::export_opening(name))
            ></progress>
            <p class="soft number">{so_far} "\u{a0}"</p>
            <Button on_press=stop>{text::EXPORT_STOP}</Button>
        </div>
    }
    .alone()
}

/// Why it was not opened, and what to do.
pub fn refusal(viewer: Viewer, why: &NotOpened) -> View {
    let name = viewer.name.get_untracked();
    view! {
        <div class="notice" data-kind="failed">
            <Icon name=IconName::Alert />
            <h2 id=RESULT tabindex="-1">
                {text::export_refused(name)}
            </h2>
            <p>{reason(why)}</p>
        </div>
        {drop_place(Callback::new(move |files| viewer.choose(files)))}
    }
    .alone()
}

fn reason(why: &NotOpened) -> Text {
    match why {
        NotOpened::Archive(Refusal::NoEnd) => text::EXPORT_NO_ZIP,
        NotOpened::Archive(Refusal::BrokenDirectory) | NotOpened::Manifest(NoManifest::Broken) => {
            text::EXPORT_BROKEN
        }
        NotOpened::Archive(Refusal::TooLarge) => text::EXPORT_TOO_LARGE,
        NotOpened::Archive(
            Refusal::Foreign(name)
            | Refusal::UnsafeName(name)
            | Refusal::Twice(name)
            | Refusal::Overlap(name),
        ) => text::export_hostile(visible(name)),
        NotOpened::Manifest(NoManifest::NotAnExport) => text::EXPORT_NOT_ONE,
        NotOpened::Manifest(NoManifest::Newer) => text::EXPORT_NEWER,
        NotOpened::Fault(Fault::Unreadable | Fault::Wrong) => text::EXPORT_UNREADABLE,
        NotOpened::Fault(Fault::TooMany) => text::EXPORT_NO_MEMORY,
        NotOpened::Fault(Fault::OldBrowser) => text::EXPORT_OLD_BROWSER,
    }
}

/// A name that somebody chose who may mean ill: what cannot be seen in it, or turns the line around, is made visible.
pub fn visible(name: &str) -> String {
    let shown = |c: char| {
        let is_hidden = c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if is_hidden { '\u{fffd}' } else { c }
    };
    let mut visible: String = name.chars().take(200).map(shown).collect();
    if name.chars().nth(200).is_some() {
        visible.push('…');
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn a_name_shows_what_it_hides() {
        assert_eq!(
            visible("invoice\u{202e}fdp.exe\n"),
            "invoice\u{fffd}fdp.exe\u{fffd}"
        );
        assert_eq!(visible("رسالة.pdf"), "رسالة.pdf");
        assert_eq!(visible(&"a".repeat(300)).chars().count(), 201);
    }
}
