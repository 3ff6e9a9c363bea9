//! What the company uses the customer's data for: each purpose in plain words, what was decided about it, and what can be.

mod deciding;
mod details;
mod item;
mod records;
mod signal;
mod words;

use crate::api::{PortalClient, Read, use_api};
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::widgets::{PageHead, section_nav};
use portal_client::ApiError;
use portal_contract::PurposeId;
use portal_contract::consent::{Consent, Purpose};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, memo, view};

/// A purpose, and how it stands with the customer.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    purpose: Purpose,
    consent: Consent,
}

/// What every part of the screen shares.
#[derive(Clone, Copy)]
struct Desk {
    standings: Read<Vec<Standing>>,
    /// The purpose whose decisions are looked at, while their dialog stands open.
    looked_at: RwSignal<Option<Purpose>>,
}

/// The screen.
pub fn page() -> View {
    let standings = use_api().read(every_one);
    use_live().on_any_of(&["consent"], move || standings.refetch());
    let desk = Desk {
        standings,
        looked_at: RwSignal::new(None),
    };
    view! {
        <div class="page" data-width="reading">
            {section_nav()}
            <PageHead title=t(text::CONSENT_TITLE) lede=t(text::CONSENT_LEDE) />
            <Loaded from=standings failed=text::CONSENT_FAILED skeleton=bones let:standings>
                {signal::banner(standings)}
                {list(desk, standings)}
            </Loaded>
            {move || desk.looked_at.get().map(|purpose| records::dialog(desk.looked_at, purpose))}
        </div>
    }
    .alone()
}

/// All of them: a company has dozens at most.
async fn every_one(client: PortalClient) -> Result<Vec<Standing>, ApiError> {
    let mut purposes = Vec::new();
    let mut cursor = None;
    loop {
        let page = client.purposes(cursor.as_ref()).await?;
        purposes.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let mut consents = Vec::new();
    loop {
        let page = client.consents(cursor.as_ref()).await?;
        consents.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    Ok(joined(purposes, &consents))
}

/// Each purpose with its consent, in the order of the purposes.
fn joined(purposes: Vec<Purpose>, consents: &[Consent]) -> Vec<Standing> {
    let with_consent = |purpose: Purpose| {
        let consent = consents.iter().find(|it| it.purpose_id == purpose.id)?;
        Some(Standing {
            purpose,
            consent: consent.clone(),
        })
    };
    purposes.into_iter().filter_map(with_consent).collect()
}

fn list(desk: Desk, standings: Signal<Vec<Standing>>) -> View {
    let ids = memo(move || {
        standings.with(|all| {
            all.iter()
                .map(|it| it.purpose.id.clone())
                .collect::<Vec<_>>()
        })
    });
    let is_empty = memo(move || ids.with(Vec::is_empty));
    let none = move || {
        is_empty
            .get()
            .then(|| view! { <p class="card__empty">{text::CONSENT_NONE}</p> })
    };
    let row = move |id: PurposeId| {
        let standing =
            memo(move || standings.with(|all| all.iter().find(|it| it.purpose.id == id).cloned()));
        view! { <li class="item">{item::item(desk, standing)}</li> }
    };
    view! {
        {none}
        <ul class="items">
            <For each=move || ids.get() key=|id: &PurposeId| id.clone() children=row />
        </ul>
    }
}

fn bones() -> View {
    let one = || {
        view! {
            <div class="item">
                <div class="item__head">
                    <h2><span class="bone" data-size="large"></span></h2>
                    <span class="status"><span class="bone"></span></span>
                </div>
                <p><span class="bone" data-size="full"></span></p>
                <p class="item__note"><span class="bone" data-size="large"></span></p>
            </div>
        }
    };
    view! { <div class="skeleton items" aria-hidden="true">{one()} {one()} {one()} {one()} {one()}</div> }.alone()
}
