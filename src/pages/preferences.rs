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
mod surveys;
mod words;

use crate::api::use_api;
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::widgets::{PageHead, section_nav};
use portal_contract::preference_catalog::PreferenceCatalog;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};
use screen::{Screen, once_read};
use store::Document;

pub use history::page as history;
pub use language::accommodations;
pub use less::page as less;
pub use options::content as options;
pub use pause::body as pause;
pub use quiet_hours::page as quiet_hours;
pub use reach::body as reach;
pub use store::provide_memory;
pub use surveys::surveys;

/// The doors to what opens at a press, or comes later.
#[derive(Clone, Copy)]
pub struct Doors {
    /// What stands in the dialog of a pause.
    pub pause: fn() -> View,
    /// The answer to "Would this reach me?".
    pub reach: fn() -> View,
    /// What else can be chosen for a topic.
    pub options: fn() -> View,
    /// What makes contact easier.
    pub accommodations: fn() -> View,
}

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
                <h2 id="topics">{text::PREFERENCES_MATRIX}</h2>
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
    let catalogue = StoredValue::new(PreferenceCatalog {
        channels: Vec::new(),
        groups: Vec::new(),
    });
    let catalogue_read = api.read(move |client| async move {
        catalogue.set_value(client.preference_catalog().await?);
        Ok(())
    });
    let points = RwSignal::new(Vec::new());
    let points_read = api.read(move |client| async move {
        points.set(client.contact_points(None).await?.items);
        Ok(())
    });
    use_live().on_any_of(&["contact_point"], move || points_read.refetch());
    let asked = RwSignal::new(None);
    let screen = Screen {
        document,
        catalogue,
        points,
        asked,
    };
    let draw = move || untrack(|| draw(screen));
    let within = move || {
        once_read(
            document.read,
            text::PREFERENCES_FAILED,
            true,
            bones,
            Box::new(draw),
        )
    };
    once_read(
        catalogue_read,
        text::PREFERENCES_FAILED,
        true,
        bones,
        Box::new(within),
    )
}
