//! What carries requests: `fetch` in the browser, the reference API's own router in native tests.
//!
//! A transport does one attempt at a time and knows nothing of the contract: the headers arrive complete, and retries,
//! limits of time and the reading of refusals are the [`Client`](crate::Client)'s.

use portal_contract::{IdempotencyKey, Json};
use std::rc::Rc;
use std::time::Duration;

/// The methods that the contract uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; changes nothing.
    Get,
    /// Writes something new.
    Post,
    /// Changes a part.
    Patch,
    /// Ends or removes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What a request carries. Its media type stands among the headers already.
#[derive(Clone, Debug, PartialEq)]
pub enum Body<U> {
    /// Nothing.
    Empty,
    /// A JSON document, written out.
    Json(String),
    /// A file's content, in whatever form the transport keeps one (`Blob` in the browser).
    Upload(U),
}

/// Told how many bytes of the body have gone out, and of how many.
pub type Progress = Rc<dyn Fn(u64, u64)>;

/// One request, complete but for the API's origin.
#[derive(Clone)]
pub struct Request<U> {
    /// The method.
    pub method: Method,
    /// The path with its query, `/v1/interactions?q=late%20bill`; ASCII, ready to be put behind an origin.
    pub path: String,
    /// Every header to send, `content-type` included; names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// What goes with it.
    pub body: Body<U>,
    /// Told how far an upload has come; starts again from nothing when an upload is tried again.
    pub progress: Option<Progress>,
}

impl<U> Request<U> {
    /// Whether it speaks for whoever holds a bearer. Then no cookie may go with it: the session of the browser is another's.
    #[must_use]
    pub fn bears(&self) -> bool {
        self.headers
            .iter()
            .any(|(name, _)| *name == "authorization")
    }
}

/// The headers of an answer that the client reads; a transport need pass on no others.
pub const RESPONSE_HEADERS: [&str; 5] = [
    "content-type",
    "retry-after",
    "etag",
    "idempotency-replayed",
    "x-request-id",
];

/// One answer, whatever its status: also a refusal is an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers named in [`RESPONSE_HEADERS`], as far as they came; names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body as text; empty when there was none.
    pub text: String,
}

impl Response {
    /// The header `name` (in lower case), when it came.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why there was no answer at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The device says that it has no network.
    Offline,
    /// The connection could not be made, or broke before the answer was whole. Whether the server acted is unknown.
    Interrupted,
}

/// Carries requests, and knows the few things about its surroundings that retrying needs.
///
/// Futures need not be `Send`: a browser tab has one thread. Dropping the future of [`send`](Transport::send) gives the
/// request up (`AbortController` in the browser).
#[expect(
    async_fn_in_trait,
    reason = "one thread on both sides: no caller needs the futures to be Send"
)]
pub trait Transport {
    /// A file's content on its way to the server.
    type Upload: Clone + 'static;

    /// Sends the request once and reads the whole answer.
    ///
    /// # Errors
    /// When no whole answer came.
    async fn send(&self, request: &Request<Self::Upload>) -> Result<Response, TransportError>;

    /// Resolves when the time has passed.
    async fn sleep(&self, duration: Duration);

    /// Resolves at once while the device is online and the page is visible, otherwise as soon as both are so again.
    async fn ready(&self);

    /// A random number of at least 0 and below 1, for jitter; it guards no secret.
    fn random(&self) -> f64;

    /// A new key for a new intent of the customer: a UUID that nobody else has (RFC 9562, version 4).
    fn new_key(&self) -> IdempotencyKey;

    /// Reads a JSON text; `None` when it is none, or not whole.
    fn parse(&self, text: &str) -> Option<Json>;

    /// Writes a JSON text.
    fn write(&self, json: &Json) -> String;
}
