//! What the company uses personal data for, on which ground, and what the customer has decided about it.

use crate::interaction::Participant;
use crate::preference_history::ChangeRoute;
use crate::{ConsentRecordId, PurposeId, Timestamp};

open_enum! {
    /// The ground on which data is used (GDPR, article 6(1)).
    pub enum LawfulBasis {
        /// The customer agreed (a).
        Consent = "consent",
        /// The contract needs it (b).
        Contract = "contract",
        /// A law demands it (c).
        LegalObligation = "legal_obligation",
        /// A life depends on it (d).
        VitalInterests = "vital_interests",
        /// A task of public interest needs it (e).
        PublicTask = "public_task",
        /// An interest of the company that weighs more than the customer's (f); it can be objected to (article 21).
        LegitimateInterests = "legitimate_interests",
    }
}

record! {
    /// Data of one sort.
    pub struct DataCategory {
        /// Its stable name (`contact`).
        pub id: String,
        /// What people call it.
        pub label: String,
        /// Whether it is of a special category (GDPR, articles 9 and 10) or sensitive by another law.
        pub sensitive: bool,
    }
}

record! {
    /// Somebody who receives data for a purpose.
    pub struct Recipient {
        /// The company, or the sort of companies.
        pub name: String,
        /// What they do with it, in plain words.
        pub role: Option<String>,
        /// ISO 3166-1 alpha-2 of the country in which it is used.
        pub country: Option<String>,
        /// What protects it there, where the law there does not do so by itself ("standard contractual clauses").
        pub safeguard: Option<String>,
    }
}

record! {
    /// A version of the text that tells the customer about a purpose.
    pub struct NoticeVersion {
        /// Its name (`2026-03`).
        pub version: String,
        /// Since when it holds.
        pub effective_from: Timestamp,
        /// Where its whole text stands.
        pub url: Option<String>,
        /// What is new in it, in a sentence.
        pub changes: Option<String>,
    }
}

record! {
    /// Something that the company uses personal data for.
    pub struct Purpose {
        /// Its id.
        pub id: PurposeId,
        /// What people call it, in the customer's language.
        pub label: String,
        /// What happens, in plain words.
        pub description: String,
        /// The ground.
        pub lawful_basis: LawfulBasis,
        /// The interest, with `legitimate_interests`; the law, with `legal_obligation`.
        pub basis_detail: Option<String>,
        /// What is used.
        pub data_categories: Vec<DataCategory>,
        /// Who receives it; empty for nobody outside the company.
        pub recipients: Vec<Recipient>,
        /// How long it is kept, in plain words.
        pub retention: String,
        /// Whether data is sold or shared for advertising across contexts (CCPA): Global Privacy Control forbids it.
        pub sale_or_sharing: bool,
        /// The notice, its newest version first; at least one.
        pub notices: Vec<NoticeVersion>,
    }
}

open_enum! {
    /// What the customer has decided about a purpose.
    pub enum ConsentStatus {
        /// Nothing yet: without consent it is not done.
        NotAsked = "not_asked",
        /// Agreed.
        Granted = "granted",
        /// Agreed, and taken back; or refused at once.
        Withdrawn = "withdrawn",
        /// It ran out.
        Expired = "expired",
        /// Done without asking, on the ground that the purpose names.
        InUse = "in_use",
        /// Objected to: it is not done.
        Objected = "objected",
    }
}

open_enum! {
    /// What the customer can decide about a purpose.
    pub enum Decision {
        /// Agree (`consent`).
        Grant = "grant",
        /// Take the agreement back, or refuse (`consent`).
        Withdraw = "withdraw",
        /// Object (`legitimate_interests`, `public_task`).
        Object = "object",
        /// Take the objection back.
        EndObjection = "end_objection",
    }
}

record! {
    /// How a purpose stands with the customer: an item of `GET /v1/consents`, one for each purpose.
    pub struct Consent {
        /// The purpose.
        pub purpose_id: PurposeId,
        /// What was decided.
        pub status: ConsentStatus,
        /// When; absent when nothing was.
        pub decided_at: Option<Timestamp>,
        /// The way that it came.
        pub route: Option<ChangeRoute>,
        /// The version of the notice that it was decided on.
        pub notice_version: Option<String>,
        /// Until when it holds, where it runs out.
        pub expires_at: Option<Timestamp>,
        /// The record of the decision in force.
        pub record_id: Option<ConsentRecordId>,
        /// What can be decided now; empty for a purpose about which there is nothing to decide.
        pub allowed_decisions: Vec<Decision>,
        /// Since when Global Privacy Control is honoured for it; absent when no signal came or the purpose neither sells nor shares.
        /// It stays when the signal no longer comes; a later `grant` or `end_objection` of the customer's own ends it.
        pub signal_honoured_since: Option<Timestamp>,
    }
}

record! {
    /// `POST /v1/consents/{purpose_id}/decisions`.
    pub struct NewDecision {
        /// What the customer decides.
        pub decision: Decision,
        /// The version of the notice that the customer saw. A `grant` on a version that no longer holds is refused; what reduces
        /// the use of data never is.
        pub notice_version: String,
        /// BCP 47 tag of the language in which the customer saw it.
        pub language: Option<String>,
    }
}

record! {
    /// A decision as it was recorded; never changed and never deleted while it may have to be shown.
    pub struct ConsentRecord {
        /// Its id.
        pub id: ConsentRecordId,
        /// The purpose.
        pub purpose_id: PurposeId,
        /// What was decided.
        pub decision: Decision,
        /// How the purpose stood before.
        pub status_before: ConsentStatus,
        /// How it stands since.
        pub status: ConsentStatus,
        /// When.
        pub at: Timestamp,
        /// The way that it came.
        pub route: ChangeRoute,
        /// Who decided; absent when nobody did (`signal`).
        pub actor: Option<Participant>,
        /// The version of the notice that it was decided on.
        pub notice_version: String,
        /// BCP 47 tag of the language in which the notice was shown.
        pub language: Option<String>,
    }
}
