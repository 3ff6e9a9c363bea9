//! Assertions of a host page, from outside: what is taken, what is not, and what a frame's bearer can do.

mod bearer;
mod host;
mod isolation;
mod keys;
mod refusals;
mod samples;

use crate::testing::{Answer, Call, TestApi};
use host::{AUDIENCE, HostPage, ISSUER};
use portal_contract::endpoints;
use serde_json::{Value, json};

const MAYA: &str = "C-1001";
const JONAS: &str = "C-2002";

/// What a frame makes: 128 bits.
const NONCE: &str = "q83vASNFZ4mrze8BI0VniQ";

/// An API that takes the word of a host, and the host.
struct Scene {
    api: TestApi,
    host: HostPage,
}

impl Scene {
    async fn new() -> Self {
        let host = HostPage::new();
        let api = host.api();
        for (reference, address, name) in [
            (MAYA, "maya@example.com", "Maya Lindqvist"),
            (JONAS, "jonas@example.com", "Jonas Weber"),
        ] {
            host::customer(&api, reference, address, name).await;
        }
        Self { api, host }
    }

    /// Seconds since 1970.
    fn now(&self) -> i64 {
        self.api.state.clock.now().millis() / 1000
    }

    /// How many rows a table has.
    async fn count(&self, table: &'static str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        let store = &self.api.state.store;
        let counted = store.read(move |db| Ok(db.query_row(&sql, [], |row| row.get(0))?));
        counted.await.unwrap()
    }

    /// The claims of a good assertion.
    fn claims(&self, subject: &str) -> Value {
        let now = self.now();
        json!({
            "iss": ISSUER, "sub": subject, "aud": AUDIENCE, "iat": now, "exp": now + 60,
            "jti": uuid::Uuid::new_v4().to_string(), "nonce": NONCE, "auth_time": now - 900
        })
    }

    async fn exchange(&self, assertion: &str) -> Answer {
        let body = json!({ "assertion": assertion, "nonce": NONCE });
        let call = Call::post(endpoints::SESSION_EMBED, &body).without("x-portal-csrf");
        self.api.send(call).await
    }

    /// What comes of an assertion with these claims.
    async fn claim(&self, claims: &Value) -> Answer {
        self.exchange(&self.host.sign(claims)).await
    }

    /// A bearer of this customer's.
    async fn bearer(&self, subject: &str) -> String {
        let answer = self.claim(&self.claims(subject)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["bearer"].as_str().unwrap().to_owned()
    }

    async fn get(&self, path: &str, bearer: &str) -> Answer {
        self.api.send(bearing(Call::get(path), bearer)).await
    }
}

fn bearing(call: Call, bearer: &str) -> Call {
    call.without("x-portal-csrf")
        .header("authorization", &format!("Bearer {bearer}"))
}
