//! Asking how it goes since.

use super::*;
use crate::sweep;

const DAY_SECONDS: i64 = 24 * HOUR;

/// A customer whose outage was resolved at this moment; the demonstration asks three days later.
async fn resolved() -> (Scene, String) {
    let scene = Scene::new().await;
    let matter = scene
        .matter(Matter {
            topic: Some("outage"),
            ..Matter::default()
        })
        .await;
    scene
        .sql("UPDATE interactions SET status = 'resolved', resolved_at = 1772600767000")
        .await;
    (scene, matter)
}

async fn days_later(scene: &Scene, days: i64) -> Scene {
    scene.api.state.clock.advance(days * DAY_SECONDS);
    sweep::check_ins(&scene.api.state).await.unwrap();
    scene.signed_in_again().await
}

#[tokio::test]
async fn a_matter_that_was_resolved_is_asked_about_once_when_it_is_due() {
    let (scene, matter) = resolved().await;
    let scene = days_later(&scene, 2).await;
    assert!(scene.titles("current").await.is_empty());
    let scene = days_later(&scene, 1).await;
    let notice = scene.only_notice().await;
    assert_eq!(notice["kind"], "check_in");
    assert_eq!(notice["about"]["interaction"]["id"], matter.as_str());
    assert_eq!(notice["answers"][1]["leads_to"], "reopen");
    assert_eq!(notice["since"], ahead(3 * DAY_SECONDS).as_str());
    assert_eq!(notice["until"], ahead(17 * DAY_SECONDS).as_str());
    scene
        .act(&notice, "answer", &json!({ "answer": "well" }))
        .await;
    let scene = days_later(&scene, 1).await;
    assert!(scene.titles("current").await.is_empty());
    assert_eq!(events(&scene).await, ["notice.created", "notice.updated"]);
}

#[tokio::test]
async fn nobody_is_asked_how_it_goes_while_it_is_open_again() {
    let (scene, matter) = resolved().await;
    let scene = days_later(&scene, 3).await;
    assert_eq!(scene.titles("current").await.len(), 1);
    scene
        .post(&format!("/v1/interactions/{matter}/reopen"), &json!({}))
        .await;
    assert!(scene.titles("current").await.is_empty());
    scene
        .post(&format!("/v1/interactions/{matter}/close"), &json!({}))
        .await;
    assert_eq!(scene.titles("current").await.len(), 1);
}

#[tokio::test]
async fn what_was_resolved_long_ago_or_has_another_topic_is_not_asked_about() {
    let (scene, _) = resolved().await;
    let late = days_later(&scene, 18).await;
    assert!(late.titles("current").await.is_empty());
    let (scene, _) = resolved().await;
    scene
        .sql("UPDATE topics SET label = label; UPDATE interactions SET topic_id = NULL")
        .await;
    let scene = days_later(&scene, 3).await;
    assert!(scene.titles("current").await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_taken_up_again_is_not_asked_about() {
    let (scene, _) = resolved().await;
    scene.sql("UPDATE interactions SET channel = 'push'").await;
    let scene = days_later(&scene, 3).await;
    assert!(scene.titles("current").await.is_empty());
}
