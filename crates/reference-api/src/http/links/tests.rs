//! Footers and one-click, from outside: the links are taken out of the mail that carries them.

mod disown;
mod footer;
mod one_click;
mod refusals;

use crate::testing::{Answer, Call, TestApi};
use axum::http::Method;
use portal_contract::endpoints;
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";
const JONAS: &str = "jonas@example.com";
const PREFERENCES: &str = endpoints::PREFERENCES;

/// A topic that is on by mail until somebody says otherwise, and one that has to come.
const TOPIC: &str = "tariff_offers";
const REQUIRED: &str = "contract_changes";

/// An API with a customer, and what the database holds of choices.
struct Scene {
    api: TestApi,
    cookie: String,
}

/// The links of a mail.
struct Mail {
    footer: String,
    one_click: String,
}

impl Scene {
    async fn new() -> Self {
        let api = TestApi::with(|config| {
            config.demo = true;
            config.public_url = Some("https://help.example".to_owned());
        });
        api.customer(MAYA, "Maya Lindqvist").await;
        let cookie = api.sign_in(MAYA).await;
        Self { api, cookie }
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.api.send(Call::get(path).cookie(&self.cookie)).await;
        answer.json()
    }

    /// The customer's own words on a topic by mail.
    async fn choice(&self, topic: &str) -> Value {
        self.get(PREFERENCES).await["topics"][topic]["email"].clone()
    }

    async fn history(&self) -> Vec<Value> {
        let page = self.get(endpoints::PREFERENCE_HISTORY).await;
        page["items"].as_array().unwrap().clone()
    }

    /// Asks for a sample of a topic's mail.
    async fn sample(&self, customer: &str, topic: &str) -> Value {
        let body = json!({ "customer": customer, "topic": topic });
        let answer = self.api.send(Call::post("/dev/mail/topic", &body)).await;
        answer.json()
    }

    async fn letters(&self) -> Vec<Value> {
        let answer = self.api.send(Call::get("/dev/outbox.json")).await;
        answer.json().as_array().unwrap().clone()
    }

    /// A sample, and its links.
    async fn mail(&self, customer: &str, topic: &str) -> Mail {
        let sent = self.sample(customer, topic).await;
        assert_eq!(sent["sent"], true, "{sent}");
        let letter = &self.letters().await[0];
        let text = letter["text"].as_str().unwrap();
        let headers = letter["headers"].as_str().unwrap();
        let between = |text: &str, start: &str, end: char| {
            let (_, rest) = text.split_once(start).unwrap();
            rest.split(end).next().unwrap().to_owned()
        };
        Mail {
            footer: between(text, "https://help.example/p#t=", '\n'),
            one_click: between(headers, "<https://help.example", '>'),
        }
    }

    async fn exchange(&self, token: &str) -> Answer {
        let call = Call::post(endpoints::SESSION_LINK, &json!({ "token": token }));
        self.api.send(call).await
    }

    /// The bearer of a fresh link of the topic.
    async fn bearer(&self) -> String {
        let mail = self.mail(MAYA, TOPIC).await;
        let session = self.exchange(&mail.footer).await.json();
        session["bearer"].as_str().unwrap().to_owned()
    }

    /// Everything that a link could change, as text.
    fn state(&self) -> String {
        const TABLES: [&str; 7] = [
            "preferences",
            "preference_changes",
            "contact_points",
            "consent_decisions",
            "link_bindings",
            "company_notices",
            "events",
        ];
        let read = |db: &rusqlite::Connection| {
            let mut text = String::new();
            for table in TABLES {
                let mut statement = db.prepare(&format!("SELECT * FROM {table}"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    for column in 0..columns {
                        text.push_str(&format!("{:?} ", row.get_ref(column)?));
                    }
                    text.push('\n');
                }
            }
            Ok(text)
        };
        self.api.state.store.read_blocking(read).unwrap()
    }
}

fn bearing(call: Call, bearer: &str) -> Call {
    call.without("x-portal-csrf")
        .header("authorization", &format!("Bearer {bearer}"))
}

/// A change of the preferences by a bearer, on whatever stands there.
fn change(bearer: &str, patch: &Value) -> Call {
    bearing(Call::patch(PREFERENCES, patch), bearer).header("if-match", "*")
}

fn head(path: &str) -> Call {
    Call::new(Method::HEAD, path)
}
