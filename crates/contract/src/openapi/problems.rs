//! Refusals: one response per status, in which every type that can come with it is named.

use super::parts::header_ref;
use crate::interaction::Action;
use crate::problem::{self, FieldCode, FieldError, Problem, ProblemKind};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::Ref;

/// Everything that an operation may refuse with one status.
pub(super) struct Refusal {
    pub(super) status: u16,
    /// The same types have the same name wherever they come together: the response stands in the document once.
    pub(super) name: String,
    pub(super) response: Response,
}

/// What `kinds` come as, by status.
pub(super) fn refusals(kinds: &[ProblemKind]) -> Vec<Refusal> {
    // The order of `KNOWN`, whatever the order in which an operation names them.
    let known = ProblemKind::KNOWN.into_iter();
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for (kind, _, status) in known.filter(|(kind, ..)| kinds.contains(kind)) {
        by_status.entry(status).or_default().push(kind);
    }
    let refusals = by_status.into_iter().map(|(status, kinds)| {
        let names: Vec<String> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
        Refusal {
            status,
            name: names.join("Or"),
            response: response(status, &kinds),
        }
    });
    refusals.collect()
}

fn response(status: u16, kinds: &[ProblemKind]) -> Response {
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("`{}`: {}", slug(kind), meaning(kind)))
        .collect();
    let examples = kinds.iter().map(|kind| {
        let example = ExampleBuilder::new().value(Some(example(kind)));
        (slug(kind), example.build())
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .examples_from_iter(examples)
        .build();
    let mut response = ResponseBuilder::new()
        .description(lines.join("\n\n"))
        .content(problem::MEDIA_TYPE, content)
        .header_ref("X-Request-Id", header_ref("RequestId"));
    if matches!(status, 429 | 503) {
        response = response.header_ref("Retry-After", header_ref("RetryAfter"));
    }
    response.build()
}

fn slug(kind: &ProblemKind) -> String {
    kind.uri().replace(problem::TYPE_PREFIX, "")
}

fn meaning(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Malformed => "the request could not be read.",
        ProblemKind::IdempotencyKeyMissing => "a write came without `Idempotency-Key`.",
        ProblemKind::Unauthenticated => "nobody is signed in, or no longer.",
        ProblemKind::StepUpRequired => {
            "a fresh proof is needed; `max_age` and `acr_values` say which (RFC 9470)."
        }
        ProblemKind::ScopeInsufficient => {
            "the session may not do this, `required_scope` says what could; or another site made the browser send it."
        }
        ProblemKind::NotFound => {
            "there is no such thing, or it is another customer's; the two look alike."
        }
        ProblemKind::InvalidState => {
            "not in this state; `allowed_actions` says what is possible, `reason` why where the state does not say it."
        }
        ProblemKind::DuplicateActiveRequest => "one of these is running already, `existing_id`.",
        ProblemKind::IdempotencyInProgress => "the same intent is being worked on at this moment.",
        ProblemKind::LinkExpired => "the code or link has run out.",
        ProblemKind::PreconditionFailed => "somebody changed it first; `current` is how it stands.",
        ProblemKind::PayloadTooLarge => "more than `limit_bytes`.",
        ProblemKind::UnsupportedMediaType => "not a kind of content that is taken.",
        ProblemKind::Validation => "`errors` says which fields and why.",
        ProblemKind::VerificationFailed => {
            "the code is wrong or no longer good; `attempts_left` says how many tries remain."
        }
        ProblemKind::IdempotencyKeyReused => "the key was used for another request.",
        ProblemKind::PreconditionRequired => "a change came without `If-Match`.",
        ProblemKind::QuotaExceeded => "too many; `Retry-After` says when again.",
        ProblemKind::UpstreamUnavailable => {
            "a system behind the API does not answer; `Retry-After` says when again."
        }
        ProblemKind::Other(_) => "a type that this version does not know.",
    }
}

/// The smallest document of this type, with what the type carries.
fn example(kind: &ProblemKind) -> Value {
    let mut problem = Problem::new(kind.clone(), title(kind));
    problem.request_id = Some("4f1a2c".to_owned());
    match kind {
        ProblemKind::StepUpRequired => {
            problem.max_age = Some(300);
            problem.acr_values = Some("email_code".to_owned());
        }
        ProblemKind::ScopeInsufficient => {
            problem.required_scope = Some("interactions:write".to_owned());
        }
        ProblemKind::InvalidState => problem.allowed_actions = Some(vec![Action::Reopen]),
        ProblemKind::DuplicateActiveRequest => problem.existing_id = Some("dr_1".to_owned()),
        ProblemKind::PayloadTooLarge => problem.limit_bytes = Some(10_485_760),
        ProblemKind::VerificationFailed => problem.attempts_left = Some(2),
        ProblemKind::Validation => {
            problem.errors = Some(vec![FieldError {
                pointer: "/text".to_owned(),
                code: FieldCode::TooLong,
                detail: None,
                limit: Some(20_000),
            }]);
        }
        ProblemKind::Malformed
        | ProblemKind::IdempotencyKeyMissing
        | ProblemKind::Unauthenticated
        | ProblemKind::NotFound
        | ProblemKind::IdempotencyInProgress
        | ProblemKind::LinkExpired
        | ProblemKind::PreconditionFailed
        | ProblemKind::UnsupportedMediaType
        | ProblemKind::IdempotencyKeyReused
        | ProblemKind::PreconditionRequired
        | ProblemKind::QuotaExceeded
        | ProblemKind::UpstreamUnavailable
        | ProblemKind::Other(_) => {}
    }
    without_nulls(serde_json::to_value(problem).expect("a problem is plain data"))
}

/// "not-found" as an English title: "Not found".
fn title(kind: &ProblemKind) -> String {
    let words = slug(kind).replace('-', " ");
    let (first, rest) = words.split_at(1);
    first.to_uppercase() + rest
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
