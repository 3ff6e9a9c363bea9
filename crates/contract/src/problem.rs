//! Refusals by type (RFC 9457). The portal switches on the type alone and words the message itself.

use crate::interaction::Action;
use crate::{FromJson, Json, Place, ToJson};

/// What every problem type begins with; the rest is the slug.
pub const TYPE_PREFIX: &str = "urn:customer-portal:problem:";

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The problem types of the contract, each with its one status code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// 400: the request could not be read.
    Malformed,
    /// 400: a write came without `Idempotency-Key`.
    IdempotencyKeyMissing,
    /// 401: nobody is signed in, or no longer.
    Unauthenticated,
    /// 401: a fresh proof is needed; `max_age` and `acr_values` say which (RFC 9470).
    StepUpRequired,
    /// 403: the session may not do this; `required_scope` says what could.
    ScopeInsufficient,
    /// 404: there is no such thing, or it is another customer's.
    NotFound,
    /// 409: not in this state; `allowed_actions` says what is possible.
    InvalidState,
    /// 409: one of these is running already, `existing_id`.
    DuplicateActiveRequest,
    /// 409: the same intent is being worked on at this moment.
    IdempotencyInProgress,
    /// 410: the link has run out.
    LinkExpired,
    /// 412: somebody changed it first; `current` is how it stands.
    PreconditionFailed,
    /// 413: more than `limit_bytes`.
    PayloadTooLarge,
    /// 415: not a kind of content that is taken.
    UnsupportedMediaType,
    /// 422: `errors` says which fields and why.
    Validation,
    /// 422: the code is wrong; `attempts_left` says how many tries remain.
    VerificationFailed,
    /// 422: the key was used for another request.
    IdempotencyKeyReused,
    /// 428: a change came without `If-Match`.
    PreconditionRequired,
    /// 429: too many; `Retry-After` says when again.
    QuotaExceeded,
    /// 503: a system behind the API does not answer; `Retry-After` says when again.
    UpstreamUnavailable,
    /// A type that this version does not know: its whole URI.
    Other(String),
}

impl ProblemKind {
    /// Every type that this version knows, with its slug and status.
    pub const KNOWN: [(Self, &'static str, u16); 19] = [
        (Self::Malformed, "malformed", 400),
        (Self::IdempotencyKeyMissing, "idempotency-key-missing", 400),
        (Self::Unauthenticated, "unauthenticated", 401),
        (Self::StepUpRequired, "step-up-required", 401),
        (Self::ScopeInsufficient, "scope-insufficient", 403),
        (Self::NotFound, "not-found", 404),
        (Self::InvalidState, "invalid-state", 409),
        (
            Self::DuplicateActiveRequest,
            "duplicate-active-request",
            409,
        ),
        (Self::IdempotencyInProgress, "idempotency-in-progress", 409),
        (Self::LinkExpired, "link-expired", 410),
        (Self::PreconditionFailed, "precondition-failed", 412),
        (Self::PayloadTooLarge, "payload-too-large", 413),
        (Self::UnsupportedMediaType, "unsupported-media-type", 415),
        (Self::Validation, "validation", 422),
        (Self::VerificationFailed, "verification-failed", 422),
        (Self::IdempotencyKeyReused, "idempotency-key-reused", 422),
        (Self::PreconditionRequired, "precondition-required", 428),
        (Self::QuotaExceeded, "quota-exceeded", 429),
        (Self::UpstreamUnavailable, "upstream-unavailable", 503),
    ];

    /// Reads a `type` member.
    #[must_use]
    pub fn from_uri(uri: &str) -> Self {
        uri.strip_prefix(TYPE_PREFIX)
            .and_then(|slug| Self::KNOWN.iter().find(|(_, known, _)| *known == slug))
            .map_or_else(|| Self::Other(uri.to_owned()), |(kind, _, _)| kind.clone())
    }

    /// The `type` member.
    #[must_use]
    pub fn uri(&self) -> String {
        match self {
            Self::Other(uri) => uri.clone(),
            known => format!("{TYPE_PREFIX}{}", known.known().1),
        }
    }

    /// The status code of the type; 400 for one that this version does not know.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Other(_) => 400,
            known => known.known().2,
        }
    }

    fn known(&self) -> &'static (Self, &'static str, u16) {
        static KNOWN: [(ProblemKind, &str, u16); 19] = ProblemKind::KNOWN;
        KNOWN
            .iter()
            .find(|(kind, _, _)| kind == self)
            .expect("every variant but `Other` stands in KNOWN; a test says so")
    }
}

