//! Changing what was said, and taking it back.

use super::*;
use crate::http::fixture::key;
use crate::testing::Call;

async fn patch(scene: &Scene, entry: &Value, body: &Value) -> Answer {
    let etag = format!("\"{}\"", entry["etag"].as_str().unwrap());
    let call = Call::patch(&path_of(entry), body).header("if-match", &etag);
    scene.send(call.key(&key())).await
}

#[tokio::test]
async fn an_answer_is_changed_by_question_and_null_takes_one_out() {
    let scene = Scene::new().await;
    let given = answered(&scene, &json!({"csat": 2, "why": ["slow"], "nps": 6})).await;
    let changed = patch(
        &scene,
        &given,
        &json!({"answers": {"nps": null, "ces": 3}, "contact_allowed": false}),
    )
    .await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let changed = changed.json();
    assert_eq!(
        changed["answers"],
        json!({"csat": 2, "why": ["slow"], "ces": 3})
    );
    assert_eq!(
        (&changed["contact_allowed"], &changed["given_at"]),
        (&json!(false), &given["given_at"])
    );
    assert!(changed["edited_at"].is_string());
    assert_ne!(changed["etag"], given["etag"]);
    let better = patch(&scene, &changed, &json!({"answers": {"csat": 5}}))
        .await
        .json();
    assert_eq!(
        better["answers"],
        json!({"csat": 5, "ces": 3}),
        "what is asked no more goes"
    );
}

#[tokio::test]
async fn a_change_needs_the_version_that_it_was_made_on() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    let without = Call::patch(&path_of(&given), &json!({"text": "Light."})).key(&key());
    assert_eq!(scene.send(without).await.problem(), "precondition-required");
    let changed = patch(&scene, &given, &json!({"text": "Light."})).await;
    assert_eq!(
        changed.header("etag"),
        format!("\"{}\"", changed.json()["etag"].as_str().unwrap())
    );
    let stale = patch(&scene, &given, &json!({"text": "Grey."})).await;
    assert_eq!(stale.problem(), "precondition-failed");
    assert_eq!(stale.json()["current"], changed.json());
    let same = patch(&scene, &changed.json(), &json!({"text": " Light. "})).await;
    assert_eq!(
        same.json(),
        changed.json(),
        "what changes nothing is no version"
    );
}

#[tokio::test]
async fn what_cannot_be_changed_is_refused_by_name() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    let cases = [
        (json!({"text": null}), "/text", "required"),
        (json!({"kind": "complaint"}), "/kind", "not_offered"),
        (json!({"status": "done"}), "/status", "not_offered"),
        (json!({"answers": {"csat": 5}}), "/answers", "not_offered"),
        (
            json!({"contact_allowed": "yes"}),
            "/contact_allowed",
            "invalid_format",
        ),
    ];
    for (body, pointer, code) in cases {
        assert_eq!(
            refusals(&patch(&scene, &given, &body).await),
            pair(pointer, code),
            "{body}"
        );
    }
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let asked = answered(&other, &json!({"csat": 5})).await;
    let cases = [
        (json!({"text": "Words."}), "/text", "not_offered"),
        (
            json!({"answers": {"csat": null}}),
            "/answers/csat",
            "required",
        ),
        (
            json!({"answers": {"csat": 8}}),
            "/answers/csat",
            "not_offered",
        ),
    ];
    for (body, pointer, code) in cases {
        assert_eq!(
            refusals(&patch(&other, &asked, &body).await),
            pair(pointer, code),
            "{body}"
        );
    }
}

#[tokio::test]
async fn after_its_time_it_is_changed_no_more_but_still_withdrawn() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    scene.api.state.clock.advance(14 * DAY_SECONDS);
    let scene = scene.signed_in_again().await;
    assert_eq!(
        scene.json(&path_of(&given)).await["allowed_actions"],
        json!(["withdraw"])
    );
    let late = patch(&scene, &given, &json!({"text": "Light."})).await;
    assert_eq!(late.problem(), "invalid-state");
    assert_eq!(late.json()["allowed_actions"], json!(["withdraw"]));
    let path = format!("{}/withdraw", path_of(&given));
    assert_eq!(scene.post(&path, &json!({})).await.status, 200);
}

#[tokio::test]
async fn what_is_withdrawn_leaves_nothing_but_that_it_was() {
    let scene = Scene::new().await;
    let given = answered(
        &scene,
        &json!({"csat": 1, "words": "quibbling pettifogger"}),
    )
    .await;
    let path = format!("{}/withdraw", path_of(&given));
    let withdrawn = scene.post(&path, &json!({})).await.json();
    assert_eq!(
        (&withdrawn["status"], &withdrawn["answers"]),
        (&json!("withdrawn"), &json!({}))
    );
    assert_eq!(
        (&withdrawn["questions"], &withdrawn["allowed_actions"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(withdrawn["history"][1]["status"], "withdrawn");
    let ledger = scene.get("/v1/feedback").await;
    assert_eq!(ledger.json()["items"], json!([withdrawn]));
    assert!(!ledger.text().contains("pettifogger"));
    assert_eq!(
        scene.post(&path, &json!({})).await.problem(),
        "invalid-state"
    );
    assert_eq!(
        patch(&scene, &withdrawn, &json!({"contact_allowed": true}))
            .await
            .problem(),
        "invalid-state"
    );
    let again =
        json!({"request_id": given["request_id"], "answers": {"csat": 5}, "contact_allowed": true});
    let again = scene.post("/v1/feedback", &again).await;
    assert_eq!(
        (again.problem().as_str(), &again.json()["existing_id"]),
        ("duplicate-active-request", &given["id"])
    );
}

#[tokio::test]
async fn of_parallel_changes_on_one_version_exactly_one_wins() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    let tasks: Vec<_> = (0..20)
        .map(|at| {
            let (scene, given) = (scene.clone(), given.clone());
            let body = json!({ "text": format!("Number {at}.") });
            tokio::spawn(async move { patch(&scene, &given, &body).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            answer if answer.status == 200 => won += 1,
            answer => assert_eq!(answer.problem(), "precondition-failed"),
        }
    }
    assert_eq!(won, 1);
}
