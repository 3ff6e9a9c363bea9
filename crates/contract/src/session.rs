//! Who is signed in, and how they prove it.

use crate::{ChallengeId, Timestamp};

open_enum! {
    /// Whether somebody is signed in.
    pub enum SessionState {
        /// Nobody.
        Anonymous = "anonymous",
        /// A customer.
        Authenticated = "authenticated",
    }
}

open_enum! {
    /// What carries the session.
    pub enum SessionMode {
        /// A cookie on a top-level page.
        Session = "session",
        /// A bearer in memory, in a frame on the company's site.
        Embed = "embed",
        /// The link of an email footer; it may only reduce contact.
        Link = "link",
    }
}

open_enum! {
    /// What a session may do.
    pub enum Scope {
        /// Read interactions.
        InteractionsRead = "interactions:read",
        /// Reply, attach, close and reopen.
        InteractionsWrite = "interactions:write",
        /// Read the customer's own record.
        ProfileRead = "profile:read",
        /// Change the customer's own record.
        ProfileWrite = "profile:write",
        /// Read contact points.
        ContactPointsRead = "contact_points:read",
        /// Add, verify, change and remove contact points.
        ContactPointsWrite = "contact_points:write",
        /// Read preferences, their catalogue and history, and ask what would reach the customer.
        PreferencesRead = "preferences:read",
        /// Change preferences.
        PreferencesWrite = "preferences:write",
        /// Read the preferences of one address with their catalogue, and change them to less contact; nothing else.
        PreferencesReduce = "preferences:reduce",
        /// Read purposes, decisions and receipts.
        ConsentsRead = "consents:read",
        /// Decide about purposes.
        ConsentsWrite = "consents:write",
        /// Read requests for feedback, the ledger and improvements.
        FeedbackRead = "feedback:read",
        /// Give feedback, change it and take it back; decline a request.
        FeedbackWrite = "feedback:write",
        /// Read notices.
        NoticesRead = "notices:read",
        /// Put notices away, bring them back, answer them.
        NoticesWrite = "notices:write",
        /// Read data requests, what they would do, and what was said about them.
        DataRequestsRead = "data_requests:read",
        /// Make data requests, confirm them, call them off, write about them, fetch what they brought.
        DataRequestsWrite = "data_requests:write",
        /// Prove anew who they are, for what needs it. A frame's bearer cannot: it has a tab opened for that.
        StepUp = "step_up",
    }
}

record! {
    /// What the portal shows of the signed-in customer everywhere.
    pub struct SessionCustomer {
        /// How the company writes the name.
        pub display_name: String,
        /// BCP 47 tag of the language that the customer chose, when one was chosen.
        pub locale: Option<String>,
        /// IANA name of the zone that the customer chose, when one was chosen.
        pub time_zone: Option<String>,
    }
}

record! {
    /// What the browser asks for by itself. `POST /v1/session/signals` reports what no header told.
    pub struct Signals {
        /// Global Privacy Control: `Sec-GPC: 1` came with this request, or this session reported `navigator.globalPrivacyControl`.
        pub gpc: bool,
    }
}

record! {
    /// The session, always answered with 200: also nobody is an answer.
    pub struct Session {
        /// Whether somebody is signed in.
        pub state: SessionState,
        /// What carries the session; absent when nobody is signed in.
        pub mode: Option<SessionMode>,
        /// What it may do; empty when nobody is signed in.
        pub scopes: Vec<Scope>,
        /// Who it is; absent when nobody is signed in.
        pub customer: Option<SessionCustomer>,
        /// An opaque mark of *which* customer, the same at every sign-in and of no use elsewhere: a draft of one customer
        /// is not shown to another.
        pub subject: Option<String>,
        /// When the customer last proved who they are; sensitive acts ask how long ago that was.
        pub auth_time: Option<Timestamp>,
        /// When the session ends by itself.
        pub expires_at: Option<Timestamp>,
        /// What the browser asks for by signal.
        pub signals: Signals,
    }
}

impl Session {
    /// The session of nobody.
    #[must_use]
    pub fn anonymous(signals: Signals) -> Self {
        Self {
            state: SessionState::Anonymous,
            mode: None,
            scopes: Vec::new(),
            customer: None,
            subject: None,
            auth_time: None,
            expires_at: None,
            signals,
        }
    }
}

record! {
    /// `POST /v1/session/email`: send a one-time code to this address.
    pub struct StartEmailSignIn {
        /// The address, as the customer typed it.
        pub email: String,
        /// BCP 47 tag of the language that the mail should be in.
        pub locale: Option<String>,
    }
}

record! {
    /// A code was sent, or would have been: the answer is the same for an address that nobody here has.
    pub struct Challenge {
        /// What the code answers.
        pub id: ChallengeId,
        /// From when another code can be asked for.
        pub resend_after: Timestamp,
        /// Until when the code is good (10 minutes).
        pub expires_at: Timestamp,
        /// How many tries there are (5).
        pub attempts_left: u64,
    }
}

record! {
    /// `POST /v1/session/email/confirm` and `POST /v1/session/step-up/confirm`: the code that arrived.
    pub struct ConfirmChallenge {
        /// Which challenge.
        pub challenge_id: ChallengeId,
        /// The six digits; spaces and dashes between them are passed over.
        pub code: String,
    }
}
