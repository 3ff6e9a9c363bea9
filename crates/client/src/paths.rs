//! The address of every read that takes a query. Public, so that whoever asks ahead of the app asks for the very same
//! address.

use crate::preferences::Cell;
use crate::query::add;
use portal_contract::filter::InteractionFilter;
use portal_contract::page::DEFAULT_LIMIT;
use portal_contract::{Cursor, InteractionId, PurposeId, Timestamp, endpoints};

/// A page of the history.
#[must_use]
pub fn interactions(filter: &InteractionFilter, cursor: Option<&Cursor>) -> String {
    let mut path = endpoints::INTERACTIONS.to_owned();
    for (name, value) in filter.to_pairs() {
        add(&mut path, name, &value);
    }
    page(path, cursor)
}

/// A page of a thread, newest first.
#[must_use]
pub fn messages(id: &InteractionId, cursor: Option<&Cursor>) -> String {
    page(endpoints::messages(id), cursor)
}

/// What changed since `cursor`, waiting up to `wait_seconds` for a first change.
#[must_use]
pub fn events(cursor: Option<&Cursor>, wait_seconds: u64) -> String {
    let mut path = at(endpoints::EVENTS.to_owned(), cursor);
    add(&mut path, "wait", &wait_seconds.to_string());
    path
}

/// A page of the contact points.
#[must_use]
pub fn contact_points(cursor: Option<&Cursor>) -> String {
    page(endpoints::CONTACT_POINTS.to_owned(), cursor)
}

/// A page of who changed what, the newest first.
#[must_use]
pub fn preference_history(cursor: Option<&Cursor>) -> String {
    page(endpoints::PREFERENCE_HISTORY.to_owned(), cursor)
}

/// "Would this reach me?", at a moment or now.
#[must_use]
pub fn reach(cell: &Cell, at: Option<&Timestamp>) -> String {
    let mut path = endpoints::PREFERENCE_REACH.to_owned();
    add(&mut path, "topic", cell.topic.as_str());
    add(&mut path, "channel", cell.channel.as_str());
    if let Some(at) = at {
        add(&mut path, "at", at.as_str());
    }
    path
}

/// A page of what the company uses personal data for.
#[must_use]
pub fn purposes(cursor: Option<&Cursor>) -> String {
    page(endpoints::PURPOSES.to_owned(), cursor)
}

/// A page of how each purpose stands with the customer.
#[must_use]
pub fn consents(cursor: Option<&Cursor>) -> String {
    page(endpoints::CONSENTS.to_owned(), cursor)
}

/// A page of the decisions about a purpose, the newest first.
#[must_use]
pub fn consent_records(purpose: &PurposeId, cursor: Option<&Cursor>) -> String {
    page(endpoints::consent_records(purpose), cursor)
}

/// The size is always said: the server's own choice may be another.
fn page(mut path: String, cursor: Option<&Cursor>) -> String {
    add(&mut path, "limit", &DEFAULT_LIMIT.to_string());
    at(path, cursor)
}

fn at(mut path: String, cursor: Option<&Cursor>) -> String {
    if let Some(cursor) = cursor {
        add(&mut path, "cursor", cursor.as_str());
    }
    path
}
