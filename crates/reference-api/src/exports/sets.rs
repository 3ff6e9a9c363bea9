//! Every set of records that a copy has, in the order in which they stand in it.
//!
//! A test writes a mark into every table that holds something about customers and looks for it in the archive: a table that is added
//! is either exported here or named in [`LEFT_OUT`].

mod conversations;
mod person;
mod requests;
mod wishes;

use super::set::Set;

pub use conversations::{ATTACHMENTS, INTERACTIONS, MESSAGES};

/// All sets, category by category.
pub fn all() -> impl Iterator<Item = &'static Set> {
    [
        person::SETS,
        conversations::SETS,
        wishes::SETS,
        person::AFTERWARDS,
        requests::SETS,
    ]
    .into_iter()
    .flatten()
}

/// What is held and not handed over.
pub struct LeftOut {
    /// The category that it belongs to.
    pub category: &'static str,
    /// The tables, or columns of one.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the test that looks for every table reads it")
    )]
    pub tables: &'static [&'static str],
    /// Under which key the words file says what it is and why.
    pub words: &'static str,
}

/// What is held and not handed over: the manifest names it, with the reason.
pub const LEFT_OUT: &[LeftOut] = &[
    LeftOut {
        category: "sign_in",
        tables: &[
            "known_devices.token_hash",
            "sessions.token_hash",
            "sessions.company_id_token",
            "challenges.code_hash",
        ],
        words: "secrets",
    },
    LeftOut {
        category: "sign_in",
        tables: &["idempotency_records"],
        words: "repeats",
    },
    LeftOut {
        category: "interactions",
        tables: &["internal_notes"],
        words: "notes",
    },
    LeftOut {
        category: "messages",
        tables: &["search"],
        words: "index",
    },
    LeftOut {
        category: "data_requests",
        tables: &["delegation_letters"],
        words: "work",
    },
    LeftOut {
        category: "data_requests",
        tables: &["delegation_links", "delegations.address_mac"],
        words: "tracking",
    },
    LeftOut {
        category: "data_requests",
        tables: &["data_request_work", "data_request_letters"],
        words: "work",
    },
    LeftOut {
        category: "data_requests",
        tables: &["data_requests.tracking_hash", "export_downloads.token_hash"],
        words: "tracking",
    },
];

#[cfg(test)]
mod tests;
