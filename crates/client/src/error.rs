//! How a call can fail, as facts that a screen matches on. The words for people stand in the portal's locales.

use crate::transport::{Response, TransportError};
use portal_contract::interaction::Action;
use portal_contract::{DecodeError, FieldError, FromJson, Json, ProblemKind};
use std::time::Duration;

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// Nobody is signed in, or no longer.
    Unauthenticated,
    /// The customer must prove anew who they are (RFC 9470).
    StepUpRequired {
        /// How fresh the proof must be, in seconds.
        max_age: Option<u64>,
    },
    /// There is no such thing, or it is another customer's: the two look alike.
    NotFound,
    /// This session may not do it.
    NotAllowed {
        /// What a session would need.
        required_scope: Option<String>,
    },
    /// Not in the state that the thing is in now.
    InvalidState {
        /// What is possible instead.
        allowed: Vec<Action>,
        /// Why, as a code, where the state alone does not say it.
        reason: Option<String>,
    },
    /// Somebody changed the thing first.
    PreconditionFailed {
        /// How it stands now, where the server says so.
        current: Option<Json>,
    },
    /// Fields were refused.
    Validation(Vec<FieldError>),
    /// The code is wrong.
    VerificationFailed {
        /// How many tries remain.
        attempts_left: Option<u64>,
    },
    /// More than is taken.
    TooLarge {
        /// The bound in bytes; absent when a proxy refused it and did not say.
        limit_bytes: Option<u64>,
    },
    /// Not a kind of content that is taken.
    UnsupportedType,
    /// Too many of these in too short a time.
    TooMany {
        /// When it may be tried again, from now.
        retry_after: Option<Duration>,
    },
    /// The API, or a system behind it, does not answer at the moment.
    Unavailable {
        /// When it may be tried again, from now.
        retry_after: Option<Duration>,
        /// What to quote to the company's engineers.
        request_id: Option<String>,
    },
    /// There may be one of these, and there is: another tab, or an earlier press, was first.
    Duplicate {
        /// The one that stands.
        existing: Option<String>,
    },
    /// The link has run out.
    LinkExpired,
    /// No answer came within the time that a customer waits.
    TimedOut,
    /// The device has no network.
    Offline,
    /// No connection could be made, or it broke. Whether the server acted is unknown; the same key makes it safe to repeat.
    Unreachable,
    /// Something came that the contract does not know: something between the portal and the API broke, or the API did.
    Garbled {
        /// What was wrong with it.
        what: Garbled,
        /// What to quote to the company's engineers.
        request_id: Option<String>,
    },
    /// A refusal by a type that no screen has a special answer for.
    Refused {
        /// Which one.
        kind: ProblemKind,
        /// What to quote to the company's engineers.
        request_id: Option<String>,
    },
}

/// What was wrong with an answer that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Garbled {
    /// An answer of success that is no JSON, or stops in the middle: a sign-on page of the network, a proxy's page.
    NotJson,
    /// A refusal that is no problem document (RFC 9457).
    NotAProblem {
        /// Its status code.
        status: u16,
    },
    /// JSON, but not what the contract says.
    Shape(DecodeError),
}

