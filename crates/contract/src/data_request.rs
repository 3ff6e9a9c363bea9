//! Rights over one's data: what was asked, how it stands, and by when the law wants it answered.

use crate::artifact::{Artifact, ExportFormat};
use crate::consent::LawfulBasis;
use crate::delegation::FiledBy;
use crate::{
    DataRequestId, DataRequestMessageId, Etag, InteractionId, InventoryCategoryId, Timestamp,
};

open_enum! {
    /// Which right is used.
    pub enum DataRequestKind {
        /// A copy of what is held (GDPR Art. 15, CCPA "right to know").
        Access = "access",
        /// A copy to take elsewhere (GDPR Art. 20).
        Portability = "portability",
        /// Deletion (GDPR Art. 17).
        Erasure = "erasure",
        /// Correction (GDPR Art. 16).
        Rectification = "rectification",
        /// Kept, and not used for the time being (GDPR Art. 18).
        Restriction = "restriction",
        /// Not used for this any more (GDPR Art. 21).
        Objection = "objection",
        /// Neither sold nor shared (CCPA § 1798.120).
        OptOutSaleSharing = "opt_out_sale_sharing",
        /// Sensitive data used for nothing but what was asked for (CCPA § 1798.121).
        LimitSensitive = "limit_sensitive",
        /// A person looks at what a machine decided (GDPR Art. 22).
        AutomatedDecisionReview = "automated_decision_review",
    }
}

open_enum! {
    /// How a request stands. One that is not known here is under way.
    pub enum DataRequestState {
        /// It arrived, and waits for the company to begin.
        Received = "received",
        /// The company cannot tell yet that it is the customer; it asked for something that shows it.
        AwaitingVerification = "awaiting_verification",
        /// The customer has yet to say that it is meant (`confirm`), by `expires_at`.
        AwaitingConfirmation = "awaiting_confirmation",
        /// The company is at it.
        InProgress = "in_progress",
        /// The company asked something, and waits for the customer's answer.
        AwaitingCustomer = "awaiting_customer",
        /// What was asked for can be fetched.
        Ready = "ready",
        /// The erasure runs at `runs_at`; until then it can be cancelled.
        Scheduled = "scheduled",
        /// It is done.
        Completed = "completed",
        /// It is done in part; `outcome` says what was not, and why.
        PartiallyCompleted = "partially_completed",
        /// The company refused it; `status_reason` says why.
        Denied = "denied",
        /// The customer called it off.
        Cancelled = "cancelled",
        /// It ran out, for want of a confirmation or an answer.
        Expired = "expired",
    }
}

open_enum! {
    /// Why a request was denied, or done in part alone.
    pub enum DataRequestReason {
        /// Somebody else seems to have asked.
        SuspectedFraud = "suspected_fraud",
        /// It could not be made sure that it was the customer.
        InsufficientVerification = "insufficient_verification",
        /// Nothing is held that it is about.
        NoMatch = "no_match",
        /// The law gives no such right here.
        ClaimNotCovered = "claim_not_covered",
        /// The law that is claimed does not apply.
        OutsideJurisdiction = "outside_jurisdiction",
        /// The same was asked too often (GDPR Art. 12(5)).
        TooManyRequests = "too_many_requests",
        /// It must be kept for a dispute or an authority.
        LegalHold = "legal_hold",
        /// Something else; the note says what.
        Unlisted = "other",
    }
}

open_enum! {
    /// Which rules its deadlines follow.
    pub enum Regime {
        /// Regulation (EU) 2016/679.
        Gdpr = "gdpr",
        /// The United Kingdom's GDPR and Data Protection Act 2018.
        UkGdpr = "uk_gdpr",
        /// California Consumer Privacy Act.
        Ccpa = "ccpa",
    }
}

open_enum! {
    /// What a request is about.
    pub enum ScopeKind {
        /// Everything that is held.
        Everything = "everything",
        /// Whole categories, perhaps of a span of time.
        Categories = "categories",
        /// Single interactions.
        Interactions = "interactions",
        /// One field of the customer's record, or one thing concluded about them.
        Field = "field",
    }
}

