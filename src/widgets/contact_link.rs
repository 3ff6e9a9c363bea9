use crate::api::use_features;
use crate::i18n::{t, text};
use crate::routes::{Link, Route};
use portal_contract::capabilities::Feature;
use portal_markup::{Child, View, memo, view};

/// The way to get in touch; where the API offers none, to the help, which says how else to reach the company.
pub fn contact_link() -> View {
    let features = use_features();
    let is_there = memo(move || !features.lack(&Feature::Contact));
    let link = move || {
        let (to, words) = if is_there.get() {
            (Route::Contact(None), text::CONTACT_TITLE)
        } else {
            (Route::Help, text::HELP_CONTACT_TITLE)
        };
        view! {
            <Link to=to class="button">
                {t(words)}
            </Link>
        }
    };
    link.alone()
}
