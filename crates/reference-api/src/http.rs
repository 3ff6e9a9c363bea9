//! The contract over HTTP.

mod error;
mod extract;
mod idempotency;
mod layers;
mod state;

mod attachments;
mod capabilities;
mod documents;
mod events;
mod health;
mod interactions;
mod me;
mod messages;
mod overview;
mod session;

pub use error::{ApiError, ApiResult};
pub use extract::{
    Body, CurrentCustomer, Fingerprint, IdempotencyKeyHeader, IfMatch, OptionalIdempotencyKey,
};
pub use idempotency::{Outcome, once, perform};
pub use state::{AppState, Change, Changes, SessionId, Shutdown};

use axum::Router;

/// The whole server: the API, and what the configuration adds to it.
pub fn router(state: AppState) -> Router {
    let api = Router::new()
        .merge(attachments::routes())
        .merge(capabilities::routes())
        .merge(documents::routes())
        .merge(events::routes())
        .merge(interactions::routes())
        .merge(me::routes())
        .merge(messages::routes())
        .merge(overview::routes())
        .merge(session::routes())
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::wrong_method);
    layers::around_api(api, &state)
        .merge(health::routes())
        .with_state(state)
}