record! {
    /// What a request is about. Members that do not belong to the kind are empty.
    pub struct DataRequestScope {
        /// Which of them.
        pub kind: ScopeKind,
        /// The categories of `GET /v1/data-inventory`, with `categories`.
        pub categories: Vec<InventoryCategoryId>,
        /// The first day (`YYYY-MM-DD`, in the customer's zone) of what is meant; with `everything` and `categories` of an access
        /// or a portability.
        pub from: Option<String>,
        /// The last day of what is meant.
        pub to: Option<String>,
        /// The interactions, with `interactions`.
        pub interaction_ids: Vec<InteractionId>,
        /// The field of `GET /v1/me` (`date_of_birth`) or key of an attribute (`attributes/loyalty`), with `field`.
        pub field: Option<String>,
    }
}

impl DataRequestScope {
    /// All that is held.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            kind: ScopeKind::Everything,
            categories: Vec::new(),
            from: None,
            to: None,
            interaction_ids: Vec::new(),
            field: None,
        }
    }
}

record! {
    /// What a field should say instead, of a rectification.
    pub struct ProposedValue {
        /// The field, as a scope names it.
        pub field: String,
        /// What it should say; empty to have it taken out.
        pub value: String,
        /// What it said when it was asked; the server fills it in.
        pub current: Option<String>,
    }
}

record! {
    /// `POST /v1/data-requests`.
    pub struct NewDataRequest {
        /// Which right.
        pub kind: DataRequestKind,
        /// About what.
        pub scope: DataRequestScope,
        /// Of a copy: as what; empty for all that there are.
        pub formats: Vec<ExportFormat>,
        /// Of a rectification: what is right.
        pub proposed: Vec<ProposedValue>,
        /// Why, or which decision, in the customer's words.
        pub text: Option<String>,
    }
}

open_enum! {
    /// Whether time counts against the company.
    pub enum ClockState {
        /// It does.
        Running = "running",
        /// It does not: the company waits for something that the law lets it wait for.
        Paused = "paused",
        /// It is over.
        Stopped = "stopped",
    }
}

open_enum! {
    /// Why the clock does not run.
    pub enum ClockReason {
        /// It must be made sure who asks.
        Verification = "verification",
        /// The company asked what exactly is meant.
        Clarification = "clarification",
        /// The request is closed.
        Closed = "closed",
    }
}

record! {
    /// The legal clock. `due_at` stands still while it is paused, and moves by the time that it was, as an event of the timeline says.
    pub struct LegalClock {
        /// Whether time counts.
        pub state: ClockState,
        /// Since when.
        pub since: Timestamp,
        /// Why not, when it does not.
        pub reason: Option<ClockReason>,
    }
}

record! {
    /// More time, that the law allows once and the company must give a reason for.
    pub struct Extension {
        /// Why, in the company's words.
        pub reason: String,
        /// Until when.
        pub until: Timestamp,
        /// When the customer was told.
        pub notified_at: Timestamp,
    }
}

record! {
    /// How far something that takes its time has come.
    pub struct DataRequestProgress {
        /// Records done.
        pub done: u64,
        /// Records in all, as far as is known.
        pub total: u64,
    }
}

record! {
    /// Something that was not erased.
    pub struct Retained {
        /// The category that it belongs to.
        pub category: InventoryCategoryId,
        /// What people call it.
        pub label: String,
        /// How many records.
        pub count: u64,
        /// On which ground.
        pub lawful_basis: LawfulBasis,
        /// The law or the reason, in plain words.
        pub reason: String,
        /// Until when; absent where no day can be named.
        pub until: Option<Timestamp>,
    }
}

record! {
    /// What came of it.
    pub struct DataRequestOutcome {
        /// What the company says to it.
        pub note: Option<String>,
        /// How many records were erased, corrected or handed over.
        pub records: u64,
        /// What was kept, and why.
        pub retained: Vec<Retained>,
        /// Of a right that stays in force (restriction, objection, opt-out): whether it is in force now.
        pub in_force: Option<bool>,
    }
}

open_enum! {
    /// What the customer may do with it at this moment; the server decides.
    pub enum DataRequestAction {
        /// Say that it is meant. Needs a fresh proof where the kind does.
        Confirm = "confirm",
        /// Call it off.
        Cancel = "cancel",
        /// Write to whoever works on it; answer what they asked.
        Message = "message",
        /// Fetch an artifact. Needs a fresh proof.
        Download = "download",
        /// Have an artifact made anew that ran out.
        Reissue = "reissue",
        /// End a restriction, an objection or an opt-out that is in force.
        Lift = "lift",
    }
}

