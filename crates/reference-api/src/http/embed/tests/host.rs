//! The host of a test: its keys, its JWK Set in a file, and what it signs.

use crate::embed::{Host, Source};
use crate::store::customers::{self, NewCustomer};
use crate::testing::TestApi;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use std::path::PathBuf;

pub(super) const ISSUER: &str = "https://www.example.com";
pub(super) const AUDIENCE: &str = "https://help.example.com";

/// A key, and its public part as a JWK.
pub(super) struct Signer {
    algorithm: Algorithm,
    key: EncodingKey,
    pub(super) jwk: Value,
}

impl Signer {
    pub(super) fn es256(kid: &str) -> Self {
        let (method, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(method, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(method, pkcs8.as_ref(), &random).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        Self {
            algorithm: Algorithm::ES256,
            key: EncodingKey::from_ec_der(pkcs8.as_ref()),
            jwk: json!({ "kid": kid, "kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y) }),
        }
    }

    pub(super) fn eddsa(kid: &str) -> Self {
        // The form that every program reads (RFC 8410): what stands before the 32 bytes is the same for all.
        const BEFORE: [u8; 16] = [
            0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
        ];
        let pkcs8 = [&BEFORE[..], &crate::secrets::random()].concat();
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&pkcs8).unwrap();
        let x = base64(pair.public_key().as_ref());
        Self {
            algorithm: Algorithm::EdDSA,
            key: EncodingKey::from_ed_der(&pkcs8),
            jwk: json!({ "kid": kid, "kty": "OKP", "crv": "Ed25519", "x": x }),
        }
    }

    /// The private key, as other programs read it.
    pub(super) fn pem(&self) -> String {
        let text = base64::engine::general_purpose::STANDARD.encode(self.key.as_bytes());
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        let lines = lines.join("\n");
        format!("-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n")
    }

    /// The usual header.
    pub(super) fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = self.jwk["kid"].as_str().map(str::to_owned);
        header
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.header(), claims)
    }

    pub(super) fn sign_as(&self, header: &Header, claims: &Value) -> String {
        encode(header, claims, &self.key).unwrap()
    }
}

/// A host page with its backend.
pub(super) struct HostPage {
    pub(super) signer: Signer,
    folder: tempfile::TempDir,
}

impl HostPage {
    pub(super) fn new() -> Self {
        let host = Self {
            signer: Signer::es256("one"),
            folder: tempfile::tempdir().unwrap(),
        };
        host.publish(&[&host.signer]);
        host
    }

    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("keys.json")
    }

    /// Writes the JWK Set.
    pub(super) fn publish(&self, signers: &[&Signer]) {
        std::fs::write(self.file(), jwk_set(signers)).unwrap();
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        self.signer.sign(claims)
    }

    /// An API that takes this host's word.
    pub(super) fn api(&self) -> TestApi {
        TestApi::with(|config| config.embed = Some(named(Source::File(self.file()))))
    }
}

pub(super) fn jwk_set(signers: &[&Signer]) -> String {
    let keys: Vec<&Value> = signers.iter().map(|signer| &signer.jwk).collect();
    json!({ "keys": keys }).to_string()
}

/// The host, with its keys there.
pub(super) fn named(keys: Source) -> Host {
    Host {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        keys,
    }
}

/// A customer with a number at the company.
pub(super) async fn customer(api: &TestApi, reference: &str, address: &str, name: &str) {
    let customer = NewCustomer {
        reference: Some(reference.to_owned()),
        display_name: name.to_owned(),
        addresses: vec![address.to_owned()],
        ..NewCustomer::default()
    };
    let now = api.state.clock.now();
    let store = &api.state.store;
    store
        .write(move |tx| customers::insert(tx, &customer, now))
        .await
        .unwrap();
}

pub(super) fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn unbase64(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
