//! The one list of categories, and of the tables behind each: what is shown, exported and erased is told from it.

use portal_contract::InventoryCategoryId;

/// A sort of data that is held about a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Who the customer is: name, language, what was said about oneself.
    Profile,
    /// Where the company reaches the customer.
    ContactPoints,
    /// Every matter, with who took part, calls and guides.
    Interactions,
    /// What was written and said in them.
    Messages,
    /// The files in them.
    Attachments,
    /// What the customer wants to be told, and how.
    Preferences,
    /// Decisions about the use of data, with their receipts.
    Consents,
    /// What the customer said about the company.
    Feedback,
    /// What the company told by itself.
    Notices,
    /// What the company concluded.
    Inferences,
    /// Sign-ins, devices, codes, and what keeps them safe.
    SignIn,
    /// The use of one's rights.
    DataRequests,
}

impl Category {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Profile,
        Self::ContactPoints,
        Self::Interactions,
        Self::Messages,
        Self::Attachments,
        Self::Preferences,
        Self::Consents,
        Self::Feedback,
        Self::Notices,
        Self::Inferences,
        Self::SignIn,
        Self::DataRequests,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::ContactPoints => "contact_points",
            Self::Interactions => "interactions",
            Self::Messages => "messages",
            Self::Attachments => "attachments",
            Self::Preferences => "preferences",
            Self::Consents => "consents",
            Self::Feedback => "feedback",
            Self::Notices => "notices",
            Self::Inferences => "inferences",
            Self::SignIn => "sign_in",
            Self::DataRequests => "data_requests",
        }
    }

    /// Its id on the wire.
    #[must_use]
    pub fn id(self) -> InventoryCategoryId {
        self.as_str()
            .parse()
            .expect("letters and underscores are an id")
    }

    /// The category of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.as_str() == name)
    }

    /// The tables behind it.
    pub fn tables(self) -> impl Iterator<Item = &'static Held> {
        TABLES.iter().filter(move |held| held.category == self)
    }
}

/// Rows of a table that are about a customer.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The table.
    pub table: &'static str,
    /// What its rows belong to.
    pub category: Category,
    /// Which rows are the customer's: a condition on the table, `?1` the customer's id.
    pub whose: &'static str,
}

const fn held(category: Category, table: &'static str, whose: &'static str) -> Held {
    Held {
        table,
        category,
        whose,
    }
}

const OWN: &str = "customer_id = ?1";
const OF_DATA_REQUEST: &str =
    "request_seq IN (SELECT seq FROM data_requests WHERE customer_id = ?1)";
const OF_DELEGATION: &str =
    "delegation_seq IN (SELECT seq FROM delegations WHERE delegate_id = ?1 OR person_id = ?1)";
const OF_INTERACTION: &str =
    "interaction_seq IN (SELECT seq FROM interactions WHERE customer_id = ?1)";

