//! When the customer wants to hear nothing: its section among the preferences, and the screen on which it is chosen.

mod choices;
mod days;
mod editor;
mod picture;
mod preview;
mod week;
mod window;
mod zone;

use super::matrix::bones;
use super::saved::{notices, saved};
use super::screen::Screen;
use super::store::use_document;
use super::with_screen;
use crate::i18n::{t, text};
use crate::routes::{Link, Route};
use crate::widgets::{PageHead, back_to_messages, section_nav};
use editor::Editor;
use portal_contract::preferences::QuietHours;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The screen on which they are chosen.
pub fn page() -> View {
    let document = use_document();
    view! {
        <div class="page" data-width="reading">
            {section_nav()}
            {back_to_messages()}
            <PageHead title=t(text::QUIET_TITLE) lede=t(text::QUIET_LEDE)>
                {saved(document)}
            </PageHead>
            {with_screen(document, bones, shown)}
        </div>
    }
    .alone()
}

fn shown(screen: Screen) -> View {
    let editor = Editor::new(screen);
    let hours = editor.hours();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        editor.save();
    };
    let switch = move |event| {
        let on = event_target_checked(&event);
        editor.act(move |hours| editor::keep(hours, on));
    };
    let is_on = memo(move || hours.with(|hours| hours.enabled));
    let details = move || is_on.get().then(|| details(editor));
    view! {
        {notices(screen)}
        <form class="form" novalidate on:submit=submit>
            <label class="choice">
                <input class="switch" type="checkbox" role="switch" prop:checked=move || is_on.get() on:change=switch />
                " "
                <span>{text::QUIET_KEEP}</span>
            </label>
            {details}
            <section class="stack" aria-labelledby="week">
                <h2 id="week">{text::QUIET_WEEK}</h2>
                {picture::week(hours)}
                {preview::preview(screen)}
            </section>
        </form>
    }
    .alone()
}

fn details(editor: Editor) -> View {
    view! {
        {window::windows(editor)}
        {zone::zone(editor)}
        {choices::outside(editor)}
        {choices::channels(editor)}
        {choices::urgent(editor.screen)}
    }
}

/// Among the preferences: how the week looks, what comes next, and the way to change it.
pub fn section(screen: Screen) -> View {
    let document = screen.document;
    let hours: Memo<QuietHours> = memo(move || document.with(|it| it.quiet_hours.clone()));
    view! {
        <section class="section" aria-labelledby="quiet">
            <div class="section__head">
                <h2 id="quiet">{text::QUIET_TITLE}</h2>
                <Link to=Route::QuietHours>{text::QUIET_CHANGE}</Link>
            </div>
            <div class="stack">
                {preview::preview(screen)}
                {picture::week(hours)}
            </div>
        </section>
    }
    .alone()
}
