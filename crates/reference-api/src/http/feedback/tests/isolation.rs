//! What another customer was asked and said is not there.

use super::*;
use crate::http::fixture::key;
use crate::testing::Call;
use axum::http::Method;

fn operations(request: &str, entry: &str) -> Vec<(&'static str, Call)> {
    let (request, entry) = (
        format!("/v1/feedback-requests/{request}"),
        format!("/v1/feedback/{entry}"),
    );
    let post = |path: String| Call::new(Method::POST, &path).key(&key()).json(&json!({}));
    vec![
        ("request", Call::get(&request)),
        ("decline", post(format!("{request}/decline"))),
        ("entry", Call::get(&entry)),
        (
            "change",
            Call::patch(&entry, &json!({"text": "mine"})).header("if-match", "*"),
        ),
        ("withdraw", post(format!("{entry}/withdraw"))),
    ]
}

fn comparable(answer: &Answer) -> (u16, Value) {
    let mut body = answer.json();
    for varying in ["request_id", "instance"] {
        body.as_object_mut().unwrap().remove(varying);
    }
    (answer.status.as_u16(), body)
}

#[tokio::test]
async fn anothers_ids_answer_as_ids_that_do_not_exist() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let request = asked(&other).await;
    let entry = said(
        &other,
        &json!({"kind": "idea", "text": "zebrawood", "contact_allowed": true}),
    )
    .await;
    let (request, entry) = (
        request["id"].as_str().unwrap(),
        entry["id"].as_str().unwrap(),
    );
    let foreign = operations(request, entry);
    let nowhere = operations("frq_0", "fbk_0");
    let no_ids = operations("a%2Fb", "%ff");
    for (((name, foreign), (_, nowhere)), (_, no_ids)) in
        foreign.into_iter().zip(nowhere).zip(no_ids)
    {
        let foreign = comparable(&scene.send(foreign).await);
        assert_eq!(foreign.0, 404, "{name}");
        assert_eq!(foreign, comparable(&scene.send(nowhere).await), "{name}");
        assert_eq!(foreign, comparable(&scene.send(no_ids).await), "{name}");
    }
    let steal = json!({"request_id": request, "answers": {"csat": 1}, "contact_allowed": false});
    assert_eq!(
        refusals(&scene.post("/v1/feedback", &steal).await),
        pair("/request_id", "unknown")
    );
    let matter = other.matter(Matter::default()).await;
    let about = json!({"kind": "idea", "text": "x", "about": {"interaction_id": matter}, "contact_allowed": false});
    assert_eq!(
        refusals(&scene.post("/v1/feedback", &about).await),
        pair("/about/interaction_id", "unknown")
    );
    assert_eq!(open_requests(&other).await.len(), 1);
    assert_eq!(
        other.json(&format!("/v1/feedback/{entry}")).await["status"],
        "received"
    );
}

#[tokio::test]
async fn lists_hold_nothing_of_anothers_and_a_cursor_is_good_for_its_own_list() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    asked(&other).await;
    for _ in 0..2 {
        said(
            &other,
            &json!({"kind": "idea", "text": "zebrawood", "contact_allowed": true}),
        )
        .await;
    }
    for path in [
        "/v1/feedback-requests",
        "/v1/feedback",
        "/v1/improvements",
        "/v1/overview",
    ] {
        let text = scene.get(path).await.text();
        let clean = !text.contains("zebrawood") && !text.contains("frq_") && !text.contains("fbk_");
        assert!(clean, "{path}: {text}");
    }
    let cursor = other.json("/v1/feedback?limit=1").await["next_cursor"].clone();
    let cursor = cursor.as_str().unwrap();
    for path in ["/v1/feedback", "/v1/improvements"] {
        let refused = scene.get(&format!("{path}?cursor={cursor}")).await;
        assert_eq!(
            refusals(&refused),
            pair("?cursor", "invalid_format"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nobody_reaches_anything_without_signing_in_and_nothing_is_kept_on_the_way() {
    let scene = Scene::new().await;
    let mut calls: Vec<Call> = operations("frq_0", "fbk_0")
        .into_iter()
        .map(|(_, call)| call)
        .collect();
    let lists = [
        "/v1/feedback-requests",
        "/v1/feedback",
        "/v1/feedback/options",
        "/v1/improvements",
    ];
    calls.extend(lists.map(Call::get));
    calls.push(Call::post("/v1/feedback", &idea()).key(&key()));
    for call in calls {
        let shown = format!("{call:?}");
        assert_eq!(
            scene.api.send(call).await.problem(),
            "unauthenticated",
            "{shown}"
        );
    }
    for path in lists {
        assert_eq!(
            scene.get(path).await.header("cache-control"),
            "no-store",
            "{path}"
        );
    }
}
