use crate::i18n::{t, text};
use crate::routes::{Link, Route};
use portal_markup::{Child, View, view};

/// Where else one can go: the places of the portal, as far as there are such.
pub fn places() -> View {
    let place = |(to, label)| view! { <li><Link to=to>{t(label)}</Link></li> };
    let all = [
        (Route::interactions(), text::NAV_INTERACTIONS),
        (Route::Contact(None), text::NAV_CONTACT),
        (Route::Feedback, text::NAV_FEEDBACK),
        (Route::Preferences, text::NAV_PREFERENCES),
        (Route::Consents, text::PREFERENCES_NAV_CONSENTS),
        (Route::Data, text::NAV_DATA),
        (Route::DataRequests, text::DATA_NAV_REQUESTS),
        (Route::Help, text::SHELL_HELP),
    ];
    view! { <ul class="links">{all.map(place)}</ul> }.alone()
}
