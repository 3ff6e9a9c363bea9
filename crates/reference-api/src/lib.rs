//! The reference API: the contract of `portal_contract`, served from an embedded SQLite database.
//!
//! A company can run it as it stands, or read it to see what its own API has to do. [`router`] is the whole API as a
//! tower service, so that tests call it without a socket.

pub mod attributes;
pub mod cli;
pub mod clock;
pub mod company_file;
mod company_sign_in;
pub mod config;
pub mod consents;
pub mod contact;
pub mod contact_points;
pub mod data_requests;
pub mod delegations;
pub mod demo;
pub mod embed;
pub mod erasure;
pub mod exports;
pub mod feedback;
pub mod guides;
mod html;
pub mod http;
pub mod import;
pub mod interactions;
pub mod inventory;
mod letters;
mod links;
pub mod logging;
pub mod mail;
pub mod notices;
mod outgoing;
pub mod preferences;
mod rights;
mod secrets;
pub mod serve;
pub mod signals;
pub mod store;
pub mod sweep;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod wall_clock;
pub mod webhooks;

pub use clock::Clock;
pub use config::Config;
pub use http::{AppState, router};
pub use store::{Store, StoreError};