record! {
    /// `GET /v1/data-requests/{id}`.
    pub struct DataRequest {
        /// Its id.
        pub id: DataRequestId,
        /// What people quote (`DR-2026-7KQ4`).
        pub reference: String,
        /// Which right.
        pub kind: DataRequestKind,
        /// About what.
        pub scope: DataRequestScope,
        /// Of a copy: as what.
        pub formats: Vec<ExportFormat>,
        /// Of a rectification: what is right.
        pub proposed: Vec<ProposedValue>,
        /// Why, in the customer's words.
        pub text: Option<String>,
        /// Who made it in the customer's name, when they did not make it themselves.
        pub filed_by: Option<FiledBy>,
        /// How it stands.
        pub state: DataRequestState,
        /// Why it was denied, or done in part alone.
        pub status_reason: Option<DataRequestReason>,
        /// The same in the company's words.
        pub status_note: Option<String>,
        /// When it arrived: the legal time counts from here.
        pub submitted_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
        /// When it was closed.
        pub closed_at: Option<Timestamp>,
        /// By when the company must say that it has it, where the regime wants that.
        pub acknowledge_by: Option<Timestamp>,
        /// When it said so.
        pub acknowledged_at: Option<Timestamp>,
        /// By when it must be answered: the last moment of the day. Absent where the law names no day.
        pub due_at: Option<Timestamp>,
        /// What `due_at` was when it arrived.
        pub original_due_at: Option<Timestamp>,
        /// More time, where it was taken.
        pub extension: Option<Extension>,
        /// Whether time counts.
        pub clock: LegalClock,
        /// Which rules the deadlines follow.
        pub regime: Regime,
        /// IANA name of the zone whose days they count in.
        pub time_zone: String,
        /// Until when the customer must confirm or answer, while one of the two is waited for.
        pub expires_at: Option<Timestamp>,
        /// Until when it can be called off.
        pub cancellable_until: Option<Timestamp>,
        /// When the erasure runs.
        pub runs_at: Option<Timestamp>,
        /// How far what runs in the background has come, while it runs.
        pub progress: Option<DataRequestProgress>,
        /// What can be fetched, the newest first.
        pub artifacts: Vec<Artifact>,
        /// What came of it.
        pub outcome: Option<DataRequestOutcome>,
        /// Of a right that stays in force: since when it has been, while it is.
        pub in_force_since: Option<Timestamp>,
        /// The question of the company that waits for an answer.
        pub question_id: Option<DataRequestMessageId>,
        /// What the customer may do now.
        pub allowed_actions: Vec<DataRequestAction>,
        /// Where to complain: the supervisory authority.
        pub complaint_url: Option<String>,
        /// Where to appeal: the company itself.
        pub appeal_url: Option<String>,
        /// Of an erasure: what reads the status alone once the account is gone. As secret as a password.
        pub tracking_token: Option<String>,
        /// Whether the company has done or said something since the customer last looked. No part of the version.
        pub unread: bool,
        /// The version.
        pub etag: Etag,
    }
}

record! {
    /// A request as the overview shows it.
    pub struct DataRequestRunning {
        /// Its id.
        pub id: DataRequestId,
        /// Which right.
        pub kind: DataRequestKind,
        /// How it stands.
        pub state: DataRequestState,
        /// By when it must be answered.
        pub due_at: Option<Timestamp>,
        /// When the erasure runs.
        pub runs_at: Option<Timestamp>,
    }
}

record! {
    /// `POST /v1/data-requests/tracking`: the token of an erasure. It stands in no address.
    pub struct TrackDataRequest {
        /// What the request said as `tracking_token`.
        pub tracking_token: String,
    }
}

record! {
    /// How a request stands, and nothing about whose it is.
    pub struct TrackedDataRequest {
        /// What people quote.
        pub reference: String,
        /// Which right.
        pub kind: DataRequestKind,
        /// How it stands.
        pub state: DataRequestState,
        /// Why it was denied, or done in part alone.
        pub status_reason: Option<DataRequestReason>,
        /// When it arrived.
        pub submitted_at: Timestamp,
        /// By when it must be answered.
        pub due_at: Option<Timestamp>,
        /// When the erasure runs.
        pub runs_at: Option<Timestamp>,
        /// When it was closed.
        pub closed_at: Option<Timestamp>,
        /// What came of it: counts, grounds and days alone.
        pub outcome: Option<DataRequestOutcome>,
        /// Where to complain.
        pub complaint_url: Option<String>,
    }
}
