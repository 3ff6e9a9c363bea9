//! A whole API in memory, for tests: its own database, its own folder, a clock that stands.

mod kept;

pub use kept::Kept;

use crate::clock::Clock;
use crate::config::Config;
use crate::http::{AppState, router};
use crate::store::Store;
use crate::store::customers::{self, CustomerId, NewCustomer};
use crate::store::time::Moment;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use rusqlite::OptionalExtension;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt;

/// When the clock of a test stands: 4 March 2026, 05:06:07 UTC.
pub const NOW: i64 = 1_772_600_767_000;

/// The API of a test.
#[derive(Clone)]
pub struct TestApi {
    /// The server's parts.
    pub state: AppState,
    /// The server.
    pub router: Router,
    /// The folder of attachments, which goes with the last clone.
    folder: std::sync::Arc<tempfile::TempDir>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON; `null` when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header's text; empty when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// The slug of the problem that it is; empty when it is none.
    #[must_use]
    pub fn problem(&self) -> String {
        let kind = self.json()["type"].as_str().unwrap_or_default().to_owned();
        kind.strip_prefix(portal_contract::problem::TYPE_PREFIX)
            .map_or(kind.clone(), str::to_owned)
    }

    /// The cookie that it sets, `name=value`.
    #[must_use]
    pub fn cookie(&self) -> String {
        self.header(SET_COOKIE.as_str())
            .split(';')
            .next()
            .unwrap_or("")
            .to_owned()
    }
}

impl TestApi {
    /// An API with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// An API with nothing in it, its configuration changed.
    ///
    /// # Panics
    /// When it cannot be made; a test has no other way to go on.
    #[must_use]
    pub fn with(configure: impl FnOnce(&mut Config)) -> Self {
        Self::over(
            Store::in_memory().expect("a test has a database"),
            configure,
        )
    }

    fn over(store: Store, configure: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a test has a temporary folder");
        let mut config = Config {
            attachments: folder.path().to_owned(),
            purposes: crate::consents::Purposes::demo().into(),
            catalogue: crate::demo::catalogue().into(),
            ways: crate::demo::ways().into(),
            guides: crate::demo::guides().into(),
            check_ins: crate::demo::check_ins().into(),
            surveys: crate::feedback::Surveys::demo().into(),
            retention: crate::erasure::Retention::demo().into(),
            ..Config::default()
        };
        configure(&mut config);
        let clock = Clock::standing_at(Moment::from_millis(NOW));
        let state = AppState::new(store, config, clock).expect("a test has a state");
        Self {
            router: router(state.clone()),
            state,
            folder: folder.into(),
        }
    }

    /// The folder of attachments.
    #[must_use]
    pub fn files(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A customer who signs in with this address.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn customer(&self, address: &str, name: &str) -> CustomerId {
        let customer = NewCustomer {
            display_name: name.to_owned(),
            addresses: vec![address.to_owned()],
            ..NewCustomer::default()
        };
        let now = self.state.clock.now();
        self.state
            .store
            .write(move |tx| customers::insert(tx, &customer, now))
            .await
            .expect("a fresh customer can be written")
    }

    /// Signs in by mail, and gives the cookie (`name=value`).
    ///
    /// # Panics
    /// When the address is nobody's, or the sign-in fails.
    pub async fn sign_in(&self, address: &str) -> String {
        let start = self
            .send(Call::post(
                "/v1/session/email",
                &json!({ "email": address }),
            ))
            .await;
        assert_eq!(start.status, StatusCode::ACCEPTED, "{}", start.text());
        let code = self
            .latest_code(address)
            .await
            .expect("a code was sent to this address");
        let body = json!({ "challenge_id": start.json()["id"], "code": code });
        let confirmed = self
            .send(Call::post("/v1/session/email/confirm", &body))
            .await;
        assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text());
        confirmed.cookie()
    }

    /// The code that was last sent to this address.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn latest_code(&self, address: &str) -> Option<String> {
        self.state.mailer.flushed().await;
        let address = address.to_owned();
        self.state
            .store
            .read(move |db| {
                let code = "SELECT code FROM outbox WHERE recipient = ?1 ORDER BY id DESC LIMIT 1";
                Ok(db.query_row(code, [address], |row| row.get(0)).optional()?)
            })
            .await
            .expect("the outbox can be read")
    }

    /// Sends a call, and reads the answer to its end.
    ///
    /// # Panics
    /// When the answer's body breaks off.
    pub async fn send(&self, call: Call) -> Answer {
        let response: Response<Body> = self
            .router
            .clone()
            .oneshot(call.into_request())
            .await
            .unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let bytes = body
            .collect()
            .await
            .expect("the answer's body is whole")
            .to_bytes()
            .to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }
}

impl Default for TestApi {
    fn default() -> Self {
        Self::new()
    }
}

/// A call, as the portal makes it.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    peer: SocketAddr,
}

impl Call {
    /// A call with this method.
    #[must_use]
    pub fn new(method: Method, path: &str) -> Self {
        let call = Self {
            peer: SocketAddr::from(([127, 0, 0, 1], 50_000)),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            method,
        };
        if call.method.is_safe() {
            call
        } else {
            call.header("x-portal-csrf", "1")
        }
    }

    /// `GET`.
    #[must_use]
    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    /// `POST` of a JSON body.
    #[must_use]
    pub fn post(path: &str, body: &Value) -> Self {
        Self::new(Method::POST, path).json(body)
    }

    /// `PATCH` of a JSON body.
    #[must_use]
    pub fn patch(path: &str, body: &Value) -> Self {
        Self::new(Method::PATCH, path).json(body)
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header(CONTENT_TYPE.as_str(), "application/json")
            .bytes(body.to_string().into_bytes())
    }

    /// With these bytes as the body.
    #[must_use]
    pub fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    /// With this header; one of the same name goes.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without this header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// With a session's cookie.
    #[must_use]
    pub fn cookie(self, cookie: &str) -> Self {
        self.header(COOKIE.as_str(), cookie)
    }

    /// With an idempotency key.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// From this network address.
    #[must_use]
    pub fn from(mut self, peer: [u8; 4]) -> Self {
        self.peer = SocketAddr::from((peer, 50_000));
        self
    }

    /// The call as a request.
    ///
    /// # Panics
    /// When a header or the path is none that HTTP can carry.
    #[must_use]
    pub fn into_request(self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
            .extension(ConnectInfo(self.peer))
            .body(Body::from(self.body))
            .expect("a test writes a call that HTTP can carry")
    }
}
