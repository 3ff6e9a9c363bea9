//! Typed calls of the portal's API over any [`Transport`].
//!
//! [`Client`] has one call for each endpoint. What every call shares stands in one place: headers, retries with jitter and
//! `Retry-After`, the limit of time, the reading of refusals. It goes into the WASM bundle, so it decodes through
//! [`Json`](portal_contract::Json) values and formats nothing.

mod client;
mod engine;
mod error;
pub mod paths;
pub mod preferences;
pub mod query;
#[cfg(test)]
mod scripted;
mod transport;

pub use client::{
    Asked, Change, Client, ContactPointChanges, FeedbackChanges, MeChanges, NewFile, Offer, Since,
    WaysIn,
};
pub use engine::{CALL_LIMIT, RETRIES, UPLOAD_LIMIT};
pub use error::{ApiError, Garbled};
pub use transport::{
    Body, Method, Progress, RESPONSE_HEADERS, Request, Response, Transport, TransportError,
};
