use crate::browser::clock::{self, Ticker};
use crate::browser::page;
use crate::i18n::{date_time, relative};
use portal_contract::Timestamp;
use portal_markup::prelude::*;
use portal_markup::view;

/// A moment as people say it ("2 hours ago"), with the exact one behind it.
#[component]
pub fn Moment(
    /// The moment.
    at: Timestamp,
    /// The moment of looking, in milliseconds since 1970: the same for everything that is drawn together.
    now: f64,
    /// The class of the element.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <time class=class datetime=at.to_string() title=date_time(&at) data-moment>
            {relative(&at, now)}
        </time>
    }
}

/// Words every moment of the page anew each minute, for as long as the page lives.
///
/// The page is asked for them, instead of each of them watching the clock: a long list has thousands.
pub fn keep_moments_true() {
    Ticker::every_minute(|| {
        let now = clock::now();
        page::reword("time[data-moment]", "datetime", |at| {
            at.parse().ok().map(|at| relative(&at, now))
        });
    })
    .forever();
}
