//! The sentence for each way to fail: what happened, what was kept, whether trying again can help.

use crate::i18n::{Text, text};
use portal_client::ApiError;

/// A failure, ready to be shown.
pub struct Failure {
    /// What happened, and what to do.
    pub sentence: Text,
    /// Whether trying again can help.
    pub can_retry: bool,
    /// What to quote to the company, where the server gave it.
    pub reference: Option<String>,
}

/// Words a failure. The facts come from the API, the sentence from the customer's language.
#[must_use]
pub fn failure(error: &ApiError) -> Failure {
    let (sentence, can_retry) = match error {
        ApiError::Offline => (text::FAILURE_OFFLINE, true),
        ApiError::Unreachable | ApiError::TimedOut => (text::FAILURE_UNREACHABLE, true),
        ApiError::Unavailable { .. } => (text::FAILURE_UNAVAILABLE, true),
        ApiError::Garbled { .. } => (text::FAILURE_GARBLED, true),
        ApiError::TooMany { .. } => (text::FAILURE_TOO_MANY, true),
        ApiError::Unauthenticated | ApiError::StepUpRequired { .. } => {
            (text::FAILURE_SIGNED_OUT, true)
        }
        ApiError::NotFound => (text::FAILURE_NOT_FOUND, false),
        ApiError::NotAllowed { .. } => (text::FAILURE_NOT_ALLOWED, false),
        ApiError::InvalidState { .. } | ApiError::PreconditionFailed { .. } => {
            (text::FAILURE_CHANGED, true)
        }
        ApiError::LinkExpired => (text::FAILURE_EXPIRED, false),
        ApiError::TooLarge { .. } | ApiError::UnsupportedType => (text::FAILURE_FILE, false),
        ApiError::Validation(_) | ApiError::VerificationFailed { .. } => {
            (text::FAILURE_INVALID, false)
        }
        ApiError::Refused { .. } => (text::FAILURE_REFUSED, true),
    };
    let reference = match error {
        ApiError::Unavailable { request_id, .. }
        | ApiError::Garbled { request_id, .. }
        | ApiError::Refused { request_id, .. } => request_id.clone(),
        _ => None,
    };
    Failure {
        sentence,
        can_retry,
        reference,
    }
}
