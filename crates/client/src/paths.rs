//! The address of every read that takes a query. Public, so that whoever asks ahead of the app asks for the very same
//! address.

use crate::client::Since;
use crate::preferences::Cell;
use crate::query::add;
use portal_contract::filter::InteractionFilter;
use portal_contract::notice::NoticeState;
use portal_contract::page::DEFAULT_LIMIT;
use portal_contract::{
    ContactOptionId, Cursor, DataRequestId, DelegationId, InteractionId, InventoryCategoryId,
    PurposeId, Timestamp, TopicId, endpoints,
};

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

/// What changed since then, waiting up to `wait_seconds` for a first change.
#[must_use]
pub fn events(since: Since<'_>, wait_seconds: u64) -> String {
    let mut path = endpoints::EVENTS.to_owned();
    match since {
        Since::Place(cursor) => path = at(path, Some(cursor)),
        Since::Ago(0) => {}
        Since::Ago(seconds) => add(&mut path, "ago", &seconds.to_string()),
    }
    add(&mut path, "wait", &wait_seconds.to_string());
    path
}

/// A page of the contact points.
#[must_use]
pub fn contact_points(cursor: Option<&Cursor>) -> String {
    page(endpoints::CONTACT_POINTS.to_owned(), cursor)
}

/// Every way to reach the company, for a topic or any.
#[must_use]
pub fn contact_options(topic: Option<&TopicId>) -> String {
    let mut path = endpoints::CONTACT_OPTIONS.to_owned();
    if let Some(topic) = topic {
        add(&mut path, "topic", topic.as_str());
    }
    path
}

/// The times at which the company can call.
#[must_use]
pub fn callback_slots(
    option: &ContactOptionId,
    from: Option<&Timestamp>,
    to: Option<&Timestamp>,
) -> String {
    let mut path = endpoints::callback_slots(option);
    for (name, moment) in [("from", from), ("to", to)] {
        if let Some(moment) = moment {
            add(&mut path, name, moment.as_str());
        }
    }
    path
}

/// Open interactions that may be about the same matter.
#[must_use]
pub fn similar_interactions(subject: &str, topic: Option<&TopicId>) -> String {
    let mut path = endpoints::SIMILAR_INTERACTIONS.to_owned();
    add(&mut path, "subject", subject);
    if let Some(topic) = topic {
        add(&mut path, "topic", topic.as_str());
    }
    path
}

/// A page of the guides on offer.
#[must_use]
pub fn guides(cursor: Option<&Cursor>) -> String {
    page(endpoints::GUIDES.to_owned(), cursor)
}

/// A page of the notices of this state.
#[must_use]
pub fn notices(state: &NoticeState, cursor: Option<&Cursor>) -> String {
    let mut path = endpoints::NOTICES.to_owned();
    add(&mut path, "state", state.as_str());
    page(path, cursor)
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

/// A page of what the company asks.
#[must_use]
pub fn feedback_requests(cursor: Option<&Cursor>) -> String {
    page(endpoints::FEEDBACK_REQUESTS.to_owned(), cursor)
}

/// A page of what the customer said, the newest first.
#[must_use]
pub fn feedback(cursor: Option<&Cursor>) -> String {
    page(endpoints::FEEDBACK.to_owned(), cursor)
}

/// A page of what changed because of what customers said.
#[must_use]
pub fn improvements(cursor: Option<&Cursor>) -> String {
    page(endpoints::IMPROVEMENTS.to_owned(), cursor)
}

/// A page of what is held about the customer, by category.
#[must_use]
pub fn data_inventory(cursor: Option<&Cursor>) -> String {
    page(endpoints::DATA_INVENTORY.to_owned(), cursor)
}

/// A page of the records of a category.
#[must_use]
pub fn data_inventory_records(id: &InventoryCategoryId, cursor: Option<&Cursor>) -> String {
    page(endpoints::data_inventory_records(id), cursor)
}

/// A page of the rights that the customer used, the newest first.
#[must_use]
pub fn data_requests(cursor: Option<&Cursor>) -> String {
    page(endpoints::DATA_REQUESTS.to_owned(), cursor)
}

/// A page of the timeline of a data request, the oldest first.
#[must_use]
pub fn data_request_events(id: &DataRequestId, cursor: Option<&Cursor>) -> String {
    page(endpoints::data_request_events(id), cursor)
}

/// A page of what was said about a data request, the oldest first.
#[must_use]
pub fn data_request_messages(id: &DataRequestId, cursor: Option<&Cursor>) -> String {
    page(endpoints::data_request_messages(id), cursor)
}

/// A page of those for whom the customer acts and who act for them, the newest first.
#[must_use]
pub fn delegations(cursor: Option<&Cursor>) -> String {
    page(endpoints::DELEGATIONS.to_owned(), cursor)
}

/// A page of what was done under a delegation, the newest first.
#[must_use]
pub fn delegation_events(id: &DelegationId, cursor: Option<&Cursor>) -> String {
    page(endpoints::delegation_events(id), cursor)
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
