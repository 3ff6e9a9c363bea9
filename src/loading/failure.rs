//! The sentence for each way to fail: what happened, what was kept, whether trying again can help.

use crate::i18n::{Text, duration, text};
use portal_client::ApiError;
use std::time::Duration;

/// A failure, ready to be shown.
pub struct Failure {
    /// What happened, and what to do.
    pub sentence: Text,
    /// Whether trying again can help.
    pub can_retry: bool,
    /// What to quote to the company, where the server gave it.
    pub reference: Option<String>,
    /// Whether it is an alert where it stands. That the session ran out is said by the dialog which comes over the screen and
    /// takes the focus; said here too it would be spoken twice.
    pub is_alert: bool,
}

/// Words a failure. The facts come from the API, the sentence from the customer's language.
#[must_use]
pub fn failure(error: &ApiError) -> Failure {
    let (sentence, can_retry) = match error {
        ApiError::Offline => (text::FAILURE_OFFLINE, true),
        ApiError::Unreachable => (text::FAILURE_UNREACHABLE, true),
        ApiError::TimedOut => (text::FAILURE_TIMED_OUT, true),
        ApiError::Unavailable { retry_after, .. } => {
            let sentence = retry_after
                .map(span)
                .map_or(text::FAILURE_UNAVAILABLE, text::failure_unavailable_for);
            (sentence, true)
        }
        ApiError::Garbled { .. } => (text::FAILURE_GARBLED, true),
        ApiError::TooMany { retry_after } => {
            let sentence = retry_after
                .map(span)
                .map_or(text::FAILURE_TOO_MANY, text::failure_too_many_for);
            (sentence, true)
        }
        ApiError::Unauthenticated => (text::FAILURE_SIGNED_OUT, true),
        ApiError::StepUpRequired { .. } => (text::FAILURE_STEP_UP, true),
        ApiError::NotFound => (text::FAILURE_NOT_FOUND, false),
        ApiError::NotAllowed { .. } => (text::FAILURE_NOT_ALLOWED, false),
        ApiError::InvalidState { .. }
        | ApiError::PreconditionFailed { .. }
        | ApiError::Duplicate { .. } => (text::FAILURE_CHANGED, true),
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
        is_alert: *error != ApiError::Unauthenticated,
    }
}

/// A wait in words.
fn span(wait: Duration) -> String {
    duration(wait.as_secs_f64() * 1000.0)
}
