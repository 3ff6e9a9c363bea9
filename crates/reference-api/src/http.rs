//! The contract over HTTP.

mod credential;
mod error;
mod extract;
mod idempotency;
mod layers;
mod lists;
mod state;
mod writes;

mod attachments;
mod capabilities;
mod consents;
mod contact;
mod contact_points;
mod data_requests;
mod delegations;
mod dev;
mod documents;
mod downloads;
mod embed;
mod events;
mod feedback;
mod guides;
mod health;
mod interactions;
mod inventory;
mod links;
mod me;
mod messages;
mod notices;
mod overview;
mod portal;
mod preferences;
mod session;
mod signals;

pub use error::{ApiError, ApiResult};
pub use extract::{
    Body, CurrentCustomer, Fingerprint, IdempotencyKeyHeader, IfMatch, OptionalIdempotencyKey,
};
pub(crate) use extract::{PathIds, Query};
pub use idempotency::{Outcome, once, perform};
#[cfg(test)]
pub(crate) use interactions::fixture;
pub(crate) use lists::List;
pub(crate) use session::quota;
pub use state::{AppState, Bell, Change, Changes, SessionId, Shutdown};

use crate::sweep::Forget;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::any;
use dev::faults::Faults;

/// The whole server: the API, and beside it the portal and the tools of a demonstration where the configuration has them.
pub fn router(state: AppState) -> Router {
    let mut api = layers::around_api(endpoints(), open_routes(), &state);
    let mut server = Router::new().merge(health::routes());
    if state.config.demo {
        let faults = Faults::default();
        api = api.layer(from_fn_with_state(faults.clone(), dev::faults::inject));
        server = server.merge(dev::routes(&faults));
    }
    let server = server.merge(api).with_state(state.clone());
    match portal::Portal::of(&state.config) {
        Some(portal) => server.fallback_service(any(portal::serve).with_state(portal)),
        None => server.fallback(error::not_found),
    }
    .layer(from_fn_with_state(state, layers::pace::keep))
    .layer(from_fn(layers::request::frame))
}

/// What the sweep deletes of what requests leave behind.
pub(crate) fn forgetting() -> impl Iterator<Item = (&'static str, Forget)> {
    let records: (_, Forget) = ("idempotency_records", idempotency::forget);
    let assertions: (_, Forget) = ("used_assertions", crate::embed::forget);
    session::forgetting()
        .into_iter()
        .chain([records, assertions])
}

/// What takes nothing that a browser sends by itself for a proof.
fn open_routes() -> Router<AppState> {
    links::open_routes()
        .merge(embed::open_routes())
        .merge(session::open_routes())
}

/// Every operation of the contract; any other path below `/v1` is a problem document.
fn endpoints() -> Router<AppState> {
    Router::new()
        .merge(attachments::routes())
        .merge(capabilities::routes())
        .merge(consents::routes())
        .merge(contact::routes())
        .merge(contact_points::routes())
        .merge(data_requests::routes())
        .merge(delegations::routes())
        .merge(documents::routes())
        .merge(downloads::routes())
        .merge(events::routes())
        .merge(feedback::routes())
        .merge(guides::routes())
        .merge(interactions::routes())
        .merge(links::routes())
        .merge(me::routes())
        .merge(messages::routes())
        .merge(notices::routes())
        .merge(overview::routes())
        .merge(preferences::routes())
        .merge(session::routes())
        .merge(inventory::routes())
        .merge(signals::routes())
        .route("/v1", any(error::not_found))
        .route("/v1/{*rest}", any(error::not_found))
        .method_not_allowed_fallback(error::wrong_method)
}

#[cfg(test)]
mod tests;
