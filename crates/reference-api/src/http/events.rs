//! The route of the change feed: a long poll.

#[cfg(test)]
mod tests;

use super::interactions::{List, Query};
use super::state::Change;
use super::{ApiResult, AppState, CurrentCustomer};
use crate::store::interactions::Place;
use crate::store::time::Moment;
use crate::store::{events, ids};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::endpoints;
use portal_contract::event::{Event, EventKind, Events};
use portal_contract::session::Scope;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// The longest that a poll waits, in seconds: short of what proxies cut off.
const LONGEST_WAIT: u64 = 30;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(endpoints::EVENTS, get(poll))
}

async fn poll(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Events>> {
    customer.require(&Scope::InteractionsRead)?;
    let feed = List::new(&state, &customer.id, ["events"]);
    let wait = query.number("wait", 0)?.min(LONGEST_WAIT);
    let Some(cursor) = query.get("cursor") else {
        let id = customer.id.clone();
        let now = state.store.read(move |db| events::now_at(db, &id)).await?;
        return Ok(answer(&feed, Vec::new(), now));
    };
    let after = feed.open(cursor)?.seq;
    // Before the first look, so that nothing falls between looking and listening.
    let mut changes = state.changes.listen();
    let (found, end) = look(&state, &customer, after).await?;
    if !found.is_empty() || wait == 0 {
        return Ok(answer(&feed, found, end));
    }
    let woken = tokio::select! {
        woken = change_of(&customer, &mut changes) => woken,
        () = state.shutdown.begun() => Woken::Look,
        () = tokio::time::sleep(Duration::from_secs(wait)) => Woken::Look,
    };
    match woken {
        Woken::Look => {
            // Another process (an import) tells nobody here: whatever ended the wait, look once more.
            let (found, end) = look(&state, &customer, after).await?;
            Ok(answer(&feed, found, end))
        }
        Woken::SessionEnded => Ok(answer(&feed, vec![session_ended(&state)], after)),
    }
}

enum Woken {
    Look,
    SessionEnded,
}

/// Returns at the first change that concerns this customer or this session.
async fn change_of(customer: &CurrentCustomer, changes: &mut Receiver<Change>) -> Woken {
    loop {
        match changes.recv().await {
            Ok(Change::Data(id)) if id == customer.id => return Woken::Look,
            Ok(Change::SessionEnded(session)) if session == customer.session_id => {
                return Woken::SessionEnded;
            }
            Ok(Change::Data(_) | Change::SessionEnded(_)) => {}
            // Fell behind: one of the missed ones may have been ours. Or the server is going down.
            Err(RecvError::Lagged(_) | RecvError::Closed) => return Woken::Look,
        }
    }
}

async fn look(
    state: &AppState,
    customer: &CurrentCustomer,
    after: i64,
) -> ApiResult<(Vec<Event>, i64)> {
    let id = customer.id.clone();
    Ok(state
        .store
        .read(move |db| events::since(db, &id, after))
        .await?)
}

fn answer(feed: &List<'_>, items: Vec<Event>, end: i64) -> Json<Events> {
    let next_cursor = feed.seal(Place {
        at: Moment::from_millis(0),
        seq: end,
    });
    Json(Events { items, next_cursor })
}

fn session_ended(state: &AppState) -> Event {
    let now = state.clock.now();
    Event {
        event_id: ids::fresh("evt", now),
        kind: EventKind::SessionEnded,
        resource: "session".to_owned(),
        id: "current".to_owned(),
        etag: None,
        occurred_at: now.to_timestamp(),
    }
}
