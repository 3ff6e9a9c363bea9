//! A frame's bearer reaches what its customer has, and nothing that another has: over every operation that the contract knows.

use super::{JONAS, MAYA, Scene, bearing};
use crate::testing::Call;
use axum::http::Method;
use portal_contract::endpoints;
use serde_json::{Value, json};

/// Every operation with an id in its address, with this id in its place.
fn operations(id: &str) -> Vec<(Method, String)> {
    let document: Value = serde_json::from_str(&portal_contract::openapi::text()).unwrap();
    let mut all = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        // What stands in these addresses is a secret of its own, and asks for nobody.
        let is_open = [endpoints::UNSUBSCRIBE, endpoints::DOWNLOAD].contains(&path.as_str());
        if !path.contains('{') || is_open {
            continue;
        }
        for name in operations.as_object().unwrap().keys() {
            if let Ok(method) = Method::from_bytes(name.to_uppercase().as_bytes()) {
                all.push((method, filled(path, id)));
            }
        }
    }
    all
}

fn filled(template: &str, id: &str) -> String {
    let mut path = template.to_owned();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, id);
    }
    path
}

/// Ids of what Jonas has: his contact point, and a right that he used.
async fn belongings(scene: &Scene, jonas: &str) -> Vec<String> {
    let everything = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let wanted =
        json!({ "kind": "restriction", "scope": everything, "formats": [], "proposed": [] });
    let asked =
        Call::post(endpoints::DATA_REQUESTS, &wanted).key(&uuid::Uuid::new_v4().to_string());
    let made = scene.api.send(bearing(asked, jonas)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let points = scene.get(endpoints::CONTACT_POINTS, jonas).await.json();
    [made.json()["id"].clone(), points["items"][0]["id"].clone()]
        .map(|id| id.as_str().unwrap().to_owned())
        .to_vec()
}

#[tokio::test]
async fn what_another_has_answers_as_what_nobody_has() {
    let scene = Scene::new().await;
    let (maya, jonas) = (scene.bearer(MAYA).await, scene.bearer(JONAS).await);
    for id in belongings(&scene, &jonas).await {
        let theirs = operations(&id);
        let nobodys = operations("x-0000000000");
        assert!(theirs.len() > 30, "{theirs:?}");
        for ((method, path), (_, absent)) in theirs.into_iter().zip(nobodys) {
            let mut told = Vec::new();
            for path in [&path, &absent] {
                let call = Call::new(method.clone(), path).json(&json!({}));
                let call = call
                    .key(&uuid::Uuid::new_v4().to_string())
                    .header("if-match", "*");
                let answer = scene.api.send(bearing(call, &maya)).await;
                assert!(
                    answer.status.is_client_error(),
                    "{method} {path}: {}",
                    answer.text()
                );
                assert!(!answer.text().contains("Jonas"), "{method} {path}");
                told.push((answer.status, answer.problem()));
            }
            assert_eq!(told[0], told[1], "{method} {path}");
        }
    }
}
