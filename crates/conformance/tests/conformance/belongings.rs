//! What the second customer has beyond the demonstration, so that it is seen of everything that it is kept from the first: a finished copy of
//! their data, somebody whom they ask to act for, a code on its way, something that the company tells them and something that it concluded.

use reference_api::data_requests::work;
use reference_api::demo;
use reference_api::notices;
use reference_api::signals::{NewSignal, Words, infer};
use reference_api::store::interactions::Seq;
use reference_api::testing::{Call, TestApi};
use serde_json::{Value, json};

/// Gives it to whoever holds the cookie and signs in by this address.
pub async fn give(api: &TestApi, cookie: &str, address: &'static str) {
    let act = Act { api, cookie };
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let copy = json!({ "kind": "access", "scope": scope, "formats": [], "proposed": [] });
    act.post("/v1/data-requests", &copy).await;
    work::once(&api.state).await.unwrap();

    let wish = json!({
        "role": "agent", "email": "nobody@example.org", "kinds": ["access"], "categories": [], "text": "We share a flat.",
    });
    act.post("/v1/delegations", &wish).await;

    let point = json!({ "kind": "email", "value": "jonas@example.org" });
    let point = act.post("/v1/contact-points", &point).await;
    let codes = format!(
        "/v1/contact-points/{}/verifications",
        point["id"].as_str().unwrap()
    );
    act.post(&codes, &json!({})).await;

    told(api, address).await;
    concluded(api, address).await;
}

struct Act<'a> {
    api: &'a TestApi,
    cookie: &'a str,
}

impl Act<'_> {
    async fn post(&self, path: &str, body: &Value) -> Value {
        let call = Call::post(path, body).cookie(self.cookie);
        let key = uuid::Uuid::new_v4().to_string();
        let answer = self.api.send(call.key(&key)).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.text());
        answer.json()
    }
}

/// A notice, as the company's file says it, of a topic that nobody can switch off.
async fn told(api: &TestApi, address: &str) {
    let now = api.state.clock.now();
    let text = format!(
        r#"
        [[notice]]
        key = "conformance"
        kind = "information"
        severity = "high"
        topic = "contract_changes"
        since = "{}"
        until = "2099-01-01T00:00:00Z"
        customers = ["{address}"]
        [notice.text.en]
        title = "Your contract is renewed"
        text = "Nothing changes in it."
        "#,
        now.to_timestamp()
    );
    let read = notices::parse("conformance", &text, &notices::moment);
    let told = read.map_err(|error| error.to_string()).unwrap();
    let work = move |tx: &rusqlite::Transaction<'_>| {
        for notice in &told {
            notices::add(tx, &demo::catalogue(), notice, now).unwrap();
        }
        Ok(())
    };
    api.state.store.write(work).await.unwrap();
}

/// A conclusion from one of their conversations.
async fn concluded(api: &TestApi, address: &'static str) {
    let words = Words {
        label: "Mood".to_owned(),
        value: "Patient".to_owned(),
        inferred_by: "A program that reads messages".to_owned(),
        basis: "Your words".to_owned(),
    };
    let signal = NewSignal {
        kind: "sentiment".into(),
        purpose: None,
        inferred_at: api.state.clock.now(),
        texts: [("en".to_owned(), words)].into_iter().collect(),
    };
    let work = move |tx: &rusqlite::Transaction<'_>| {
        let sql = "SELECT min(i.seq) FROM interactions AS i JOIN login_addresses AS l USING (customer_id) WHERE l.address = ?1";
        let seq: Seq = tx.query_row(sql, [address], |row| row.get(0))?;
        infer(tx, seq, &signal)?;
        Ok(())
    };
    api.state.store.write(work).await.unwrap();
}
