use super::{MAYA, Scene};
use serde_json::json;

#[tokio::test]
async fn who_can_sign_in_is_told_of_a_new_way_to_do_so() {
    let scene = Scene::new().await;
    scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    let told = scene.letters(MAYA).await.remove(0);
    assert!(told.1.contains("new way to sign in"), "{}", told.1);
}

#[tokio::test]
async fn a_number_is_told_by_text_that_another_took_its_place() {
    let scene = Scene::new().await;
    let old = scene
        .add_verified("phone", "+44 7400 123456", "+447400123456")
        .await;
    let new = scene.replace(&old, "+44 7400 123457").await;
    scene.verify(&new, "+447400123457").await;
    let told = scene.letters("+447400123456").await.remove(0);
    assert_eq!(told.0, "sms");
    assert!(told.1.contains("no longer writes here"), "{}", told.1);
}

#[tokio::test]
async fn what_is_blocked_is_told_nothing() {
    let scene = Scene::new().await;
    let work = scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    scene.bounces(&work, "blocked", "no_such_address").await;
    let before = scene.letters("work@example.com").await.len();
    let work = scene.list().await.remove(1);
    assert_eq!(scene.remove(&work).await.status, 204);
    assert_eq!(scene.letters("work@example.com").await.len(), before);
}

#[tokio::test]
async fn whoever_said_that_it_is_not_them_keeps_no_warning_from_whose_it_is() {
    let scene = Scene::new().await;
    let work = scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    scene.bounces(&work, "blocked", "not_this_person").await;
    let before = scene.letters("work@example.com").await.len();
    let work = scene.list().await.remove(1);
    assert_eq!(scene.remove(&work).await.status, 204);
    assert_eq!(scene.letters("work@example.com").await.len(), before + 1);
}

#[tokio::test]
async fn a_repeated_request_sends_nothing_twice() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let path = format!("/v1/contact-points/{}/verifications", super::id(&point));
    let call = crate::testing::Call::post(&path, &json!({})).key(&super::key());
    let first = scene.send(call.clone()).await;
    let again = scene.send(call).await;
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(scene.letters("work@example.com").await.len(), 1);
}

#[tokio::test]
async fn a_letter_speaks_the_customers_language() {
    let scene = Scene::new().await;
    let me = scene.send(crate::testing::Call::get("/v1/me")).await.json();
    let etag = format!("\"{}\"", me["etag"].as_str().unwrap());
    let patch =
        crate::testing::Call::patch("/v1/me", &json!({ "locale": "de" })).header("if-match", &etag);
    assert_eq!(scene.send(patch).await.status, 200);
    let point = scene.add("email", "arbeit@example.com").await;
    scene.ask(&point, &json!({})).await;
    assert!(
        scene.letters("arbeit@example.com").await[0]
            .1
            .contains("bestätigt")
    );
}
