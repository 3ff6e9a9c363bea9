//! The public keys of the host (a JWK Set, RFC 7517). What cannot check an assertion is passed over.

use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse,
};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many keys are looked at: a company that changes its keys has two or three.
const MOST_KEYS: usize = 32;

/// Members of a key that only its owner may have.
const PRIVATE: [&str; 2] = ["d", "k"];

/// Why a set of keys is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// It is no JWK Set.
    #[error("it is no JWK Set ({{\"keys\": [...]}}): {0}")]
    Syntax(String),
    /// It shows what must stay with the company.
    #[error(
        "the key {0:?} has its private part with it: publish the public part alone, and make a new key"
    )]
    Private(String),
    /// Nothing in it can check an assertion.
    #[error(
        "it has no key for ES256 (kty EC, crv P-256) or EdDSA (kty OKP, crv Ed25519) with a kid"
    )]
    Empty,
    /// It has more keys than anybody needs.
    #[error("it has more than {MOST_KEYS} keys")]
    TooMany,
}

/// A key, and the one way in which it signs. The key says which, and nobody else.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(super) algorithm: Algorithm,
    pub(super) decoding: DecodingKey,
}

/// The keys, by name.
#[derive(Clone, Debug, Default)]
pub struct KeySet(BTreeMap<String, Arc<Key>>);

#[derive(Deserialize)]
struct Source {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a JWK Set.
    ///
    /// # Errors
    /// With what is wrong, and no key in it.
    pub fn parse(bytes: &[u8]) -> Result<Self, KeysError> {
        let source: Source = serde_json::from_slice(bytes)
            .map_err(|error| KeysError::Syntax(format!("line {}", error.line())))?;
        if source.keys.len() > MOST_KEYS {
            return Err(KeysError::TooMany);
        }
        let mut all = BTreeMap::new();
        for value in source.keys {
            if PRIVATE.iter().any(|member| value.get(member).is_some()) {
                let kid = value["kid"].as_str().unwrap_or_default();
                return Err(KeysError::Private(kid.to_owned()));
            }
            if let Some((kid, key)) = usable(value) {
                all.insert(kid, Arc::new(key));
            }
        }
        if all.is_empty() {
            return Err(KeysError::Empty);
        }
        Ok(Self(all))
    }

    pub(super) fn get(&self, kid: &str) -> Option<Arc<Key>> {
        self.0.get(kid).cloned()
    }
}

fn usable(value: Value) -> Option<(String, Key)> {
    let jwk: Jwk = serde_json::from_value(value).ok()?;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            Algorithm::ES256
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            Algorithm::EdDSA
        }
        _ => return None,
    };
    let common = &jwk.common;
    let signs = common
        .public_key_use
        .as_ref()
        .is_none_or(|what| *what == PublicKeyUse::Signature);
    let verifies = common
        .key_operations
        .as_ref()
        .is_none_or(|what| what.contains(&KeyOperations::Verify));
    let is_named_so = common
        .key_algorithm
        .is_none_or(|named| named == KeyAlgorithm::from(algorithm));
    if !(signs && verifies && is_named_so) {
        return None;
    }
    let kid = common.key_id.clone().filter(|kid| !kid.is_empty())?;
    let decoding = DecodingKey::from_jwk(&jwk).ok()?;
    Some((
        kid,
        Key {
            algorithm,
            decoding,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn point() -> Value {
        // The example of RFC 7515, A.3, without its private part.
        json!({
            "kid": "one", "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        })
    }

    fn with(change: &Value) -> Result<KeySet, KeysError> {
        let mut key = point();
        for (name, value) in change.as_object().unwrap() {
            key[name] = value.clone();
        }
        KeySet::parse(json!({ "keys": [key] }).to_string().as_bytes())
    }

    #[test]
    fn a_key_says_by_itself_how_it_signs() {
        let set = with(&json!({})).unwrap();
        assert_eq!(set.get("one").unwrap().algorithm, Algorithm::ES256);
        assert!(set.get("two").is_none());
        let edwards = json!({
            "kid": "two", "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
        });
        let both = json!({ "keys": [point(), edwards] }).to_string();
        let set = KeySet::parse(both.as_bytes()).unwrap();
        assert_eq!(set.get("two").unwrap().algorithm, Algorithm::EdDSA);
    }

    #[test]
    fn keys_for_something_else_are_passed_over() {
        for other in [
            json!({ "use": "enc" }),
            json!({ "key_ops": ["encrypt"] }),
            json!({ "alg": "ES384" }),
            json!({ "alg": "HS256" }),
            json!({ "crv": "P-384" }),
            json!({ "crv": "secp256k1" }),
            json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" }),
            json!({ "kty": "oct" }),
            json!({ "kid": null }),
            json!({ "kid": "" }),
        ] {
            assert_eq!(with(&other).unwrap_err(), KeysError::Empty, "{other}");
        }
        assert!(with(&json!({ "use": "sig", "alg": "ES256", "key_ops": ["verify"] })).is_ok());
    }

    #[test]
    fn a_private_key_is_refused_and_not_shown() {
        for private in ["d", "k"] {
            let error = with(&json!({ private: "hunter2" })).unwrap_err();
            assert!(error.to_string().contains("\"one\""), "{error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn what_is_no_set_is_refused() {
        for bad in ["", "{}", "[]", "{\"keys\": {}}", "<!doctype html>"] {
            let error = KeySet::parse(bad.as_bytes()).unwrap_err();
            assert!(matches!(error, KeysError::Syntax(_)), "{bad}: {error}");
        }
        let many = json!({ "keys": vec![point(); MOST_KEYS + 1] }).to_string();
        assert_eq!(
            KeySet::parse(many.as_bytes()).unwrap_err(),
            KeysError::TooMany
        );
    }
}
