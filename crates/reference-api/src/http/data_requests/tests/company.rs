//! The company acts, and time passes.

use super::*;
use portal_contract::data_request::DataRequestReason;
use portal_contract::data_request_event::QuestionPurpose;

async fn asked(scene: &Scene, request: &Value, purpose: QuestionPurpose) {
    let id = id(request);
    acts(scene, move |tx, desk| {
        office::ask(tx, desk, &id, ("Noor", "Which one?"), purpose)
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_question_waits_stops_the_clock_and_is_answered_by_what_is_written() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    scene.api.state.clock.advance(60);
    asked(&scene, &request, QuestionPurpose::Clarification).await;
    let waiting = scene.json(&path(&request)).await;
    assert_eq!(waiting["state"], "awaiting_customer");
    assert_eq!(waiting["clock"]["state"], "paused");
    assert_eq!(waiting["clock"]["reason"], "clarification");
    assert_eq!(waiting["due_at"], request["due_at"]);
    assert_eq!(waiting["unread"], true);
    assert_eq!(scene.json(&path(&request)).await["unread"], false);

    scene.api.state.clock.advance(3 * DAY_SECONDS);
    let scene = scene.signed_in_again().await;
    let answer = json!({ "text": "The one in my passport." });
    let written = scene
        .post(&format!("{}/messages", path(&request)), &answer)
        .await;
    assert_eq!(written.status, 201, "{}", written.text());
    assert_eq!(written.json()["answers"], waiting["question_id"]);
    let going = scene.json(&path(&request)).await;
    assert_eq!(going["state"], "in_progress");
    assert_eq!(going["clock"]["state"], "running");
    assert_eq!(going["due_at"], "2026-04-10T21:59:59Z");
    assert_eq!(going["original_due_at"], request["due_at"]);
    assert_eq!(
        timeline(&scene, &request).await,
        [
            "submitted",
            "acknowledged",
            "state_changed",
            "clock_paused",
            "question",
            "answer",
            "state_changed",
            "clock_resumed",
            "due_changed"
        ]
    );
    let said = scene.json(&format!("{}/messages", path(&request))).await;
    assert_eq!(said["items"][0]["question"], "clarification");
    assert_ne!(said["items"][0]["answered_at"], Value::Null);
}

#[tokio::test]
async fn who_is_asked_for_an_identity_comes_back_to_be_looked_at() {
    let scene = Scene::new().await;
    let request = made(&scene, &review()).await;
    asked(&scene, &request, QuestionPurpose::Identity).await;
    assert_eq!(
        scene.json(&path(&request)).await["state"],
        "awaiting_verification"
    );
    let answer = json!({ "text": "My contract's number is 7." });
    scene
        .post(&format!("{}/messages", path(&request)), &answer)
        .await;
    assert_eq!(scene.json(&path(&request)).await["state"], "received");
}

#[tokio::test]
async fn a_question_that_nobody_answers_runs_out() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    asked(&scene, &request, QuestionPurpose::Information).await;
    days_pass(&scene, 40).await;
    let scene = scene.signed_in_again().await;
    let found = scene.json(&path(&request)).await;
    assert_eq!(found["state"], "expired");
    assert_eq!(found["allowed_actions"], json!([]));
}

#[tokio::test]
async fn an_operator_leads_a_correction_to_its_end() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    for expected in ["in_progress", "completed"] {
        let id = id(&request);
        let row = acts(&scene, move |tx, desk| {
            office::advance(tx, desk, &id, Some("It is right now."))
        })
        .await;
        assert_eq!(row.unwrap().standing.state.as_str(), expected);
    }
    let done = scene.json(&path(&request)).await;
    assert_eq!(done["outcome"]["note"], "It is right now.");
    let id = id(&request);
    let again = acts(&scene, move |tx, desk| office::advance(tx, desk, &id, None)).await;
    let told = again.unwrap_err().to_string();
    assert!(
        told.ends_with("is completed: nothing more happens to it"),
        "{told}"
    );
}

#[tokio::test]
async fn a_refusal_has_a_reason_a_way_to_complain_and_one_to_appeal() {
    let scene = Scene::new().await;
    let request = made(&scene, &review()).await;
    let denied = id(&request);
    acts(&scene, move |tx, desk| {
        let reason = DataRequestReason::ClaimNotCovered;
        office::deny(tx, desk, &denied, reason, "No machine decided it.")
    })
    .await
    .unwrap();
    let found = scene.json(&path(&request)).await;
    assert_eq!(found["state"], "denied");
    assert_eq!(found["status_reason"], "claim_not_covered");
    assert_eq!(found["status_note"], "No machine decided it.");
    assert!(
        found["complaint_url"]
            .as_str()
            .unwrap()
            .starts_with("https://")
    );
    assert!(found["appeal_url"].as_str().unwrap().starts_with("mailto:"));
    // Against a refusal there is something to be said.
    let words = json!({ "text": "I appeal." });
    let written = scene
        .post(&format!("{}/messages", path(&request)), &words)
        .await;
    assert_eq!(written.status, 201, "{}", written.text());
}

#[tokio::test]
async fn more_time_is_told_with_its_reason_and_moves_the_day() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    let extended = id(&request);
    acts(&scene, move |tx, desk| {
        office::extend(tx, desk, &extended, "We ask another company.")
    })
    .await
    .unwrap();
    let found = scene.json(&path(&request)).await;
    assert_eq!(found["due_at"], "2026-06-04T21:59:59Z");
    assert_eq!(found["original_due_at"], request["due_at"]);
    assert_eq!(found["extension"]["reason"], "We ask another company.");
    assert_eq!(found["extension"]["until"], found["due_at"]);
    let events = scene.json(&format!("{}/events", path(&request))).await;
    let last = events["items"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["kind"], &last["previous_due_at"]),
        (&json!("due_changed"), &request["due_at"])
    );
}

#[tokio::test]
async fn a_customer_of_california_has_its_rules() {
    let scene = Scene::new().await;
    scene
        .sql("UPDATE customers SET jurisdiction_code = 'US-CA', jurisdiction_regime = 'ccpa', jurisdiction_source = 'address'")
        .await;
    let request = made(&scene, &correction()).await;
    assert_eq!(request["regime"], "ccpa");
    assert_eq!(request["time_zone"], "America/Los_Angeles");
    assert_eq!(request["due_at"], "2026-04-18T06:59:59Z");
    assert_eq!(request["acknowledge_by"], "2026-03-18T06:59:59Z");
    asked(&scene, &request, QuestionPurpose::Identity).await;
    let waiting = scene.json(&path(&request)).await;
    assert_eq!(waiting["clock"]["state"], "running");
}

#[tokio::test]
async fn every_act_is_told_to_open_pages() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    let advanced = id(&request);
    acts(&scene, move |tx, desk| {
        office::advance(tx, desk, &advanced, None)
    })
    .await
    .unwrap();
    let events = scene.json("/v1/events?ago=60").await;
    let told: Vec<_> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].clone())
        .collect();
    assert_eq!(told, ["data_request.created", "data_request.updated"]);
}
