//! What is asked, what is said, and what becomes of it, over the router.

mod asking;
mod changing;
mod company;
mod giving;
mod isolation;
mod once;
mod telling;

use crate::http::fixture::{Matter, Scene};
use crate::testing::Answer;
use serde_json::{Value, json};

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A matter of the customer's, closed by them.
async fn closed(scene: &Scene) -> String {
    let id = scene.matter(Matter::default()).await;
    let path = format!("/v1/interactions/{id}/close");
    assert_eq!(scene.post(&path, &json!({})).await.status, 200);
    id
}

async fn open_requests(scene: &Scene) -> Vec<Value> {
    let page = scene.json("/v1/feedback-requests").await;
    page["items"].as_array().unwrap().clone()
}

/// The request about a matter that was just closed.
async fn asked(scene: &Scene) -> Value {
    closed(scene).await;
    open_requests(scene).await.remove(0)
}

fn answer_to(request: &Value, answers: &Value) -> Value {
    json!({ "request_id": request["id"], "answers": answers, "contact_allowed": true })
}

/// An answer that is taken.
async fn answered(scene: &Scene, answers: &Value) -> Value {
    let request = asked(scene).await;
    let given = scene
        .post("/v1/feedback", &answer_to(&request, answers))
        .await;
    assert_eq!(given.status, 201, "{}", given.text());
    given.json()
}

fn idea() -> Value {
    json!({ "kind": "idea", "about": { "service_id": "app" }, "text": "A dark theme, please.", "contact_allowed": false })
}

/// Something said unasked.
async fn said(scene: &Scene, body: &Value) -> Value {
    let given = scene.post("/v1/feedback", body).await;
    assert_eq!(given.status, 201, "{}", given.text());
    given.json()
}

fn path_of(entry: &Value) -> String {
    format!("/v1/feedback/{}", entry["id"].as_str().unwrap())
}

/// Where and why an answer was refused.
fn refusals(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.problem(), "validation", "{}", answer.text());
    let problem = answer.json();
    let errors = problem["errors"].as_array().unwrap().iter();
    errors
        .map(|e| {
            let member = |name: &str| e[name].as_str().unwrap().to_owned();
            (member("pointer"), member("code"))
        })
        .collect()
}

fn pair(pointer: &str, code: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), code.to_owned())]
}
