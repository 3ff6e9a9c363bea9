use super::{MAYA, Scene, errors, id, one_error, path};
use crate::testing::Call;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn the_last_way_to_sign_in_stays_and_the_refusal_says_why() {
    let scene = Scene::new().await;
    let first = scene.first().await;
    let refused = scene.remove(&first).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.problem(), "invalid-state");
    assert_eq!(refused.json()["reason"], "last_sign_in");
    assert_eq!(
        refused.json()["allowed_actions"],
        json!(["edit", "replace"])
    );
    assert_eq!(scene.list().await.len(), 1);
}

#[tokio::test]
async fn what_a_required_topic_goes_to_alone_stays() {
    let scene = Scene::new().await;
    let first = scene.first().await;
    let work = scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    scene.bounces(&work, "blocked", "no_such_address").await;
    // Signing in with either is possible; nothing is sent to the blocked one.
    let refused = scene.remove(&first).await;
    assert_eq!(refused.json()["reason"], "required_topic");
    let first = scene.first().await;
    assert_eq!(first["removal_obstacle"], "required_topic");
    assert_eq!(
        first["needed_by"],
        json!(["security_alerts", "contract_changes"])
    );
    for (patch, pointer) in [
        (json!({ "valid_to": "2026-04-01" }), "/valid_to"),
        (json!({ "valid_from": "2026-04-01" }), "/valid_from"),
    ] {
        assert_eq!(
            errors(&scene.patch(&first, &patch).await),
            one_error(pointer, "locked")
        );
    }
    let blocked = scene.get(id(&work)).await;
    assert_eq!(scene.remove(&blocked).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_goes_is_told_and_the_next_one_is_preferred() {
    let scene = Scene::new().await;
    let first = scene.first().await;
    let work = scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    let gone = scene.remove(&first).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
    assert_eq!(
        scene.send(Call::get(&path(id(&first)))).await.problem(),
        "not-found"
    );
    let work = scene.get(id(&work)).await;
    assert_eq!(work["preferred"], true);
    assert_eq!(work["removal_obstacle"], "last_sign_in");
    assert!(
        scene.letters(MAYA).await[0]
            .1
            .contains("no longer writes here")
    );
    let entry = scene.history().await.remove(0);
    assert_eq!(
        entry[0],
        (
            String::new(),
            json!({ "kind": "email", "value": MAYA, "label": null }),
            Value::Null
        )
    );
    assert_eq!(entry[1].0, "preferred");
    assert_eq!(
        scene.events().await[..2],
        ["contact_point.updated", "contact_point.removed"]
    );
}

#[tokio::test]
async fn what_was_never_verified_goes_without_a_word_to_anybody() {
    let scene = Scene::new().await;
    let strangers = scene.add("email", "stranger@example.com").await;
    assert_eq!(
        scene.remove(&strangers).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(scene.letters("stranger@example.com").await.is_empty());
}

#[tokio::test]
async fn removing_names_its_version_and_needs_a_fresh_proof() {
    let scene = Scene::new().await;
    let point = scene.add("push", "device").await;
    let without = scene
        .send(Call::new(Method::DELETE, &path(id(&point))))
        .await;
    assert_eq!(without.problem(), "precondition-required");
    let labelled = scene.patch(&point, &json!({ "label": "phone" })).await;
    assert_eq!(labelled.status, StatusCode::OK);
    let stale = scene.remove(&point).await;
    assert_eq!(stale.problem(), "precondition-failed");
    assert_eq!(stale.json()["current"]["label"], "phone");
    scene.api.state.clock.advance(301);
    assert_eq!(
        scene.remove(&labelled.json()).await.problem(),
        "step-up-required"
    );
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_nothing_leaves_no_trace() {
    let scene = Scene::new().await;
    let point = scene.add("push", "device").await;
    let body = json!({ "label": "tablet", "valid_from": "2026-03-04", "valid_to": "2026-12-31" });
    let first = scene.patch(&point, &body).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let changed = first.json();
    assert_eq!(changed["valid_to"], "2026-12-31");
    let (events, entries) = (scene.events().await.len(), scene.history().await.len());
    let nothing = scene.patch(&changed, &json!({ "label": "tablet" })).await;
    assert_eq!(nothing.json(), changed);
    assert_eq!(scene.events().await.len(), events);
    assert_eq!(scene.history().await.len(), entries);
    let cleared = scene
        .patch(&changed, &json!({ "label": null, "valid_to": null }))
        .await
        .json();
    assert_eq!(
        (&cleared["label"], &cleared["valid_to"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(cleared["valid_from"], "2026-03-04");

    for (body, pointer, code) in [
        (json!({ "value": "x" }), "/value", "not_offered"),
        (json!({ "preferred": true }), "/preferred", "locked"),
        (
            json!({ "preferred": "yes" }),
            "/preferred",
            "invalid_format",
        ),
        (json!({ "label": 1 }), "/label", "invalid_format"),
        (
            json!({ "valid_to": "2026-03-03" }),
            "/valid_to",
            "invalid_format",
        ),
    ] {
        assert_eq!(
            errors(&scene.patch(&cleared, &body).await),
            one_error(pointer, code),
            "{body}"
        );
    }
}
