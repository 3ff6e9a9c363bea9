use super::{JONAS, MAYA, Scene, id, key, path};
use crate::testing::Call;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// Every operation on a contact point of this id.
fn operations(point: &str) -> Vec<Call> {
    let verifications = format!("{}/verifications", path(point));
    let confirm = format!("{verifications}/ver_x/confirm");
    vec![
        Call::get(&path(point)),
        Call::patch(&path(point), &json!({ "label": "mine" })).header("if-match", "*"),
        Call::new(Method::DELETE, &path(point)).header("if-match", "*"),
        Call::post(&verifications, &json!({})).key(&key()),
        Call::post(&confirm, &json!({ "code": "123456" })).key(&key()),
    ]
}

#[tokio::test]
async fn another_customers_contact_point_answers_like_none() {
    let maya = Scene::new().await;
    let jonas = Scene::on(&maya.api, JONAS).await;
    let theirs = jonas.add("email", "work@example.com").await;
    let before = jonas.list().await;
    let none = "cp_00000000000070008000000000000000";
    for (call, same) in operations(id(&theirs)).into_iter().zip(operations(none)) {
        let (answer, other) = (maya.send(call).await, maya.send(same).await);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text());
        let body = |answer: &crate::testing::Answer| {
            let mut body = answer.json();
            body["instance"] = Value::Null;
            body["request_id"] = Value::Null;
            body
        };
        assert_eq!(body(&answer), body(&other));
    }
    assert_eq!(jonas.list().await, before);
    let replacing =
        json!({ "kind": "email", "value": "new@example.com", "replaces": theirs["id"] });
    assert_eq!(
        super::errors(&maya.try_add(&replacing).await),
        super::one_error("/replaces", "unknown")
    );
    assert_eq!(maya.list().await.len(), 1);
}

#[tokio::test]
async fn a_code_of_another_customer_verifies_nothing() {
    let maya = Scene::new().await;
    let jonas = Scene::on(&maya.api, JONAS).await;
    let theirs = jonas.add("email", "work@example.com").await;
    let verification = jonas.ask(&theirs, &json!({})).await.json();
    let code = jonas.code("work@example.com").await;
    let mine = maya.add("email", "work@example.com").await;
    let entered = maya.enter(&mine, &verification, &code).await;
    assert_eq!(entered.problem(), "link-expired");
    assert_eq!(
        maya.get(id(&mine)).await["verification"]["status"],
        "unverified"
    );
}

#[tokio::test]
async fn nobody_reads_without_signing_in() {
    let maya = Scene::new().await;
    let point = maya.first().await;
    let mut calls = operations(id(&point));
    calls.push(Call::get("/v1/contact-points"));
    calls.push(
        Call::post(
            "/v1/contact-points",
            &json!({ "kind": "push", "value": "a" }),
        )
        .key(&key()),
    );
    for call in calls {
        assert_eq!(maya.api.send(call).await.problem(), "unauthenticated");
    }
}

#[tokio::test]
async fn a_cursor_of_one_customer_opens_nothing_for_another() {
    let maya = Scene::new().await;
    maya.add("push", "device").await;
    let page = maya
        .send(Call::get("/v1/contact-points?limit=1"))
        .await
        .json();
    let jonas = Scene::on(&maya.api, JONAS).await;
    let path = format!(
        "/v1/contact-points?cursor={}",
        page["next_cursor"].as_str().unwrap()
    );
    assert_eq!(
        super::errors(&jonas.send(Call::get(&path)).await),
        super::one_error("?cursor", "invalid_format")
    );
}

/// What is held of a customer about signing in, as they read it.
async fn sign_in_records(of: &Scene) -> String {
    of.api.state.mailer.flushed().await;
    let answer = of
        .send(Call::get("/v1/data-inventory/sign_in/records"))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.text()
}

#[tokio::test]
async fn whoever_enters_anothers_address_reads_nothing_that_is_sent_there() {
    let maya = Scene::new().await;
    let jonas = Scene::on(&maya.api, JONAS).await;
    jonas.add("email", MAYA).await;
    let asked = Call::post("/v1/session/email", &json!({ "email": MAYA }));
    assert_eq!(
        maya.api.send(asked).await.status,
        StatusCode::ACCEPTED,
        "a code for Maya"
    );
    let code = maya.code(MAYA).await;
    let theirs = sign_in_records(&jonas).await;
    assert!(!theirs.contains(&code), "{theirs}");
    let held = sign_in_records(&maya).await;
    assert!(
        !held.contains(&code),
        "a code is read in the mail alone: {held}"
    );
    let mails = |records: &str| records.matches("mail-").count();
    // Each has the mail of their own sign-in, and Maya that of the second code.
    assert_eq!((mails(&theirs), mails(&held)), (1, 2), "{theirs} {held}");
}

#[tokio::test]
async fn the_code_that_verifies_is_read_where_it_is_sent_alone() {
    let maya = Scene::new().await;
    let point = maya.add("phone", "+49 170 1234567").await;
    let asked = maya.ask(&point, &json!({})).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text());
    let code = maya.code("+491701234567").await;
    let held = sign_in_records(&maya).await;
    assert!(held.contains("mail-"), "that one was sent is told: {held}");
    assert!(!held.contains(&code), "{held}");
}
