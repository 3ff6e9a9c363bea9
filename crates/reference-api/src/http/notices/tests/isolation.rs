//! What another customer was told is not there.

use super::*;

#[tokio::test]
async fn anothers_notice_answers_as_one_that_does_not_exist() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    scene
        .tell(&told("how", "check_in", "low", "check_ins"))
        .await;
    let notice = scene.only_notice().await;
    assert!(other.titles("current").await.is_empty());
    assert_eq!(other.json("/v1/overview").await["notices_count"], 0);
    let acts = [
        ("dismiss", json!({})),
        ("restore", json!({})),
        ("snooze", json!({ "until": ahead(HOUR) })),
        ("answer", json!({ "answer": "well" })),
    ];
    for (act, body) in acts {
        let foreign = other.act(&notice, act, &body).await;
        let nowhere = other.act(&json!({ "id": "ntc_0" }), act, &body).await;
        let no_id = other.act(&json!({ "id": "a%2Fb" }), act, &body).await;
        for answer in [foreign, nowhere, no_id] {
            assert_eq!(
                (answer.status.as_u16(), answer.problem().as_str()),
                (404, "not-found"),
                "{act}"
            );
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    assert_eq!(scene.only_notice().await, notice);
}

#[tokio::test]
async fn a_place_in_one_customers_list_is_no_place_in_anothers() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    for key in ["a", "b"] {
        scene.tell(&outage(key)).await;
    }
    let first = scene.json("/v1/notices?limit=1").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let path = format!("/v1/notices?limit=1&cursor={cursor}");
    assert_eq!(scene.get(&path).await.status, 200);
    assert_eq!(other.get(&path).await.problem(), "validation");
    let elsewhere = format!("/v1/notices?state=put_aside&limit=1&cursor={cursor}");
    assert_eq!(scene.get(&elsewhere).await.problem(), "validation");
}

#[tokio::test]
async fn nobody_is_told_anything_who_is_not_signed_in() {
    let scene = Scene::new().await;
    assert_eq!(
        scene.api.send(Call::get("/v1/notices")).await.problem(),
        "unauthenticated"
    );
    let act = Call::post("/v1/notices/ntc_0/dismiss", &json!({})).key("k");
    assert_eq!(scene.api.send(act).await.problem(), "unauthenticated");
}
