//! What stands in front of the reference API and breaks it in one place. Nothing of it is in what is shipped.

use crate::breaks::{Break, How};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use reference_api::clock::Clock;
use reference_api::testing::TestApi;
use serde_json::Value;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// A request, read to its end.
#[derive(Clone)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && matches(path, &self.path)
    }

    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or("").to_owned()
    }

    pub fn set(&mut self, name: &'static str, value: &str) {
        self.headers.insert(name, value.parse().unwrap());
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn set_json(&mut self, value: &Value) {
        self.body = value.to_string().into_bytes();
    }
}

/// Whether the path is one of the template, in which `*` stands for one part.
pub fn matches(template: &str, path: &str) -> bool {
    let known: Vec<&str> = template.split('/').collect();
    let asked: Vec<&str> = path.split('/').collect();
    known.len() == asked.len()
        && known
            .iter()
            .zip(&asked)
            .all(|(known, asked)| *known == "*" || known == asked)
}

/// An answer, read to its end.
#[derive(Clone)]
pub struct Given {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Given {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn set_json(&mut self, value: &Value) {
        self.body = value.to_string().into_bytes();
    }

    /// Changes the body.
    pub fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        let mut body = self.json();
        change(&mut body);
        self.set_json(&body);
    }

    pub fn is_problem(&self, slug: &str) -> bool {
        self.json()["type"]
            .as_str()
            .is_some_and(|kind| kind.ends_with(&format!(":{slug}")))
    }

    /// Becomes a refusal of this type.
    pub fn refuse(&mut self, status: u16, slug: &str) {
        let id = self
            .headers
            .get("x-request-id")
            .and_then(|id| id.to_str().ok())
            .unwrap_or("")
            .to_owned();
        self.status = StatusCode::from_u16(status).unwrap();
        self.headers.insert(
            "content-type",
            HeaderValue::from_static("application/problem+json"),
        );
        self.set_json(&serde_json::json!({
            "type": format!("urn:customer-portal:problem:{slug}"), "title": slug, "status": status, "request_id": id,
        }));
    }
}

/// The reference API and the fault in front of it.
#[derive(Clone)]
pub struct Front {
    router: Router,
    clock: Clock,
    broken: Option<&'static Break>,
    pub a: String,
    pub b: String,
    /// What a fault keeps between requests.
    pub kept: Arc<Mutex<HashMap<String, Value>>>,
}

impl Front {
    pub fn new(api: &TestApi, broken: Option<&'static Break>, a: &str, b: &str) -> Self {
        Self {
            router: api.router.clone(),
            clock: api.state.clock.clone(),
            broken,
            a: a.to_owned(),
            b: b.to_owned(),
            kept: Arc::default(),
        }
    }

    /// Asks the real API.
    pub async fn forward(&self, asked: Asked) -> Given {
        let uri = if asked.query.is_empty() {
            asked.path
        } else {
            format!("{}?{}", asked.path, asked.query)
        };
        let mut request = Request::builder()
            .method(asked.method)
            .uri(uri)
            .body(Body::from(asked.body))
            .unwrap();
        *request.headers_mut() = asked.headers;
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Given {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub fn is_a(&self, asked: &Asked) -> bool {
        asked.header("cookie") == self.a
    }

    pub fn is_b(&self, asked: &Asked) -> bool {
        asked.header("cookie") == self.b
    }

    pub fn is_nobody(&self, asked: &Asked) -> bool {
        !asked.headers.contains_key("cookie") && !asked.headers.contains_key("authorization")
    }

    pub fn is_bearer(&self, asked: &Asked) -> bool {
        asked.headers.contains_key("authorization")
    }

    /// Whether it is the first time that this is said.
    pub fn first(&self, name: &str) -> bool {
        self.count(name) == 1
    }

    /// How often it was said, this time included.
    pub fn count(&self, name: &str) -> u64 {
        let mut kept = self.kept.lock().unwrap();
        let before = kept.get(name).and_then(Value::as_u64).unwrap_or(0);
        kept.insert(name.to_owned(), (before + 1).into());
        before + 1
    }
}

/// Serves it on a free port, and gives its address.
pub async fn serve(front: Front) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = Router::new().fallback(answer).with_state(front);
    tokio::spawn(async move { axum::serve(listener, server).await });
    format!("http://{address}")
}

async fn answer(State(front): State<Front>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut asked = Asked {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or("").to_owned(),
        headers: parts.headers,
        body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
    };
    let given = match front.broken.map(|broken| &broken.how) {
        None => front.forward(asked).await,
        Some(How::Before(change)) => {
            change(&front, &mut asked);
            front.forward(asked).await
        }
        Some(How::After(change)) => {
            let mut given = front.forward(asked.clone()).await;
            change(&front, &asked, &mut given);
            given
        }
        Some(How::Around(act)) => act(front.clone(), asked).await,
    };
    let mut response = Response::new(Body::from(given.body));
    *response.status_mut() = given.status;
    *response.headers_mut() = given.headers;
    response.headers_mut().remove("content-length");
    let now = jiff::Timestamp::from_millisecond(front.clock.now().millis()).unwrap();
    let date = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .unwrap();
    response.headers_mut().insert("date", date.parse().unwrap());
    response
}
