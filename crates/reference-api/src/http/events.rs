//! The route of the change feed: a long poll, or a stream of Server-Sent Events for who asks for one.

mod feed;
mod stream;

#[cfg(test)]
mod tests;

use super::state::Change;
use super::{ApiResult, AppState, CurrentCustomer, SessionId};
use crate::delegations::rows;
use crate::http::Query;
use crate::store::customers::CustomerId;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use feed::Feed;
use portal_contract::endpoints;
use portal_contract::event::Events;
use portal_contract::session::Scope;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// The longest that a poll waits, in seconds: short of what proxies cut off.
const LONGEST_WAIT: u64 = 30;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(endpoints::EVENTS, get(read))
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    headers: HeaderMap,
    query: Query,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsRead)?;
    let feed = Feed::new(state, customer);
    if wants_stream(&headers) {
        stream::begin(feed, &headers, &query).await
    } else {
        Ok(poll(&feed, &query).await?.into_response())
    }
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok());
    accepted
        .flat_map(|list| list.split(','))
        .filter_map(|range| range.split(';').next())
        .any(|range| range.trim().eq_ignore_ascii_case(stream::MEDIA_TYPE))
}

async fn poll(feed: &Feed, query: &Query) -> ApiResult<Json<Events>> {
    let wait = query.number("wait", 0)?.min(LONGEST_WAIT);
    let Some(cursor) = query.get("cursor") else {
        let found = feed.since(feed.begin(query).await?).await?;
        return Ok(answer(feed, found));
    };
    let place = feed.open(cursor)?;
    // Before the first look, so that nothing falls between looking and listening.
    let mut changes = feed.state.changes.listen();
    let found = feed.since(place).await?;
    if !found.events.is_empty() || wait == 0 {
        return Ok(answer(feed, found));
    }
    let ears = Ears::of(feed).await?;
    let over = tokio::time::sleep(Duration::from_secs(wait));
    tokio::pin!(over);
    loop {
        let (woken, is_over) = tokio::select! {
            woken = ears.change(&mut changes) => (woken, changes.is_closed()),
            () = feed.state.shutdown.begun() => (Woken::Look, true),
            () = &mut over => (Woken::Look, true),
        };
        if let Woken::SessionEnded = woken {
            let events = vec![(found.end, feed.session_ended())];
            let end = found.end;
            return Ok(answer(feed, feed::Found { events, end }));
        }
        // Another process (an import) tells nobody here: whatever ended the wait, look once more. What concerns somebody for whom this
        // customer acts need not be theirs to hear of: an answer before its time would tell that there was something.
        let seen = feed.since(found.end).await?;
        if is_over || !seen.events.is_empty() {
            return Ok(answer(feed, seen));
        }
    }
}

fn answer(feed: &Feed, found: feed::Found) -> Json<Events> {
    Json(Events {
        next_cursor: feed.seal(found.end),
        items: found.events.into_iter().map(|(_, event)| event).collect(),
    })
}

enum Woken {
    Look,
    SessionEnded,
}

/// What a reader listens to: what concerns this customer, those for whom they act, and this session.
struct Ears {
    session: SessionId,
    customers: Vec<CustomerId>,
}

impl Ears {
    async fn of(feed: &Feed) -> ApiResult<Self> {
        let id = feed.customer.id.clone();
        let mut customers = feed
            .state
            .store
            .read(move |db| rows::followed(db, &id))
            .await?;
        customers.push(feed.customer.id.clone());
        Ok(Self {
            session: feed.customer.session_id,
            customers,
        })
    }

    /// Returns at the first change.
    async fn change(&self, changes: &mut Receiver<Change>) -> Woken {
        loop {
            match changes.recv().await {
                Ok(Change::Data(id)) if self.customers.contains(&id) => return Woken::Look,
                Ok(Change::SessionEnded(session)) if session == self.session => {
                    return Woken::SessionEnded;
                }
                Ok(Change::Data(_) | Change::SessionEnded(_)) => {}
                // Fell behind: one of the missed ones may have been ours. Or the server is going down.
                Err(RecvError::Lagged(_) | RecvError::Closed) => return Woken::Look,
            }
        }
    }
}
