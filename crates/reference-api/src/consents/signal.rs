//! Global Privacy Control: what the browser asks for by itself, taken as the customer's word.
//!
//! It is recorded once. What the customer allows later, knowing of it, stands; that it no longer comes takes nothing back.

use super::decide::{self, Wish};
use super::purposes::{PurposeSource, Purposes};
use super::records::{self, Place, Who};
use super::standing::{Standing, refusal};
use crate::StoreError;
use crate::preferences::history::Author;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::preference_history::ChangeRoute;
use rusqlite::Connection;

/// Says no, in the customer's name, to every sale and sharing of data for which the signal was not honoured yet; how many.
///
/// # Errors
/// When the database refuses.
pub fn honour(
    tx: &Connection,
    purposes: &Purposes,
    usual: &[String],
    customer: &CustomerId,
    mark: &str,
    now: Moment,
) -> Result<usize, StoreError> {
    let who = Who {
        customer: customer.clone(),
        mark: mark.to_owned(),
        author: Author::nobody(ChangeRoute::Signal),
    };
    let mut honoured = 0;
    for purpose in purposes.all.iter().filter(|one| one.sale_or_sharing) {
        let records = records::of_purpose(tx, customer, &purpose.id)?;
        let came_before = records
            .iter()
            .any(|record| record.author.route == ChangeRoute::Signal);
        if came_before {
            continue;
        }
        let before = Standing::of(purpose, &records, now);
        let place = Place {
            purposes,
            purpose,
            before: &before,
            usual,
        };
        if let Some(wish) = wish(purpose) {
            decide::record(tx, &place, &who, &wish, now)?;
            honoured += 1;
        }
    }
    Ok(honoured)
}

fn wish(purpose: &PurposeSource) -> Option<Wish> {
    Some(Wish {
        purpose: purpose.id.clone(),
        decision: refusal(&purpose.lawful_basis)?,
        notice_version: purpose.notice().version.clone(),
        language: None,
    })
}
