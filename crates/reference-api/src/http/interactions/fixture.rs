//! A customer with a history, for the tests of this and the neighbouring routes.

use crate::store::customers::CustomerId;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use crate::testing::{Answer, Call, NOW, TestApi};
use portal_contract::InteractionId;
use rusqlite::params;
use serde_json::{Value, json};

/// Milliseconds.
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

/// A signed-in customer of an API.
#[derive(Clone)]
pub(crate) struct Scene {
    pub api: TestApi,
    pub customer: CustomerId,
    pub cookie: String,
}

/// An interaction to be written.
#[derive(Clone)]
pub(crate) struct Matter {
    pub subject: String,
    pub channel: &'static str,
    pub direction: &'static str,
    pub status: &'static str,
    pub topic: Option<&'static str>,
    pub started_at: i64,
    pub updated_at: i64,
}

impl Default for Matter {
    fn default() -> Self {
        Self {
            subject: "A question".to_owned(),
            channel: "email",
            direction: "inbound",
            status: "open",
            topic: None,
            started_at: NOW - DAY,
            updated_at: NOW - DAY,
        }
    }
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::on(&TestApi::new(), "maya@example.com").await
    }

    /// Another customer of the same API.
    pub(crate) async fn on(api: &TestApi, address: &str) -> Self {
        let customer = api.customer(address, "Maya Lindqvist").await;
        let cookie = api.sign_in(address).await;
        Self {
            api: api.clone(),
            customer,
            cookie,
        }
    }

    /// The same customer after their session has run out.
    pub(crate) async fn signed_in_again(&self) -> Self {
        Self {
            cookie: self.api.sign_in("maya@example.com").await,
            ..self.clone()
        }
    }

    pub(crate) async fn sql(&self, statement: &'static str) {
        self.api
            .state
            .store
            .write(move |tx| Ok(tx.execute_batch(statement)?))
            .await
            .unwrap();
    }

    /// Writes an interaction, and gives its id.
    pub(crate) async fn matter(&self, matter: Matter) -> String {
        self.matters(vec![matter]).await.remove(0)
    }

    pub(crate) async fn matters(&self, matters: Vec<Matter>) -> Vec<String> {
        let customer = self.customer.clone();
        self.api
            .state
            .store
            .write(move |tx| {
                let mut ids = Vec::new();
                for matter in matters {
                    let id: InteractionId =
                        crate::store::ids::fresh("int", Moment::from_millis(matter.started_at));
                    if let Some(topic) = matter.topic {
                        tx.execute("INSERT OR IGNORE INTO topics (id, label) VALUES (?1, upper(?1))", [topic])?;
                    }
                    tx.prepare_cached(
                        "INSERT INTO interactions (id, customer_id, reference, subject, channel, direction, status,
                                                   topic_id, started_at, updated_at)
                         VALUES (?1, ?2, 'LF-' || substr(?1, -12), ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    )?
                    .execute(params![
                        id.as_str(),
                        customer,
                        matter.subject,
                        matter.channel,
                        matter.direction,
                        matter.status,
                        matter.topic,
                        matter.started_at,
                        matter.updated_at,
                    ])?;
                    ids.push(id.as_str().to_owned());
                }
                Ok(ids)
            })
            .await
            .unwrap()
    }

    /// Writes messages into a thread: role, text, when.
    pub(crate) async fn messages(
        &self,
        interaction: &str,
        messages: Vec<(&'static str, String, i64)>,
    ) {
        let interaction = interaction.to_owned();
        self.api
            .state
            .store
            .write(move |tx| {
                let seq: Seq =
                    tx.query_row("SELECT seq FROM interactions WHERE id = ?1", [&interaction], |row| row.get(0))?;
                for (role, text, at) in messages {
                    let id: portal_contract::MessageId = crate::store::ids::fresh("msg", Moment::from_millis(at));
                    tx.prepare_cached(
                        "INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text)
                         VALUES (?1, ?2, ?3, 'Somebody', 'email', ?4, ?5)",
                    )?
                    .execute(params![id.as_str(), seq, role, at, text])?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }

    pub(crate) async fn message(&self, interaction: &str, role: &'static str, text: &str) {
        self.messages(interaction, vec![(role, text.to_owned(), NOW - DAY)])
            .await;
    }

    pub(crate) async fn send(&self, call: Call) -> Answer {
        self.api.send(call.cookie(&self.cookie)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Call::get(path)).await
    }

    /// Reads JSON that is there.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Call::post(path, body).key(&key())).await
    }

    pub(crate) async fn reply(&self, interaction: &str, text: &str) -> Answer {
        let body = json!({ "text": text, "attachment_ids": [] });
        self.post(&format!("/v1/interactions/{interaction}/messages"), &body)
            .await
    }

    /// The ids on a page.
    pub(crate) async fn ids(&self, path: &str) -> Vec<String> {
        ids(&self.json(path).await)
    }
}

pub(crate) fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("a page has items");
    items
        .iter()
        .map(|item| item["id"].as_str().expect("an item has an id").to_owned())
        .collect()
}

pub(crate) fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A text as it stands in a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
