//! The reference API's router as a transport, with the faults of a real network on demand.

use portal_client::{Body, Method, RESPONSE_HEADERS, Request, Response, Transport, TransportError};
use portal_contract::{IdempotencyKey, Json};
use reference_api::testing::{Call, TestApi};
use std::cell::{Cell, RefCell};
use std::time::Duration;

pub(crate) struct Network {
    api: TestApi,
    cookie: RefCell<String>,
    answers_to_lose: Cell<u32>,
    replayed: Cell<u32>,
}

impl Network {
    pub(crate) fn to(api: &TestApi) -> Self {
        Self {
            api: api.clone(),
            cookie: RefCell::default(),
            answers_to_lose: Cell::new(0),
            replayed: Cell::new(0),
        }
    }

    /// The next `count` requests reach the server and are carried out; their answers never arrive.
    pub(crate) fn lose_answers(&self, count: u32) {
        self.answers_to_lose.set(count);
    }

    /// How many answers said that they repeat an earlier one.
    pub(crate) fn replayed(&self) -> u32 {
        self.replayed.get()
    }

    /// As if the browser had forgotten who is signed in.
    pub(crate) fn forget(&self) {
        self.cookie.borrow_mut().clear();
    }
}

fn call(request: &Request<Vec<u8>>) -> Call {
    let method = match request.method {
        Method::Get => axum::http::Method::GET,
        Method::Post => axum::http::Method::POST,
        Method::Patch => axum::http::Method::PATCH,
        Method::Delete => axum::http::Method::DELETE,
    };
    let call = request
        .headers
        .iter()
        .fold(Call::new(method, &request.path), |call, (name, value)| {
            call.header(name, value)
        });
    match &request.body {
        Body::Empty => call,
        Body::Json(text) => call.bytes(text.clone().into_bytes()),
        Body::Upload(content) => call.bytes(content.clone()),
    }
}

impl Transport for Network {
    type Upload = Vec<u8>;

    async fn send(&self, request: &Request<Vec<u8>>) -> Result<Response, TransportError> {
        let mut call = call(request);
        if !self.cookie.borrow().is_empty() {
            call = call.cookie(&self.cookie.borrow());
        }
        let answer = self.api.send(call).await;
        let lose = self.answers_to_lose.get();
        if lose > 0 {
            self.answers_to_lose.set(lose - 1);
            return Err(TransportError::Interrupted);
        }
        if !answer.cookie().is_empty() {
            self.cookie.replace(answer.cookie());
        }
        if answer.header("idempotency-replayed") == "true" {
            self.replayed.set(self.replayed.get() + 1);
        }
        let header = |name: &'static str| {
            let value = answer.header(name);
            (!value.is_empty()).then(|| (name, value.to_owned()))
        };
        Ok(Response {
            status: answer.status.as_u16(),
            headers: RESPONSE_HEADERS.into_iter().filter_map(header).collect(),
            text: answer.text(),
        })
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    async fn ready(&self) {}

    fn random(&self) -> f64 {
        0.0
    }

    fn new_key(&self) -> IdempotencyKey {
        uuid::Uuid::new_v4().to_string().parse().unwrap()
    }

    fn parse(&self, text: &str) -> Option<Json> {
        serde_json::from_str(text).ok()
    }

    fn write(&self, json: &Json) -> String {
        serde_json::to_string(json).unwrap()
    }
}
