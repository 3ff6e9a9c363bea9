//! The customer's choices decide what is shown, the moment that they change.

use super::*;

impl Scene {
    /// Changes the preferences.
    async fn choose(&self, patch: &Value) {
        let etag = self.json("/v1/preferences").await["etag"].clone();
        let etag = format!("\"{}\"", etag.as_str().unwrap());
        let call = Call::patch("/v1/preferences", patch)
            .header("if-match", &etag)
            .key(&crate::http::fixture::key());
        let answer = self.send(call).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

/// One of each: required, urgent, and neither.
async fn told_all() -> Scene {
    let scene = Scene::new().await;
    for (key, topic) in [
        ("terms", "contract_changes"),
        ("cable", "outages"),
        ("works", "planned_works"),
    ] {
        scene.tell(&told(key, "information", "medium", topic)).await;
    }
    scene
}

const ALL: [&str; 3] = ["About works", "About cable", "About terms"];

#[tokio::test]
async fn a_pause_holds_back_what_is_neither_urgent_nor_required_and_loses_nothing() {
    let scene = told_all().await;
    assert_eq!(scene.titles("current").await, ALL);
    scene.choose(&json!({ "paused_until": ahead(WHILE) })).await;
    assert_eq!(
        scene.titles("current").await,
        ["About cable", "About terms"]
    );
    assert_eq!(scene.json("/v1/overview").await["notices_count"], 2);
    scene.api.state.clock.advance(WHILE);
    assert_eq!(scene.titles("current").await, ALL);
}

#[tokio::test]
async fn everything_off_leaves_what_is_required() {
    let scene = told_all().await;
    scene.choose(&json!({ "global_opt_out": true })).await;
    assert_eq!(scene.titles("current").await, ["About terms"]);
    let page = scene.json("/v1/notices").await;
    assert_eq!(page["items"][0]["shown_because"], "required");
    scene.choose(&json!({ "global_opt_out": false })).await;
    assert_eq!(scene.titles("current").await, ALL);
}

#[tokio::test]
async fn a_topic_that_is_off_on_every_channel_is_not_shown_not_even_an_urgent_one() {
    let scene = told_all().await;
    let off = json!({ "enabled": false });
    // Off on one channel of two is not off.
    scene
        .choose(&json!({ "topics": { "outages": { "push": off } } }))
        .await;
    assert_eq!(scene.titles("current").await, ALL);
    scene
        .choose(
            &json!({ "topics": { "outages": { "sms": off }, "planned_works": { "email": off } } }),
        )
        .await;
    assert_eq!(scene.titles("current").await, ["About terms"]);
}

#[tokio::test]
async fn what_the_preferences_keep_back_cannot_be_acted_upon() {
    let scene = told_all().await;
    let works = scene.json("/v1/notices").await["items"][0].clone();
    assert_eq!(works["title"], "About works");
    scene.choose(&json!({ "global_opt_out": true })).await;
    assert_eq!(scene.act(&works, "dismiss", &json!({})).await.status, 404);
}

#[tokio::test]
async fn who_wants_no_questions_is_not_asked_how_it_goes() {
    let scene = Scene::new().await;
    scene
        .tell(&told("how", "check_in", "low", "check_ins"))
        .await;
    scene
        .choose(&json!({ "survey_snooze_until": ahead(WHILE) }))
        .await;
    assert!(scene.titles("current").await.is_empty());
    scene.api.state.clock.advance(WHILE);
    assert_eq!(scene.titles("current").await, ["About how"]);
}

#[tokio::test]
async fn a_topic_that_the_company_no_longer_has_is_not_shown() {
    let scene = told_all().await;
    scene
        .sql("UPDATE notices SET topic_id = 'gossip' WHERE key = 'cable'")
        .await;
    assert_eq!(
        scene.titles("current").await,
        ["About works", "About terms"]
    );
}
