//! Acting for another, over the router: asked, answered, done under, ended; and everything that it does not let anybody do.

mod asking;
mod ending;
mod under;

use crate::delegations::{company, letters};
use crate::http::fixture::Scene;
use crate::testing::{Answer, Call};
use serde_json::{Value, json};

const BASE: &str = "https://help.example.com";
const PERSON: &str = "elin@example.com";
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A daughter, her mother, and somebody else, all of one API.
struct Family {
    daughter: Scene,
    mother: Scene,
    other: Scene,
}

impl Family {
    async fn new() -> Self {
        let daughter = Scene::new().await;
        let mother = Scene::on(&daughter.api, PERSON).await;
        let other = Scene::on(&daughter.api, "jonas@example.com").await;
        Self {
            daughter,
            mother,
            other,
        }
    }

    /// A delegation that holds.
    async fn active(kinds: &[&str], categories: &[&str]) -> (Self, String) {
        let family = Self::new().await;
        let asked = asked(&family.daughter, &wish("agent", PERSON, kinds, categories)).await;
        let id = id(&asked);
        let answer = said(&family.mother, &id, "accept").await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        (family, id)
    }
}

fn wish(role: &str, email: &str, kinds: &[&str], categories: &[&str]) -> Value {
    json!({ "role": role, "email": email, "kinds": kinds, "categories": categories, "text": "She asked me to." })
}

async fn asked(scene: &Scene, wish: &Value) -> Value {
    let answer = scene.post("/v1/delegations", wish).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn said(scene: &Scene, id: &str, word: &str) -> Answer {
    scene
        .post(&format!("/v1/delegations/{id}/{word}"), &json!({}))
        .await
}

async fn one(scene: &Scene, id: &str) -> Value {
    scene.json(&format!("/v1/delegations/{id}")).await
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

fn scope(kind: &str, categories: &[&str]) -> Value {
    json!({ "kind": kind, "categories": categories, "interaction_ids": [] })
}

fn request(kind: &str, scope: &Value) -> Value {
    json!({ "kind": kind, "scope": scope, "formats": [], "proposed": [], "text": "For my mother" })
}

/// The history, the newest first.
async fn history(scene: &Scene, id: &str) -> Vec<String> {
    let page = scene.json(&format!("/v1/delegations/{id}/events")).await;
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|event| event["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// What was mailed since it was last looked: (to, subject, body).
async fn mails(scene: &Scene) -> Vec<(String, String, String)> {
    let state = &scene.api.state;
    letters::once(state, BASE).await.unwrap();
    state.mailer.flushed().await;
    state
        .store
        .write(|tx| {
            let sql = "DELETE FROM outbox WHERE code IS NULL RETURNING recipient, subject, body";
            let mut statement = tx.prepare(sql)?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok::<_, crate::StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap()
}

/// The token of the link in a mail.
fn token(body: &str) -> String {
    let (_, rest) = body.split_once("/people#t=").unwrap();
    rest.lines().next().unwrap().to_owned()
}

async fn looked(scene: &Scene, token: &str) -> Answer {
    let body = json!({ "token": token });
    scene
        .api
        .send(Call::post("/v1/delegations/link", &body))
        .await
}

async fn decided(scene: &Scene, token: &str, decision: &str) -> Answer {
    let body = json!({ "token": token, "decision": decision });
    let call = Call::post("/v1/delegations/link/decision", &body);
    scene.api.send(call).await
}

/// The company does something.
async fn company_acts<T: Send + 'static>(
    scene: &Scene,
    act: impl FnOnce(
        &rusqlite::Transaction<'_>,
        crate::data_requests::Desk<'_>,
    ) -> Result<T, company::CompanyError>
    + Send
    + 'static,
) -> Result<T, company::CompanyError> {
    let state = scene.api.state.clone();
    let store = state.store.clone();
    store.transact(move |tx| act(tx, state.desk())).await
}
