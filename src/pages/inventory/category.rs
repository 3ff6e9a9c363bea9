//! What is said of one category, and what can be done about it.

use super::words;
use crate::i18n::{number, region_name, t, text};
use crate::routes::{Asked, Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::{fact, request_word};
use portal_contract::consent::Recipient;
use portal_contract::data_request::DataRequestKind;
use portal_contract::inventory::{HeldPurpose, HeldSource, InventoryCategory};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// Sources, purposes with their grounds, retention and recipients, folded.
pub fn facts(category: &InventoryCategory) -> View {
    let name = category.label.clone();
    let sources = (!category.sources.is_empty()).then(|| {
        fact(
            text::INVENTORY_SOURCES,
            listed(category.sources.iter().map(source)),
        )
    });
    view! {
        <details class="disclosure">
            <summary>
                {text::INVENTORY_FACTS}
                <span class="visually-hidden">": " <bdi>{name}</bdi></span>
                <Icon name=IconName::ChevronDown />
            </summary>
            <dl class="facts">
                {sources}
                {fact(text::INVENTORY_PURPOSES, listed(category.purposes.iter().map(purpose)))}
                {fact(text::CONSENT_RETENTION, category.retention.clone().alone())}
                {fact(text::CONSENT_RECIPIENTS, recipients(&category.recipients))}
            </dl>
        </details>
    }
    .alone()
}

fn listed(lines: impl Iterator<Item = View>) -> View {
    let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul>{lines}</ul> }.alone()
}

fn note(words: String) -> View {
    view! { " " <span class="fact__note">{words}</span> }
}

fn source(source: &HeldSource) -> View {
    let words = [
        &*words::origin(&source.origin),
        ": ",
        &number(source.records),
    ]
    .concat();
    view! { {words} {source.name.clone().map(note)} }.alone()
}

fn purpose(purpose: &HeldPurpose) -> View {
    let basis = note(words::basis(&purpose.lawful_basis));
    view! { {purpose.label.clone()} {basis} {purpose.basis_detail.clone().map(note)} }.alone()
}

fn recipients(recipients: &[Recipient]) -> View {
    if recipients.is_empty() {
        return t(text::CONSENT_RECIPIENTS_NONE).alone();
    }
    listed(recipients.iter().map(|recipient| {
        let place = recipient.country.as_deref().map(|code| {
            let country = region_name(code);
            t(match &recipient.safeguard {
                Some(safeguard) => text::consent_recipient_safe(country, safeguard.clone()),
                None => text::consent_recipient_in(country),
            })
        });
        let place = place.map(note);
        view! { {recipient.name.clone()} {recipient.role.clone().map(note)} {place} }.alone()
    }))
}

/// What can be done about it: looking at it, and the rights that can be used about it alone.
pub fn acts(category: &InventoryCategory, look: bool) -> View {
    let name = category.label.clone();
    let records = (look && category.records > 0).then(|| {
        let (to, name) = (Route::DataCategory(category.id.clone()), name.clone());
        view! {
            <Link to=to class="button">
                {text::INVENTORY_LOOK}
                <span class="visually-hidden">": " <bdi>{name}</bdi></span>
            </Link>
        }
        .alone()
    });
    let right = |right: &String| {
        let kind = DataRequestKind::from(right.as_str());
        let words = t(match kind {
            DataRequestKind::Portability => text::INVENTORY_EXPORT,
            DataRequestKind::Erasure => text::INVENTORY_DELETE,
            DataRequestKind::Other(_) => return None,
            _ => request_word(&kind),
        });
        let to = Route::NewDataRequest(Asked {
            category: Some(category.id.clone()),
            ..Asked::kind(kind)
        });
        let name = name.clone();
        Some(
            view! {
                <Link to=to class="link-button">
                    {words}
                    <span class="visually-hidden">": " <bdi>{name}</bdi></span>
                </Link>
                " "
            }
            .alone(),
        )
    };
    let rights: Vec<View> = if category.records == 0 {
        Vec::new()
    } else {
        category.rights.iter().filter_map(right).collect()
    };
    view! { <div class="cluster">{records} " " {rights}</div> }.alone()
}
