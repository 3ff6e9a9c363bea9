//! The rights on offer, as plain choices.

use super::words;
use crate::i18n::{Text, t, text};
use crate::routes::{Asked, Route};
use crate::ui::Icon;
use crate::widgets::request_word;
use portal_contract::data_request_options::DataRequestOffer;
use portal_markup::{Child, View, view};

/// Each leads to its form, or to the one that runs already.
pub fn offered(offers: &[DataRequestOffer]) -> View {
    let acts: Vec<View> = offers.iter().map(act).collect();
    view! { <ul class="acts">{acts}</ul> }.alone()
}

fn act(offer: &DataRequestOffer) -> View {
    let kind = &offer.kind;
    let (to, about): (Route, Option<Text>) = match &offer.running_id {
        Some(id) => (
            Route::DataRequest(id.clone()),
            Some(text::DATA_REQUEST_RUNS_ALREADY),
        ),
        None => (
            Route::NewDataRequest(Asked::kind(kind.clone())),
            words::about(kind),
        ),
    };
    view! {
        <li>
            <a class="act" href=to.href()>
                <Icon name=words::icon(kind) />
                <span class="act__name">{t(request_word(kind))}</span>
                " "
                <span class="act__text">{about.map(t)}</span>
            </a>
        </li>
    }
    .alone()
}
