//! The history: every contact on every channel, searched and narrowed by the address, on one timeline.
//!
//! Rows far from the viewport are not in the document once more than five hundred are loaded; from there on the browser's
//! own search finds only what is near, and the search box above finds everything. Printing puts all loaded rows in.

mod choices;
mod filters;
mod list;
mod memory;
mod plan;
mod timeline;

pub use memory::provide_memory;

use crate::api::use_api;
use crate::i18n::{t, text};
use crate::routes::{NavigateOptions, Route, filter_of, use_location, use_navigate};
use crate::ui::{Icon, IconName};
use crate::widgets::PageHead;
use filters::{Filters, filters};
use list::List;
use memory::use_memory;
use portal_contract::filter::InteractionFilter;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, memo_from, view};
use timeline::timeline;

/// The screen.
pub fn page() -> View {
    let address = address();
    let filter = memo(move || address.with(|(filter, _)| filter.clone()));
    let memory = use_memory();
    let returns = memory.knows(&filter.get_untracked());
    let list = List::new(filter, memory);
    let facets = use_api().read(|client| client.facets());
    let narrowing = Filters {
        filter,
        change: going(false),
        refine: going(true),
        facets,
    };
    let clear = Callback::new(move |()| narrowing.clear());
    let narrowed = memo(move || filter.with(|filter| !filter.is_empty()));
    view! {
        <div class="page">
            <PageHead title=t(text::INTERACTIONS_TITLE) lede=t(text::INTERACTIONS_LEDE) keeps_focus=returns />
            {filters(narrowing, move || list.found().filter(|found| *found != text::INTERACTIONS_NONE_TITLE).map(t))}
            {move || address.with(|(_, passed_over)| passed_over.then(passed_over_line))}
            {timeline(list, narrowed, clear)}
        </div>
    }
    .alone()
}

/// The filter that the address says, and whether something in it was passed over. While another screen takes this one's
/// place the address is no longer ours: then it is what it was.
fn address() -> Memo<(InteractionFilter, bool)> {
    let location = use_location();
    let own = Route::interactions().href();
    memo_from(move |before: Option<&(InteractionFilter, bool)>| {
        let here = location
            .pathname
            .with(|path| path.trim_end_matches('/') == own);
        let read = location.search.with(|search| filter_of(search));
        before.filter(|_| !here).cloned().unwrap_or(read)
    })
}

/// Goes to another filter; the reader stays where they are on the page.
fn going(replace: bool) -> Callback<InteractionFilter> {
    let navigate = use_navigate();
    Callback::new(move |filter| {
        let options = NavigateOptions {
            replace,
            scroll: false,
        };
        navigate(&Route::Interactions(filter).href(), options);
    })
}

fn passed_over_line() -> View {
    view! {
        <div class="banner" data-tone="info" data-shape="inline" role="status">
            <Icon name=IconName::Info />
            <p>{text::INTERACTIONS_PASSED_OVER}</p>
        </div>
    }
}
