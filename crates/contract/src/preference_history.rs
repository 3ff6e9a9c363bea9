//! Who changed what about how the customer is contacted, when, and by which route: each change is a receipt.

use crate::interaction::Participant;
use crate::{Json, PreferenceChangeId, Timestamp};

open_enum! {
    /// The way that a change came.
    pub enum ChangeRoute {
        /// The customer, signed in.
        Portal = "portal",
        /// The link of an email's footer.
        Link = "link",
        /// The unsubscribe button of a mail program (RFC 8058).
        OneClick = "one_click",
        /// A person of the company, for the customer.
        Agent = "agent",
        /// Taken over from another system.
        Import = "import",
        /// A signal of the browser (Global Privacy Control).
        Signal = "signal",
        /// The company's systems by themselves: an address that bounces, a pause that ended.
        System = "system",
    }
}

open_enum! {
    /// What a change is about.
    pub enum ChangeSubject {
        /// The preferences.
        Preferences = "preferences",
        /// A contact point.
        ContactPoint = "contact_point",
        /// A decision about a purpose.
        Consent = "consent",
        /// Something that the company inferred about the customer.
        Signal = "signal",
    }
}

record! {
    /// One value that changed.
    pub struct ValueChange {
        /// Which one, as a JSON Pointer (RFC 6901): into the preferences (`/topics/offers/email/enabled`), or
        /// `/contact_points/{id}` and `/contact_points/{id}/label`, or `/consents/{purpose}/status`.
        pub pointer: String,
        /// What stood there before; absent for nothing. Of a contact point, `kind`, `value` and `label` are enough.
        pub before: Option<Json>,
        /// What stands there since; absent for nothing.
        pub after: Option<Json>,
    }
}

record! {
    /// An entry of `GET /v1/preferences/history`.
    pub struct PreferenceChange {
        /// Its id.
        pub id: PreferenceChangeId,
        /// When.
        pub at: Timestamp,
        /// The way that it came.
        pub route: ChangeRoute,
        /// What it is about.
        pub subject: ChangeSubject,
        /// Who made it; absent when nobody did (`signal`, `system`).
        pub actor: Option<Participant>,
        /// What changed, at least one value.
        pub changes: Vec<ValueChange>,
        /// Whether it can be undone now: it is about the preferences, and everything that it changed still stands as it left it.
        pub undoable: bool,
        /// The change that undid this one.
        pub undone_by: Option<PreferenceChangeId>,
        /// The change that this one undid.
        pub undoes: Option<PreferenceChangeId>,
    }
}
