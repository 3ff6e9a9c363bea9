//! What the company may write about, over which channels, how often and when.

mod acts;
mod cell;
mod days;
mod history;
mod language;
mod lead;
mod less;
mod matrix;
mod options;
mod pause;
mod quiet_hours;
mod reach;
mod saved;
mod screen;
mod store;
mod words;

use crate::api::use_api;
use crate::i18n::{t, text};
use crate::loading::Loaded;
use crate::widgets::{PageHead, section_nav};
use leptos::prelude::*;
use portal_markup::{Child, View, view};
use screen::Screen;
use store::Document;

pub use history::page as history;
pub use less::page as less;
pub use quiet_hours::page as quiet_hours;
pub use store::provide_memory;

/// The screen.
pub fn page() -> View {
    let document = store::use_document();
    view! {
        <div class="page">
            {section_nav()}
            <PageHead title=t(text::PREFERENCES_TITLE)>{saved::saved(document)}</PageHead>
            {with_screen(document, matrix::bones, shown)}
        </div>
    }
    .alone()
}

fn shown(screen: Screen) -> View {
    view! {
        {lead::lead(screen)}
        {acts::acts(screen)}
        <section class="section" aria-labelledby="topics">
            <div class="section__head">
                <h2 id="topics">{t(text::PREFERENCES_MATRIX)}</h2>
            </div>
            {saved::notices(screen)}
            {matrix::matrix(screen)}
        </section>
        {quiet_hours::section(screen)}
        {language::section(screen)}
        {reach::reach_dialog(screen)}
    }
}

/// Draws a screen once the document and the catalogue are there. Addresses come on their own: the screen stands without them.
fn with_screen(document: Document, bones: fn() -> View, draw: fn(Screen) -> View) -> View {
    let api = use_api();
    let catalogue = api.read(|client| async move { client.preference_catalog().await });
    let points = api.read(|client| async move { Ok(client.contact_points(None).await?.items) });
    crate::live::use_live().on_any_of(&["contact_point"], move || points.refetch());
    let asked = RwSignal::new(None);
    let read = document.read;
    view! {
        <Loaded from=catalogue failed=text::PREFERENCES_FAILED is_page=true skeleton=bones let:catalogue>
            {
                let catalogue = StoredValue::new(catalogue.get_untracked());
                let screen = Screen { document, catalogue, points, asked };
                view! {
                    <Loaded from=read failed=text::PREFERENCES_FAILED is_page=true skeleton=bones let:_ready>
                        {untrack(|| draw(screen))}
                    </Loaded>
                }
            }
        </Loaded>
    }
    .alone()
}