impl ApiError {
    /// What to quote to the company's engineers, where the answer said so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Unavailable { request_id, .. }
            | Self::Garbled { request_id, .. }
            | Self::Refused { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the same call may well succeed a little later, nothing changed: what a "Try again" button is for.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::TooMany { .. }
                | Self::Unavailable { .. }
                | Self::TimedOut
                | Self::Offline
                | Self::Unreachable
                | Self::Garbled { .. }
        )
    }

    /// Whether the client tries again by itself: it may pass, and another try can tell. An answer whole but of the wrong
    /// shape comes back just the same.
    pub(crate) fn worth_another_try(&self) -> bool {
        let same_again = matches!(
            self,
            Self::TimedOut
                | Self::Garbled {
                    what: Garbled::Shape(_),
                    ..
                }
        );
        self.may_pass() && !same_again
    }

    /// How long the server asked to be left alone.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooMany { retry_after } | Self::Unavailable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Reads an answer that is no success; `json` is its body, where that is JSON.
    pub(crate) fn from_refusal(response: &Response, json: &Json) -> Self {
        match json.get("type").as_str().map(ProblemKind::from_uri) {
            Some(ProblemKind::Other(uri)) => {
                Self::from_status(response, json).unwrap_or_else(|| Self::Refused {
                    kind: ProblemKind::Other(uri),
                    request_id: request_id(response, json),
                })
            }
            Some(kind) => Self::from_kind(kind, response, json),
            None => Self::from_status(response, json).unwrap_or_else(|| Self::Garbled {
                what: Garbled::NotAProblem {
                    status: response.status,
                },
                request_id: request_id(response, json),
            }),
        }
    }

    fn from_kind(kind: ProblemKind, response: &Response, json: &Json) -> Self {
        match kind {
            ProblemKind::Unauthenticated => Self::Unauthenticated,
            ProblemKind::StepUpRequired => Self::StepUpRequired {
                max_age: member(json, "max_age"),
            },
            ProblemKind::ScopeInsufficient => Self::NotAllowed {
                required_scope: member(json, "required_scope"),
            },
            ProblemKind::NotFound => Self::NotFound,
            ProblemKind::InvalidState => Self::InvalidState {
                allowed: member(json, "allowed_actions").unwrap_or_default(),
                reason: member(json, "reason"),
            },
            ProblemKind::DuplicateActiveRequest => Self::Duplicate {
                existing: member(json, "existing_id"),
            },
            ProblemKind::LinkExpired => Self::LinkExpired,
            ProblemKind::PreconditionFailed => Self::PreconditionFailed {
                current: member(json, "current"),
            },
            ProblemKind::PayloadTooLarge => Self::TooLarge {
                limit_bytes: member(json, "limit_bytes"),
            },
            ProblemKind::UnsupportedMediaType => Self::UnsupportedType,
            ProblemKind::Validation => Self::Validation(member(json, "errors").unwrap_or_default()),
            ProblemKind::VerificationFailed => Self::VerificationFailed {
                attempts_left: member(json, "attempts_left"),
            },
            ProblemKind::QuotaExceeded => Self::TooMany {
                retry_after: retry_after(response),
            },
            // The first try is still at work: to a customer, and to a retry, that is "not yet".
            ProblemKind::UpstreamUnavailable | ProblemKind::IdempotencyInProgress => {
                Self::Unavailable {
                    retry_after: retry_after(response),
                    request_id: request_id(response, json),
                }
            }
            ProblemKind::Malformed
            | ProblemKind::IdempotencyKeyMissing
            | ProblemKind::IdempotencyKeyReused
            | ProblemKind::PreconditionRequired
            | ProblemKind::Other(_) => Self::Refused {
                kind,
                request_id: request_id(response, json),
            },
        }
    }

    /// The statuses that gateways and proxies answer with on their own, and faults of the server.
    fn from_status(response: &Response, json: &Json) -> Option<Self> {
        match response.status {
            413 => Some(Self::TooLarge { limit_bytes: None }),
            429 => Some(Self::TooMany {
                retry_after: retry_after(response),
            }),
            500..=599 => Some(Self::Unavailable {
                retry_after: retry_after(response),
                request_id: request_id(response, json),
            }),
            _ => None,
        }
    }
}

impl From<TransportError> for ApiError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Offline => Self::Offline,
            TransportError::Interrupted => Self::Unreachable,
        }
    }
}

/// A member that a refusal may carry; one of the wrong shape is as good as absent, for the refusal stands all the same.
fn member<T: FromJson>(json: &Json, name: &str) -> Option<T> {
    json.field::<Option<T>>(name).ok().flatten()
}

pub(crate) fn request_id(response: &Response, json: &Json) -> Option<String> {
    json.get("request_id")
        .as_str()
        .or_else(|| response.header("x-request-id"))
        .map(str::to_owned)
}

/// `Retry-After` in seconds. Its other form, a date, would need a clock that agrees with the server's: passed over.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.header("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}
