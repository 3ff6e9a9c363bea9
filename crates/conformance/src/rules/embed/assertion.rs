//! Assertions as a host page's backend signs them (RFC 7519), good and wrong.

use crate::http::fresh_key;
use crate::kit::EmbedKey;
use crate::rule::{Stop, skip};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use serde_json::{Value, json};

/// The claims of an assertion, and the header's own.
#[derive(Clone)]
pub(super) struct Claims {
    body: Value,
    kid: String,
    alg: Option<&'static str>,
}

/// What a frame makes for an exchange: 128 random bits.
pub(super) fn nonce() -> String {
    URL_SAFE_NO_PAD.encode(uuid::Uuid::new_v4().into_bytes())
}

impl Claims {
    /// What the API has to take.
    pub(super) fn good(key: &EmbedKey, now: i64, nonce: &str) -> Self {
        Self {
            body: json!({
                "iss": key.issuer, "sub": key.subject, "aud": key.audience, "iat": now, "exp": now + 60,
                "jti": fresh_key(), "nonce": nonce, "auth_time": now - 30,
            }),
            kid: key.kid.clone(),
            alg: None,
        }
    }

    fn with(mut self, claim: &str, value: Value) -> Self {
        self.body[claim] = value;
        self
    }

    fn without(mut self, claim: &str) -> Self {
        if let Some(members) = self.body.as_object_mut() {
            members.remove(claim);
        }
        self
    }
}

/// The assertion.
pub(super) fn signed(key: &EmbedKey, claims: &Claims) -> Result<String, Stop> {
    let random = SystemRandom::new();
    if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key.key, &random)
    {
        let text = unsigned(claims, "ES256");
        let signature = pair
            .sign(&random, text.as_bytes())
            .map_err(|_| unusable())?;
        return Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)));
    }
    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&key.key).map_err(|_| unusable())?;
    let text = unsigned(claims, "EdDSA");
    let signature = pair.sign(text.as_bytes());
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn unusable() -> Stop {
    skip("the key of --embed-key is neither P-256 nor Ed25519 as PKCS #8")
}

fn unsigned(claims: &Claims, alg: &str) -> String {
    let header = json!({ "typ": "JWT", "alg": claims.alg.unwrap_or(alg), "kid": claims.kid });
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encoded(&header), encoded(&claims.body))
}

/// Everything that is wrong with an assertion in one place alone: what, the nonce that goes with it, and the assertion.
pub(super) fn wrong(key: &EmbedKey, now: i64) -> Result<Vec<(&'static str, String, String)>, Stop> {
    let good = |nonce: &str| Claims::good(key, now, nonce);
    let other_key = |claims: Claims| Claims {
        kid: "conformance-unknown".to_owned(),
        ..claims
    };
    let no_algorithm = |claims: Claims| Claims {
        alg: Some("none"),
        ..claims
    };
    let changes: [(&'static str, &dyn Fn(Claims) -> Claims); 10] = [
        ("another issuer", &|claims| {
            claims.with("iss", json!("https://attacker.example"))
        }),
        ("another audience", &|claims| {
            claims.with("aud", json!("https://attacker.example"))
        }),
        ("the nonce of another frame", &|claims| {
            claims.with("nonce", json!(nonce()))
        }),
        ("a time that is over", &|claims| {
            claims
                .with("iat", json!(now - 600))
                .with("exp", json!(now - 540))
        }),
        ("a time that has not come", &|claims| {
            claims
                .with("iat", json!(now + 600))
                .with("exp", json!(now + 660))
        }),
        ("a time of more than two minutes", &|claims| {
            claims.with("exp", json!(now + 3600))
        }),
        ("no `jti`", &|claims| claims.without("jti")),
        ("no `sub`", &|claims| claims.without("sub")),
        ("a key that nobody published", &other_key),
        ("the algorithm `none`", &no_algorithm),
    ];
    let mut all = Vec::new();
    for (what, change) in changes {
        let nonce = nonce();
        all.push((what, nonce.clone(), signed(key, &change(good(&nonce)))?));
    }
    let nonce = nonce();
    let assertion = signed(key, &good(&nonce))?;
    let (text, signature) = assertion.rsplit_once('.').ok_or_else(unusable)?;
    let forged: String = signature.chars().rev().collect();
    all.push(("a forged signature", nonce, format!("{text}.{forged}")));
    Ok(all)
}
