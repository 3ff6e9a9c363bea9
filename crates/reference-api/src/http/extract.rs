//! What handlers take from a request.

mod address;
pub(super) mod language;

pub(crate) use address::{PathIds, Query};

use super::credential::Credential;
use super::error::{ApiError, ApiResult};
use super::layers::pace;
use super::links;
use super::session;
use super::session::store::Presence;
use super::state::{AppState, SessionId};
use crate::config::Config;
use crate::store::customers::CustomerId;
use crate::store::interactions::Viewer;
use crate::store::time::Moment;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use portal_contract::endpoints::{EVENTS, IDEMPOTENCY_HEADER};
use portal_contract::session::Scope;
use portal_contract::{Etag, IdempotencyKey, ToJson};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// The signed-in customer. A handler that takes it is not reached by anybody else (401).
#[derive(Clone, Debug)]
pub struct CurrentCustomer {
    /// Who.
    pub id: CustomerId,
    /// When they last proved who they are.
    pub auth_time: Moment,
    /// By which session they came.
    pub session_id: SessionId,
    /// BCP 47 tag of the language that answers are to be in: what this request asks for, otherwise what their record names.
    pub locale: Option<String>,
    /// BCP 47 tag of the language that their record names: the company writes to them in it.
    pub record_locale: Option<String>,
    /// IANA name of the zone that they chose.
    pub time_zone: Option<String>,
    /// The name as the company writes it.
    pub display_name: String,
    /// What the session may do.
    pub scopes: Vec<Scope>,
}

impl CurrentCustomer {
    /// Who reads, for the store.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer {
            customer: self.id.clone(),
            locale: self.locale.clone(),
            time_zone: self.time_zone.clone(),
        }
    }

    /// Passes when the session has this scope.
    ///
    /// # Errors
    /// `scope-insufficient` otherwise.
    pub fn require(&self, scope: &Scope) -> ApiResult<()> {
        if self.scopes.contains(scope) {
            Ok(())
        } else {
            Err(ApiError::scope_insufficient(scope.as_str()))
        }
    }

    /// Passes when the customer proved who they are within the last `max_age` seconds, where they can.
    ///
    /// # Errors
    /// `scope-insufficient` in a frame, which has to open a tab for it; `step-up-required` otherwise.
    pub fn require_fresh_proof(&self, max_age: u64, now: Moment) -> ApiResult<()> {
        self.require(&Scope::StepUp)?;
        if self.auth_time.seconds_until(now) <= max_age {
            Ok(())
        } else {
            Err(ApiError::step_up_required(max_age))
        }
    }
}

impl FromRequestParts<AppState> for CurrentCustomer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let (token, carrier) = match Credential::of(&parts.headers, &state.config) {
            Credential::Session(token, carrier) => (token, carrier),
            Credential::Link(bearer) => return Err(links::refusal(state, bearer).await),
            Credential::Nothing => return Err(ApiError::unauthenticated()),
        };
        let presence = match parts.uri.path() {
            EVENTS => Presence::Waiting,
            _ => Presence::Active,
        };
        let live = session::store::find(state, token, carrier, presence).await?;
        let live = live.ok_or_else(ApiError::unauthenticated)?;
        session::signals::heed(state, &live, &parts.headers).await?;
        let mut customer = live.customer;
        customer.locale = language::asked(&parts.headers, &state.config.company.locales)
            .or_else(|| customer.record_locale.clone());
        Ok(customer)
    }
}

/// What was asked for, as one hash of method, path and body: the same key with another request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of a request whose body is (or hashes to) these bytes.
    #[must_use]
    pub fn of(method: &Method, path: &str, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        for part in [method.as_str().as_bytes(), path.as_bytes(), body] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Of an act that its address says whole: a press that carries nothing else. What a body might say is not read.
#[derive(Clone, Copy, Debug)]
pub struct NoBody(pub Fingerprint);

impl<S: Sync> FromRequestParts<S> for NoBody {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let fingerprint = Fingerprint::of(&parts.method, parts.uri.path(), &[]);
        Ok(Self(fingerprint))
    }
}

/// A JSON body.
#[derive(Clone, Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// The request's fingerprint, for [`once`](super::once).
    pub fingerprint: Fingerprint,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> ApiResult<Self> {
        check_content_type(request.headers())?;
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let bytes = read_body(request, state.config.limits.json_bytes).await?;
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            ApiError::malformed(format!("the body is not what this endpoint takes: {error}"))
        })?;
        Ok(Self {
            value,
            fingerprint: Fingerprint::of(&method, &path, &bytes),
        })
    }
}

