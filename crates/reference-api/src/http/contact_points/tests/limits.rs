use super::{JONAS, Scene, errors, key, one_error, wrong};
use crate::testing::Call;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_customer_sends_five_codes_an_hour_to_one_target() {
    let scene = Scene::new().await;
    let point = scene.add("email", "stranger@example.com").await;
    for _ in 0..5 {
        assert_eq!(
            scene.ask(&point, &json!({})).await.status,
            StatusCode::CREATED
        );
        scene.api.state.clock.advance(61);
    }
    let full = scene.ask(&point, &json!({})).await;
    assert_eq!(full.problem(), "quota-exceeded");
    assert_eq!(full.header("retry-after"), (3600 - 5 * 61).to_string());
    assert_eq!(scene.letters("stranger@example.com").await.len(), 5);
}

#[tokio::test]
async fn removing_and_adding_again_gives_no_codes_back() {
    let scene = Scene::new().await;
    for _ in 0..5 {
        let point = scene.add("email", "stranger@example.com").await;
        assert_eq!(
            scene.ask(&point, &json!({})).await.status,
            StatusCode::CREATED
        );
        scene.remove(&point).await;
    }
    let point = scene.add("email", "Stranger@Example.com").await;
    assert_eq!(
        scene.ask(&point, &json!({})).await.problem(),
        "quota-exceeded"
    );
}

#[tokio::test]
async fn a_customer_sends_twenty_codes_a_day_at_all() {
    let scene = Scene::new().await;
    for n in 0..20 {
        let point = scene
            .add("email", &format!("stranger{n}@example.com"))
            .await;
        assert_eq!(
            scene.ask(&point, &json!({})).await.status,
            StatusCode::CREATED
        );
    }
    let point = scene.add("email", "one.more@example.com").await;
    let full = scene.ask(&point, &json!({})).await;
    assert_eq!(full.problem(), "quota-exceeded");
    assert_eq!(full.header("retry-after"), (24 * 3600).to_string());
}

#[tokio::test]
async fn a_target_gets_ten_codes_a_day_whoever_asks() {
    let scene = Scene::new().await;
    for n in 0..10 {
        let other = Scene::on(&scene.api, &format!("customer{n}@example.com")).await;
        let point = other.add("phone", "+44 7400 123456").await;
        assert_eq!(
            other.ask(&point, &json!({})).await.status,
            StatusCode::CREATED
        );
    }
    let point = scene.add("phone", "0044 7400 123456").await;
    assert_eq!(
        scene.ask(&point, &json!({})).await.problem(),
        "quota-exceeded"
    );
}

#[tokio::test]
async fn an_address_of_another_customer_answers_like_any_other() {
    let scene = Scene::new().await;
    Scene::on(&scene.api, JONAS).await;
    let mut answers = Vec::new();
    for address in [JONAS, "nobody@example.com"] {
        let added = scene.add("email", address).await;
        let asked = scene.ask(&added, &json!({})).await;
        let mut shape = (added.clone(), asked.json(), asked.status);
        for member in ["id", "value", "etag"] {
            shape.0[member] = json!(null);
        }
        shape.1["id"] = json!(null);
        answers.push(shape);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_identical_additions_are_one() {
    let scene = Scene::new().await;
    let body = json!({ "kind": "push", "value": "device" });
    let (form, calls) = (key(), 50);
    let sent = (0..calls).map(|n| {
        // Half are one press repeated, half are presses of their own.
        let key = if n % 2 == 0 { form.clone() } else { key() };
        let (scene, call) = (
            scene.clone(),
            Call::post("/v1/contact-points", &body).key(&key),
        );
        tokio::spawn(async move { scene.send(call).await })
    });
    let mut added = std::collections::HashSet::new();
    for one in sent.collect::<Vec<_>>() {
        let answer = one.await.unwrap();
        match answer.status {
            StatusCode::CREATED => {
                added.insert(super::id(&answer.json()).to_owned());
            }
            StatusCode::CONFLICT => assert_eq!(answer.problem(), "idempotency-in-progress"),
            _ => assert_eq!(errors(&answer), one_error("/value", "already_there")),
        }
    }
    assert_eq!(added.len(), 1);
    assert_eq!(scene.list().await.len(), 2);
    assert_eq!(scene.history().await.len(), 1);
    assert_eq!(scene.events().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_tries_at_once_five_count() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let verification = scene.ask(&point, &json!({})).await.json();
    let code = scene.code("work@example.com").await;
    let tries = (0..30).map(|_| {
        let (scene, point, verification) = (scene.clone(), point.clone(), verification.clone());
        let wrong = wrong(&code);
        tokio::spawn(async move { scene.enter(&point, &verification, &wrong).await.problem() })
    });
    let mut counted = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap().as_str() {
            "verification-failed" => counted += 1,
            problem => assert_eq!(problem, "link-expired"),
        }
    }
    assert_eq!(counted, 5);
}
