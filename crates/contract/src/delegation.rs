//! Acting for another person: a parent, an agent, an executor. Narrow, confirmed by the person or by the company, and over at a day.
//!
//! Whoever acts uses the operations of data requests with `?on_behalf={delegation_id}`, and nothing else of the person's.

use crate::data_request::{DataRequestKind, DataRequestScope, DataRequestState};
use crate::{DataRequestId, DelegationEventId, DelegationId, Etag, InventoryCategoryId, Timestamp};

open_enum! {
    /// As what somebody acts for another.
    pub enum DelegationRole {
        /// Mother, father or guardian of somebody who cannot decide alone (GDPR, recital 38).
        Parent = "parent",
        /// Whom the person asked to do it (CCPA § 1798.135(e), GDPR Art. 80).
        Agent = "agent",
        /// Executor of an estate, or whom a court appointed.
        Executor = "executor",
    }
}

open_enum! {
    /// On which side of it the signed-in customer is.
    pub enum DelegationSide {
        /// They act for another.
        Delegate = "delegate",
        /// Another acts for them.
        Person = "person",
    }
}

open_enum! {
    /// How it stands. One that is not known here gives nobody anything.
    pub enum DelegationState {
        /// The person has yet to answer, by `decide_by`. Whoever asked sees this too where the address is nobody's, and where the
        /// person said no.
        AwaitingPerson = "awaiting_person",
        /// The company has yet to decide, by `decide_by`.
        AwaitingCompany = "awaiting_company",
        /// It holds, until `ends_at`.
        Active = "active",
        /// The person, or the company, said no.
        Refused = "refused",
        /// Nobody answered in time.
        Expired = "expired",
        /// The person, or the company, ended it.
        Revoked = "revoked",
        /// Whoever acted, or had asked to, gave it up.
        GivenUp = "given_up",
        /// Its time was over.
        Ended = "ended",
    }
}

open_enum! {
    /// What the reader may do with it now; the server decides.
    pub enum DelegationAction {
        /// Let them. Needs a fresh proof when it is said signed in.
        Accept = "accept",
        /// Do not let them.
        Refuse = "refuse",
        /// End it at once.
        Revoke = "revoke",
        /// Give it up, by whoever acts or asked to.
        GiveUp = "give_up",
        /// Make data requests with `?on_behalf=`.
        MakeRequest = "make_request",
        /// Of a link about an erasure: it is meant.
        ConfirmErasure = "confirm_erasure",
        /// Of a link about an erasure: it is not meant.
        CancelErasure = "cancel_erasure",
    }
}

record! {
    /// A category that it covers.
    pub struct CoveredCategory {
        /// Its id.
        pub id: InventoryCategoryId,
        /// What people call it, in the reader's language.
        pub label: String,
    }
}

record! {
    /// `GET /v1/delegations/{id}`: as the reader's side sees it.
    pub struct Delegation {
        /// Its id.
        pub id: DelegationId,
        /// On which side the reader is.
        pub side: DelegationSide,
        /// As what somebody acts.
        pub role: DelegationRole,
        /// How it stands.
        pub state: DelegationState,
        /// The name of the other one. Whoever acts learns the person's once it holds; not before.
        pub name: Option<String>,
        /// The address of the other one, masked (`m•••@example.com`).
        pub address: String,
        /// The kinds of data request that it covers; at least one.
        pub kinds: Vec<DataRequestKind>,
        /// The categories that it covers; empty for all.
        pub categories: Vec<CoveredCategory>,
        /// Why, in the words of whoever asked.
        pub text: Option<String>,
        /// What the company said when it decided.
        pub note: Option<String>,
        /// When it was asked for.
        pub requested_at: Timestamp,
        /// Until when an answer is waited for, while one is.
        pub decide_by: Option<Timestamp>,
        /// When it began to hold.
        pub began_at: Option<Timestamp>,
        /// The last moment at which it holds, or would.
        pub ends_at: Timestamp,
        /// When it was over, refused or given up.
        pub closed_at: Option<Timestamp>,
        /// Who closed it.
        pub closed_by: Option<DelegationActor>,
        /// How many data requests were made under it.
        pub requests: u64,
        /// What the reader may do now.
        pub allowed_actions: Vec<DelegationAction>,
        /// The version.
        pub etag: Etag,
    }
}

record! {
    /// `POST /v1/delegations`: asking to act for somebody. The answer is the same whether the address is known or not.
    pub struct NewDelegation {
        /// As what.
        pub role: DelegationRole,
        /// The person's email address, as the company knows it.
        pub email: String,
        /// The kinds of data request; at least one.
        pub kinds: Vec<DataRequestKind>,
        /// The categories; empty for all.
        pub categories: Vec<InventoryCategoryId>,
        /// The last day (`YYYY-MM-DD`, in the asker's zone), at most a year from now; 90 days when absent.
        pub until: Option<String>,
        /// Why. The person, and for an executor the company, reads it.
        pub text: Option<String>,
    }
}

