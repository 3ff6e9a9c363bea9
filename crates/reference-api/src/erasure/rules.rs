//! The one table of rules: what becomes of the rows of every table that holds something about customers.
//!
//! The preview and the run both walk it, so that what is foretold is what happens. Which rows are whose stands in the inventory's list
//! ([`TABLES`]); a test holds that no table of it lacks a rule.

use crate::inventory::{Category, TABLES};

/// How the rows of a table go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// With the first transaction, which locks the customer out.
    First,
    /// Conversation by conversation; those of no conversation by themselves, after that.
    Beneath,
    /// By themselves, some at a time.
    Own,
    /// By themselves, and proof of them stays, without a name.
    Proven,
    /// With the row of this table, by the database.
    With(&'static str),
    /// With the last transaction.
    Last,
}

/// What people count as records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// Nothing: rows that belong to other records.
    No,
    /// Every row.
    Rows,
    /// What this expression says of a row.
    Fields(&'static str),
}

/// What becomes of the rows of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) category: Category,
    pub(super) table: &'static str,
    /// The columns that say which row is which.
    pub(super) key: &'static str,
    pub(super) way: Way,
    pub(super) counts: Counts,
}

impl Rule {
    /// Which rows are the customer's: `?1`.
    pub(super) fn whose(&self) -> &'static str {
        TABLES
            .iter()
            .find(|held| held.table == self.table && held.category == self.category)
            .map(|held| held.whose)
            .expect("every rule has its place in the inventory; a test holds it")
    }
}

const fn rule(category: Category, table: &'static str, way: Way) -> Rule {
    Rule {
        category,
        table,
        key: "rowid",
        way,
        counts: Counts::No,
    }
}

const fn records(category: Category, table: &'static str, way: Way) -> Rule {
    Rule {
        counts: Counts::Rows,
        ..rule(category, table, way)
    }
}

const fn keyed(rule: Rule, key: &'static str) -> Rule {
    Rule { key, ..rule }
}

/// The fields of a customer's record that say something; those of a jurisdiction are one.
const FIELDS: &str = "1 + (preferred_name IS NOT NULL) + (pronouns IS NOT NULL) + (locale IS NOT NULL) + (time_zone IS NOT NULL)
    + (date_of_birth IS NOT NULL) + (accommodations <> '[]') + (jurisdiction_code IS NOT NULL) + (reference IS NOT NULL)";

