use super::{JONAS, MAYA, Scene, errors, id, one_error};
use crate::testing::Call;
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn the_old_one_stays_until_the_new_one_is_verified_and_then_gives_it_what_it_has() {
    let scene = Scene::new().await;
    let old = scene.first().await;
    let old = scene.patch(&old, &json!({ "label": "home" })).await.json();
    let new = scene.replace(&old, "new@example.com").await;
    assert_eq!(new["replaces"], old["id"]);
    assert_eq!(scene.list().await.len(), 2);

    let new = scene.verify(&new, "new@example.com").await;
    assert_eq!(scene.list().await, std::slice::from_ref(&new));
    assert_eq!(new["label"], "home");
    assert_eq!(new["preferred"], true);
    assert_eq!(new["signs_in"], true);
    assert_eq!(new["replaces"], Value::Null);
    let told = scene.letters(MAYA).await.remove(0);
    assert_eq!(told.0, "email");
    assert!(told.1.contains("no longer writes here"), "{}", told.1);
    assert_eq!(
        scene.events().await[..2],
        ["contact_point.updated", "contact_point.removed"]
    );
    let entry = scene.history().await.remove(0);
    let members: Vec<&str> = entry.iter().map(|(member, ..)| member.as_str()).collect();
    assert_eq!(members, ["", "label", "preferred", "verification"]);
}

#[tokio::test]
async fn sign_in_follows_and_what_the_old_mailbox_could_do_it_cannot_do_any_more() {
    let scene = Scene::new().await;
    let elsewhere = Scene {
        cookie: {
            scene.api.state.clock.advance(31);
            scene.api.sign_in(MAYA).await
        },
        ..scene.clone()
    };
    // A code for the old mailbox is on its way.
    scene.api.state.clock.advance(31);
    let started = Call::post("/v1/session/email", &json!({ "email": MAYA }));
    let challenge = scene.api.send(started).await.json();
    let code = scene.api.latest_code(MAYA).await.unwrap();

    let new = scene.replace(&scene.first().await, "new@example.com").await;
    scene.verify(&new, "new@example.com").await;

    let body = json!({ "challenge_id": challenge["id"], "code": code });
    let old_code = Call::post("/v1/session/email/confirm", &body);
    assert_eq!(
        scene.api.send(old_code).await.problem(),
        "verification-failed"
    );
    let other_session = elsewhere.send(Call::get("/v1/me")).await;
    assert_eq!(other_session.problem(), "unauthenticated");
    assert_eq!(scene.list().await.len(), 1, "this session goes on");

    scene.api.state.clock.advance(31);
    let letters = scene.letters(MAYA).await.len();
    let again = Call::post("/v1/session/email", &json!({ "email": MAYA }));
    assert_eq!(scene.api.send(again).await.status, StatusCode::ACCEPTED);
    assert_eq!(
        scene.letters(MAYA).await.len(),
        letters,
        "nobody signs in with it"
    );
    scene.api.sign_in("new@example.com").await;
}

#[tokio::test]
async fn a_mistyped_new_address_is_not_left_behind() {
    let scene = Scene::new().await;
    let old = scene.first().await;
    let mistyped = scene.replace(&old, "nwe@example.com").await;
    let right = scene.replace(&old, "new@example.com").await;
    let ids: Vec<String> = scene
        .list()
        .await
        .iter()
        .map(|point| id(point).to_owned())
        .collect();
    assert_eq!(ids, [id(&old), id(&right)]);
    assert_eq!(
        scene.ask(&mistyped, &json!({})).await.problem(),
        "not-found"
    );
}

#[tokio::test]
async fn one_is_replaced_by_another_of_its_kind_alone() {
    let scene = Scene::new().await;
    let old = scene.first().await;
    let body = json!({ "kind": "push", "value": "device", "replaces": old["id"] });
    assert_eq!(
        errors(&scene.try_add(&body).await),
        one_error("/replaces", "not_offered")
    );
}

#[tokio::test]
async fn the_last_way_to_sign_in_is_not_given_up_for_an_address_that_signs_somebody_else_in() {
    let scene = Scene::new().await;
    let jonas = Scene::on(&scene.api, JONAS).await;
    // They share a mailbox: it can be verified by both, and signs in who had it first.
    let shared = scene.replace(&scene.first().await, JONAS).await;
    let shared = scene.verify(&shared, JONAS).await;
    assert_eq!(shared["verification"]["status"], "verified");
    assert_eq!(shared["signs_in"], false);
    assert_eq!(scene.list().await.len(), 2, "the old one stays");
    assert_eq!(scene.first().await["removal_obstacle"], "last_sign_in");
    assert_eq!(jonas.first().await["signs_in"], true);
    scene.api.state.clock.advance(31);
    let cookie = scene.api.sign_in(JONAS).await;
    let me = scene
        .api
        .send(Call::get("/v1/contact-points").cookie(&cookie))
        .await;
    assert_eq!(me.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn one_whose_time_has_not_begun_does_not_take_the_place_of_what_a_required_topic_needs() {
    let scene = Scene::new().await;
    let old = scene.first().await;
    let body = json!({
        "kind": "email", "value": "new@example.com", "replaces": old["id"], "valid_from": "2026-05-01",
    });
    let new = scene.try_add(&body).await.json();
    scene.verify(&new, "new@example.com").await;
    assert_eq!(scene.list().await.len(), 2);
    assert_eq!(
        scene.first().await["needed_by"],
        json!(["security_alerts", "contract_changes"])
    );
}

#[tokio::test]
async fn choices_that_name_the_old_one_name_the_new_one() {
    let scene = Scene::new().await;
    let old = scene.first().await;
    let other = scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    let preferences = scene.send(Call::get("/v1/preferences")).await.json();
    let patch =
        json!({ "topics": { "new_bill": { "email": { "contact_point_id": other["id"] } } } });
    let etag = format!("\"{}\"", preferences["etag"].as_str().unwrap());
    let chosen = scene
        .send(Call::patch("/v1/preferences", &patch).header("if-match", &etag))
        .await;
    assert_eq!(chosen.status, StatusCode::OK, "{}", chosen.text());
    let named = |preferences: &Value| {
        preferences["topics"]["new_bill"]["email"]["contact_point_id"].clone()
    };
    assert_eq!(named(&chosen.json()), other["id"]);

    let new = scene.replace(&other, "new@example.com").await;
    let new = scene.verify(&new, "new@example.com").await;
    let preferences = scene.send(Call::get("/v1/preferences")).await.json();
    assert_eq!(named(&preferences), new["id"]);
    assert_eq!(scene.remove(&new).await.status, StatusCode::NO_CONTENT);
    let preferences = scene.send(Call::get("/v1/preferences")).await.json();
    assert_eq!(named(&preferences), Value::Null, "{}", old["id"]);
}

#[tokio::test]
async fn an_address_signs_in_who_verified_it_first_and_still_has_it() {
    let scene = Scene::new().await;
    let jonas = Scene::on(&scene.api, JONAS).await;
    let shared = scene.add_verified("email", JONAS, JONAS).await;
    assert_eq!(shared["signs_in"], false);
    jonas
        .add_verified("email", "own@example.com", "own@example.com")
        .await;
    assert_eq!(
        jonas.remove(&jonas.first().await).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(scene.get(id(&shared)).await["signs_in"], true);
}
