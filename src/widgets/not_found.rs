use super::{PageHead, places};
use crate::i18n::{t, text};
use crate::routes::{Link, Route};
use portal_markup::{Child, View, view};

/// What stands where an address leads to nothing: it says so, and what there is.
#[must_use]
pub fn not_found() -> View {
    view! {
        <div class="page" data-width="reading">
            <PageHead title=t(text::NOT_FOUND_TITLE) lede=t(text::NOT_FOUND_BODY) />
            <div class="stack">
                <p>
                    <Link to=Route::Overview class="button">
                        {text::NOT_FOUND_OVERVIEW}
                    </Link>
                </p>
                {places()}
            </div>
        </div>
    }
    .alone()
}
