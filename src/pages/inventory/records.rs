//! The records of one category, page by page.

use super::in_force::{self, HELD, InForce, flags};
use super::{bones, category, held, inventory, words};
use crate::api::use_api;
use crate::i18n::{date, date_time, text};
use crate::loading::{ErrorPanel, Loaded, MoreButton, Pages, Paging};
use crate::routes::{Asked, Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::{PageHead, data_nav};
use portal_client::ApiError;
use portal_contract::InventoryCategoryId;
use portal_contract::data_request::DataRequestKind;
use portal_contract::inventory::{InventoryCategory, InventoryRecord, RecordAction};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What stands in the place of the list.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Failed(ApiError),
    Records(Vec<InventoryRecord>),
}

/// The screen.
pub fn page() -> View {
    let id: InventoryCategoryId = expect_context();
    let held = inventory();
    let in_force = in_force::in_force(held);
    let (asked, found) = (id.clone(), StoredValue::new(id));
    let pages = Pages::new(
        use_api(),
        |record: &InventoryRecord| record.id.as_str(),
        move |client, cursor| {
            let id = asked.clone();
            client.data_inventory_records(&id, cursor.as_ref())
        },
    );
    pages.begin();
    let head = move |all: &Vec<InventoryCategory>| {
        let one = found.with_value(|id| all.iter().find(|it| it.id == *id));
        one.map(|one| described(one, in_force))
    };
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            <Link to=Route::Data class="page__back">
                <Icon name=IconName::Back />
                {text::INVENTORY_TITLE}
            </Link>
            <Loaded from=held failed=text::INVENTORY_FAILED skeleton=bones let:held>
                {move || held.with(head)}
            </Loaded>
            {shown(pages)}
        </div>
    }
    .alone()
}

fn described(one: &InventoryCategory, in_force: InForce) -> View {
    view! {
        <PageHead title=one.label.clone() lede=one.description.clone() />
        {in_force.banners(Some(one.in_force.iter().map(|it| it.request_id.clone()).collect()))}
        <div class="stack">
            <p class="soft">{text::inventory_records_count(one.records)} " · " {held::since(one)}</p>
            {category::facts(one)}
            {category::acts(one, false)}
        </div>
    }
    .alone()
}

fn shown(pages: Pages<InventoryRecord>) -> View {
    let (items, paging) = (pages.items(), pages.paging());
    let phase = memo(move || {
        let records = items.get();
        match paging.get() {
            Paging::Beginning if records.is_empty() => Phase::Waiting,
            Paging::Failed(error) if records.is_empty() => Phase::Failed(error),
            _ => Phase::Records(records),
        }
    });
    let list = move || match phase.get() {
        Phase::Waiting => bones(),
        Phase::Failed(error) => {
            let retry = Callback::new(move |()| pages.retry());
            view! { <ErrorPanel title=text::INVENTORY_RECORDS_FAILED error=error on_retry=retry /> }
                .alone()
        }
        Phase::Records(records) if records.is_empty() => {
            view! { <p class="card__empty">{text::INVENTORY_NONE}</p> }.alone()
        }
        Phase::Records(records) => {
            let items: Vec<View> = records.iter().map(item).collect();
            view! { <ul class="items">{items}</ul> }.alone()
        }
    };
    // That nothing could be read is told once.
    let some = memo(move || !items.with(Vec::is_empty));
    let more = move || {
        some.get().then(|| {
            view! {
                    <div class="more">
                        <MoreButton
                            paging=pages.paging()
                            label=text::INVENTORY_MORE
                            failed=text::INVENTORY_MORE_FAILED
                            on_more=Callback::new(move |()| pages.load_more())
                            on_retry=Callback::new(move |()| pages.retry())
                        />
                    </div>
            }
        })
    };
    view! {
        <section class="section" aria-labelledby=HELD>
            <h2 id=HELD tabindex="-1">{text::INVENTORY_RECORDS}</h2>
            {list}
            {more}
        </section>
    }
    .alone()
}

fn item(record: &InventoryRecord) -> View {
    let mut facts = vec![words::origin(&record.origin)];
    facts.extend(record.source.clone());
    facts.extend(record.collected_at.as_ref().map(date));
    let contested = record.contested_at.as_ref().map(|at| {
        view! { <p class="item__note">{text::signals_contested(date(at))}</p> }
    });
    let value = match &record.format {
        Some(format) => words::value(&record.value, format),
        None => record.value.clone(),
    };
    view! {
        <li class="item">
            <h3>{record.label.clone()}</h3>
            <p dir="auto" lang=record.lang.clone()>{value}</p>
            <p class="item__note">{facts.join(" · ")}</p>
            {flags(&record.in_force)}
            {contested}
            <div class="cluster">{see(record)} " " {correct(record)}</div>
        </li>
    }
    .alone()
}

fn see(record: &InventoryRecord) -> Option<View> {
    let (to, words) = record.seen_at.as_ref().and_then(words::place)?;
    let mut about = vec![record.label.clone()];
    // Fifty conversations are all called "Conversation"; what tells their links apart is what they say, and when that was.
    if record.seen_at.as_ref().is_some_and(|it| it.id.is_some()) {
        about.push(beginning(&record.value));
        about.extend(record.collected_at.as_ref().map(date_time));
    }
    let about = about.join(" · ");
    Some(
        view! {
            <Link to=to class="link-button">
                {words}
                <span class="visually-hidden">": " <bdi>{about}</bdi></span>
            </Link>
        }
        .alone(),
    )
}

/// As much of it as makes a name.
fn beginning(value: &str) -> String {
    const LONG: usize = 60;
    let mut words: String = value.chars().take(LONG).collect();
    if words.len() < value.len() {
        words.push('…');
    }
    words
}

/// The way to have it put right where it cannot be changed in place.
fn correct(record: &InventoryRecord) -> Option<View> {
    if !record.allowed_actions.contains(&RecordAction::Rectify) {
        return None;
    }
    let to = Route::NewDataRequest(Asked {
        field: Some(record.field.clone()?),
        ..Asked::kind(DataRequestKind::Rectification)
    });
    let about = record.label.clone();
    Some(
        view! {
            <Link to=to class="link-button">
                {text::INVENTORY_CORRECT}
                <span class="visually-hidden">": " <bdi>{about}</bdi></span>
            </Link>
        }
        .alone(),
    )
}