/// Every table that holds something about customers. Rows of one table may belong to two categories: then it stands twice, and no
/// row is in both.
pub const TABLES: &[Held] = &[
    held(Category::Profile, "customers", "id = ?1"),
    held(
        Category::Profile,
        "customer_attributes",
        "customer_id = ?1 AND origin <> 'inferred'",
    ),
    held(Category::ContactPoints, "contact_points", OWN),
    held(
        Category::ContactPoints,
        "contact_point_verifications",
        "contact_point_seq IN (SELECT seq FROM contact_points WHERE customer_id = ?1)",
    ),
    // What an address said of itself: that it is not the customer's.
    held(Category::ContactPoints, "company_notices", OWN),
    held(Category::Interactions, "interactions", OWN),
    held(Category::Interactions, "participants", OF_INTERACTION),
    held(Category::Interactions, "handoffs", OF_INTERACTION),
    held(Category::Interactions, "channel_changes", OF_INTERACTION),
    held(
        Category::Interactions,
        "related_interactions",
        OF_INTERACTION,
    ),
    held(Category::Interactions, "ingested", OF_INTERACTION),
    held(Category::Interactions, "callbacks", OWN),
    held(Category::Interactions, "guide_records", OWN),
    held(Category::Interactions, "interaction_guides", OF_INTERACTION),
    // Erased with the interaction, and shown to nobody outside the company.
    held(Category::Interactions, "internal_notes", OF_INTERACTION),
    held(Category::Messages, "messages", OF_INTERACTION),
    // Subjects and messages once more, by word; a row's number begins with its interaction's.
    held(
        Category::Messages,
        "search",
        "rowid >> 20 IN (SELECT seq FROM interactions WHERE customer_id = ?1)",
    ),
    held(
        Category::Attachments,
        "attachments",
        "(interaction_seq IN (SELECT seq FROM interactions WHERE customer_id = ?1) OR (draft = 1 AND draft_of = ?1))",
    ),
    held(Category::Preferences, "preferences", OWN),
    held(Category::Preferences, "preference_changes", OWN),
    held(Category::Preferences, "link_bindings", OWN),
    held(Category::Consents, "consent_decisions", OWN),
    held(Category::Feedback, "feedback", OWN),
    held(Category::Feedback, "feedback_requests", OWN),
    held(
        Category::Feedback,
        "feedback_steps",
        "feedback_seq IN (SELECT seq FROM feedback WHERE customer_id = ?1)",
    ),
    held(Category::Notices, "notice_deliveries", OWN),
    held(Category::Inferences, "signals", OF_INTERACTION),
    held(
        Category::Inferences,
        "customer_attributes",
        "customer_id = ?1 AND origin = 'inferred'",
    ),
    held(Category::SignIn, "sessions", OWN),
    held(Category::SignIn, "known_devices", OWN),
    held(Category::SignIn, "challenges", OWN),
    held(Category::SignIn, "idempotency_records", OWN),
    held(Category::SignIn, "events", OWN),
    // Codes and other mail that has nowhere to go because no mail server is configured.
    held(Category::SignIn, "outbox", OWN),
    held(Category::DataRequests, "data_requests", OWN),
    held(
        Category::DataRequests,
        "data_request_messages",
        OF_DATA_REQUEST,
    ),
    held(
        Category::DataRequests,
        "data_request_artifacts",
        OF_DATA_REQUEST,
    ),
    held(
        Category::DataRequests,
        "data_request_events",
        OF_DATA_REQUEST,
    ),
    held(
        Category::DataRequests,
        "data_request_letters",
        "event_seq IN (SELECT e.seq FROM data_request_events AS e JOIN data_requests AS r ON r.seq = e.request_seq
                        WHERE r.customer_id = ?1)",
    ),
    held(
        Category::DataRequests,
        "data_request_work",
        OF_DATA_REQUEST,
    ),
    held(
        Category::DataRequests,
        "export_downloads",
        "artifact_id IN (SELECT a.id FROM data_request_artifacts AS a JOIN data_requests AS r ON r.seq = a.request_seq
                          WHERE r.customer_id = ?1)",
    ),
    // Both sides: for whom the customer acts, and who acts for them.
    held(
        Category::DataRequests,
        "delegations",
        "(delegate_id = ?1 OR person_id = ?1)",
    ),
    held(
        Category::DataRequests,
        "delegation_events",
        OF_DELEGATION,
    ),
    held(
        Category::DataRequests,
        "delegation_letters",
        "event_seq IN (SELECT e.seq FROM delegation_events AS e JOIN delegations AS d ON d.seq = e.delegation_seq
                        WHERE d.delegate_id = ?1 OR d.person_id = ?1)",
    ),
    held(
        Category::DataRequests,
        "delegation_links",
        OF_DELEGATION,
    ),
    held(Category::DataRequests, "erasures", OWN),
    held(Category::DataRequests, "rights_in_force", OWN),
];

/// Every table that holds nothing about a customer, and why that is so.
pub const NOT_PERSONAL: &[(&str, &str)] = &[
    (
        "quota_uses",
        "how often something was asked for, by a keyed hash; gone after the longest limit",
    ),
    (
        "verification_sends",
        "how often codes were sent, by a keyed hash; gone after the longest limit",
    ),
    (
        "used_assertions",
        "which assertions of a host page were used, by a keyed hash; gone within minutes",
    ),
    (
        "company_logout_tokens",
        "which logout tokens of the company's sign-in were used, by a hash; gone within an hour",
    ),
    ("server_keys", "the server's own"),
    ("erasure_counts", "what an erasure came to, by category"),
    (
        "retained_records",
        "what a law wants kept of customers who are gone; no account reads it",
    ),
    (
        "retained_files",
        "names of contents that a law wants kept of customers who are gone",
    ),
    (
        "files_to_remove",
        "names of contents that are about to go, by chance and not by customer",
    ),
    (
        "suppressed_addresses",
        "who wanted no advertising when they left, by a keyed hash",
    ),
    (
        "webhook_endpoints",
        "where the company's own systems are told of data requests",
    ),
    (
        "webhook_messages",
        "ids, kinds, states and days of data requests, without whose they are; gone after 30 days",
    ),
    ("topics", "the company's catalogue"),
    ("topic_labels", "the company's catalogue"),
    ("contact_options_now", "how the company is to be reached"),
    ("guide_versions", "the company's guides"),
    ("survey_versions", "the company's questions"),
    (
        "improvements",
        "what the company does for all, in its own words",
    ),
    (
        "improvement_texts",
        "what the company does for all, in its own words",
    ),
    ("notices", "what the company wrote once for all"),
];

#[cfg(test)]
mod tests;
