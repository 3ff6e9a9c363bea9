//! Another customer's request answers like one that does not exist.

use super::*;
use crate::testing::Call;

#[tokio::test]
async fn nothing_of_another_customers_request_is_read_or_done() {
    let owner = Scene::new().await;
    let request = made(&owner, &correction()).await;
    let other = Scene::on(&owner.api, "jonas@example.com").await;
    let missing = "/v1/data-requests/dr_that_is_none".to_owned();
    for (end, is_act) in [
        ("", false),
        ("/events", false),
        ("/messages", false),
        ("/cancel", true),
        ("/confirm", true),
        ("/lift", true),
        ("/messages", true),
    ] {
        let ask = async |path: String| {
            let body = json!({ "text": "Hello" });
            let answer = if is_act {
                other.post(&path, &body).await
            } else {
                other.get(&path).await
            };
            let mut problem = answer.json();
            for own in ["instance", "request_id"] {
                problem[own] = Value::Null;
            }
            (answer.status, problem)
        };
        let foreign = ask(format!("{}{end}", path(&request))).await;
        assert_eq!(foreign.0, 404, "{end}");
        assert_eq!(foreign, ask(format!("{missing}{end}")).await, "{end}");
    }
    assert!(other.ids("/v1/data-requests").await.is_empty());
    assert_eq!(other.json("/v1/overview").await["data_requests_count"], 0);
    assert_eq!(owner.json(&path(&request)).await["state"], "received");
}

#[tokio::test]
async fn an_interaction_of_another_is_none_to_ask_about() {
    let owner = Scene::new().await;
    let matter = owner.matter(crate::http::fixture::Matter::default()).await;
    let other = Scene::on(&owner.api, "jonas@example.com").await;
    let mut about = scope("interactions");
    about["interaction_ids"] = json!([matter]);
    let draft = json!({ "kind": "restriction", "scope": about });
    let answer = other.post("/v1/data-requests/preview", &draft).await;
    assert_eq!(answer.problem(), "validation");
    assert_eq!(
        owner.post("/v1/data-requests/preview", &draft).await.status,
        200
    );
}

#[tokio::test]
async fn one_customers_running_request_keeps_nobody_else_from_theirs() {
    let owner = Scene::new().await;
    made(&owner, &correction()).await;
    let other = Scene::on(&owner.api, "jonas@example.com").await;
    made(&other, &correction()).await;
}

#[tokio::test]
async fn a_token_that_is_none_tells_nothing() {
    let scene = Scene::new().await;
    let body = json!({ "tracking_token": "0".repeat(64) });
    let answer = scene
        .api
        .send(Call::post("/v1/data-requests/tracking", &body))
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn nobody_keeps_an_answer_about_requests() {
    let scene = Scene::new().await;
    made(&scene, &correction()).await;
    for path in ["/v1/data-requests", "/v1/data-requests/options"] {
        assert_eq!(
            scene.get(path).await.header("cache-control"),
            "no-store",
            "{path}"
        );
        assert_eq!(scene.api.send(Call::get(path)).await.status, 401, "{path}");
    }
}
