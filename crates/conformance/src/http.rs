//! Requests over one connection each, and what came back, kept as it was.

mod wire;

pub use wire::Origin;

use crate::operations::{self, Operation};
use serde_json::Value;
use std::sync::Arc;

/// As whom a request is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The first customer.
    A,
    /// The second customer.
    B,
    /// Nobody.
    Nobody,
    /// Whoever holds this bearer.
    Bearer(String),
}

impl Who {
    /// As a report names them.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::A => "customer A",
            Self::B => "customer B",
            Self::Nobody => "nobody",
            Self::Bearer(_) => "a bearer",
        }
    }
}

/// A request in the making.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Call {
    /// A request as the portal makes it: with its guard against forgery, and a write with a key of its own.
    pub(crate) fn new(method: &str, path: &str) -> Self {
        let call = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
        .header("accept", "application/json")
        .header("x-portal-csrf", "1");
        if matches!(method, "POST" | "PATCH") {
            call.key(&fresh_key())
        } else {
            call
        }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        Self::new("POST", path).json("application/json", body)
    }

    pub(crate) fn patch(path: &str, body: &Value) -> Self {
        Self::new("PATCH", path).json("application/merge-patch+json", body)
    }

    pub(crate) fn json(self, media_type: &str, body: &Value) -> Self {
        let call = self.header("content-type", media_type);
        Self {
            body: body.to_string().into_bytes(),
            ..call
        }
    }

    pub(crate) fn bytes(mut self, media_type: &str, body: &[u8]) -> Self {
        self = self.header("content-type", media_type);
        self.body = body.to_vec();
        self
    }

    /// With this header; one of the same name goes.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn if_match(self, etag: &str) -> Self {
        self.header("if-match", &format!("\"{etag}\""))
    }
}

/// An `Idempotency-Key` that nobody had.
pub(crate) fn fresh_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A request and its answer.
#[derive(Debug)]
pub struct Exchange {
    /// As whom.
    pub who: Who,
    /// The method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// What was sent, names in lower case.
    pub sent_headers: Vec<(String, String)>,
    /// The body that was sent.
    pub sent: Vec<u8>,
    /// The status.
    pub status: u16,
    /// What came back, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body that came back.
    pub body: Vec<u8>,
    /// The operation of the contract that it was for.
    pub operation: Option<&'static Operation>,
    json: Value,
}

impl Exchange {
    fn new(
        who: Who,
        call: Call,
        sent_headers: Vec<(String, String)>,
        answer: wire::Answer,
    ) -> Arc<Self> {
        Arc::new(Self {
            who,
            operation: operations::find(&call.method, &call.path),
            json: serde_json::from_slice(&answer.body).unwrap_or(Value::Null),
            method: call.method,
            path: call.path,
            sent_headers,
            sent: call.body,
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
        })
    }

    /// The answer as JSON; `null` when it is none.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// A header of the answer, by its name in lower case; empty when it did not come.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The media type of the answer, without parameters.
    #[must_use]
    pub fn media_type(&self) -> &str {
        let whole = self.header("content-type");
        whole.split(';').next().unwrap_or("").trim()
    }

    /// Whether it succeeded.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The slug of the contract's problem that it is; empty when it is none.
    #[must_use]
    pub fn problem(&self) -> &str {
        let kind = self.json["type"].as_str().unwrap_or("");
        kind.strip_prefix(portal_contract::problem::TYPE_PREFIX)
            .unwrap_or("")
    }

    /// Whether it is this problem, with the status that goes with it.
    #[must_use]
    pub fn is_problem(&self, slug: &str) -> bool {
        let known = portal_contract::problem::ProblemKind::KNOWN
            .into_iter()
            .find(|(_, known, _)| *known == slug);
        self.problem() == slug && known.is_some_and(|(.., status)| status == self.status)
    }

    /// `422 validation`, or the status alone.
    #[must_use]
    pub fn outcome(&self) -> String {
        match self.problem() {
            "" => self.status.to_string(),
            slug => format!("{} {slug}", self.status),
        }
    }

    /// `GET /v1/me`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Sends a call and records it.
pub(crate) async fn send(
    origin: &Origin,
    who: Who,
    by: &[(String, String)],
    call: Call,
) -> Result<Arc<Exchange>, String> {
    let mut headers = call.headers.clone();
    headers.extend(by.iter().cloned());
    let answer = origin
        .send(&call.method, &call.path, &headers, &call.body)
        .await
        .map_err(|why| format!("{} {} had no answer: {why}", call.method, call.path))?;
    Ok(Exchange::new(who, call, headers, answer))
}
