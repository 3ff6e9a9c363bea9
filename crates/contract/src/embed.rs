//! Identity in a frame on the company's site: what the host page's backend signed becomes a bearer.

use crate::Timestamp;
use crate::session::Session;

/// The longest assertion, in characters.
pub const MAX_ASSERTION_CHARACTERS: usize = 4_096;

/// The shortest nonce, in characters: 128 random bits in Base64url.
pub const MIN_NONCE_CHARACTERS: usize = 22;

/// The longest nonce, in characters.
pub const MAX_NONCE_CHARACTERS: usize = 128;

/// For how many seconds an assertion can be good: from `iat` to `exp`.
pub const MAX_ASSERTION_SECONDS: i64 = 120;

record! {
    /// `POST /v1/session/embed`: who the host page says is there, and the nonce of the frame that asked.
    pub struct EmbedAssertion {
        /// A JWT (RFC 7519), signed by the company with ES256 or EdDSA (`alg: EdDSA`, Ed25519), at most 4,096 characters. Its header names
        /// the key (`kid`); its claims are `iss`, `sub` (the customer's number at the company), `aud`, `iat`, `exp` (at most 120 seconds
        /// after `iat`), `jti` (good once), `nonce` and `auth_time`.
        pub assertion: String,
        /// What the frame made for this exchange, 22 to 128 characters of `A-Z a-z 0-9 - _`; the claim `nonce` is the same.
        pub nonce: String,
    }
}

record! {
    /// An assertion was exchanged: a session of a frame.
    pub struct EmbedSession {
        /// What to send as `Authorization: Bearer …`; kept in memory alone, gone with the page. Calls that carry it carry no cookie.
        pub bearer: String,
        /// Until when it is good: 10 minutes, whatever is done with it. A new assertion brings a new one.
        pub expires_at: Timestamp,
        /// Who it speaks for: `mode: embed`, every scope but `step_up` and `contact_points:write`, `auth_time` of the assertion.
        pub session: Session,
    }
}