/// In the order in which they go.
pub(super) const RULES: &[Rule] = &[
    records(Category::SignIn, "sessions", Way::First),
    keyed(
        records(Category::SignIn, "known_devices", Way::First),
        "token_hash, customer_id",
    ),
    rule(Category::SignIn, "challenges", Way::First),
    rule(Category::SignIn, "outbox", Way::First),
    records(Category::ContactPoints, "contact_points", Way::First),
    rule(
        Category::ContactPoints,
        "contact_point_verifications",
        Way::With("contact_points"),
    ),
    rule(Category::ContactPoints, "company_notices", Way::Own),
    // Files before their messages, both before their interaction: so each is counted, and none goes unseen with another.
    records(Category::Attachments, "attachments", Way::Beneath),
    records(Category::Messages, "messages", Way::Beneath),
    records(Category::Inferences, "signals", Way::Beneath),
    records(Category::Feedback, "feedback", Way::Beneath),
    records(Category::Notices, "notice_deliveries", Way::Beneath),
    records(Category::Interactions, "interactions", Way::Beneath),
    rule(Category::Messages, "search", Way::With("messages")),
    rule(
        Category::Interactions,
        "participants",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "handoffs",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "channel_changes",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "related_interactions",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "ingested",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "callbacks",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "interaction_guides",
        Way::With("interactions"),
    ),
    rule(
        Category::Interactions,
        "internal_notes",
        Way::With("interactions"),
    ),
    rule(Category::Interactions, "guide_records", Way::Own),
    rule(Category::Feedback, "feedback_steps", Way::With("feedback")),
    rule(Category::Feedback, "feedback_requests", Way::Own),
    keyed(
        records(Category::Profile, "customer_attributes", Way::Own),
        "customer_id, key",
    ),
    keyed(
        records(Category::Inferences, "customer_attributes", Way::Own),
        "customer_id, key",
    ),
    keyed(
        rule(Category::Preferences, "preferences", Way::Own),
        "customer_id",
    ),
    records(Category::Preferences, "preference_changes", Way::Own),
    keyed(rule(Category::Preferences, "link_bindings", Way::Own), "id"),
    records(Category::Consents, "consent_decisions", Way::Proven),
    keyed(
        rule(Category::SignIn, "idempotency_records", Way::Own),
        "customer_id, key",
    ),
    rule(Category::SignIn, "events", Way::Own),
    // The request that asked for it is stripped and stays as the proof; the others go with the last transaction.
    records(Category::DataRequests, "data_requests", Way::Last),
    rule(
        Category::DataRequests,
        "data_request_messages",
        Way::With("data_requests"),
    ),
    rule(
        Category::DataRequests,
        "data_request_artifacts",
        Way::With("data_requests"),
    ),
    rule(
        Category::DataRequests,
        "export_downloads",
        Way::With("data_requests"),
    ),
    rule(
        Category::DataRequests,
        "data_request_events",
        Way::With("data_requests"),
    ),
    rule(
        Category::DataRequests,
        "data_request_letters",
        Way::With("data_requests"),
    ),
    rule(
        Category::DataRequests,
        "data_request_work",
        Way::With("data_requests"),
    ),
    // For whom they acted keeps what was done, without their name; who acted for them keeps nothing.
    rule(
        Category::DataRequests,
        "delegations",
        Way::With("customers"),
    ),
    rule(
        Category::DataRequests,
        "delegation_events",
        Way::With("delegations"),
    ),
    rule(
        Category::DataRequests,
        "delegation_letters",
        Way::With("delegation_events"),
    ),
    rule(
        Category::DataRequests,
        "delegation_links",
        Way::With("delegations"),
    ),
    // The run's own notes and what is in force: the first forgets whose it was when it is over, the second goes with the account.
    rule(Category::DataRequests, "erasures", Way::With("customers")),
    rule(
        Category::DataRequests,
        "rights_in_force",
        Way::With("customers"),
    ),
    Rule {
        counts: Counts::Fields(FIELDS),
        ..rule(Category::Profile, "customers", Way::Last)
    },
];

/// Whether a category can be erased while the account stays. What cannot is what the account, or a proof, hangs on.
#[must_use]
pub(crate) fn goes_alone(category: Category) -> bool {
    match category {
        Category::Interactions
        | Category::Messages
        | Category::Attachments
        | Category::Feedback
        | Category::Notices
        | Category::Inferences
        | Category::Profile
        | Category::ContactPoints
        | Category::SignIn => true,
        Category::Preferences | Category::Consents | Category::DataRequests => false,
    }
}

/// The categories that go with one: there is no message without its conversation, and no file without its message.
pub(super) fn with(category: Category) -> &'static [Category] {
    match category {
        Category::Interactions => &[
            Category::Interactions,
            Category::Messages,
            Category::Attachments,
            Category::Inferences,
            Category::Feedback,
            Category::Notices,
        ],
        Category::Messages => &[Category::Messages, Category::Attachments],
        Category::Profile => &[Category::Profile],
        Category::ContactPoints => &[Category::ContactPoints],
        Category::Attachments => &[Category::Attachments],
        Category::Preferences => &[Category::Preferences],
        Category::Consents => &[Category::Consents],
        Category::Feedback => &[Category::Feedback],
        Category::Notices => &[Category::Notices],
        Category::Inferences => &[Category::Inferences],
        Category::SignIn => &[Category::SignIn],
        Category::DataRequests => &[Category::DataRequests],
    }
}
