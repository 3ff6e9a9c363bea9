use super::{JONAS, Scene};
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
