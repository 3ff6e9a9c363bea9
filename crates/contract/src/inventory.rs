//! What the company holds about the customer: by category, with source, purpose, ground, retention and recipients (GDPR, article
//! 15(1)), and down to the records.

use crate::consent::{LawfulBasis, Recipient};
use crate::data_request::{DataRequestKind, ScopeKind};
use crate::me::Origin;
use crate::{DataRequestId, InventoryCategoryId, InventoryRecordId, PurposeId, Timestamp};

record! {
    /// How much of a category came from where.
    pub struct HeldSource {
        /// From where.
        pub origin: Origin,
        /// Who that was, in plain words, where it was neither the customer nor the company ("Your network operator").
        pub name: Option<String>,
        /// How many records.
        pub records: u64,
    }
}

record! {
    /// What the company uses data for, and on which ground.
    pub struct HeldPurpose {
        /// The purpose of `GET /v1/purposes`, where it is one of these.
        pub purpose_id: Option<PurposeId>,
        /// What people call it, in the customer's language.
        pub label: String,
        /// The ground.
        pub lawful_basis: LawfulBasis,
        /// The interest, with `legitimate_interests`; the law, with `legal_obligation`.
        pub basis_detail: Option<String>,
    }
}

open_enum! {
    /// A screen on which the customer sees something, and changes it where that can be done.
    pub enum HeldPlace {
        /// The customer's own record.
        Profile = "profile",
        /// An interaction (`id`), or something within it (`part`).
        Interaction = "interaction",
        /// Contact points.
        ContactPoints = "contact_points",
        /// Topics, channels, quiet hours.
        Preferences = "preferences",
        /// The history of choices.
        PreferenceHistory = "preference_history",
        /// Purposes and consents.
        Consents = "consents",
        /// Feedback; `id` is the entry of the ledger.
        Feedback = "feedback",
        /// Notices.
        Notices = "notices",
        /// A data request (`id`).
        DataRequest = "data_request",
    }
}

record! {
    /// Where something is to be seen.
    pub struct SeenAt {
        /// On which screen.
        pub place: HeldPlace,
        /// Of what, where there are several.
        pub id: Option<String>,
        /// What of it: a message or a file, or what was inferred from it.
        pub part: Option<String>,
    }
}

record! {
    /// A right of the customer's that holds now: what is held may be kept, and is used for less (GDPR, articles 18, 21 and 22).
    pub struct RightInForce {
        /// Which: restriction, objection, or a review of automated decisions.
        pub kind: DataRequestKind,
        /// How far it goes. Of a category, `interactions` and `field` say that it holds for part of it.
        pub scope: ScopeKind,
        /// Since when.
        pub since: Timestamp,
        /// The data request that asked for it; it is lifted there.
        pub request_id: DataRequestId,
    }
}

record! {
    /// A sort of data that the company holds about the customer: an item of `GET /v1/data-inventory`.
    pub struct InventoryCategory {
        /// Its id; the scope of a data request names it.
        pub id: InventoryCategoryId,
        /// What people call it, in the customer's language.
        pub label: String,
        /// What belongs to it, in a sentence.
        pub description: String,
        /// BCP 47 tag of the language of all its words.
        pub lang: String,
        /// Where it came from, the largest part first; empty when nothing is held.
        pub sources: Vec<HeldSource>,
        /// What it is used for; at least one.
        pub purposes: Vec<HeldPurpose>,
        /// How long it is kept, in plain words.
        pub retention: String,
        /// Who receives it; empty for nobody outside the company.
        pub recipients: Vec<Recipient>,
        /// Whether it is of a special category (GDPR, articles 9 and 10) or sensitive by another law.
        pub sensitive: bool,
        /// How many records are held.
        pub records: u64,
        /// From when the oldest is.
        pub earliest: Option<Timestamp>,
        /// From when the newest is.
        pub latest: Option<Timestamp>,
        /// Where the customer sees all of it, and changes it where that can be done.
        pub seen_at: Option<SeenAt>,
        /// The kinds of data request that can be made about it alone (`portability`, `erasure`, `objection`); the server decides.
        pub rights: Vec<String>,
        /// Rights that hold for it, or for part of it; empty for none.
        pub in_force: Vec<RightInForce>,
    }
}

open_enum! {
    /// What the customer may do with a record now; the server decides.
    pub enum RecordAction {
        /// Change it in place, where `seen_at` says.
        Edit = "edit",
        /// Ask for it to be corrected: `field` goes with the request.
        Rectify = "rectify",
        /// "That's not right", of what was inferred.
        Contest = "contest",
        /// Take that back.
        Uncontest = "uncontest",
    }
}

open_enum! {
    /// How the value of a record is written where it is a code, so that it can be shown in the reader's words.
    pub enum ValueFormat {
        /// A day: `1991-04-17` (RFC 3339, `full-date`).
        Date = "date",
        /// A language: a BCP 47 tag.
        Language = "language",
        /// A country, or a part of one: ISO 3166-1 `PT`, ISO 3166-2 `US-CA`.
        Country = "country",
        /// A time zone: an IANA name.
        TimeZone = "time_zone",
    }
}

record! {
    /// One record of a category: an item of `GET /v1/data-inventory/{category_id}/records`.
    pub struct InventoryRecord {
        /// Its id within the category.
        pub id: InventoryRecordId,
        /// What it is, in the customer's language ("Preferred name", "Message").
        pub label: String,
        /// What is held, or what it comes to, as people read it. Long texts are cut.
        pub value: String,
        /// How `value` is written, where it is a code and not words.
        pub format: Option<ValueFormat>,
        /// BCP 47 tag of the language of `value`, where it is not the customer's.
        pub lang: Option<String>,
        /// Where it came from.
        pub origin: Origin,
        /// Who that was, in plain words, where it was neither the customer nor the company.
        pub source: Option<String>,
        /// When it was collected.
        pub collected_at: Option<Timestamp>,
        /// What it is used for, where that is less or other than what its category is used for.
        pub purpose: Option<HeldPurpose>,
        /// Where the customer sees it, and changes it where that can be done.
        pub seen_at: Option<SeenAt>,
        /// What a request for rectification calls it.
        pub field: Option<String>,
        /// When the customer said that it is not right.
        pub contested_at: Option<Timestamp>,
        /// Rights that hold for this record alone (its field, its conversation); those of the whole category stand there.
        pub in_force: Vec<RightInForce>,
        /// What the customer may do now.
        pub allowed_actions: Vec<RecordAction>,
    }
}
