//! What the backend of a page has to do: sign who is signed in there, for one exchange.

use crate::embed::install_provider;
use crate::secrets::{hex, random};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Serialize;
use serde_json::{Value, json};

/// For how many seconds an assertion is good.
const LIFE_SECONDS: i64 = 60;

/// A key of this site, made when it starts.
pub(super) struct Signer {
    header: Header,
    key: EncodingKey,
    jwk: Value,
}

/// What an assertion says.
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
    nonce: &'a str,
    auth_time: i64,
}

/// From whom to whom.
pub(super) struct Parties<'a> {
    pub(super) issuer: &'a str,
    pub(super) audience: &'a str,
}

impl Signer {
    pub(super) fn fresh() -> Option<Self> {
        install_provider();
        let (method, random_bytes) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(method, &random_bytes).ok()?;
        let pair = EcdsaKeyPair::from_pkcs8(method, pkcs8.as_ref(), &random_bytes).ok()?;
        // A point that is written out whole: 4, and two numbers of 32 bytes.
        let (x, y) = pair.public_key().as_ref().get(1..)?.split_at_checked(32)?;
        let kid = hex(&random()[..8]);
        let base64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        Some(Self {
            jwk: json!({
                "kid": kid, "kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y), "alg": "ES256", "use": "sig"
            }),
            header: Header {
                kid: Some(kid),
                ..Header::new(Algorithm::ES256)
            },
            key: EncodingKey::from_ec_der(pkcs8.as_ref()),
        })
    }

    /// What the portal's API checks assertions with: the public part, and nothing else.
    pub(super) fn jwk_set(&self) -> Value {
        json!({ "keys": [self.jwk] })
    }

    /// That this customer is here, who signed in then.
    pub(super) fn assertion(
        &self,
        parties: &Parties<'_>,
        customer: &str,
        signed_in_at: i64,
        nonce: &str,
        now: i64,
    ) -> Option<String> {
        let claims = Claims {
            iss: parties.issuer,
            sub: customer,
            aud: parties.audience,
            iat: now,
            exp: now + LIFE_SECONDS,
            jti: hex(&random()[..16]),
            nonce,
            auth_time: signed_in_at,
        };
        encode(&self.header, &claims, &self.key).ok()
    }
}
