//! Rights that are decisions about purposes: each is recorded like the customer's own, with a receipt and an entry of the history.

use crate::consents::{self, PurposeSource, Purposes, Ruling, Who, Wish};
use crate::data_requests::Desk;
use crate::preferences::history::Author;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use portal_contract::PurposeId;
use portal_contract::consent::{Decision, LawfulBasis};
use portal_contract::data_request::{DataRequestKind, DataRequestScope, ScopeKind};
use portal_contract::preference_history::ChangeRoute;
use rusqlite::Connection;

/// Whether a right of this kind and scope says no to a purpose.
fn says_no(
    kind: &DataRequestKind,
    scope: &DataRequestScope,
    purposes: &Purposes,
    purpose: &PurposeSource,
) -> bool {
    match kind {
        DataRequestKind::OptOutSaleSharing => purpose.sale_or_sharing,
        DataRequestKind::LimitSensitive => purpose
            .data
            .iter()
            .any(|name| purposes.data.get(name).is_some_and(|data| data.sensitive)),
        // About part of what is held, it stops the use of that part and no purpose as a whole.
        DataRequestKind::Objection => {
            scope.kind == ScopeKind::Everything
                && matches!(
                    purpose.lawful_basis,
                    LawfulBasis::LegitimateInterests | LawfulBasis::PublicTask
                )
        }
        DataRequestKind::Access
        | DataRequestKind::Portability
        | DataRequestKind::Erasure
        | DataRequestKind::Rectification
        | DataRequestKind::Restriction
        | DataRequestKind::AutomatedDecisionReview
        | DataRequestKind::Other(_) => false,
    }
}

/// The word that says no on this ground; none where there is nothing to decide.
fn refusal(basis: &LawfulBasis) -> Option<Decision> {
    match basis {
        LawfulBasis::Consent => Some(Decision::Withdraw),
        LawfulBasis::LegitimateInterests | LawfulBasis::PublicTask => Some(Decision::Object),
        LawfulBasis::Contract
        | LawfulBasis::LegalObligation
        | LawfulBasis::VitalInterests
        | LawfulBasis::Other(_) => None,
    }
}

/// Says no, in the customer's name, to every purpose that the right is about; gives those that stand so because of it.
pub(super) fn say_no(
    tx: &Connection,
    desk: Desk<'_>,
    customer: &CustomerId,
    kind: &DataRequestKind,
    scope: &DataRequestScope,
) -> Result<Vec<PurposeId>, StoreError> {
    let purposes = &desk.config.purposes;
    let mut decided = Vec::new();
    for purpose in purposes
        .all
        .iter()
        .filter(|one| says_no(kind, scope, purposes, one))
    {
        let Some(decision) = refusal(&purpose.lawful_basis) else {
            continue;
        };
        if let Ruling::Recorded(_) = decide(tx, desk, customer, purpose, decision)? {
            decided.push(purpose.id.clone());
        }
    }
    Ok(decided)
}

/// Takes objections back. A consent that was withdrawn is not given by that: it is asked for again, with its notice.
pub(super) fn take_back(
    tx: &Connection,
    desk: Desk<'_>,
    customer: &CustomerId,
    purposes: &[PurposeId],
) -> Result<(), StoreError> {
    for id in purposes {
        if let Some(purpose) = desk.config.purposes.find(id)
            && refusal(&purpose.lawful_basis) == Some(Decision::Object)
        {
            decide(tx, desk, customer, purpose, Decision::EndObjection)?;
        }
    }
    Ok(())
}

fn decide(
    tx: &Connection,
    desk: Desk<'_>,
    customer: &CustomerId,
    purpose: &PurposeSource,
    decision: Decision,
) -> Result<Ruling, StoreError> {
    let name: String = tx
        .prepare_cached(
            "SELECT coalesce(preferred_name, display_name) FROM customers WHERE id = ?1",
        )?
        .query_row([customer], |row| row.get(0))?;
    let who = Who {
        customer: customer.clone(),
        mark: consents::mark(desk.secrets, customer),
        author: Author::customer(ChangeRoute::Portal, &name),
    };
    let wish = Wish {
        purpose: purpose.id.clone(),
        decision,
        notice_version: purpose.notice().version.clone(),
        language: None,
    };
    let usual = &desk.config.company.locales;
    consents::decide(tx, &desk.config.purposes, usual, &who, wish, desk.now)
}
