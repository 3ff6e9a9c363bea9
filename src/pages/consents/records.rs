//! What was decided about a purpose so far, each with its receipt.

use super::words;
use crate::api::use_api;
use crate::i18n::{date_time, t, text};
use crate::live::use_live;
use crate::loading::{MoreButton, Pages, Paging};
use crate::ui::Dialog;
use portal_contract::consent::{ConsentRecord, Purpose};
use portal_contract::endpoints;
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// The dialog of a purpose.
pub fn dialog(looked_at: RwSignal<Option<Purpose>>, purpose: Purpose) -> View {
    let title = t(text::consent_history_title(purpose.label.clone()));
    let purpose = StoredValue::new(purpose);
    view! {
        <Dialog
            id="consent-history"
            open=Signal::stored(true)
            title=title
            close_label=t(text::CLOSE)
            on_close=Callback::new(move |()| looked_at.set(None))
        >
            <div class="dialog__body">{list(purpose.get_value())}</div>
        </Dialog>
    }
    .alone()
}

fn list(purpose: Purpose) -> View {
    let id = purpose.id.clone();
    let pages = Pages::new(
        use_api(),
        |record: &ConsentRecord| record.id.as_str(),
        move |client, cursor| {
            let id = id.clone();
            client.consent_records(&id, cursor.as_ref())
        },
    );
    pages.begin();
    use_live().on_any_of(&["consent"], move || pages.begin());
    let (items, paging) = (pages.items(), pages.paging());
    let is_waiting =
        memo(move || items.with(Vec::is_empty) && paging.with(|it| *it == Paging::Beginning));
    let is_none =
        memo(move || items.with(Vec::is_empty) && paging.with(|it| *it == Paging::Complete));
    let none = move || {
        is_none
            .get()
            .then(|| view! { <p class="card__empty">{text::CONSENT_HISTORY_NONE}</p> })
    };
    let more = move || {
        if is_waiting.get() {
            return view! { <p class="skeleton" aria-hidden="true"><span class="bone" data-size="full"></span></p> }.alone();
        }
        view! {
            <MoreButton
                paging=paging
                label=text::CONSENT_HISTORY_MORE
                failed=text::CONSENT_HISTORY_FAILED
                on_more=Callback::new(move |()| pages.load_more())
                on_retry=Callback::new(move |()| pages.retry())
            />
        }
        .alone()
    };
    let row = move |record: ConsentRecord| row(&purpose, &record);
    view! {
        {none}
        <ul class="items">
            <For each=move || items.get() key=|record: &ConsentRecord| record.id.clone() children=row />
        </ul>
        {more}
    }
}

fn row(purpose: &Purpose, record: &ConsentRecord) -> View {
    let actor = record.actor.as_ref();
    let by = words::route(
        &record.route,
        actor.map(|actor| actor.display_name.as_str()),
    );
    let notice = text::consent_record_notice(record.notice_version.clone());
    let at = date_time(&record.at);
    let about = format!("{}, {at}", purpose.label);
    let address = endpoints::consent_receipt(&purpose.id, &record.id);
    view! {
        <li class="item">
            <div class="item__head">
                <h3>{words::recorded(&record.decision)}</h3>
                <time class="row__time" datetime=record.at.to_string()>
                    {at}
                </time>
            </div>
            <p class="item__note">{by} " · " {notice}</p>
            <p>{receipt(&address, &about)}</p>
        </li>
    }
    .alone()
}

/// The receipt at this path of the API, which the browser saves under the name that the server gives it.
pub fn receipt(path: &str, about: &str) -> View {
    let href = use_api().client().transport().address(path);
    let about = about.to_owned();
    view! {
        <a class="link-button" href=href download="" rel="external">
            {text::CONSENT_RECEIPT}
            <span class="visually-hidden">": " <bdi>{about}</bdi></span>
        </a>
    }
    .alone()
}
