//! Answers and what is said unasked.

use super::*;
use crate::testing::Call;

#[tokio::test]
async fn an_answer_stands_in_the_ledger_with_its_questions() {
    let scene = Scene::new().await;
    let given = answered(
        &scene,
        &json!({"csat": 2, "why": ["slow"], "nps": 6, "words": " late "}),
    )
    .await;
    assert_eq!(
        (&given["kind"], &given["status"]),
        (&json!("answer"), &json!("received"))
    );
    assert_eq!(
        given["answers"],
        json!({"csat": 2, "why": ["slow"], "nps": 6, "words": "late"})
    );
    assert_eq!(given["questions"].as_array().unwrap().len(), 5);
    assert_eq!(given["allowed_actions"], json!(["edit", "withdraw"]));
    assert_eq!(given["contact_allowed"], true);
    assert_eq!(given["history"][0]["status"], "received");
    assert_eq!(scene.json(&path_of(&given)).await, given);
    assert_eq!(scene.json("/v1/feedback").await["items"], json!([given]));
    assert!(open_requests(&scene).await.is_empty());
    let about = given["about"]["interaction_id"].as_str().unwrap();
    let interaction = scene.json(&format!("/v1/interactions/{about}")).await;
    assert_eq!(interaction["feedback"]["state"], "given");
    assert_eq!(interaction["feedback"]["feedback_id"], given["id"]);
    let request = format!(
        "/v1/feedback-requests/{}",
        given["request_id"].as_str().unwrap()
    );
    let request = scene.json(&request).await;
    assert_eq!(
        (&request["state"], &request["feedback_id"]),
        (&json!("answered"), &given["id"])
    );
}

#[tokio::test]
async fn what_the_logic_did_not_ask_is_not_kept() {
    let scene = Scene::new().await;
    let given = answered(&scene, &json!({"csat": 5, "why": ["slow"]})).await;
    assert_eq!(given["answers"], json!({"csat": 5}));
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_its_place_and_the_request_stays_open() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    let cases = [
        (json!({}), "/answers/csat", "required"),
        (json!({"csat": 9}), "/answers/csat", "not_offered"),
        (
            json!({"csat": 1, "why": "slow"}),
            "/answers/why",
            "invalid_format",
        ),
        (
            json!({"csat": 5, "favourite": 1}),
            "/answers/favourite",
            "unknown",
        ),
    ];
    for (answers, pointer, code) in cases {
        let refused = scene
            .post("/v1/feedback", &answer_to(&request, &answers))
            .await;
        assert_eq!(refusals(&refused), pair(pointer, code), "{answers}");
    }
    let mut both = answer_to(&request, &json!({"csat": 5}));
    both["text"] = json!("and a word");
    assert_eq!(
        refusals(&scene.post("/v1/feedback", &both).await),
        pair("/text", "not_offered")
    );
    let nowhere = answer_to(&json!({"id": "frq_0"}), &json!({"csat": 5}));
    assert_eq!(
        refusals(&scene.post("/v1/feedback", &nowhere).await),
        pair("/request_id", "unknown")
    );
    assert_eq!(open_requests(&scene).await.len(), 1);
}

