//! Consents from outside.

use crate::testing::{Answer, Call, NOW, TestApi};
use axum::http::StatusCode;
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";
const JONAS: &str = "jonas@example.com";
const KEY: &str = "0197f3c2-0000-7000-8000-000000000001";

struct Scene {
    api: TestApi,
    cookie: String,
}

impl Scene {
    async fn new() -> Self {
        let api = TestApi::new();
        api.customer(MAYA, "Maya Lindqvist").await;
        let cookie = api.sign_in(MAYA).await;
        Self { api, cookie }
    }

    async fn other(&self) -> Self {
        self.api.customer(JONAS, "Jonas Weber").await;
        Self {
            api: self.api.clone(),
            cookie: self.api.sign_in(JONAS).await,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.api.send(Call::get(path).cookie(&self.cookie)).await
    }

    async fn decide(&self, purpose: &str, body: &Value) -> Answer {
        let key = uuid::Uuid::new_v4().to_string();
        self.decide_as(purpose, body, &key).await
    }

    async fn decide_as(&self, purpose: &str, body: &Value, key: &str) -> Answer {
        let path = format!("/v1/consents/{purpose}/decisions");
        self.api
            .send(Call::post(&path, body).cookie(&self.cookie).key(key))
            .await
    }

    async fn consent(&self, purpose: &str) -> Value {
        let list = self.get("/v1/consents").await.json();
        let items = list["items"].as_array().unwrap();
        items
            .iter()
            .find(|consent| consent["purpose_id"] == purpose)
            .unwrap()
            .clone()
    }
}

fn grant() -> Value {
    json!({ "decision": "grant", "notice_version": "2025-11", "language": "en" })
}

#[tokio::test]
async fn purposes_and_topics_come_in_the_language_that_is_asked_for_and_in_the_records_otherwise() {
    let scene = Scene::new().await;
    let words = async |path: &str, asked: Option<&str>| {
        let call = Call::get(path).cookie(&scene.cookie);
        let call = match asked {
            Some(asked) => call.header("accept-language", asked),
            None => call,
        };
        scene.api.send(call).await.json().to_string()
    };
    for path in ["/v1/purposes", "/v1/preference-catalog"] {
        let record = words(path, None).await;
        let german = words(path, Some("de-AT, en;q=0.5")).await;
        assert_ne!(record, german, "{path}");
        assert_eq!(words(path, Some("en")).await, record);
        assert_eq!(words(path, Some("tlh")).await, record);
    }
}

#[tokio::test]
async fn purposes_are_told_in_the_customers_language() {
    let scene = Scene::new().await;
    let list = scene.get("/v1/purposes").await.json();
    assert_eq!(list["has_more"], false);
    let purpose = &list["items"][6];
    assert_eq!(purpose["id"], "partner_advertising");
    assert_eq!(purpose["label"], "Advertising by partners");
    assert_eq!(purpose["lawful_basis"], "consent");
    assert_eq!(purpose["sale_or_sharing"], true);
    assert_eq!(purpose["recipients"][0]["country"], "US");
    assert_eq!(
        list["items"][2]["notices"][0]["effective_from"],
        "2025-09-15T00:00:00Z"
    );
    let call = Call::patch("/v1/me", &json!({ "locale": "de" }));
    scene
        .api
        .send(call.cookie(&scene.cookie).header("if-match", "*"))
        .await;
    let list = scene.get("/v1/purposes").await.json();
    assert_eq!(list["items"][6]["label"], "Werbung von Partnern");
}

#[tokio::test]
async fn a_decision_shows_everywhere() {
    let scene = Scene::new().await;
    let answer = scene.decide("personal_offers", &grant()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let record = answer.json();
    assert_eq!(record["status_before"], "not_asked");
    assert_eq!(record["route"], "portal");
    assert_eq!(record["actor"]["display_name"], "Maya Lindqvist");
    let consent = scene.consent("personal_offers").await;
    assert_eq!(consent["status"], "granted");
    assert_eq!(consent["record_id"], record["id"]);
    assert_eq!(consent["allowed_decisions"], json!(["withdraw"]));
    let records = scene.get("/v1/consents/personal_offers/records").await;
    assert_eq!(records.json()["items"], json!([record]));
}

#[tokio::test]
async fn one_intent_is_one_record_and_the_same_decision_is_none() {
    let scene = Scene::new().await;
    let first = scene.decide_as("personal_offers", &grant(), KEY).await;
    let replayed = scene.decide_as("personal_offers", &grant(), KEY).await;
    assert_eq!(replayed.header("idempotency-replayed"), "true");
    assert_eq!(replayed.bytes, first.bytes);
    let again = scene.decide("personal_offers", &grant()).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.json(), first.json());
    let other = json!({ "decision": "withdraw", "notice_version": "2025-11" });
    let reused = scene.decide_as("personal_offers", &other, KEY).await;
    assert_eq!(reused.problem(), "idempotency-key-reused");
    let call = Call::post("/v1/consents/personal_offers/decisions", &grant());
    let without = scene.api.send(call.cookie(&scene.cookie)).await;
    assert_eq!(without.problem(), "idempotency-key-missing");
}

#[tokio::test]
async fn fifty_at_once_make_one_record() {
    let scene = Scene::new().await;
    let body = grant();
    let calls = (0..50).map(|_| scene.decide("personal_offers", &body));
    let answers = futures_util::future::join_all(calls).await;
    let count = |status| answers.iter().filter(|one| one.status == status).count();
    assert_eq!(count(StatusCode::CREATED), 1);
    assert_eq!(count(StatusCode::OK), 49);
    let history = scene.get("/v1/preferences/history").await.json();
    assert_eq!(history["items"].as_array().unwrap().len(), 1);
    assert_eq!(history["items"][0]["subject"], "consent");
}

#[tokio::test]
async fn what_cannot_be_decided_says_what_can() {
    let scene = Scene::new().await;
    let withdraw = json!({ "decision": "withdraw", "notice_version": "2025-09" });
    for (purpose, body, reason, allowed) in [
        ("supply", &withdraw, "not_decidable", json!([])),
        (
            "better_service",
            &withdraw,
            "not_decidable",
            json!(["object"]),
        ),
        (
            "personal_offers",
            &json!({ "decision": "grant", "notice_version": "2024-05" }),
            "notice_changed",
            json!(["grant", "withdraw"]),
        ),
    ] {
        let answer = scene.decide(purpose, body).await;
        assert_eq!(answer.problem(), "invalid-state", "{purpose}");
        assert_eq!(answer.json()["reason"], reason, "{purpose}");
        assert_eq!(answer.json()["allowed_actions"], allowed, "{purpose}");
    }
    let unknown = json!({ "decision": "grant", "notice_version": "1" });
    let answer = scene.decide("personal_offers", &unknown).await;
    assert_eq!(answer.json()["errors"][0]["pointer"], "/notice_version");
    let tag = json!({ "decision": "grant", "notice_version": "2025-11", "language": "e n" });
    let answer = scene.decide("personal_offers", &tag).await;
    assert_eq!(answer.json()["errors"][0]["pointer"], "/language");
    let absent = scene.decide("unheard-of", &grant()).await;
    assert_eq!(absent.problem(), "not-found");
    let records = scene.get("/v1/consents/unheard-of/records").await;
    assert_eq!(records.problem(), "not-found");
}

#[tokio::test]
async fn a_receipt_is_a_file_of_the_same_bytes_for_ever() {
    let scene = Scene::new().await;
    let record = scene.decide("personal_offers", &grant()).await.json();
    let id = record["id"].as_str().unwrap();
    let path = format!("/v1/consents/personal_offers/records/{id}/receipt");
    let first = scene.get(&path).await;
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(
        first.header("content-disposition"),
        format!("attachment; filename=\"receipt-{id}.json\"")
    );
    assert_eq!(first.header("cache-control"), "no-store");
    let withdraw = json!({ "decision": "withdraw", "notice_version": "2025-11" });
    scene.decide("personal_offers", &withdraw).await;
    scene.api.state.clock.advance(600);
    assert_eq!(scene.get(&path).await.text(), first.text());
    let receipt = first.json();
    assert_eq!(receipt["record_id"], id);
    assert_eq!(receipt["pii_processing"]["language"], "en");
    assert!(!first.text().contains("Maya") && !first.text().contains(MAYA));
}

#[tokio::test]
async fn another_customers_records_are_not_there() {
    let scene = Scene::new().await;
    let record = scene.decide("personal_offers", &grant()).await.json();
    let other = scene.other().await;
    let id = record["id"].as_str().unwrap();
    let theirs = format!("/v1/consents/personal_offers/records/{id}/receipt");
    let nobodys = "/v1/consents/personal_offers/records/cdr_0/receipt";
    for path in [
        theirs.as_str(),
        nobodys,
        "/v1/consents/supply/records/%2f/receipt",
    ] {
        assert_eq!(other.get(path).await.problem(), "not-found", "{path}");
    }
    let purposes = format!("/v1/consents/better_service/records/{id}/receipt");
    assert_eq!(scene.get(&purposes).await.problem(), "not-found");
    let records = other.get("/v1/consents/personal_offers/records").await;
    assert_eq!(records.json()["items"], json!([]));
    let consent = other.consent("personal_offers").await;
    assert_eq!(consent["status"], "not_asked");
}

#[tokio::test]
async fn records_are_paged_and_a_cursor_is_good_for_its_list_alone() {
    let scene = Scene::new().await;
    for round in 0..3 {
        for decision in ["grant", "withdraw"] {
            let body = json!({ "decision": decision, "notice_version": "2025-11" });
            let answer = scene.decide("personal_offers", &body).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{round}");
        }
    }
    let path = "/v1/consents/personal_offers/records?limit=4";
    let first = scene.get(path).await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = scene.get(&format!("{path}&cursor={cursor}")).await.json();
    assert_eq!(first["items"].as_array().unwrap().len(), 4);
    assert_eq!(rest["items"].as_array().unwrap().len(), 2);
    assert_eq!(rest["has_more"], false);
    assert_eq!(first["items"][0]["decision"], "withdraw");
    let elsewhere = format!("/v1/consents/supply/records?cursor={cursor}");
    assert_eq!(scene.get(&elsewhere).await.problem(), "validation");
}

#[tokio::test]
async fn a_header_says_no_to_sales_and_is_shown_as_honoured() {
    let scene = Scene::new().await;
    let body = json!({ "decision": "grant", "notice_version": "2024-05" });
    scene.decide("partner_advertising", &body).await;
    let call = Call::get("/v1/session").cookie(&scene.cookie);
    let session = scene.api.send(call.header("sec-gpc", "1")).await;
    assert_eq!(session.json()["signals"]["gpc"], true);
    for (purpose, status) in [
        ("partner_advertising", "withdrawn"),
        ("reach_measurement", "objected"),
    ] {
        let consent = scene.consent(purpose).await;
        assert_eq!(consent["status"], status, "{purpose}");
        assert_eq!(consent["route"], "signal", "{purpose}");
        assert_ne!(consent["signal_honoured_since"], Value::Null, "{purpose}");
    }
    let records = scene.get("/v1/consents/partner_advertising/records").await;
    assert_eq!(records.json()["items"][0]["actor"], Value::Null);
    let personal = scene.consent("personal_offers").await;
    assert_eq!(personal["status"], "not_asked");
}

#[tokio::test]
async fn a_header_on_any_call_is_heeded_once_and_its_absence_takes_nothing_back() {
    let scene = Scene::new().await;
    for _ in 0..3 {
        let call = Call::get("/v1/consents").cookie(&scene.cookie);
        scene.api.send(call.header("sec-gpc", "1")).await;
    }
    let call = Call::get("/v1/session").cookie(&scene.cookie);
    let session = scene.api.send(call.header("sec-gpc", "0")).await.json();
    assert_eq!(session["signals"]["gpc"], true);
    let records = scene.get("/v1/consents/reach_measurement/records").await;
    assert_eq!(records.json()["items"].as_array().unwrap().len(), 1);
    let consent = scene.consent("reach_measurement").await;
    assert_eq!(consent["status"], "objected");
}

#[tokio::test]
async fn the_portal_can_tell_what_no_header_told() {
    let scene = Scene::new().await;
    let tell = async |gpc: bool| {
        let call = Call::post("/v1/session/signals", &json!({ "gpc": gpc }));
        scene.api.send(call.cookie(&scene.cookie)).await
    };
    assert_eq!(tell(false).await.json()["signals"]["gpc"], false);
    assert_eq!(tell(true).await.json()["signals"]["gpc"], true);
    assert_eq!(tell(false).await.json()["signals"]["gpc"], true);
    let consent = scene.consent("partner_advertising").await;
    assert_eq!(consent["status"], "withdrawn");
    let nobody = Call::post("/v1/session/signals", &json!({ "gpc": true }));
    assert_eq!(scene.api.send(nobody).await.problem(), "unauthenticated");
}

#[tokio::test]
async fn what_the_customer_allows_knowing_of_the_signal_stands_in_later_sessions() {
    let scene = Scene::new().await;
    let signalled = |cookie: &str| {
        Call::get("/v1/session")
            .cookie(cookie)
            .header("sec-gpc", "1")
    };
    scene.api.send(signalled(&scene.cookie)).await;
    let body = json!({ "decision": "grant", "notice_version": "2024-05" });
    scene.decide("partner_advertising", &body).await;
    let later = scene.api.sign_in(MAYA).await;
    scene.api.send(signalled(&later)).await;
    let consent = scene.consent("partner_advertising").await;
    assert_eq!(consent["status"], "granted");
    assert_eq!(consent["signal_honoured_since"], Value::Null);
}

#[tokio::test]
async fn a_consent_that_runs_out_says_when_and_can_be_given_anew() {
    let scene = Scene::new().await;
    let body = json!({ "decision": "grant", "notice_version": "2024-05" });
    scene.decide("partner_advertising", &body).await;
    let consent = scene.consent("partner_advertising").await;
    assert_eq!(consent["expires_at"], "2028-03-04T05:06:07Z");
    assert_eq!(NOW, 1_772_600_767_000);
    scene.api.state.clock.advance(3 * 366 * 24 * 3600);
    let later = Scene {
        cookie: scene.api.sign_in(MAYA).await,
        api: scene.api.clone(),
    };
    let consent = later.consent("partner_advertising").await;
    assert_eq!(consent["status"], "expired");
    assert_eq!(consent["allowed_decisions"], json!(["grant", "withdraw"]));
    let answer = later.decide("partner_advertising", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}
