//! Refusals as problem documents (RFC 9457).

use crate::store::StoreError;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use portal_contract::interaction::Action;
use portal_contract::problem::MEDIA_TYPE;
use portal_contract::{FieldCode, FieldError, Json, Problem, ProblemKind, ToJson};

/// So many fields are named at once: no form has more, and an answer is not to be many times its request.
const MOST_ERRORS: usize = 100;

/// What a handler gives.
pub type ApiResult<T> = Result<T, ApiError>;

/// A refusal: a problem document, and the headers that go with it.
#[derive(Debug)]
pub struct ApiError(Box<Refusal>);

#[derive(Debug)]
struct Refusal {
    problem: Problem,
    headers: HeaderMap,
}

/// The problem of an answer, kept beside it until the layer that knows the request adds where and which.
#[derive(Clone, Debug)]
pub(super) struct ProblemOf(pub(super) Problem);

impl ApiError {
    fn new(kind: ProblemKind, title: &str) -> Self {
        Self(Box::new(Refusal {
            problem: Problem::new(kind, title),
            headers: HeaderMap::new(),
        }))
    }

    /// A problem that the contract has no type for: it is its status alone (RFC 9457, `about:blank`).
    pub(super) fn bare(status: StatusCode) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let mut error = Self::new(ProblemKind::Other("about:blank".to_owned()), title);
        error.0.problem.status = u64::from(status.as_u16());
        error
    }

    fn with(mut self, change: impl FnOnce(&mut Problem)) -> Self {
        change(&mut self.0.problem);
        self
    }

    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// For the engineer who reads the answer.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        self.with(|problem| problem.detail = Some(detail.into()))
    }

    /// Says why, as a code, where the state alone does not.
    #[must_use]
    pub fn reason(self, reason: &str) -> Self {
        self.with(|problem| problem.reason = Some(reason.to_owned()))
    }

    /// Says after how many seconds the same may succeed.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Which problem it is.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.0.problem.kind
    }

    /// 400: the request could not be read.
    #[must_use]
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(ProblemKind::Malformed, "The request cannot be read").detail(detail)
    }

    /// 400: a write came without `Idempotency-Key`.
    #[must_use]
    pub fn idempotency_key_missing() -> Self {
        Self::new(
            ProblemKind::IdempotencyKeyMissing,
            "Idempotency-Key is missing",
        )
    }

    /// 401: nobody is signed in, or no longer.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(ProblemKind::Unauthenticated, "Nobody is signed in")
    }

    /// 401: the proof is older than `max_age` seconds (RFC 9470).
    #[must_use]
    pub fn step_up_required(max_age: u64) -> Self {
        const ACR: &str = "urn:customer-portal:acr:email-code";
        let challenge = format!(
            "Bearer error=\"insufficient_user_authentication\", max_age=\"{max_age}\", acr_values=\"{ACR}\""
        );
        Self::new(ProblemKind::StepUpRequired, "A fresh proof is needed")
            .with(|problem| {
                problem.max_age = Some(max_age);
                problem.acr_values = Some(ACR.to_owned());
            })
            .header(
                WWW_AUTHENTICATE,
                HeaderValue::try_from(challenge)
                    .expect("a number and fixed text are a header value"),
            )
    }

    /// 403: the session may not do this; `required` could.
    #[must_use]
    pub fn scope_insufficient(required: &str) -> Self {
        Self::new(
            ProblemKind::ScopeInsufficient,
            "The session may not do this",
        )
        .with(|problem| problem.required_scope = Some(required.to_owned()))
    }

    /// 404: there is no such thing, or it is another customer's; the two answer alike.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "There is no such thing")
    }

    /// 409: not in this state; these are possible.
    #[must_use]
    pub fn invalid_state(allowed: Vec<Action>) -> Self {
        Self::new(ProblemKind::InvalidState, "Not in this state")
            .with(|problem| problem.allowed_actions = Some(allowed))
    }

    /// 409: there may be one of these, and this one is there.
    #[must_use]
    pub fn duplicate_active_request(existing: &str) -> Self {
        Self::new(
            ProblemKind::DuplicateActiveRequest,
            "There is one of these already",
        )
        .with(|problem| problem.existing_id = Some(existing.to_owned()))
    }

    /// 409: the same intent is being worked on at this moment.
    #[must_use]
    pub fn idempotency_in_progress() -> Self {
        Self::new(
            ProblemKind::IdempotencyInProgress,
            "The same request is being worked on",
        )
        .retry_after(1)
    }

    /// 410: the link has run out, or was revoked.
    #[must_use]
    pub fn link_expired() -> Self {
        Self::new(ProblemKind::LinkExpired, "The link has run out")
    }

    /// 412: somebody changed it first; `current` is how it stands.
    #[must_use]
    pub fn precondition_failed(current: &impl ToJson) -> Self {
        let current: Json = current.to_json();
        Self::new(
            ProblemKind::PreconditionFailed,
            "It was changed in the meantime",
        )
        .with(|problem| problem.current = Some(current))
    }

    /// 413: more than so many bytes.
    #[must_use]
    pub fn payload_too_large(limit_bytes: u64) -> Self {
        Self::new(ProblemKind::PayloadTooLarge, "Too large")
            .with(|problem| problem.limit_bytes = Some(limit_bytes))
    }

    /// 415: not a kind of content that is taken.
    #[must_use]
    pub fn unsupported_media_type(detail: impl Into<String>) -> Self {
        Self::new(
            ProblemKind::UnsupportedMediaType,
            "This kind of content is not taken",
        )
        .detail(detail)
    }

    /// 422: these fields, and why; of very many the first.
    #[must_use]
    pub fn validation(mut errors: Vec<FieldError>) -> Self {
        errors.truncate(MOST_ERRORS);
        Self::new(ProblemKind::Validation, "Some fields cannot be taken")
            .with(|problem| problem.errors = Some(errors))
    }

    /// 422: one field, and why. `pointer` is a JSON Pointer into the body, or `?name` for a query parameter.
    #[must_use]
    pub fn field(pointer: &str, code: FieldCode, detail: &str, limit: Option<u64>) -> Self {
        Self::validation(vec![FieldError {
            pointer: pointer.to_owned(),
            code,
            detail: Some(detail.to_owned()),
            limit,
        }])
    }

    /// 422: the code is wrong; so many tries remain.
    #[must_use]
    pub fn verification_failed(attempts_left: u64) -> Self {
        Self::new(
            ProblemKind::VerificationFailed,
            "The code is wrong or no longer good",
        )
        .with(|problem| problem.attempts_left = Some(attempts_left))
    }

    /// 422: the key was used for another request.
    #[must_use]
    pub fn idempotency_key_reused() -> Self {
        Self::new(
            ProblemKind::IdempotencyKeyReused,
            "The key was used for another request",
        )
    }

    /// 428: a change came without `If-Match`.
    #[must_use]
    pub fn precondition_required() -> Self {
        Self::new(ProblemKind::PreconditionRequired, "If-Match is missing")
    }

    /// 429: too many; again after so many seconds.
    #[must_use]
    pub fn quota_exceeded(seconds: u64) -> Self {
        Self::new(ProblemKind::QuotaExceeded, "Too many").retry_after(seconds.max(1))
    }

    /// 503: a system behind the API does not answer.
    #[must_use]
    pub fn upstream_unavailable() -> Self {
        Self::new(
            ProblemKind::UpstreamUnavailable,
            "Not available at the moment",
        )
        .retry_after(2)
    }

    /// 500: a fault of the server. What it was stands in the log alone.
    #[must_use]
    pub fn internal() -> Self {
        Self::bare(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            tracing::warn!(%error, "the database is busy");
            return Self::upstream_unavailable();
        }
        tracing::error!(%error, "the database failed");
        Self::internal()
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Refusal { problem, headers } = *self.0;
        let mut response = document(&problem);
        response.headers_mut().extend(headers);
        response.extensions_mut().insert(ProblemOf(problem));
        response
    }
}

/// The answer that a problem document is.
pub(super) fn document(problem: &Problem) -> Response {
    let status = u16::try_from(problem.status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).expect("a problem is texts, numbers and lists");
    (
        status,
        [(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))],
        body,
    )
        .into_response()
}

/// The answer for a path that the API does not have.
pub(super) async fn not_found() -> ApiError {
    ApiError::not_found()
}

/// The answer for a method that a path does not have; axum adds `Allow`.
pub(super) async fn wrong_method() -> ApiError {
    ApiError::bare(StatusCode::METHOD_NOT_ALLOWED)
}
