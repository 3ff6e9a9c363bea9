//! What an email's footer leads to: less contact without signing in, and one click of a mail program (RFC 8058).

use crate::PreferenceTopicId;
use crate::contact_point::ContactPointKind;
use crate::session::Session;

/// The member of a one-click request, in either encoding (RFC 8058).
pub const ONE_CLICK_NAME: &str = "List-Unsubscribe";

/// Its value.
pub const ONE_CLICK_VALUE: &str = "One-Click";

/// The longest token of a footer link, in characters.
pub const MAX_LINK_TOKEN_CHARACTERS: usize = 2_048;

record! {
    /// A topic with what people call it.
    pub struct LinkTopic {
        /// Its id.
        pub id: PreferenceTopicId,
        /// What people call it.
        pub label: String,
    }
}

record! {
    /// `POST /v1/session/link`: what stood behind `#t=` in the footer's link.
    pub struct StartLinkSession {
        /// The token, at most 2,048 characters of `A-Z a-z 0-9 - _ . ~`.
        pub token: String,
    }
}

record! {
    /// A link was exchanged; nothing else changed.
    pub struct LinkSession {
        /// What to send as `Authorization: Bearer …`; kept in memory alone, gone with the page. Calls that carry it carry no cookie.
        pub bearer: String,
        /// Who it speaks for: `mode: link`, `scopes: [preferences:reduce]`, no `customer`, `expires_at` of the bearer.
        pub session: Session,
        /// What sort of address the mail went to.
        pub kind: ContactPointKind,
        /// That address, masked (`m•••@example.com`): who forwarded a mail gives no address away.
        pub address: String,
        /// BCP 47 tag of the language that the mail was in.
        pub language: Option<String>,
        /// What the mail was about.
        pub topics: Vec<LinkTopic>,
    }
}

record! {
    /// `GET` and `POST /v1/unsubscribe/{token}`: what the address in `List-Unsubscribe` is about.
    pub struct Unsubscribe {
        /// The address that the mail went to, masked.
        pub address: String,
        /// What it no longer gets, or would no longer get.
        pub topics: Vec<LinkTopic>,
        /// Whether that is so already.
        pub unsubscribed: bool,
        /// Where more can be chosen: the portal's page of the footer link, with its token in the fragment.
        pub manage_url: Option<String>,
    }
}
