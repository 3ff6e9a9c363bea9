mod fields;

use crate::data_requests::{Desk, company};
use crate::http::fixture::{Matter, Scene};
use crate::testing::Call;
use portal_contract::DataRequestId;
use serde_json::{Value, json};

const DAY_SECONDS: i64 = 24 * 60 * 60;

fn of(kind: &str, scope: &Value) -> Value {
    json!({ "kind": kind, "scope": scope, "formats": [], "proposed": [], "text": "because" })
}

fn everything() -> Value {
    json!({ "kind": "everything", "categories": [], "interaction_ids": [] })
}

async fn made(scene: &Scene, body: &Value) -> Value {
    let answer = scene.post("/v1/data-requests", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn act(scene: &Scene, request: &Value, act: &str) -> Value {
    let path = format!(
        "/v1/data-requests/{}/{act}",
        request["id"].as_str().unwrap()
    );
    let answer = scene.post(&path, &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// The company takes the next step.
async fn advance(scene: &Scene, request: &Value) {
    let id: DataRequestId = request["id"].as_str().unwrap().parse().unwrap();
    let state = scene.api.state.clone();
    let store = state.store.clone();
    store
        .transact(move |tx| {
            let desk = Desk {
                config: &state.config,
                secrets: &state.secrets,
                now: state.clock.now(),
            };
            company::advance(tx, desk, &id, None).map(|_row| ())
        })
        .await
        .unwrap();
}

/// How each purpose stands, of those that stand otherwise than by themselves.
async fn refused(scene: &Scene) -> Vec<String> {
    let consents = scene.json("/v1/consents").await;
    let refused = consents["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|consent| matches!(consent["status"].as_str(), Some("withdrawn" | "objected")));
    refused
        .map(|consent| consent["purpose_id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_opt_out_of_sale_holds_at_once_without_a_fresh_proof_and_leaves_a_receipt() {
    let scene = Scene::new().await;
    scene.api.state.clock.advance(30 * 60);
    let request = made(&scene, &of("opt_out_sale_sharing", &everything())).await;
    assert_eq!(request["state"], "completed");
    assert_eq!(request["outcome"]["in_force"], true);
    let sold: Vec<String> = scene
        .api
        .state
        .config
        .purposes
        .all
        .iter()
        .filter(|purpose| purpose.sale_or_sharing)
        .map(|purpose| purpose.id.as_str().to_owned())
        .collect();
    assert!(!sold.is_empty());
    assert_eq!(refused(&scene).await, sold);
    let history = scene.json("/v1/preferences/history").await;
    assert_eq!(history["items"].as_array().unwrap().len(), sold.len());
    assert_eq!(history["items"][0]["subject"], "consent");
}

#[tokio::test]
async fn a_limit_says_no_to_what_uses_sensitive_data_and_can_be_said_no_to() {
    let scene = Scene::new().await;
    let request = made(&scene, &of("limit_sensitive", &everything())).await;
    assert_eq!(request["outcome"]["in_force"], true);
    let purposes = &scene.api.state.config.purposes;
    for id in refused(&scene).await {
        let purpose = purposes.find(&id.parse().unwrap()).unwrap();
        assert!(
            purpose
                .data
                .iter()
                .any(|name| purposes.data[name].sensitive),
            "{id}"
        );
    }
    let lifted = act(&scene, &request, "lift").await;
    assert_eq!(lifted["outcome"]["in_force"], false);
}

#[tokio::test]
async fn an_objection_to_everything_is_one_to_each_interest_and_ends_with_it() {
    let scene = Scene::new().await;
    let request = made(&scene, &of("objection", &everything())).await;
    let objected = refused(&scene).await;
    assert!(!objected.is_empty());
    assert_eq!(
        act(&scene, &request, "lift").await["outcome"]["in_force"],
        false
    );
    assert_eq!(refused(&scene).await, Vec::<String>::new());
}

async fn reasons(scene: &Scene) -> String {
    scene
        .json("/v1/preferences/reach?topic=tariff_offers&channel=email")
        .await["reasons"]
        .to_string()
}

#[tokio::test]
async fn a_restriction_stops_what_is_not_required_until_it_is_called_off() {
    let scene = Scene::new().await;
    assert!(!reasons(&scene).await.contains("restricted"));
    let request = made(&scene, &of("restriction", &everything())).await;
    assert!(reasons(&scene).await.contains("\"restricted\""));
    act(&scene, &request, "cancel").await;
    assert!(!reasons(&scene).await.contains("restricted"));
}

async fn in_use(scene: &Scene, interaction: &str) -> bool {
    let held = scene.json(&format!("/v1/interactions/{interaction}")).await;
    held["signals"][0]["in_use"].as_bool().unwrap()
}

#[tokio::test]
async fn a_right_on_one_conversation_stops_conclusions_from_that_one() {
    let scene = Scene::new().await;
    let one = scene.matter(Matter::default()).await;
    let other = scene.matter(Matter::default()).await;
    scene
        .sql(
            "INSERT INTO signals (id, interaction_seq, kind, inferred_at, content)
             SELECT 'sig_' || seq, seq, 'mood', 0,
                    '{\"en\":{\"label\":\"Mood\",\"value\":\"Angry\",\"inferred_by\":\"A model\",\"basis\":\"Words\"}}' FROM interactions",
        )
        .await;
    let scope = json!({ "kind": "interactions", "categories": [], "interaction_ids": [one] });
    let request = made(&scene, &of("automated_decision_review", &scope)).await;
    advance(&scene, &request).await;
    assert!(!in_use(&scene, &one).await);
    assert!(in_use(&scene, &other).await);
    advance(&scene, &request).await;
    assert!(in_use(&scene, &one).await, "a person has looked");
}

#[tokio::test]
async fn what_was_proposed_is_written_once_the_company_agrees() {
    let scene = Scene::new().await;
    let scope = json!({ "kind": "field", "categories": [], "interaction_ids": [], "field": "display_name" });
    let mut body = of("rectification", &scope);
    body["proposed"] = json!([{ "field": "display_name", "value": "Maja Lindqvist" }]);
    let request = made(&scene, &body).await;
    advance(&scene, &request).await;
    assert_eq!(scene.json("/v1/me").await["display_name"], "Maya Lindqvist");
    advance(&scene, &request).await;
    assert_eq!(scene.json("/v1/me").await["display_name"], "Maja Lindqvist");
}

#[tokio::test]
async fn an_erasure_is_asked_for_confirmed_waited_for_and_followed_by_its_token() {
    let scene = Scene::new().await;
    scene.matter(Matter::default()).await;
    let preview = scene
        .send(Call::post(
            "/v1/data-requests/preview",
            &json!({ "kind": "erasure", "scope": everything() }),
        ))
        .await
        .json();
    assert_eq!(preview["ends_account"], true);
    assert_eq!(preview["ends"][0]["kind"], "interaction");
    let request = made(&scene, &of("erasure", &everything())).await;
    let token = request["tracking_token"].as_str().unwrap().to_owned();
    let confirmed = act(&scene, &request, "confirm").await;
    if confirmed["state"] == "in_progress" {
        advance(&scene, &request).await;
    }
    crate::data_requests::work::once(&scene.api.state)
        .await
        .unwrap();
    assert_eq!(
        scene.get("/v1/me").await.status,
        200,
        "there is time to think again"
    );
    scene.api.state.clock.advance(14 * DAY_SECONDS);
    crate::data_requests::work::once(&scene.api.state)
        .await
        .unwrap();
    assert_eq!(scene.get("/v1/me").await.status, 401);
    let status = scene
        .api
        .send(Call::post(
            "/v1/data-requests/tracking",
            &json!({ "tracking_token": token }),
        ))
        .await
        .json();
    assert_eq!(status["state"], "completed");
    let stays = |list: &Value| -> Vec<(String, u64)> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| {
            (
                one["category"].as_str().unwrap().to_owned(),
                one["count"].as_u64().unwrap(),
            )
        })
        .collect()
    };
    assert_eq!(
        stays(&status["outcome"]["retained"]),
        stays(&preview["retained"])
    );
    let expected: u64 = preview["affected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["count"].as_u64().unwrap())
        .sum();
    assert!(
        status["outcome"]["records"].as_u64().unwrap() + 1 >= expected,
        "sessions may have run out since"
    );
}
