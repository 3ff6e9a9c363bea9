mod adding;
mod isolation;
mod limits;
mod mails;
mod removing;
mod replacing;
mod verifying;

use crate::testing::{Answer, Call, TestApi};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

pub(super) const MAYA: &str = "maya@example.com";
pub(super) const JONAS: &str = "jonas@example.com";
const PATH: &str = "/v1/contact-points";

/// A signed-in customer of a company that must be able to write emails.
#[derive(Clone)]
pub(super) struct Scene {
    pub api: TestApi,
    pub cookie: String,
}

impl Scene {
    pub(super) async fn new() -> Self {
        let api = TestApi::with(|config| {
            config.demo = true;
            config.catalogue = crate::demo::catalogue().into();
        });
        Self::on(&api, MAYA).await
    }

    /// Another customer of the same API.
    pub(super) async fn on(api: &TestApi, address: &str) -> Self {
        api.customer(address, "Maya Lindqvist").await;
        Self {
            cookie: api.sign_in(address).await,
            api: api.clone(),
        }
    }

    pub(super) async fn send(&self, call: Call) -> Answer {
        self.api.send(call.cookie(&self.cookie)).await
    }

    pub(super) async fn list(&self) -> Vec<Value> {
        let answer = self.send(Call::get(PATH)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()["items"].as_array().unwrap().clone()
    }

    pub(super) async fn get(&self, id: &str) -> Value {
        self.send(Call::get(&path(id))).await.json()
    }

    /// The one that the customer signed in with first.
    pub(super) async fn first(&self) -> Value {
        self.list().await.remove(0)
    }

    pub(super) async fn try_add(&self, body: &Value) -> Answer {
        self.send(Call::post(PATH, body).key(&key())).await
    }

    pub(super) async fn add(&self, kind: &str, value: &str) -> Value {
        let added = self.try_add(&json!({ "kind": kind, "value": value })).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        added.json()
    }

    pub(super) async fn replace(&self, old: &Value, value: &str) -> Value {
        let body = json!({ "kind": old["kind"], "value": value, "replaces": old["id"] });
        let added = self.try_add(&body).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        added.json()
    }

    pub(super) async fn ask(&self, point: &Value, body: &Value) -> Answer {
        let path = format!("{}/verifications", path(id(point)));
        self.send(Call::post(&path, body).key(&key())).await
    }

    pub(super) async fn enter(&self, point: &Value, verification: &Value, code: &str) -> Answer {
        self.send(enter(point, verification, code).key(&key()))
            .await
    }

    /// Has a code sent and enters it.
    pub(super) async fn verify(&self, point: &Value, reached_at: &str) -> Value {
        let verification = self.ask(point, &json!({})).await;
        assert_eq!(
            verification.status,
            StatusCode::CREATED,
            "{}",
            verification.text()
        );
        let code = self.code(reached_at).await;
        let confirmed = self.enter(point, &verification.json(), &code).await;
        assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text());
        confirmed.json()
    }

    pub(super) async fn add_verified(&self, kind: &str, value: &str, reached_at: &str) -> Value {
        let point = self.add(kind, value).await;
        self.verify(&point, reached_at).await
    }

    pub(super) async fn code(&self, reached_at: &str) -> String {
        let code = self.api.latest_code(reached_at).await;
        code.expect("a code was sent there")
    }

    pub(super) async fn patch(&self, point: &Value, body: &Value) -> Answer {
        self.send(Call::patch(&path(id(point)), body).header("if-match", &etag(point)))
            .await
    }

    pub(super) async fn remove(&self, point: &Value) -> Answer {
        let call = Call::new(Method::DELETE, &path(id(point)));
        self.send(call.header("if-match", &etag(point))).await
    }

    /// The company's systems say that what is sent there does not arrive.
    pub(super) async fn bounces(&self, point: &Value, state: &str, reason: &str) {
        let body = json!({ "contact_point_id": point["id"], "state": state, "reason": reason });
        let call = Call::post("/dev/contact-points/deliverability", &body);
        let noted = self.api.send(call.header("host", "localhost")).await;
        assert_eq!(noted.status, StatusCode::NO_CONTENT, "{}", noted.text());
    }

    /// The letters that went there: channel and subject, the newest first.
    pub(super) async fn letters(&self, recipient: &str) -> Vec<(String, String)> {
        self.api.state.mailer.flushed().await;
        let recipient = recipient.to_owned();
        self.api
            .state
            .store
            .read(move |db| {
                Ok(db
                    .prepare(
                        "SELECT channel, subject FROM outbox WHERE recipient = ?1 ORDER BY id DESC",
                    )?
                    .query_map([recipient], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<Result<_, _>>()?)
            })
            .await
            .unwrap()
    }

    /// The history's values, the newest entry first: pointer without the id, before, after.
    pub(super) async fn history(&self) -> Vec<Vec<(String, Value, Value)>> {
        self.api
            .state
            .store
            .read(|db| {
                let mut statement = db.prepare(
                    "SELECT changes FROM preference_changes WHERE subject = 'contact_point' ORDER BY seq DESC",
                )?;
                let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
                Ok(rows.collect::<Result<Vec<_>, _>>()?)
            })
            .await
            .unwrap()
            .iter()
            .map(|text| entry(text))
            .collect()
    }

    /// The kinds of the events, the newest first.
    pub(super) async fn events(&self) -> Vec<String> {
        self.api
            .state
            .store
            .read(|db| {
                let mut statement = db.prepare(
                    "SELECT kind FROM events WHERE resource = 'contact_point' ORDER BY seq DESC",
                )?;
                let rows = statement.query_map([], |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
            .unwrap()
    }
}

fn entry(text: &str) -> Vec<(String, Value, Value)> {
    let values: Vec<Value> = serde_json::from_str(text).unwrap();
    values
        .into_iter()
        .map(|value| {
            let pointer = value["pointer"].as_str().unwrap().to_owned();
            let member = pointer.splitn(4, '/').nth(3).unwrap_or("").to_owned();
            (member, value["before"].clone(), value["after"].clone())
        })
        .collect()
}

pub(super) fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

pub(super) fn id(point: &Value) -> &str {
    point["id"].as_str().expect("a contact point has an id")
}

pub(super) fn path(id: &str) -> String {
    format!("{PATH}/{id}")
}

fn etag(point: &Value) -> String {
    format!(
        "\"{}\"",
        point["etag"].as_str().expect("a contact point has an etag")
    )
}

pub(super) fn enter(point: &Value, verification: &Value, code: &str) -> Call {
    let verification = verification["id"]
        .as_str()
        .expect("a verification has an id");
    let path = format!("{}/verifications/{verification}/confirm", path(id(point)));
    Call::post(&path, &json!({ "code": code }))
}

pub(super) fn wrong(code: &str) -> String {
    let last = code.chars().last().unwrap();
    format!("{}{}", &code[..5], if last == '0' { '1' } else { '0' })
}

pub(super) fn errors(answer: &Answer) -> Vec<(String, String)> {
    answer.json()["errors"]
        .as_array()
        .unwrap_or(&Vec::new())
        .iter()
        .map(|error| {
            let text = |name: &str| error[name].as_str().unwrap().to_owned();
            (text("pointer"), text("code"))
        })
        .collect()
}

pub(super) fn one_error(pointer: &str, code: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), code.to_owned())]
}
