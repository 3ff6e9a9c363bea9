//! The page, and what it asks of its own backend.

use super::signer::{Parties, Signer};
use crate::embed::{Host, Source};
use crate::secrets::{hex, random};
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;

/// Where the public key is.
const JWKS: &str = "/.well-known/jwks.json";

/// For whom assertions are meant.
const AUDIENCE: &str = "customer-portal-demo";

/// The cookie of the site's own session.
const SESSION: &str = "site";

/// Who can be signed in on the page, by the company's number.
const CUSTOMERS: [&str; 3] = ["C-1001", "C-1002", "C-1003"];

/// So many visitors are remembered; the page is for one person who looks at it.
const MOST_VISITORS: usize = 1_000;

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// Its address is taken, or none of this machine's.
    #[error("cannot listen on {0} (--host-listen): {1}")]
    Listen(SocketAddr, std::io::Error),
    /// No key could be made.
    #[error("no key can be made for the sample page")]
    Key,
}

/// The site, listening.
pub struct Site {
    listener: TcpListener,
    origin: String,
    signer: Signer,
}

impl Site {
    /// Listens, with a fresh key.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn bind(address: SocketAddr) -> Result<Self, SiteError> {
        let refused = |error| SiteError::Listen(address, error);
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let bound = listener.local_addr().map_err(refused)?;
        Ok(Self {
            listener,
            origin: format!("http://{bound}"),
            signer: Signer::fresh().ok_or(SiteError::Key)?,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What an API has to know to take its word.
    ///
    /// # Panics
    /// Never: its address is one.
    #[must_use]
    pub fn host(&self) -> Host {
        let keys = format!("{}{JWKS}", self.origin);
        Host {
            issuer: self.origin.clone(),
            audience: AUDIENCE.to_owned(),
            keys: Source::Url(keys.parse().expect("an origin and a path are an address")),
        }
    }

    /// Serves until `down`, with the portal at this address.
    pub async fn serve(self, portal: String, down: impl Future<Output = ()> + Send + 'static) {
        let router = router(self.origin, self.signer, portal);
        let served = axum::serve(self.listener, router).with_graceful_shutdown(down);
        if let Err(error) = served.await {
            tracing::warn!(%error, "the sample page is served no longer");
        }
    }
}

struct Parts {
    origin: String,
    signer: Signer,
    page: String,
    policy: HeaderValue,
    visitors: Mutex<HashMap<String, Visitor>>,
}

/// Who is signed in at the site.
#[derive(Clone)]
struct Visitor {
    customer: String,
    signed_in_at: i64,
}

pub(super) fn router(origin: String, signer: Signer, portal: String) -> Router {
    let policy = format!(
        "default-src 'none'; script-src 'self' {portal}; frame-src {portal}; connect-src 'self'; style-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let parts = Parts {
        origin,
        signer,
        page: include_str!("index.html").replace("{{portal}}", &portal),
        policy: HeaderValue::try_from(policy).expect("an address is a header value"),
        visitors: Mutex::default(),
    };
    Router::new()
        .route("/", get(page))
        .route("/host.js", get(script))
        .route("/host.css", get(style))
        .route(JWKS, get(keys))
        .route("/switch", post(switch))
        .route("/sign", post(sign))
        .with_state(Arc::new(parts))
}

type Shared = State<Arc<Parts>>;

fn file(media_type: &'static str, text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (headers, text).into_response()
}

async fn page(State(parts): Shared) -> Response {
    let mut response = file("text/html; charset=utf-8", parts.page.clone());
    let policy = parts.policy.clone();
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    response
}

async fn script() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("host.js").to_owned(),
    )
}

async fn style() -> Response {
    file(
        "text/css; charset=utf-8",
        include_str!("host.css").to_owned(),
    )
}

async fn keys(State(parts): Shared) -> Response {
    file(
        "application/jwk-set+json",
        parts.signer.jwk_set().to_string(),
    )
}

/// Who wants to be signed in.
#[derive(Deserialize)]
struct Switch {
    customer: Option<String>,
}

/// In the place of the site's own sign-in, which is nobody's concern here: whoever is asked for is signed in.
async fn switch(State(parts): Shared, Json(body): Json<Switch>) -> Response {
    let mut visitors = parts
        .visitors
        .lock()
        .expect("nothing panics while holding it");
    let Some(customer) = body.customer else {
        let gone = format!("{SESSION}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
        return (StatusCode::NO_CONTENT, [(SET_COOKIE, gone)]).into_response();
    };
    if !CUSTOMERS.contains(&customer.as_str()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if visitors.len() >= MOST_VISITORS {
        visitors.clear();
    }
    let session = hex(&random());
    let cookie = format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict");
    let signed_in_at = now();
    visitors.insert(
        session,
        Visitor {
            customer,
            signed_in_at,
        },
    );
    (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response()
}

/// What the frame made for this exchange.
#[derive(Deserialize)]
struct Sign {
    nonce: String,
}

/// Signs who is signed in *here*, by the site's own session. Never take a customer out of the request: whoever sends it could name any.
async fn sign(State(parts): Shared, headers: HeaderMap, Json(body): Json<Sign>) -> Json<Value> {
    let visitor = visitor(&parts, &headers);
    let parties = Parties {
        issuer: &parts.origin,
        audience: AUDIENCE,
    };
    let assertion = visitor.and_then(|visitor| {
        let Visitor {
            customer,
            signed_in_at,
        } = visitor;
        parts
            .signer
            .assertion(&parties, &customer, signed_in_at, &body.nonce, now())
    });
    Json(json!({ "assertion": assertion }))
}

fn visitor(parts: &Parts, headers: &HeaderMap) -> Option<Visitor> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    let session = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == SESSION).then_some(value))?;
    let visitors = parts
        .visitors
        .lock()
        .expect("nothing panics while holding it");
    visitors.get(session).cloned()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
