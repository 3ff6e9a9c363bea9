use crate::i18n::text;
use crate::routes::{Area, Link, Route, use_areas};
use portal_markup::{Child, View, memo, view};

/// The way to get in touch; where the API offers none, to the help, which says how else to reach the company.
pub fn contact_link() -> View {
    let areas = use_areas();
    let is_there = memo(move || !areas.lack(Area::Contact));
    let link = move || {
        let (to, words) = if is_there.get() {
            (Route::Contact(None), text::CONTACT_TITLE)
        } else {
            (Route::Help, text::HELP_CONTACT_TITLE)
        };
        view! {
            <Link to=to class="button">
                {words}
            </Link>
        }
    };
    link.alone()
}
