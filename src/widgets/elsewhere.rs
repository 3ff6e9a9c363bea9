use crate::i18n::{Text, text};
use crate::routes::use_location;
use crate::ui::{Icon, IconName};
use portal_markup::prelude::*;
use portal_markup::view;

/// In the place of what may not be done in a frame on another page: why, and the same screen on a page of its own.
#[component]
pub fn Elsewhere(
    /// What is done there, in a sentence.
    why: Text,
) -> impl IntoView {
    view! {
        <div class="section stack">
            <div class="banner" data-tone="info" data-shape="inline">
                <Icon name=IconName::Lock />
                <p>{why}</p>
            </div>
            <p><OpenElsewhere /></p>
        </div>
    }
}

/// The link alone.
#[component]
pub fn OpenElsewhere() -> impl IntoView {
    let here = use_location();
    let href = move || [here.pathname.get(), here.search.get()].concat();
    view! {
        <a class="button" href=href target="_blank" rel="noopener">
            {text::ELSEWHERE_OPEN}
        </a>
    }
}
