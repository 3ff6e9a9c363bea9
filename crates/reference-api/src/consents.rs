//! What the company uses personal data for, and what customers decided about it.
//!
//! Decisions are added and never changed. How a purpose stands follows from its ground and from what was decided last; nothing
//! else is kept. A receipt is written with its decision and given out to the byte ever after.

mod decide;
mod describe;
mod held;
mod purposes;
mod receipt;
mod records;
mod signal;
mod standing;

pub use decide::{Brought, Refused, Ruling, Wish, bring, bring_if_news, decide};
pub use describe::{consents, purposes as describe_purposes};
pub use held::InUse;
pub use purposes::{Controller, PurposeSource, Purposes};
pub(crate) use purposes::{Local, in_language};
pub use records::{Who, page as records_page, receipt as receipt_of};
pub use signal::honour;
pub use standing::{Standing, allowed_decisions};

use crate::StoreError;
use crate::secrets::{Secrets, hex};
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::PurposeId;
use rusqlite::Connection;

/// The opaque mark of a customer on receipts: the same on all of them, and of no use elsewhere.
pub(crate) fn mark(secrets: &Secrets, customer: &CustomerId) -> String {
    let mark = secrets.mac("receipt", &[customer.as_str().as_bytes()]);
    hex(&mark[..16])
}

/// How a purpose stands with a customer; `None` for a purpose that the company does not have.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn standing(
    db: &Connection,
    purposes: &Purposes,
    customer: &CustomerId,
    purpose: &PurposeId,
    now: Moment,
) -> Result<Option<Standing>, StoreError> {
    let Some(source) = purposes.find(purpose) else {
        return Ok(None);
    };
    let records = records::of_purpose(db, customer, purpose)?;
    Ok(Some(Standing::of(source, &records, now)))
}

#[cfg(test)]
mod tests;
