//! The contract between the portal and a company's API, as types.
//!
//! This crate is the single source of the wire format: the reference API serialises these types, the portal decodes
//! them, and the OpenAPI 3.1 document (`docs/openapi.json`) is generated from them. It does no I/O.
//!
//! Ground rules that every type here follows:
//!
//! - **Open enums** keep a value that this version does not know (`Other(String)`) and give it back unchanged.
//! - **`null` means absent**; a list is never `null`.
//! - **Timestamps** are RFC 3339 in UTC ([`Timestamp`]); ids are opaque ([`ids`]).
//! - Every answer about a customer is relative to the signed-in customer; no customer id stands in a URL.

#[macro_use]
mod macros;

pub mod artifact;
pub mod attachment;
pub mod callback;
pub mod capabilities;
pub mod consent;
pub mod contact;
pub mod contact_point;
pub mod data_request;
pub mod data_request_event;
pub mod data_request_options;
pub mod delegation;
pub mod effort;
pub mod embed;
pub mod endpoints;
pub mod entries;
pub mod event;
pub mod feedback;
pub mod filter;
pub mod guide;
pub mod ids;
pub mod improvement;
pub mod interaction;
pub mod inventory;
pub mod json;
pub mod link;
pub mod me;
pub mod message;
pub mod notice;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod overview;
pub mod page;
pub mod preference_catalog;
pub mod preference_history;
pub mod preferences;
pub mod problem;
pub mod reach;
pub mod receipt;
pub mod session;
pub mod signal;
pub mod starting;
pub mod time;

pub use entries::Entries;
pub use ids::*;
pub use json::{DecodeError, Fault, FromJson, Json, Place, ToJson};
pub use page::Page;
pub use problem::{FieldCode, FieldError, Problem, ProblemKind};
pub use time::Timestamp;

/// The version of the contract that this crate describes, as `/v1/capabilities` announces it.
pub const CONTRACT_VERSION: &str = "1.0";
