//! What is not erased, and why.

use crate::i18n::{Text, date, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::consent::LawfulBasis;
use portal_contract::data_request::Retained;
use portal_markup::{Child, View, view};

/// What stays, on which ground and until when; before an erasure and after it alike.
#[must_use]
pub fn retained(all: &[Retained]) -> View {
    if all.is_empty() {
        return view! { <p class="card__empty">{text::DATA_REQUEST_RETAINED_NONE}</p> }.alone();
    }
    let items: Vec<View> = together(all).iter().map(one).collect();
    view! { <ul>{items}</ul> }.alone()
}

/// What is kept under one name, for one reason and equally long is one thing to the customer: conversations, their messages and
/// their files are not told three times.
fn together(all: &[Retained]) -> Vec<Retained> {
    let mut told: Vec<Retained> = Vec::new();
    for next in all {
        let same = |it: &&mut Retained| {
            let reason = |it: &Retained| (it.label.clone(), it.reason.clone(), it.until.clone());
            reason(it) == reason(next) && it.lawful_basis == next.lawful_basis
        };
        match told.iter_mut().find(same) {
            Some(it) => it.count += next.count,
            None => told.push(next.clone()),
        }
    }
    told
}

fn one(retained: &Retained) -> View {
    let until = match &retained.until {
        Some(day) => text::data_request_retained_until(date(day)),
        None => text::DATA_REQUEST_RETAINED_OPEN,
    };
    let ground = text::data_request_retained_ground(t(basis(&retained.lawful_basis)), t(until));
    view! {
        <li class="reason">
            <Icon name=IconName::Lock />
            <span>
                <strong>
                    <bdi>{retained.label.clone()}</bdi>
                </strong>
                " "
                <span class="soft">{text::inventory_records_count(retained.count)}</span>
                <br />
                {ground}
                <br />
                <bdi class="soft">{retained.reason.clone()}</bdi>
            </span>
        </li>
    }
    .alone()
}

/// On which ground something is kept, in plain words.
fn basis(basis: &LawfulBasis) -> Text {
    match basis {
        LawfulBasis::Consent => text::DATA_REQUEST_BASIS_CONSENT,
        LawfulBasis::Contract => text::DATA_REQUEST_BASIS_CONTRACT,
        LawfulBasis::LegalObligation => text::DATA_REQUEST_BASIS_LAW,
        LawfulBasis::VitalInterests => text::DATA_REQUEST_BASIS_VITAL,
        LawfulBasis::PublicTask => text::DATA_REQUEST_BASIS_PUBLIC,
        LawfulBasis::LegitimateInterests => text::DATA_REQUEST_BASIS_INTERESTS,
        LawfulBasis::Other(_) => text::DATA_REQUEST_BASIS_OTHER,
    }
}
