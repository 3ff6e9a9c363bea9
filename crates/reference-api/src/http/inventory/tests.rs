use crate::attributes::{NewAttribute, add};
use crate::http::fixture::key;
use crate::store::time::Moment;
use crate::testing::{Answer, Call, NOW, TestApi};
use axum::http::StatusCode;
use portal_contract::me::Origin;
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";
const JONAS: &str = "jonas@example.com";

struct Scene {
    api: TestApi,
    cookie: String,
}

impl Scene {
    /// Maya, of whom something was inferred and to whom something was told, and Jonas.
    async fn new() -> Self {
        let api = TestApi::new();
        let maya = api.customer(MAYA, "Maya Lindqvist").await;
        api.customer(JONAS, "Jonas Weber").await;
        let store = api.state.store.clone();
        store
            .write(move |tx| {
                add(tx, &maya, &attribute("leaving", Origin::Inferred, false))?;
                add(tx, &maya, &attribute("household", Origin::ToldUs, true))?;
                add(tx, &maya, &attribute("supplier", Origin::ThirdParty, false))
            })
            .await
            .unwrap();
        let cookie = api.sign_in(MAYA).await;
        Self { api, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        self.api.send(Call::get(path).cookie(&self.cookie)).await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        let call = Call::post(path, body).cookie(&self.cookie);
        self.api.send(call.key(&key())).await
    }

    async fn patch(&self, body: &Value) -> Answer {
        let etag = self.get("/v1/me").await.header("etag").to_owned();
        let call = Call::patch("/v1/me", body).cookie(&self.cookie);
        self.api.send(call.header("if-match", &etag)).await
    }

    async fn attribute(&self, key: &str) -> Value {
        let me = self.get("/v1/me").await.json();
        let all = me["attributes"].as_array().unwrap().clone();
        all.into_iter().find(|it| it["key"] == key).unwrap()
    }
}

fn attribute(key: &str, origin: Origin, editable: bool) -> NewAttribute {
    NewAttribute {
        key: key.parse().unwrap(),
        position: 0,
        plain: (format!("label of {key}"), "before".to_owned()),
        texts: [].into(),
        origin,
        purpose: None,
        collected_at: Moment::from_millis(NOW),
        editable,
    }
}

#[tokio::test]
async fn every_category_is_listed_with_its_ground_and_is_kept_by_no_cache() {
    let scene = Scene::new().await;
    let answer = scene.get("/v1/data-inventory").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let items = answer.json()["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 12);
    for item in items {
        assert!(item["purposes"][0]["lawful_basis"].is_string(), "{item}");
        assert!(!item["retention"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_is_kept_as_a_code_says_how_it_is_written() {
    let scene = Scene::new().await;
    let told = json!({ "locale": "en", "time_zone": "Europe/Lisbon" });
    let answer = scene.patch(&told).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let answer = scene.get("/v1/data-inventory/profile/records").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let records = answer.json()["items"].as_array().unwrap().clone();
    let format = |label: &str| {
        let one = records.iter().find(|one| one["label"] == label);
        one.unwrap_or_else(|| panic!("{label} in {records:?}"))["format"].clone()
    };
    assert_eq!(format("Language"), "language");
    assert_eq!(format("Time zone"), "time_zone");
    assert_eq!(format("Name"), Value::Null);
}

/// The names of who receives data of a category, and the ids of the company's purposes that use it.
async fn uses(scene: &Scene, category: &str) -> (String, String) {
    let answer = scene.get("/v1/data-inventory").await.json();
    let items = answer["items"].as_array().unwrap();
    let held = items.iter().find(|item| item["id"] == category).unwrap();
    let all = |list: &str, member: &str| {
        let list = held[list].as_array().unwrap().iter();
        let named: Vec<&str> = list.filter_map(|it| it[member].as_str()).collect();
        named.join(", ")
    };
    (all("recipients", "name"), all("purposes", "purpose_id"))
}

#[tokio::test]
async fn who_receives_what_is_held_follows_from_the_purposes_that_may_use_it_now() {
    let scene = Scene::new().await;
    let (recipients, purposes) = uses(&scene, "contact_points").await;
    assert_eq!(
        recipients,
        "Your network operator, Our billing service, The tax office, Our auditors, Advertising networks"
    );
    assert_eq!(purposes, "supply, bookkeeping, reach_measurement");
    let objection = json!({ "decision": "object", "notice_version": "2025-09" });
    let answer = scene
        .post("/v1/consents/reach_measurement/decisions", &objection)
        .await;
    assert!(answer.status.is_success(), "{}", answer.text());
    let (recipients, purposes) = uses(&scene, "contact_points").await;
    assert!(!recipients.contains("Advertising"), "{recipients}");
    assert_eq!(purposes, "supply, bookkeeping");
    assert_eq!(uses(&scene, "sign_in").await, Default::default());
}

#[tokio::test]
async fn a_category_that_there_is_not_is_not_found_and_a_cursor_is_of_its_list_alone() {
    let scene = Scene::new().await;
    let answer = scene.get("/v1/data-inventory/customers/records").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let first = scene
        .get("/v1/data-inventory/profile/records?limit=1")
        .await;
    let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
    let other = scene
        .get(&format!(
            "/v1/data-inventory/sign_in/records?cursor={cursor}"
        ))
        .await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn another_customers_records_and_attributes_are_not_there() {
    let scene = Scene::new().await;
    let jonas = Scene {
        cookie: scene.api.sign_in(JONAS).await,
        api: scene.api.clone(),
    };
    let records = jonas.get("/v1/data-inventory/inferences/records").await;
    assert_eq!(records.json()["items"], json!([]));
    let path = "/v1/me/attributes/leaving/contest";
    let answer = jonas.post(path, &json!({"words": null})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(scene.attribute("leaving").await["contested_at"].is_null());
}

#[tokio::test]
async fn what_is_contested_is_used_no_more_until_that_is_taken_back() {
    let scene = Scene::new().await;
    let path = "/v1/me/attributes/leaving";
    let said = json!({"words": " I stay. "});
    let answer = scene.post(&format!("{path}/contest"), &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let leaving = scene.attribute("leaving").await;
    assert_eq!(leaving["in_use"], false);
    assert_eq!(leaving["contest_words"], "I stay.");
    assert_eq!(leaving["allowed_actions"], json!(["contest", "uncontest"]));
    let again = scene.post(&format!("{path}/contest"), &said).await;
    assert_eq!(again.json()["etag"], answer.json()["etag"]);
    let history = scene.get("/v1/preferences/history").await.json();
    let entries = history["items"].as_array().unwrap();
    assert_eq!(
        entries
            .iter()
            .filter(|it| it["subject"] == "signal")
            .count(),
        1
    );
    let back = scene.post(&format!("{path}/uncontest"), &json!({})).await;
    assert_eq!(back.status, StatusCode::OK);
    assert_eq!(scene.attribute("leaving").await["in_use"], true);
    let back = scene.post(&format!("{path}/uncontest"), &json!({})).await;
    assert_eq!(back.problem(), "invalid-state");
}

#[tokio::test]
async fn what_was_not_inferred_is_not_contested() {
    let scene = Scene::new().await;
    let path = "/v1/me/attributes/supplier/contest";
    let answer = scene.post(path, &json!({"words": null})).await;
    assert_eq!(answer.problem(), "invalid-state");
    assert_eq!(answer.json()["allowed_actions"], json!(["rectify"]));
}

#[tokio::test]
async fn what_the_customer_told_is_changed_in_place_and_nothing_else() {
    let scene = Scene::new().await;
    let changed = scene
        .patch(&json!({"attributes": {"household": " 3 "}}))
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    assert_eq!(scene.attribute("household").await["value"], "3");
    scene
        .patch(&json!({"attributes": {"household": null}}))
        .await;
    assert_eq!(scene.attribute("household").await["value"], "");
    for key in ["supplier", "leaving", "none"] {
        let refused = scene.patch(&json!({"attributes": {key: "x"}})).await;
        let error = refused.json()["errors"][0].clone();
        assert_eq!(error["pointer"], format!("/attributes/{key}"));
        assert_eq!(error["code"], "not_offered");
    }
    let long = "x".repeat(201);
    let refused = scene
        .patch(&json!({"attributes": {"household": long}}))
        .await;
    assert_eq!(
        refused.json()["errors"][0]["pointer"],
        "/attributes/household"
    );
}
