//! A visit in a frame on the company's own site, whose backend says who is there.

use crate::{House, Portal};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portal_client::ApiError;
use portal_contract::embed::{EmbedAssertion, EmbedSession};
use portal_contract::session::{Scope, SessionMode, SessionState};
use reference_api::embed::{Host, Source};
use reference_api::store::customers::{self, NewCustomer};
use reference_api::testing::TestApi;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

const ISSUER: &str = "https://www.example.com";
const AUDIENCE: &str = "https://help.example.com";
const NONCE: &str = "q83vASNFZ4mrze8BI0VniQ";

/// The customer's number at the company.
const AMAL: &str = "C-3003";

/// An API that takes the word of a host, and that host.
struct Embedded {
    house: House,
    key: Ed25519KeyPair,
    _keys: tempfile::TempDir,
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

impl Embedded {
    async fn new() -> Self {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let key = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(key.public_key());
        let set = json!({ "keys": [{ "kid": "one", "kty": "OKP", "crv": "Ed25519", "x": x }] });
        let keys = tempfile::tempdir().unwrap();
        let file = keys.path().join("keys.json");
        std::fs::write(&file, set.to_string()).unwrap();
        let api = TestApi::with(|config| {
            config.embed = Some(Host {
                issuer: ISSUER.to_owned(),
                audience: AUDIENCE.to_owned(),
                keys: Source::File(file),
            });
        });
        let amal = NewCustomer {
            reference: Some(AMAL.to_owned()),
            display_name: "Amal Haddad".to_owned(),
            ..NewCustomer::default()
        };
        let now = api.state.clock.now();
        let add = api
            .state
            .store
            .write(move |tx| customers::insert(tx, &amal, now));
        add.await.unwrap();
        Self {
            house: House::on(api).await,
            key,
            _keys: keys,
        }
    }

    /// What the host's backend signs for a frame with this nonce.
    fn assertion(&self, nonce: &str) -> EmbedAssertion {
        let now = self.house.api.state.clock.now().millis() / 1000;
        let claims = json!({
            "iss": ISSUER, "sub": AMAL, "aud": AUDIENCE, "iat": now, "exp": now + 60,
            "jti": uuid::Uuid::new_v4().to_string(), "nonce": nonce, "auth_time": now - 60,
        });
        let header = json!({ "typ": "JWT", "alg": "EdDSA", "kid": "one" });
        let text = format!("{}.{}", encoded(&header), encoded(&claims));
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(text.as_bytes()));
        EmbedAssertion {
            assertion: format!("{text}.{signature}"),
            nonce: NONCE.to_owned(),
        }
    }

    async fn opened(&self) -> (Portal, EmbedSession) {
        let frame = self.house.browser();
        let opened = frame.open_frame(&self.assertion(NONCE)).await.unwrap();
        (frame.bearing(&opened.bearer), opened)
    }
}

#[tokio::test]
async fn the_word_of_the_host_opens_a_frame_for_its_customer() {
    let embedded = Embedded::new().await;
    let (frame, opened) = embedded.opened().await;
    assert_eq!(opened.session.mode, Some(SessionMode::Embed));
    assert!(!opened.session.scopes.contains(&Scope::StepUp));
    let session = frame.session().await.unwrap();
    assert_eq!(session.state, SessionState::Authenticated);
    assert_eq!(session.customer.unwrap().display_name, "Amal Haddad");
    assert!(frame.overview().await.is_ok());

    frame.sign_out().await.unwrap();
    assert_eq!(frame.overview().await, Err(ApiError::Unauthenticated));
}

#[tokio::test]
async fn an_assertion_is_good_once_and_for_the_frame_that_asked() {
    let embedded = Embedded::new().await;
    let frame = embedded.house.browser();
    let for_another = embedded.assertion("another-frame-of-this-page");
    assert_eq!(
        frame.open_frame(&for_another).await,
        Err(ApiError::Unauthenticated)
    );
    let assertion = embedded.assertion(NONCE);
    assert!(frame.open_frame(&assertion).await.is_ok());
    assert_eq!(
        frame.open_frame(&assertion).await,
        Err(ApiError::Unauthenticated)
    );
}

#[tokio::test]
async fn an_exchange_whose_answer_is_lost_is_not_repeated_by_itself() {
    let embedded = Embedded::new().await;
    let frame = embedded.house.browser();
    frame.transport().lose_answers(1);
    let assertion = embedded.assertion(NONCE);
    let lost = frame.open_frame(&assertion).await;
    assert!(
        lost.is_err() && lost != Err(ApiError::Unauthenticated),
        "{lost:?}"
    );
    // The host is asked for a new one.
    assert!(frame.open_frame(&embedded.assertion(NONCE)).await.is_ok());
}
