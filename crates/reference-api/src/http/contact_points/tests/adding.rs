use super::{Scene, errors, id, key, one_error};
use crate::testing::Call;
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn the_address_of_the_sign_in_is_a_contact_point() {
    let scene = Scene::new().await;
    let first = scene.first().await;
    assert_eq!(first["kind"], "email");
    assert_eq!(first["value"], "maya@example.com");
    assert_eq!(first["preferred"], true);
    assert_eq!(first["signs_in"], true);
    assert_eq!(first["verification"]["status"], "verified");
    assert_eq!(first["removal_obstacle"], "last_sign_in");
    assert_eq!(first["allowed_actions"], json!(["edit", "replace"]));
}

#[tokio::test]
async fn what_is_added_is_not_yet_verified_and_is_told_with_its_version() {
    let scene = Scene::new().await;
    let body = json!({ "kind": "email", "value": " Maya@Work.Example.COM ", "label": " at work " });
    let added = scene.try_add(&body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
    let point = added.json();
    assert_eq!(
        added.header("etag"),
        format!("\"{}\"", point["etag"].as_str().unwrap())
    );
    assert_eq!(added.header("cache-control"), "no-store");
    assert_eq!(point["value"], "Maya@Work.Example.COM");
    assert_eq!(point["label"], "at work");
    assert_eq!(point["verification"]["status"], "unverified");
    assert_eq!(point["signs_in"], false);
    assert_eq!(
        point["allowed_actions"],
        json!(["verify", "edit", "replace", "remove"])
    );
    assert_eq!(scene.get(id(&point)).await, point);
    assert_eq!(scene.events().await, ["contact_point.created"]);
    assert_eq!(
        scene.history().await,
        [[(
            String::new(),
            Value::Null,
            json!({ "kind": "email", "value": "Maya@Work.Example.COM", "label": "at work" })
        )]]
    );
}

#[tokio::test]
async fn every_kind_is_taken_in_any_way_of_typing() {
    let scene = Scene::new().await;
    for (body, value) in [
        (
            json!({ "kind": "email", "value": "用户@例え.jp" }),
            "用户@例え.jp",
        ),
        (
            json!({ "kind": "phone", "value": "(030) 23125-123", "country": "de" }),
            "+49 30 23125123",
        ),
        (
            json!({ "kind": "phone", "value": "+٤٤ ٧٤٠٠ ١٢٣٤٥٦" }),
            "+44 7400 123456",
        ),
        (
            json!({ "kind": "postal", "postal": { "lines": ["東京都千代田区千代田1-1"], "country": "JP", "postal_code": "100-0001" } }),
            "東京都千代田区千代田1-1",
        ),
        (json!({ "kind": "push", "value": "device-1" }), "device-1"),
        (
            json!({ "kind": "messaging", "service": "WhatsApp", "value": "+44 7400 123456" }),
            "+44 7400 123456",
        ),
        (
            json!({ "kind": "social", "service": "mastodon", "value": "@maya@social.example" }),
            "@maya@social.example",
        ),
    ] {
        let added = scene.try_add(&body).await;
        assert_eq!(
            added.status,
            StatusCode::CREATED,
            "{body}: {}",
            added.text()
        );
        assert_eq!(added.json()["value"], value);
    }
}

#[tokio::test]
async fn a_number_without_a_country_is_the_customers_own_countrys() {
    let scene = Scene::new().await;
    let nowhere = scene
        .try_add(&json!({ "kind": "phone", "value": "030 23125123" }))
        .await;
    assert_eq!(errors(&nowhere), one_error("/value", "required"));
    let home = json!({ "kind": "postal", "postal": { "lines": ["Musterweg 5"], "country": "DE" } });
    assert_eq!(scene.try_add(&home).await.status, StatusCode::CREATED);
    assert_eq!(
        scene.add("phone", "030 23125123").await["value"],
        "+49 30 23125123"
    );
}

#[tokio::test]
async fn the_same_address_twice_is_refused_however_it_is_typed() {
    let scene = Scene::new().await;
    for (body, pointer) in [
        (
            json!({ "kind": "email", "value": "MAYA@example.com" }),
            "/value",
        ),
        (
            json!({ "kind": "phone", "value": "030 23125 123", "country": "DE" }),
            "/value",
        ),
        (
            json!({ "kind": "postal", "postal": { "lines": ["musterweg 5,"], "country": "de" } }),
            "/postal",
        ),
        (
            json!({ "kind": "social", "service": "Mastodon", "value": "maya" }),
            "/value",
        ),
    ] {
        if body["kind"] == "phone" {
            scene.add("phone", "+49 30 23125123").await;
            let home = json!({ "kind": "postal", "postal": { "lines": ["Musterweg 5"], "country": "DE" } });
            scene.try_add(&home).await;
            let account = json!({ "kind": "social", "service": "mastodon", "value": "@Maya" });
            scene.try_add(&account).await;
        }
        let again = scene.try_add(&body).await;
        assert_eq!(
            errors(&again),
            one_error(pointer, "already_there"),
            "{body}"
        );
    }
    let elsewhere = json!({ "kind": "social", "service": "bluesky", "value": "maya" });
    assert_eq!(scene.try_add(&elsewhere).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once_and_where() {
    let scene = Scene::new().await;
    let refused = scene
        .try_add(&json!({
            "kind": "phone", "value": "+1 201 555 0123 ext. 4", "label": "x".repeat(61), "service": "sms",
            "valid_from": "2026-02-30", "valid_to": "tomorrow",
        }))
        .await;
    assert_eq!(
        errors(&refused),
        [
            ("/value", "not_offered"),
            ("/service", "not_offered"),
            ("/label", "too_long"),
            ("/valid_from", "invalid_format"),
            ("/valid_to", "invalid_format"),
        ]
        .map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
    );
    for (body, pointer, code) in [
        (json!({ "kind": "email" }), "/value", "required"),
        (json!({ "kind": "postal" }), "/postal", "required"),
        (
            json!({ "kind": "pigeon", "value": "x" }),
            "/kind",
            "not_offered",
        ),
        (
            json!({ "kind": "social", "value": "@maya" }),
            "/service",
            "required",
        ),
        (
            json!({ "kind": "phone", "value": "030 1", "country": "Germany" }),
            "/country",
            "invalid_format",
        ),
        (
            json!({ "kind": "push", "value": "a", "valid_from": "2026-03-05", "valid_to": "2026-03-04" }),
            "/valid_to",
            "invalid_format",
        ),
        (
            json!({ "kind": "push", "value": "a", "replaces": "cp_none" }),
            "/replaces",
            "unknown",
        ),
    ] {
        assert_eq!(
            errors(&scene.try_add(&body).await),
            one_error(pointer, code),
            "{body}"
        );
    }
    assert_eq!(scene.list().await.len(), 1);
}

#[tokio::test]
async fn a_customer_has_at_most_fifty() {
    let scene = Scene::new().await;
    for n in 1..50 {
        scene.add("push", &format!("device-{n}")).await;
    }
    let refused = scene
        .try_add(&json!({ "kind": "push", "value": "one-more" }))
        .await;
    assert_eq!(errors(&refused), one_error("", "too_many"));
}

#[tokio::test]
async fn a_repeated_addition_is_one() {
    let scene = Scene::new().await;
    let call = Call::post(
        "/v1/contact-points",
        &json!({ "kind": "push", "value": "a" }),
    )
    .key(&key());
    let first = scene.send(call.clone()).await;
    let again = scene.send(call).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(scene.list().await.len(), 2);
    let without = Call::post(
        "/v1/contact-points",
        &json!({ "kind": "push", "value": "b" }),
    );
    assert_eq!(
        scene.send(without).await.problem(),
        "idempotency-key-missing"
    );
}

#[tokio::test]
async fn adding_needs_a_fresh_proof() {
    let scene = Scene::new().await;
    scene.api.state.clock.advance(301);
    let refused = scene
        .try_add(&json!({ "kind": "push", "value": "a" }))
        .await;
    assert_eq!(refused.problem(), "step-up-required");
    assert_eq!(refused.json()["max_age"], 300);
}

#[tokio::test]
async fn the_list_is_paged_in_the_order_of_adding() {
    let scene = Scene::new().await;
    for n in 0..4 {
        scene.add("push", &format!("device-{n}")).await;
    }
    let mut path = String::from("/v1/contact-points?limit=2");
    let mut values = Vec::new();
    loop {
        let page = scene.send(Call::get(&path)).await.json();
        let items = page["items"].as_array().unwrap();
        values.extend(
            items
                .iter()
                .map(|item| item["value"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/v1/contact-points?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(
        values,
        [
            "maya@example.com",
            "device-0",
            "device-1",
            "device-2",
            "device-3"
        ]
    );
}