open_enum! {
    /// Who did something to it.
    pub enum DelegationActor {
        /// Whoever acts, or asked to.
        Delegate = "delegate",
        /// Whoever they act for.
        Person = "person",
        /// Somebody of the company.
        Company = "company",
        /// Time.
        System = "system",
    }
}

open_enum! {
    /// What happened.
    pub enum DelegationEventKind {
        /// It was asked for.
        Requested = "requested",
        /// It holds since then.
        Accepted = "accepted",
        /// Somebody said no.
        Refused = "refused",
        /// Nobody answered in time.
        Expired = "expired",
        /// It was ended.
        Revoked = "revoked",
        /// It was given up.
        GivenUp = "given_up",
        /// Its time was over.
        Ended = "ended",
        /// A data request was made under it.
        RequestMade = "request_made",
        /// A data request was called off by whoever acts.
        RequestCancelled = "request_cancelled",
        /// Whoever acts wrote about a data request.
        MessageWritten = "message_written",
        /// Whoever acts got an address to fetch a copy from.
        CopyFetched = "copy_fetched",
        /// An erasure that was asked for in the person's name is meant.
        ErasureConfirmed = "erasure_confirmed",
        /// It is not meant.
        ErasureCancelled = "erasure_cancelled",
    }
}

record! {
    /// `GET /v1/delegations/{id}/events`: what was done, by whom.
    pub struct DelegationEvent {
        /// Its id.
        pub id: DelegationEventId,
        /// When.
        pub at: Timestamp,
        /// What.
        pub kind: DelegationEventKind,
        /// Who.
        pub actor: DelegationActor,
        /// The data request that it is about.
        pub data_request_id: Option<DataRequestId>,
        /// What that was for.
        pub data_request_kind: Option<DataRequestKind>,
        /// What people quote of it.
        pub reference: Option<String>,
        /// What the company said.
        pub note: Option<String>,
    }
}

record! {
    /// Who made a data request in the person's name: a member of the request.
    pub struct FiledBy {
        /// Under what; absent once it is forgotten (whoever acted was erased).
        pub delegation_id: Option<DelegationId>,
        /// Their name; absent with it.
        pub name: Option<String>,
        /// As what.
        pub role: DelegationRole,
    }
}

record! {
    /// `POST /v1/delegations/link`: what stood behind `#t=` in the link of a mail. Looking changes nothing.
    pub struct DelegationToken {
        /// The token.
        pub token: String,
    }
}

record! {
    /// `POST /v1/delegations/link/decision`.
    pub struct DelegationDecision {
        /// The token.
        pub token: String,
        /// One of the link's `allowed_actions`.
        pub decision: DelegationAction,
    }
}

record! {
    /// A data request as the link about it shows it.
    pub struct LinkedRequest {
        /// What people quote.
        pub reference: String,
        /// Which right.
        pub kind: DataRequestKind,
        /// About what.
        pub scope: DataRequestScope,
        /// How it stands.
        pub state: DataRequestState,
        /// When an erasure runs, or would, were it confirmed now.
        pub runs_at: Option<Timestamp>,
        /// Until when an answer is waited for.
        pub expires_at: Option<Timestamp>,
    }
}

record! {
    /// What a link is about, and what can be decided by it. It says nothing of the person but what they were asked.
    pub struct DelegationLink {
        /// As what somebody acts, or wants to.
        pub role: DelegationRole,
        /// How it stands.
        pub state: DelegationState,
        /// Who.
        pub name: String,
        /// Their address, masked.
        pub address: String,
        /// The kinds of data request that it covers.
        pub kinds: Vec<DataRequestKind>,
        /// The categories that it covers; empty for all.
        pub categories: Vec<CoveredCategory>,
        /// Why, in their words.
        pub text: Option<String>,
        /// The last moment at which it holds, or would.
        pub ends_at: Timestamp,
        /// Until when the link can be used.
        pub expires_at: Timestamp,
        /// The data request that it is about, of a link about one.
        pub request: Option<LinkedRequest>,
        /// What can be decided by it; empty once it was used.
        pub allowed_actions: Vec<DelegationAction>,
        /// BCP 47 tag of the language that the mail was in.
        pub language: Option<String>,
    }
}

record! {
    /// What can be asked for, in `GET /v1/capabilities`.
    pub struct DelegationTerms {
        /// As what somebody can act here.
        pub roles: Vec<DelegationRole>,
        /// The longest time, in days.
        pub max_days: u64,
        /// The time when none is chosen, in days.
        pub default_days: u64,
        /// The longest `text`, in characters.
        pub text_characters: u64,
    }
}
