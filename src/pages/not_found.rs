//! There is nothing at this address.

use crate::i18n::{t, text};
use crate::routes::{Link, Route};
use crate::widgets::PageHead;
use leptos::prelude::*;
use portal_markup::{Child, View, view};

/// The screen.
pub fn page() -> View {
    view! {
        <div class="page" data-width="reading">
            <PageHead title=t(text::NOT_FOUND_TITLE) lede=t(text::NOT_FOUND_BODY) />
            <p>
                <Link to=Route::Overview class="button">
                    {t(text::NOT_FOUND_OVERVIEW)}
                </Link>
            </p>
        </div>
    }
    .alone()
}