#[tokio::test]
async fn something_is_said_unasked_about_a_service_a_matter_or_anything() {
    let scene = Scene::new().await;
    let options = scene.json("/v1/feedback/options").await;
    assert_eq!(
        options["kinds"],
        json!(["compliment", "complaint", "idea", "other"])
    );
    assert_eq!(
        options["services"][2],
        json!({"id": "app", "label": "App and website"})
    );

    let given = said(&scene, &idea()).await;
    assert_eq!(given["about"]["label"], "App and website");
    assert_eq!(given["questions"], json!([]));
    let matter = scene.matter(Matter::default()).await;
    let body = json!({
        "kind": "compliment", "about": {"interaction_id": matter}, "text": "Well done.", "contact_allowed": false
    });
    assert_eq!(said(&scene, &body).await["about"]["label"], "A question");
    let body = json!({ "kind": "other", "text": "Hello!", "contact_allowed": false });
    assert_eq!(
        said(&scene, &body).await["about"],
        json!({
            "kind": "anything", "interaction_id": null, "reference": null, "service_id": null, "label": null, "lang": null
        })
    );
    assert_eq!(
        scene.json("/v1/feedback").await["items"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[tokio::test]
async fn what_is_said_unasked_needs_a_kind_and_words_and_something_that_there_is() {
    let scene = Scene::new().await;
    let long = "x".repeat(4_001);
    let cases = [
        (
            json!({"text": "Hello", "contact_allowed": false}),
            "/kind",
            "required",
        ),
        (
            json!({"kind": "answer", "text": "Hello", "contact_allowed": false}),
            "/kind",
            "not_offered",
        ),
        (
            json!({"kind": "shout", "text": "Hello", "contact_allowed": false}),
            "/kind",
            "not_offered",
        ),
        (
            json!({"kind": "idea", "text": "  ", "contact_allowed": false}),
            "/text",
            "required",
        ),
        (
            json!({"kind": "idea", "text": long, "contact_allowed": false}),
            "/text",
            "too_long",
        ),
        (
            json!({"kind": "idea", "text": "Hello", "about": {"service_id": "gas"}, "contact_allowed": false}),
            "/about/service_id",
            "unknown",
        ),
        (
            json!({"kind": "idea", "text": "Hello", "about": {"interaction_id": "int_0"}, "contact_allowed": false}),
            "/about/interaction_id",
            "unknown",
        ),
        (
            json!({"kind": "idea", "text": "Hello", "answers": {"csat": 5}, "contact_allowed": false}),
            "/answers",
            "not_offered",
        ),
    ];
    for (body, pointer, code) in cases {
        let refused = scene.post("/v1/feedback", &body).await;
        assert_eq!(refusals(&refused), pair(pointer, code), "{body}");
    }
}

#[tokio::test]
async fn the_ledger_is_paged_without_gap_or_repetition_while_it_grows() {
    let scene = Scene::new().await;
    for _ in 0..5 {
        said(&scene, &idea()).await;
    }
    let first = scene.json("/v1/feedback?limit=2").await;
    said(&scene, &idea()).await;
    let mut seen: Vec<String> = crate::http::fixture::ids(&first);
    let mut cursor = first["next_cursor"].clone();
    while let Some(at) = cursor.as_str() {
        let page = scene
            .json(&format!("/v1/feedback?limit=2&cursor={at}"))
            .await;
        seen.extend(crate::http::fixture::ids(&page));
        cursor = page["next_cursor"].clone();
    }
    assert_eq!(seen.len(), 5);
    assert_eq!(
        seen.iter().collect::<std::collections::HashSet<_>>().len(),
        5
    );
}

#[tokio::test]
async fn a_company_without_surveys_takes_nothing_unasked() {
    let api = crate::testing::TestApi::with(|config| {
        config.surveys = std::sync::Arc::default();
    });
    let scene = Scene::on(&api, "maya@example.com").await;
    assert_eq!(scene.json("/v1/feedback/options").await["kinds"], json!([]));
    assert_eq!(
        refusals(&scene.post("/v1/feedback", &idea()).await)[0].0,
        "/kind"
    );
    closed(&scene).await;
    assert!(open_requests(&scene).await.is_empty());
}

#[tokio::test]
async fn the_company_is_told_of_a_complaint_once_and_not_in_its_words() {
    let scene = Scene::new().await;
    let body =
        json!({ "kind": "complaint", "text": "quibbling pettifogger", "contact_allowed": true });
    let key = crate::http::fixture::key();
    for _ in 0..2 {
        let call = Call::post("/v1/feedback", &body).key(&key);
        assert_eq!(scene.send(call).await.status, 201);
    }
    said(&scene, &idea()).await;
    scene.api.state.mailer.flushed().await;
    let mails: Vec<String> = scene
        .api
        .state
        .store
        .read(|db| {
            let mut statement = db.prepare(
                "SELECT body FROM outbox WHERE recipient = 'feedback@lumenfold.example'",
            )?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].contains("pettifogger"));
}
