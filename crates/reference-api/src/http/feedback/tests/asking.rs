//! When a customer is asked, and when not.

use super::*;
use crate::sweep;
use crate::testing::{Call, NOW};

async fn interaction(scene: &Scene, id: &str) -> Value {
    scene.json(&format!("/v1/interactions/{id}")).await
}

#[tokio::test]
async fn who_closes_a_matter_is_asked_how_it_went() {
    let scene = Scene::new().await;
    let id = closed(&scene).await;
    let request = open_requests(&scene).await.remove(0);
    assert_eq!(request["state"], "open");
    assert_eq!(request["about"]["kind"], "interaction");
    assert_eq!(request["about"]["interaction_id"], id.as_str());
    assert_eq!(request["about"]["label"], "A question");
    assert_eq!(request["questions"][0]["kind"], "csat");
    assert_eq!(
        request["questions"][0]["options"].as_array().unwrap().len(),
        5
    );
    assert_eq!(
        request["questions"][1]["shown_if"]["conditions"][0]["comparison"],
        "at_most"
    );
    let feedback = &interaction(&scene, &id).await["feedback"];
    assert_eq!(feedback["state"], "requested");
    assert_eq!(feedback["request_id"], request["id"]);
    assert_eq!(feedback["expires_at"], request["expires_at"]);
    let overview = scene.json("/v1/overview").await;
    assert_eq!(overview["feedback_requests"][0]["id"], request["id"]);
    let path = format!("/v1/feedback-requests/{}", request["id"].as_str().unwrap());
    assert_eq!(scene.json(&path).await, request);
}

#[tokio::test]
async fn closing_tells_that_the_matter_changed_once_and_that_somebody_is_asked() {
    let scene = Scene::new().await;
    let cursor = scene.json("/v1/events").await["next_cursor"].clone();
    closed(&scene).await;
    let path = format!("/v1/events?cursor={}", cursor.as_str().unwrap());
    let events = scene.json(&path).await;
    let kinds: Vec<_> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["feedback_request.created", "interaction.updated"]);
    assert_eq!(events["items"][0]["resource"], "feedback_request");
}

#[tokio::test]
async fn nobody_is_asked_again_within_the_quiet_time_or_twice_about_one_matter() {
    let scene = Scene::new().await;
    let first = closed(&scene).await;
    let second = closed(&scene).await;
    assert_eq!(open_requests(&scene).await.len(), 1);
    assert_eq!(
        interaction(&scene, &second).await["feedback"]["state"],
        "not_requested"
    );

    scene.api.state.clock.advance(29 * DAY_SECONDS);
    let scene = scene.signed_in_again().await;
    let reopened = scene
        .post(&format!("/v1/interactions/{first}/reopen"), &json!({}))
        .await;
    assert_eq!(reopened.status, 200);
    scene
        .post(&format!("/v1/interactions/{first}/close"), &json!({}))
        .await;
    scene.api.state.clock.advance(2 * DAY_SECONDS);
    let scene = scene.signed_in_again().await;
    assert_eq!(open_requests(&scene).await.len(), 0, "the first ran out");
    let third = closed(&scene).await;
    let open = open_requests(&scene).await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["about"]["interaction_id"], third.as_str());
}

#[tokio::test]
async fn who_wants_not_to_be_asked_is_not_asked_and_sees_no_request() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    snooze(&scene, "2026-05-01T00:00:00Z").await;
    assert!(open_requests(&scene).await.is_empty());
    assert_eq!(
        scene.json("/v1/overview").await["feedback_requests"],
        json!([])
    );
    let path = format!("/v1/feedback-requests/{}", request["id"].as_str().unwrap());
    assert_eq!(
        scene.json(&path).await["state"],
        "open",
        "who looks for it finds it"
    );

    let other = Scene::on(&scene.api, "jonas@example.com").await;
    snooze(&other, "2026-05-01T00:00:00Z").await;
    let id = closed(&other).await;
    assert_eq!(
        interaction(&other, &id).await["feedback"]["state"],
        "not_requested"
    );
}

async fn snooze(scene: &Scene, until: &str) {
    let etag = scene.json("/v1/preferences").await["etag"]
        .as_str()
        .unwrap()
        .to_owned();
    let patch = Call::patch("/v1/preferences", &json!({ "survey_snooze_until": until }));
    let call = patch.header("if-match", &format!("\"{etag}\""));
    assert_eq!(scene.send(call).await.status, 200);
}

