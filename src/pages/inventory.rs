//! What the company holds about the customer: how much of it from where, each category in plain words, and down to the records.

mod about;
mod category;
mod chart;
mod held;
mod in_force;
mod records;
mod words;

pub use records::page as records;

use crate::api::{PortalClient, Read, use_api};
use crate::browser::focus;
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::widgets::{PageHead, data_nav, item_bones};
use in_force::HELD;
use portal_client::ApiError;
use portal_contract::inventory::InventoryCategory;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The door to what the customer has stopped, which stands where nothing stood before.
#[derive(Clone, Copy)]
pub struct Stopped(pub fn(ViewFn) -> View);

/// What is held, for what comes after it.
#[derive(Clone, Copy)]
struct Held(Read<Vec<InventoryCategory>>);

/// All that the customer has stopped.
pub fn stopped() -> View {
    let Held(held) = expect_context();
    in_force::in_force(held).banners(None)
}

/// The screen.
pub fn page() -> View {
    let held = inventory();
    let Stopped(stopped) = expect_context();
    provide_context(Held(held));
    // The focus goes along, for whoever has no mouse.
    let to_about = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::id("about");
    };
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            <PageHead title=t(text::INVENTORY_TITLE) lede=t(text::INVENTORY_LEDE) />
            {stopped(View::new.into())}
            <section class="section" aria-labelledby=HELD>
                <div class="section__head">
                    <h2 id=HELD tabindex="-1">{text::INVENTORY_HELD}</h2>
                    <a href="#about" on:click=to_about>
                        {text::INVENTORY_TO_ABOUT}
                    </a>
                </div>
                <Loaded from=held failed=text::INVENTORY_FAILED skeleton=bones let:held>
                    {move || held.with(|held| chart::chart(held))}
                    {move || held.with(|held| held::list(held))}
                </Loaded>
            </section>
            {about::section()}
        </div>
    }
    .alone()
}

/// Every category, read anew when something of the customer's changes.
fn inventory() -> Read<Vec<InventoryCategory>> {
    let held = use_api().read(every_one);
    use_live().on_any_of(
        &["me", "contact_point", "preferences", "consent", "feedback"],
        move || held.refetch(),
    );
    held
}

/// All of them: there are a dozen.
async fn every_one(client: PortalClient) -> Result<Vec<InventoryCategory>, ApiError> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = client.data_inventory(cursor.as_ref()).await?;
        all.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

fn bones() -> View {
    item_bones(4)
}
