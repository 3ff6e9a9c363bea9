//! A provider that says what a test has it say. The real one is met in a browser; this one misbehaves.

use crate::testing::TestApi;
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::{Arc, Mutex};

pub(super) const CLIENT: &str = "portal";
pub(super) const SECRET: &str = "a secret of the client";

/// What it does.
#[derive(Clone, Default)]
pub(super) struct Script {
    /// The claims of the next token, laid over those that are right; `null` leaves one out.
    pub(super) claims: Value,
    /// Laid over the header.
    pub(super) header: Value,
    /// The key that it signs with.
    pub(super) key: u8,
    /// The key that it says it signs with.
    pub(super) named_key: u8,
    /// What its user info says.
    pub(super) user_info: Value,
    /// Laid over its discovery document.
    pub(super) metadata: Value,
    /// What its token endpoint answers in place of tokens.
    pub(super) refuses: Option<StatusCode>,
    /// The last form that its token endpoint was sent, and by whom.
    pub(super) asked: String,
    pub(super) authorization: String,
}

/// A provider.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) issuer: String,
    script: Arc<Mutex<Script>>,
}

fn key(number: u8) -> CoreEdDsaPrivateSigningKey {
    let start = [
        0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
    ];
    let pkcs8 = [&start[..], &[number; 32]].concat();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(pkcs8)
    );
    let id = JsonWebKeyId::new(format!("key-{number}"));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id)).expect("it is a key")
}

impl Provider {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self {
            issuer,
            script: Arc::default(),
        };
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/me", get(user_info))
            .with_state(provider.clone());
        tokio::spawn(async move { drop(axum::serve(listener, app).await) });
        provider
    }

    pub(super) fn script(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script.lock().unwrap());
    }

    pub(super) fn now(&self) -> Script {
        self.script.lock().unwrap().clone()
    }

    /// A token of these claims, signed as the script says.
    pub(super) fn sign(&self, claims: &Value) -> String {
        let script = self.now();
        let kid = format!("key-{}", script.key);
        let header = over(json!({ "alg": "EdDSA", "kid": kid }), &script.header);
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(claims));
        let signature = match header["alg"].as_str() {
            Some("none") => Vec::new(),
            Some("HS256") => {
                let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
                mac.update(message.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
            _ => key(script.key)
                .sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes())
                .unwrap(),
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// An API whose customers sign in here.
    pub(super) fn api(&self, change: impl FnOnce(&mut crate::config::OpenIdConnect)) -> TestApi {
        use portal_contract::capabilities::AuthMode;
        let mut openid_connect = crate::config::OpenIdConnect {
            issuer: self.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            scopes: Vec::new(),
            customer_claim: crate::config::CustomerClaim::Reference("sub".to_owned()),
            acr_values: Vec::new(),
        };
        change(&mut openid_connect);
        TestApi::with(|config| {
            config.public_url = Some("https://help.example.com/portal".to_owned());
            config.sign_in_modes = vec![AuthMode::Redirect, AuthMode::EmailCode];
            config.openid_connect = Some(openid_connect);
        })
    }
}

/// The machine's clock, as a provider's.
pub(super) fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

pub(super) fn over(mut base: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        match value {
            Value::Null => drop(base.as_object_mut().unwrap().remove(name)),
            value => base[name] = value.clone(),
        }
    }
    base
}

/// The same, with what is to be left out still named.
pub(super) fn laid(mut base: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        base[name] = value.clone();
    }
    base
}

async fn metadata(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.issuer;
    let said = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "end_session_endpoint": format!("{issuer}/end"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    });
    Json(over(said, &provider.now().metadata))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let named = key(provider.now().named_key).as_verification_key();
    Json(json!({ "keys": [named] }))
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, form: String) -> Response {
    let script = provider.now();
    let authorization = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let authorization = authorization.unwrap_or_default().to_owned();
    provider.script(|script| {
        script.asked = form;
        script.authorization = authorization;
    });
    if let Some(status) = script.refuses {
        return (status, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    let now = seconds();
    let claims = json!({
        "iss": provider.issuer, "aud": CLIENT, "sub": "C-1", "iat": now, "exp": now + 300, "auth_time": now,
    });
    let id_token = provider.sign(&over(claims, &script.claims));
    let answer =
        json!({ "access_token": "opens nothing", "token_type": "Bearer", "id_token": id_token });
    Json(answer).into_response()
}

async fn user_info(State(provider): State<Provider>) -> Json<Value> {
    Json(provider.now().user_info)
}