#[tokio::test]
async fn a_matter_that_no_survey_is_about_is_not_asked_about() {
    let scene = Scene::new().await;
    let outbound = Matter {
        direction: "outbound",
        ..Matter::default()
    };
    let id = scene.matter(outbound).await;
    scene
        .post(&format!("/v1/interactions/{id}/close"), &json!({}))
        .await;
    assert!(open_requests(&scene).await.is_empty());
}

#[tokio::test]
async fn an_appointment_is_asked_about_by_its_own_survey() {
    let scene = Scene::new().await;
    let visit = Matter {
        topic: Some("appointment"),
        ..Matter::default()
    };
    let id = scene.matter(visit).await;
    scene
        .post(&format!("/v1/interactions/{id}/close"), &json!({}))
        .await;
    assert_eq!(
        open_requests(&scene).await[0]["questions"][0]["kind"],
        "thumbs"
    );
}

#[tokio::test]
async fn what_was_settled_elsewhere_lately_is_asked_about_by_the_sweep() {
    let scene = Scene::new().await;
    let resolved = |subject: &str| Matter {
        status: "resolved",
        subject: subject.to_owned(),
        ..Matter::default()
    };
    let lately = scene.matter(resolved("lately")).await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let long_ago = other.matter(resolved("long ago")).await;
    scene
        .sql(
            "UPDATE interactions SET resolved_at = 1772600767000 - 2 * 86400000 WHERE subject = 'lately';
             UPDATE interactions SET resolved_at = 1772600767000 - 4 * 86400000 WHERE subject = 'long ago';",
        )
        .await;
    assert_eq!(NOW, 1_772_600_767_000);
    sweep::ask(&scene.api.state).await.unwrap();
    sweep::ask(&scene.api.state).await.unwrap();
    assert_eq!(
        interaction(&scene, &lately).await["feedback"]["state"],
        "requested"
    );
    assert_eq!(
        interaction(&other, &long_ago).await["feedback"]["state"],
        "not_requested"
    );
}

#[tokio::test]
async fn what_ran_out_is_expired_before_the_sweep_and_told_by_it() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    scene.api.state.clock.advance(30 * DAY_SECONDS);
    let scene = scene.signed_in_again().await;
    let path = format!("/v1/feedback-requests/{}", request["id"].as_str().unwrap());
    assert_eq!(scene.json(&path).await["state"], "expired");
    assert!(open_requests(&scene).await.is_empty());
    let about = request["about"]["interaction_id"].as_str().unwrap();
    let before = interaction(&scene, about).await;
    assert_eq!(before["feedback"]["state"], "expired");
    assert!(before["feedback"]["request_id"].is_null());
    sweep::once(&scene.api.state).await.unwrap();
    let after = interaction(&scene, about).await;
    assert_eq!(after["feedback"], before["feedback"]);
    assert_ne!(after["etag"], before["etag"]);

    let late = scene
        .post("/v1/feedback", &answer_to(&request, &json!({"csat": 5})))
        .await;
    assert_eq!(
        (late.problem().as_str(), late.json()["reason"].as_str()),
        ("invalid-state", Some("expired"))
    );
}

#[tokio::test]
async fn what_is_declined_is_not_shown_and_still_answered() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    let path = format!(
        "/v1/feedback-requests/{}/decline",
        request["id"].as_str().unwrap()
    );
    for _ in 0..2 {
        let declined = scene.post(&path, &json!({})).await;
        assert_eq!(
            (declined.status.as_u16(), declined.json()["state"].as_str()),
            (200, Some("declined"))
        );
    }
    assert!(open_requests(&scene).await.is_empty());
    let about = request["about"]["interaction_id"].as_str().unwrap();
    let feedback = interaction(&scene, about).await["feedback"].clone();
    assert_eq!(
        (&feedback["state"], &feedback["request_id"]),
        (&json!("declined"), &request["id"])
    );
    let given = scene
        .post("/v1/feedback", &answer_to(&request, &json!({"csat": 4})))
        .await;
    assert_eq!(given.status, 201);
    assert_eq!(
        scene.post(&path, &json!({})).await.problem(),
        "invalid-state"
    );
}

#[tokio::test]
async fn a_request_keeps_the_questions_that_it_was_made_with() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    scene
        .sql("UPDATE survey_versions SET questions = replace(questions, 'how we handled this', 'it all')")
        .await;
    let again = open_requests(&scene).await.remove(0);
    assert_ne!(
        again["questions"][0]["text"],
        request["questions"][0]["text"]
    );
    let given = scene
        .post("/v1/feedback", &answer_to(&request, &json!({"csat": 4})))
        .await
        .json();
    assert_eq!(
        given["questions"], again["questions"],
        "as they were asked, whatever the file says"
    );
}
