//! How to look after a deletion once the account is gone: a link that is a secret, to be kept somewhere else.

use super::section;
use crate::announce::use_announcer;
use crate::browser::{clipboard, page, task};
use crate::i18n::text;
use crate::routes::Route;
use crate::ui::Button;
use portal_contract::data_request::{DataRequest, DataRequestScope};
use portal_markup::prelude::*;
use portal_markup::{View, memo, view};

/// The section; nothing where there is no such link.
pub fn section_of(request: Signal<DataRequest>) -> View {
    // Only an erasure of everything ends the account, by whose sign-in its state could be seen otherwise.
    let token = memo(move || {
        request.with(|it| {
            let is_whole = it.scope == DataRequestScope::everything();
            it.tracking_token.clone().filter(|_| is_whole)
        })
    });
    let shown = move || {
        let token = token.get()?;
        Some(section("after", text::TRACK_LINK_TITLE, link(&token)))
    };
    portal_markup::Child::alone(shown)
}

/// It is copied and not followed: followed, it would stand in this browser's history.
fn link(token: &str) -> View {
    let announcer = use_announcer();
    let address = [&*page::origin(), &*Route::Track.href(), "#t=", token].concat();
    let copy = Callback::new(move |()| {
        let address = address.clone();
        task::run(async move {
            let said = if clipboard::copy(&address).await {
                text::TRACK_LINK_COPIED
            } else {
                text::CONTACT_NOT_COPIED
            };
            announcer.show(said);
        });
    });
    view! {
        <p>{text::TRACK_LINK_BODY}</p>
        <p>
            <Button on_press=copy>{text::TRACK_LINK_COPY}</Button>
        </p>
    }
}
