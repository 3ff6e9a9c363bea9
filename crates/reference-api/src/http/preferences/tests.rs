//! The preferences, through the router.

mod agent;
mod changes;
mod isolation;
mod large;
mod locks;
mod reach;
mod refusals;
mod undo;

use crate::http::interactions::fixture::{Scene, key};
use crate::testing::{Answer, Call, NOW};
use portal_contract::ContactPointId;
use rusqlite::params;
use serde_json::{Value, json};

const PREFERENCES: &str = "/v1/preferences";
const HISTORY: &str = "/v1/preferences/history";

/// A verified contact point of this kind.
async fn reachable_by(scene: &Scene, kind: &'static str) -> ContactPointId {
    let id: ContactPointId = format!("cp_{}", key()).parse().unwrap();
    let (customer, given) = (scene.customer.clone(), id.clone());
    scene
        .api
        .state
        .store
        .write(move |tx| {
            tx.execute(
                "INSERT INTO contact_points
                     (id, customer_id, kind, value, compared, verified_at, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?1, ?1, ?4, ?4, ?4)",
                params![given.as_str(), customer, kind, NOW],
            )?;
            Ok(())
        })
        .await
        .unwrap();
    id
}

async fn document(scene: &Scene) -> Value {
    scene.json(PREFERENCES).await
}

async fn etag(scene: &Scene) -> String {
    document(scene).await["etag"].as_str().unwrap().to_owned()
}

async fn patch_on(scene: &Scene, etag: &str, body: &Value) -> Answer {
    let call = Call::patch(PREFERENCES, body).header("if-match", &format!("\"{etag}\""));
    scene.send(call).await
}

/// Patches what stands there now.
async fn patch(scene: &Scene, body: &Value) -> Answer {
    patch_on(scene, &etag(scene).await, body).await
}

/// Patches, and it is taken.
async fn patched(scene: &Scene, body: &Value) -> Value {
    let answer = patch(scene, body).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text());
    answer.json()
}

async fn history(scene: &Scene) -> Vec<Value> {
    let page = scene.json(HISTORY).await;
    page["items"].as_array().unwrap().clone()
}

fn cell(topic: &str, channel: &str, members: Value) -> Value {
    json!({ "topics": { topic: { channel: members } } })
}

/// The document without what an undo need not restore: its version and its times.
fn but_for_times(document: &Value) -> String {
    let mut document = document.clone();
    let members = document.as_object_mut().unwrap();
    for name in [
        "etag",
        "propagation",
        "global_opt_out_since",
        "paused_since",
    ] {
        members.remove(name);
    }
    for (_, topic) in members["topics"].as_object_mut().unwrap() {
        for (_, choice) in topic.as_object_mut().unwrap() {
            choice.as_object_mut().unwrap().remove("off_since");
        }
    }
    document.to_string()
}