/// What a request says that its body is, without parameters and in lower case; empty when it says nothing. What reads a
/// body and what refuses a foreign form have to agree on it.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let given = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    given
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase()
}

fn check_content_type(headers: &HeaderMap) -> ApiResult<()> {
    match media_type(headers).as_str() {
        "application/json" | "application/merge-patch+json" => Ok(()),
        _ => Err(ApiError::unsupported_media_type(
            "send Content-Type: application/json",
        )),
    }
}

pub(crate) async fn read_body(request: Request, limit: u64) -> ApiResult<Bytes> {
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ApiError::payload_too_large(limit));
    }
    let bound = usize::try_from(limit).unwrap_or(usize::MAX);
    match Limited::new(request.into_body(), bound).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(ApiError::payload_too_large(limit)),
        Err(error) => Err(pace::refusal(error.as_ref())),
    }
}

/// The key of a `POST`; one without it is refused.
#[derive(Clone, Debug)]
pub struct IdempotencyKeyHeader(pub IdempotencyKey);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKeyHeader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        read_key(&parts.headers)?
            .map(Self)
            .ok_or_else(ApiError::idempotency_key_missing)
    }
}

/// The key of a `PATCH`, which may have one.
#[derive(Clone, Debug)]
pub struct OptionalIdempotencyKey(pub Option<IdempotencyKey>);

impl<S: Send + Sync> FromRequestParts<S> for OptionalIdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        read_key(&parts.headers).map(Self)
    }
}

fn read_key(headers: &HeaderMap) -> ApiResult<Option<IdempotencyKey>> {
    let Some(value) = headers.get(IDEMPOTENCY_HEADER) else {
        return Ok(None);
    };
    let refused = || ApiError::malformed("Idempotency-Key is a UUID");
    let text = value.to_str().map_err(|_| refused())?;
    // Some clients quote it, as the header's drafts did.
    let uuid: uuid::Uuid = text.trim_matches('"').parse().map_err(|_| refused())?;
    uuid.to_string().parse().map(Some).map_err(|_| refused())
}

/// The versions that a change was made on (`If-Match`).
#[derive(Clone, Debug)]
pub struct IfMatch(Option<Vec<String>>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        let Some(value) = parts.headers.get(IF_MATCH) else {
            return Ok(Self(None));
        };
        let text = value
            .to_str()
            .map_err(|_| ApiError::malformed("If-Match is one or more quoted etags"))?;
        // A proxy that compresses weakens etags (`W/`); ours name versions, not bytes, so the mark changes nothing.
        let etags = text
            .split(',')
            .map(|etag| {
                etag.trim()
                    .trim_start_matches("W/")
                    .trim_matches('"')
                    .to_owned()
            })
            .collect();
        Ok(Self(Some(etags)))
    }
}

impl IfMatch {
    /// Passes when the change was made on this version.
    ///
    /// # Errors
    /// `precondition-required` when the request names none, `precondition-failed` with the object when it names another.
    pub fn check(&self, etag: &Etag, current: &impl ToJson) -> ApiResult<()> {
        match &self.0 {
            None => Err(ApiError::precondition_required()),
            Some(etags)
                if etags
                    .iter()
                    .any(|given| given == "*" || given == etag.as_str()) =>
            {
                Ok(())
            }
            Some(_) => Err(ApiError::precondition_failed(current)),
        }
    }
}

/// Where the request came from.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    address: Option<IpAddr>,
    forwarded_for: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        Ok(Self {
            address: parts
                .extensions
                .get::<ConnectInfo<SocketAddr>>()
                .map(|info| info.0.ip()),
            forwarded_for: forwarded
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
        })
    }
}

impl Peer {
    /// Whether the request came from this machine, and not from elsewhere through a proxy on it.
    pub(crate) fn is_local(&self) -> bool {
        let is_here = |address: IpAddr| address.to_canonical().is_loopback();
        let hops = self
            .forwarded_for
            .as_deref()
            .unwrap_or("127.0.0.1")
            .split(',');
        self.address.is_some_and(is_here)
            && hops
                .into_iter()
                .all(|hop| hop.trim().parse().is_ok_and(is_here))
    }

    /// The network that limits count by: the address, or the /64 of an IPv6 one, which is what one household has. Behind a
    /// trusted proxy it is what the proxy says last; what stands before that a client can invent.
    pub(crate) fn network(&self, config: &Config) -> String {
        let told = self
            .forwarded_for
            .as_deref()
            .filter(|_| config.trust_forwarded_for)
            .and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
        match told.or(self.address).map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => "unknown".to_owned(),
        }
    }
}
