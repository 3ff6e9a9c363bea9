//! Before a data request is made: what is on offer, and what it would do.

use crate::artifact::ExportFormat;
use crate::data_request::{DataRequestKind, DataRequestScope, Regime, Retained, ScopeKind};
use crate::{DataRequestId, InventoryCategoryId, Timestamp};

record! {
    /// One right on offer.
    pub struct DataRequestOffer {
        /// Which.
        pub kind: DataRequestKind,
        /// What it can be about.
        pub scopes: Vec<ScopeKind>,
        /// As what a copy can be written; empty where there is none.
        pub formats: Vec<ExportFormat>,
        /// The article or section that gives it, as people quote it.
        pub legal_reference: Option<String>,
        /// Whether a fresh proof of who asks is needed (RFC 9470).
        pub step_up: bool,
        /// Whether it takes effect with the request.
        pub at_once: bool,
        /// By when it would be answered, were it made now.
        pub due_at: Option<Timestamp>,
        /// How many days an erasure can be called off before it runs.
        pub cooling_off_days: Option<u64>,
        /// The one of this kind that runs already: another would be refused.
        pub running_id: Option<DataRequestId>,
    }
}

record! {
    /// A category that a request can be about.
    pub struct OfferedCategory {
        /// Its id.
        pub id: InventoryCategoryId,
        /// What people call it, in the customer's language.
        pub label: String,
        /// How many records are held.
        pub records: u64,
        /// For which kinds it can be chosen.
        pub kinds: Vec<DataRequestKind>,
    }
}

record! {
    /// A field that a request can be about.
    pub struct OfferedField {
        /// As a scope names it.
        pub field: String,
        /// What people call it.
        pub label: String,
        /// What it says now.
        pub value: Option<String>,
        /// For which kinds it can be chosen.
        pub kinds: Vec<DataRequestKind>,
    }
}

record! {
    /// `GET /v1/data-requests/options`.
    pub struct DataRequestOptions {
        /// Which rules apply to the customer.
        pub regime: Regime,
        /// IANA name of the zone whose days deadlines count in.
        pub time_zone: String,
        /// The rights on offer, in the order in which they are shown.
        pub kinds: Vec<DataRequestOffer>,
        /// The categories that can be chosen.
        pub categories: Vec<OfferedCategory>,
        /// The fields that can be chosen.
        pub fields: Vec<OfferedField>,
        /// The longest `text`, in characters.
        pub text_characters: u64,
        /// Where to complain: the supervisory authority.
        pub complaint_url: Option<String>,
    }
}

record! {
    /// `POST /v1/data-requests/preview`: what would be asked.
    pub struct DataRequestDraft {
        /// Which right.
        pub kind: DataRequestKind,
        /// About what.
        pub scope: DataRequestScope,
    }
}

record! {
    /// Records that a request would take or hand over.
    pub struct AffectedCategory {
        /// The category.
        pub category: InventoryCategoryId,
        /// What people call it.
        pub label: String,
        /// How many records.
        pub count: u64,
    }
}

open_enum! {
    /// What else would end.
    pub enum EndingKind {
        /// A matter that is still open.
        Interaction = "interaction",
        /// A call that is planned.
        Callback = "callback",
        /// A permission that was given.
        Consent = "consent",
        /// A way to sign in, with all devices.
        SignIn = "sign_in",
        /// Another data request that runs.
        DataRequest = "data_request",
        /// Files of an earlier copy.
        Artifact = "artifact",
    }
}

record! {
    /// Something that would end with it.
    pub struct Ending {
        /// What sort of thing.
        pub kind: EndingKind,
        /// How many.
        pub count: u64,
        /// What people call them, as far as there are few: subjects, purposes.
        pub labels: Vec<String>,
    }
}

record! {
    /// What a request would do, were it made now. Nothing has been done.
    pub struct DataRequestPreview {
        /// Which right.
        pub kind: DataRequestKind,
        /// About what.
        pub scope: DataRequestScope,
        /// What would be erased, handed over or held back from use.
        pub affected: Vec<AffectedCategory>,
        /// What would stay.
        pub retained: Vec<Retained>,
        /// What else would end.
        pub ends: Vec<Ending>,
        /// Whether the account itself would be gone, and nobody could sign in to it any more.
        pub ends_account: bool,
        /// By when it would be answered.
        pub due_at: Option<Timestamp>,
        /// When an erasure would run, were it confirmed now.
        pub runs_at: Option<Timestamp>,
    }
}
