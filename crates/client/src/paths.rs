//! The address of every read that takes a query. Public, so that whoever asks ahead of the app asks for the very same
//! address.

use crate::query::add;
use portal_contract::filter::InteractionFilter;
use portal_contract::page::DEFAULT_LIMIT;
use portal_contract::{Cursor, InteractionId, endpoints};

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
