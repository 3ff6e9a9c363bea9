//! Routes of messages: reading a thread, writing into it.

#[cfg(test)]
mod tests;

use super::interactions::require;
use super::state::Change;
use super::{
    ApiError, ApiResult, AppState, Body, CurrentCustomer, IdempotencyKeyHeader, Outcome, once,
};
use crate::config::Limits;
use crate::http::{List, PathIds, Query};
use crate::interactions::{send_files, words};
use crate::store::events;
use crate::store::interactions::{self, Seq};
use crate::store::messages::{self, Draft};
use crate::store::time::Moment;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::event::EventKind;
use portal_contract::interaction::{Action, Channel, Role};
use portal_contract::message::{Message, NewMessage};
use portal_contract::session::Scope;
use portal_contract::{Page, endpoints};
use rusqlite::Transaction;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(endpoints::MESSAGES, get(list).post(write))
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<Message>>> {
    customer.require(&Scope::InteractionsRead)?;
    let (viewer, id, limit) = (customer.viewer(), ids.interaction()?, query.limit()?);
    let list = List::new(&state, &customer.id, ["messages", id.as_str()]);
    let after = list.after(&query)?;
    let interaction = id.clone();
    let page = state
        .store
        .read(
            move |db| match interactions::find(db, &viewer.customer, &interaction)? {
                Some(seq) => messages::page(db, seq, &interaction, after, limit).map(Some),
                None => Ok(None),
            },
        )
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(list.page(page)))
}

async fn write(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<NewMessage>,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let id = ids.interaction()?;
    let Body {
        value: new,
        fingerprint,
    } = body;
    let (viewer, name, now) = (
        customer.viewer(),
        customer.display_name.clone(),
        state.clock.now(),
    );
    let limits = state.config.limits.clone();
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let seq = require(tx, &viewer, &id)?;
        let allowed = interactions::situation(tx, seq)?.allowed_actions(now);
        if !allowed.contains(&Action::Reply) {
            return Err(ApiError::invalid_state(allowed));
        }
        check(&new, &limits)?;
        let message = reply(tx, seq, &name, &new, now)?;
        for kind in [EventKind::MessageCreated, EventKind::InteractionUpdated] {
            events::emit(tx, &viewer.customer, seq, &kind, now)?;
        }
        let message = messages::get(tx, message, &id)?;
        Ok(Outcome::json(StatusCode::CREATED, &message))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

/// Everything that can be said of a message without looking anything up, all at once.
fn check(new: &NewMessage, limits: &Limits) -> ApiResult<()> {
    let text = words::kept(&new.text);
    match words::faults(&text, new.attachment_ids.len(), false, limits) {
        none if none.is_empty() => Ok(()),
        faults => Err(ApiError::validation(faults)),
    }
}

/// Writes the customer's message with its files; what waited for the customer, or for somebody to take it up, is being worked on.
fn reply(
    tx: &Transaction<'_>,
    seq: Seq,
    name: &str,
    new: &NewMessage,
    now: Moment,
) -> ApiResult<Seq> {
    interactions::add_participant(tx, seq, &Role::Customer, name)?;
    let text = words::kept(&new.text);
    let draft = Draft {
        role: &Role::Customer,
        author: name,
        channel: &Channel::Web,
        text: &text,
        sent_at: now,
    };
    let message = messages::insert(tx, seq, &draft)?;
    send_files(tx, seq, message, &new.attachment_ids)?;
    interactions::customer_replied(tx, seq, now)?;
    Ok(message)
}
