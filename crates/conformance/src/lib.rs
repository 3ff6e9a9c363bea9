//! The conformance kit: judges any API by the customer portal's contract, over HTTP alone.
//!
//! A [`Rule`](rule::Rule) is a sentence of the contract with a check. [`rules::all`] lists them; [`run::judge`] runs those of
//! the profiles that are asked for against an API, as two customers, and gives a [`Report`](report::Report). Every request
//! and answer is [recorded](http::Exchange), so that each finding stands beside what it was found in, with whatever is secret or
//! personal taken out.

pub mod cli;
pub mod http;
mod ids;
mod kit;
mod operations;
mod profile;
mod redact;
pub mod report;
pub mod rule;
pub mod rules;
pub mod run;
mod sample;
mod schema;
pub mod subject;

pub use kit::{EmbedKey, Given, Kit};
pub use operations::{Operation, operations};
pub use profile::{profile_name, profiles};
