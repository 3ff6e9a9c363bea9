//! The rights on offer, as plain choices.

use super::whose::{Whose, use_whose};
use super::words;
use crate::i18n::{Text, t, text};
use crate::routes::Route;
use crate::ui::Icon;
use portal_contract::data_request_options::{DataRequestOffer, DataRequestOptions};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// Each leads to its form, or to the one that runs already.
pub fn offered(options: Signal<DataRequestOptions>) -> View {
    let whose = use_whose();
    let acts = move || {
        let act = |offer: &DataRequestOffer| act(offer, &whose);
        let acts = options.with(|it| it.kinds.iter().map(act).collect::<Vec<_>>());
        view! { <ul class="acts">{acts}</ul> }
    };
    acts.alone()
}

fn act(offer: &DataRequestOffer, whose: &Whose) -> View {
    let kind = &offer.kind;
    let (to, about): (Route, Option<Text>) = match &offer.running_id {
        Some(id) => (
            whose.request(id.clone()),
            Some(text::DATA_REQUEST_RUNS_ALREADY),
        ),
        None => (
            whose.asking(kind.clone()),
            words::about(kind).filter(|_| !whose.is_another()),
        ),
    };
    view! {
        <li>
            <a class="act" href=to.href()>
                <Icon name=words::icon(kind) />
                <span class="act__name">{whose.word(kind)}</span>
                " "
                <span class="act__text">{about.map(t)}</span>
            </a>
        </li>
    }
    .alone()
}
