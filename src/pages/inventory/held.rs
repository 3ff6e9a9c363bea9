//! The categories, one below the other.

use super::category::{acts, facts};
use super::in_force::flags;
use crate::i18n::{date, t, text};
use crate::routes::{Link, Route};
use portal_contract::inventory::InventoryCategory;
use portal_markup::{Child, View, view};

/// All of them.
pub fn list(held: &[InventoryCategory]) -> View {
    let items: Vec<View> = held.iter().map(item).collect();
    view! { <ul class="items">{items}</ul> }.alone()
}

fn item(category: &InventoryCategory) -> View {
    let name = category.label.clone();
    let to = Route::DataCategory(category.id.clone());
    let heading = if category.records == 0 {
        name.alone()
    } else {
        view! { <Link to=to>{name}</Link> }.alone()
    };
    view! {
        <li class="item">
            <div class="item__head">
                <h3>{heading}</h3>
                <span class="status">{text::inventory_records_count(category.records)}</span>
            </div>
            {flags(&category.in_force)}
            <p>{category.description.clone()}</p>
            {since(category).map(|since| view! { <p class="item__note">{since}</p> })}
            {facts(category)}
            {acts(category, true)}
        </li>
    }
    .alone()
}

/// From when to when it is.
pub fn since(category: &InventoryCategory) -> Option<String> {
    let (earliest, latest) = (category.earliest.as_ref()?, category.latest.as_ref()?);
    let (earliest, latest) = (date(earliest), date(latest));
    Some(t(if earliest == latest {
        text::inventory_on(latest)
    } else {
        text::inventory_between(earliest, latest)
    }))
}
