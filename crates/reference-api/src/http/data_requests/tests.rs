//! Requests over the router: by the customer, by the company, by time.

mod company;
mod isolation;
mod making;

use crate::data_requests::{Desk, Row, TransitionError, company as office, work};
use crate::http::fixture::Scene;
use portal_contract::DataRequestId;
use serde_json::{Value, json};

const DAY_SECONDS: i64 = 24 * 60 * 60;

fn of(kind: &str, scope: &Value) -> Value {
    json!({ "kind": kind, "scope": scope, "formats": [], "proposed": [], "text": null })
}

fn scope(kind: &str) -> Value {
    json!({ "kind": kind, "categories": [], "interaction_ids": [] })
}

fn correction() -> Value {
    let mut body = of("rectification", &scope("field"));
    body["proposed"] = json!([{ "field": "date_of_birth", "value": "1990-02-03" }]);
    body
}

fn review() -> Value {
    let mut body = of("automated_decision_review", &scope("everything"));
    body["text"] = json!("Why was my instalment plan refused?");
    body
}

/// A request that is taken.
async fn made(scene: &Scene, body: &Value) -> Value {
    let answer = scene.post("/v1/data-requests", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

fn path(request: &Value) -> String {
    format!("/v1/data-requests/{}", request["id"].as_str().unwrap())
}

fn id(request: &Value) -> DataRequestId {
    request["id"].as_str().unwrap().parse().unwrap()
}

/// The company does something.
async fn acts<E: Into<office::CompanyError> + Send + 'static>(
    scene: &Scene,
    act: impl FnOnce(&rusqlite::Transaction<'_>, Desk<'_>) -> Result<Row, E> + Send + 'static,
) -> Result<Row, office::CompanyError> {
    let state = scene.api.state.clone();
    let (config, secrets, now) = (
        state.config.clone(),
        state.secrets.clone(),
        state.clock.now(),
    );
    state
        .store
        .transact(move |tx| {
            let desk = Desk {
                config: &config,
                secrets: &secrets,
                now,
            };
            act(tx, desk).map_err(Into::into)
        })
        .await
}

/// Time passes, and what is due is done.
async fn days_pass(scene: &Scene, days: i64) {
    scene.api.state.clock.advance(days * DAY_SECONDS);
    work::once(&scene.api.state).await.unwrap();
}

/// What the timeline says, in order.
async fn timeline(scene: &Scene, request: &Value) -> Vec<String> {
    let page = scene.json(&format!("{}/events", path(request))).await;
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|event| event["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_step_that_is_refused_says_of_which_request_and_why() {
    let error = TransitionError::Refused {
        reference: "DR-2026-ABC234".to_owned(),
        state: "completed".to_owned(),
        refusal: crate::data_requests::standing::Refusal::IllegalStep,
    };
    assert!(error.to_string().starts_with("DR-2026-ABC234 is completed"));
}