impl FromJson for ProblemKind {
    fn read(place: &Place) -> Self {
        Self::from_uri(place.text())
    }
}

impl ToJson for ProblemKind {
    fn to_json(&self) -> Json {
        Json::String(self.uri())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ProblemKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.uri())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ProblemKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|uri| Self::from_uri(&uri))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ProblemKind {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let uris: Vec<String> = Self::KNOWN.iter().map(|(kind, _, _)| kind.uri()).collect();
        crate::openapi::open_enum(&uris.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ProblemKind {}

open_enum! {
    /// Why a field was refused.
    pub enum FieldCode {
        /// It is needed and was empty.
        Required = "required",
        /// Shorter than `limit`.
        TooShort = "too_short",
        /// Longer than `limit`.
        TooLong = "too_long",
        /// Fewer or more than `limit` of them.
        TooMany = "too_many",
        /// Not in the form that the field has (an address without `@`).
        InvalidFormat = "invalid_format",
        /// Not one of the values on offer.
        NotOffered = "not_offered",
        /// It names a thing that does not exist.
        Unknown = "unknown",
        /// There is one of these already.
        AlreadyThere = "already_there",
        /// It cannot be changed; the object says why (`locked_reason`).
        Locked = "locked",
        /// It lies in the past.
        Past = "past",
    }
}

record! {
    /// One refused field.
    pub struct FieldError {
        /// Which one, as a JSON Pointer (RFC 6901) into the request's body, or `?name` for a query parameter.
        pub pointer: String,
        /// Why.
        pub code: FieldCode,
        /// For the engineer who reads the answer; never shown to a customer.
        pub detail: Option<String>,
        /// The bound that `too_short`, `too_long` and `too_many` speak of, in characters or items.
        pub limit: Option<u64>,
    }
}

record! {
    /// A problem document (RFC 9457), with the members that the contract's types carry.
    pub struct Problem {
        /// Which problem it is.
        pub kind as "type": ProblemKind,
        /// A short English title of the type, for engineers.
        pub title: String,
        /// The status code, as in the answer's first line.
        pub status: u64,
        /// For the engineer who reads the answer; never shown to a customer.
        pub detail: Option<String>,
        /// The path that was asked for.
        pub instance: Option<String>,
        /// What to quote to the company's engineers; the same as the `X-Request-Id` header.
        pub request_id: Option<String>,
        /// Which fields, with `validation`.
        pub errors: Option<Vec<FieldError>>,
        /// How fresh the proof must be, in seconds, with `step-up-required`.
        pub max_age: Option<u64>,
        /// Which kinds of proof will do, with `step-up-required`.
        pub acr_values: Option<String>,
        /// What a session needs, with `scope-insufficient`.
        pub required_scope: Option<String>,
        /// What is possible instead, with `invalid-state`.
        pub allowed_actions: Option<Vec<Action>>,
        /// Why, as a code, with `invalid-state` where the state alone does not say it (`required_topic`, `notice_changed`).
        pub reason: Option<String>,
        /// The one that is running, with `duplicate-active-request`.
        pub existing_id: Option<String>,
        /// The bound in bytes, with `payload-too-large`.
        pub limit_bytes: Option<u64>,
        /// How many tries remain, with `verification-failed`.
        pub attempts_left: Option<u64>,
        /// How the object stands now, with `precondition-failed`.
        pub current: Option<Json>,
    }
}

impl Problem {
    /// A problem of this kind that carries nothing yet.
    #[must_use]
    pub fn new(kind: ProblemKind, title: impl Into<String>) -> Self {
        Self {
            status: u64::from(kind.status()),
            kind,
            title: title.into(),
            detail: None,
            instance: None,
            request_id: None,
            errors: None,
            max_age: None,
            acr_values: None,
            required_scope: None,
            allowed_actions: None,
            reason: None,
            existing_id: None,
            limit_bytes: None,
            attempts_left: None,
            current: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_survives_the_wire() {
        for (kind, slug, status) in ProblemKind::KNOWN {
            assert_eq!(kind.uri(), format!("{TYPE_PREFIX}{slug}"));
            assert_eq!(ProblemKind::from_uri(&kind.uri()), kind);
            assert_eq!(kind.status(), status);
        }
    }

    #[test]
    fn an_unknown_type_is_kept() {
        let kind = ProblemKind::from_uri("https://example.test/problem");
        assert_eq!(kind.uri(), "https://example.test/problem");
    }
}
