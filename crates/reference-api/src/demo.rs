//! Demonstration data: the customers of Lumenfold, a fictional company for energy and broadband.
//!
//! Everything is deterministic and told relative to "now", so that a demonstration is fresh on every day. What people say
//! stands in `demo/*.toml`; the code knows no words.

mod about;
mod archive;
mod calls;
mod catalogue;
mod choices;
mod contact;
mod content;
mod data_requests;
mod decisions;
mod delegations;
mod edge;
mod feedback;
mod files;
mod guides;
pub mod host;
mod moments;
mod notices;
mod reachable;
mod seed;

pub use archive::{ARCHIVE_ADDRESS, seed_archive};
pub use catalogue::catalogue;
pub use contact::ways;
pub use content::ContentError;
pub use edge::EDGE_ADDRESS;
pub use guides::guides;
pub use notices::check_ins;
pub use seed::{Seeded, seed};

/// What marks an internal note of the demonstration: text that must never leave the server.
pub const INTERNAL_NOTE_SENTINEL: &str = "INTERNAL-NOTE-SENTINEL";

/// Where demonstration data says that it comes from.
pub const SOURCE: &str = "demo";

/// Why the demonstration could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Its content is wrong.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

#[cfg(test)]
mod tests;
