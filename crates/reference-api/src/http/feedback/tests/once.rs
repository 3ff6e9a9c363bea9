//! One request has one answer, whatever happens on the way.

use super::*;
use crate::http::fixture::key;
use crate::testing::Call;

async fn count(scene: &Scene) -> i64 {
    let counted = scene
        .api
        .state
        .store
        .read(|db| Ok(db.query_row("SELECT count(*) FROM feedback", [], |row| row.get(0))?));
    counted.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_answers_with_different_keys_make_one() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    let tasks: Vec<_> = (0..50_u64)
        .map(|at| {
            let (scene, body) = (
                scene.clone(),
                answer_to(&request, &json!({"csat": 1 + at % 5})),
            );
            tokio::spawn(async move { scene.post("/v1/feedback", &body).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((won.len(), count(&scene).await), (1, 1));
    for refused in lost {
        assert_eq!(
            refused.problem(),
            "duplicate-active-request",
            "{}",
            refused.text()
        );
        assert_eq!(refused.json()["existing_id"], won[0].json()["id"]);
    }
}

#[tokio::test]
async fn an_answer_whose_answer_was_lost_is_the_same_when_it_is_sent_again() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    let body = answer_to(&request, &json!({"csat": 5}));
    let key = key();
    let first = scene
        .send(Call::post("/v1/feedback", &body).key(&key))
        .await;
    let again = scene
        .send(Call::post("/v1/feedback", &body).key(&key))
        .await;
    assert_eq!((first.status, again.status), (again.status, first.status));
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("etag"), first.header("etag"));

    let other = answer_to(&request, &json!({"csat": 4}));
    let reused = scene
        .send(Call::post("/v1/feedback", &other).key(&key))
        .await;
    assert_eq!(reused.problem(), "idempotency-key-reused");
    assert_eq!(count(&scene).await, 1);
}

#[tokio::test]
async fn a_reloaded_page_with_a_new_key_is_led_to_the_answer_that_stands() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    let given = scene
        .post("/v1/feedback", &answer_to(&request, &json!({"csat": 5})))
        .await
        .json();
    let again = scene
        .post("/v1/feedback", &answer_to(&request, &json!({"csat": 1})))
        .await;
    assert_eq!(
        (again.status.as_u16(), again.problem().as_str()),
        (409, "duplicate-active-request")
    );
    assert_eq!(again.json()["existing_id"], given["id"]);
    assert_eq!(
        scene.json(&path_of(&given)).await["answers"],
        json!({"csat": 5})
    );
}

#[tokio::test]
async fn a_refused_answer_can_be_corrected_under_its_key() {
    let scene = Scene::new().await;
    let request = asked(&scene).await;
    let key = key();
    let send = |answers: Value| {
        let call = Call::post("/v1/feedback", &answer_to(&request, &answers)).key(&key);
        scene.send(call)
    };
    assert_eq!(send(json!({"nps": 5})).await.status, 422);
    assert_eq!(send(json!({"csat": 3, "nps": 5})).await.status, 201);
}

#[tokio::test]
async fn what_was_withdrawn_is_not_said_again_by_a_repeated_request() {
    let scene = Scene::new().await;
    let body = json!({ "kind": "idea", "text": "quibbling pettifogger", "contact_allowed": true });
    let key = key();
    let given = scene
        .send(Call::post("/v1/feedback", &body).key(&key))
        .await
        .json();
    let withdraw = format!("{}/withdraw", path_of(&given));
    assert_eq!(scene.post(&withdraw, &json!({})).await.status, 200);
    let again = scene
        .send(Call::post("/v1/feedback", &body).key(&key))
        .await;
    assert_eq!(again.json()["status"], "withdrawn");
    assert_eq!(count(&scene).await, 1);
    let kept: i64 = scene
        .api
        .state
        .store
        .read(|db| {
            let sql = "SELECT (SELECT count(*) FROM feedback WHERE text LIKE '%pettifogger%' OR answers LIKE '%pettifogger%')
                            + (SELECT count(*) FROM idempotency_records WHERE instr(body, CAST('pettifogger' AS BLOB)) > 0)";
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    assert_eq!(kept, 0);
}
