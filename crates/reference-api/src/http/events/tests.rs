mod stream;

use crate::http::Change;
use crate::http::interactions::fixture::{Matter, Scene};
use crate::testing::{Answer, Call};
use axum::http::Method;
use serde_json::json;
use std::future::Future;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

async fn now(scene: &Scene) -> String {
    scene.json("/v1/events").await["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// A poll that waits, begun and listening.
async fn waiting(scene: &Scene, cursor: &str) -> JoinHandle<Answer> {
    let before = scene.api.state.changes.listeners();
    let (poller, path) = (scene.clone(), format!("/v1/events?wait=30&cursor={cursor}"));
    let poll = tokio::spawn(async move { poller.get(&path).await });
    while scene.api.state.changes.listeners() == before {
        tokio::task::yield_now().await;
    }
    poll
}

/// What happens at once, and not when the wait is over.
async fn at_once<T>(happening: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let result = happening.await;
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "the poll waited to its end"
    );
    result
}

#[tokio::test]
async fn who_has_no_place_yet_is_told_what_changed_since_they_began_to_read() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    scene.reply(&id, "long before").await;
    scene.api.state.clock.advance(60);
    scene.reply(&id, "while the screen was on its way").await;
    scene.api.state.clock.advance(3);
    let kinds = |changes: &serde_json::Value| changes["items"].as_array().unwrap().len();
    let told = scene.json("/v1/events?ago=5").await;
    assert_eq!(kinds(&told), 2, "{told}");
    assert_eq!(kinds(&scene.json("/v1/events?ago=2").await), 0);
    assert_eq!(kinds(&scene.json("/v1/events").await), 0);
    let next = told["next_cursor"].as_str().unwrap();
    let after = scene.json(&format!("/v1/events?ago=5&cursor={next}")).await;
    assert_eq!(kinds(&after), 0, "a place says more than a while");
}

#[tokio::test]
async fn changes_come_in_order_from_where_one_asked() {
    let scene = Scene::new().await;
    // The company began it: nobody is asked how it went, which would be a change of its own.
    let matter = Matter {
        direction: "outbound",
        ..Matter::default()
    };
    let id = scene.matter(matter).await;
    scene.reply(&id, "before").await;
    let start = now(&scene).await;
    let nothing = scene.json(&format!("/v1/events?cursor={start}")).await;
    assert_eq!(nothing["items"], json!([]));
    scene.reply(&id, "after").await;
    scene
        .post(&format!("/v1/interactions/{id}/close"), &json!({}))
        .await;
    let changes = scene.json(&format!("/v1/events?cursor={start}")).await;
    let items = changes["items"].as_array().unwrap();
    let kinds: Vec<_> = items
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "message.created",
            "interaction.updated",
            "interaction.updated"
        ]
    );
    assert!(
        items
            .iter()
            .all(|event| event["resource"] == "interaction" && event["id"] == id.as_str())
    );
    assert_eq!(
        items[2]["etag"],
        scene.json(&format!("/v1/interactions/{id}")).await["etag"]
    );
    let next = changes["next_cursor"].as_str().unwrap();
    assert_eq!(
        scene.json(&format!("/v1/events?cursor={next}")).await["items"],
        json!([])
    );
}

#[tokio::test]
async fn a_waiting_poll_returns_at_the_first_change() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let poll = waiting(&scene, &now(&scene).await).await;
    scene.reply(&id, "hello").await;
    let answer = at_once(poll).await.unwrap().json();
    assert_eq!(answer["items"][0]["type"], "message.created");
}

#[tokio::test]
async fn anothers_changes_are_neither_seen_nor_woken_by() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let (mine, theirs) = (
        scene.matter(Matter::default()).await,
        other.matter(Matter::default()).await,
    );
    let start = now(&scene).await;
    let poll = waiting(&scene, &start).await;
    other.reply(&theirs, "hello").await;
    tokio::task::yield_now().await;
    assert!(!poll.is_finished());
    scene.reply(&mine, "hello").await;
    let answer = at_once(poll).await.unwrap().json();
    assert_eq!(answer["items"].as_array().unwrap().len(), 2);
    assert_eq!(
        other
            .get(&format!("/v1/events?cursor={start}"))
            .await
            .problem(),
        "validation"
    );
}

#[tokio::test(start_paused = true)]
async fn a_change_that_has_no_entry_ends_no_wait() {
    let scene = Scene::new().await;
    let start = now(&scene).await;
    let before = tokio::time::Instant::now();
    let poll = waiting(&scene, &start).await;
    // As a change is told of somebody for whom this customer acts, or of a refusal that they are not to hear of.
    let reference = "SELECT id FROM customers LIMIT 1";
    let me = scene
        .api
        .state
        .store
        .read(move |db| Ok(db.query_row(reference, [], |row| row.get(0))?));
    let me = me.await.unwrap();
    scene.api.state.changes.tell(Change::Data(me));
    let answer = poll.await.unwrap().json();
    assert_eq!(answer["items"], json!([]));
    assert_eq!(
        before.elapsed().as_secs(),
        30,
        "nobody learns that there was something"
    );
}

#[tokio::test]
async fn a_session_that_ends_elsewhere_is_told_so() {
    let scene = Scene::new().await;
    let poll = waiting(&scene, &now(&scene).await).await;
    scene.send(Call::new(Method::DELETE, "/v1/session")).await;
    let answer = at_once(poll).await.unwrap().json();
    assert_eq!(answer["items"][0]["type"], "session.ended");
    assert_eq!(scene.get("/v1/events").await.problem(), "unauthenticated");
}

#[tokio::test]
async fn a_server_that_goes_down_lets_go_of_who_waits() {
    let scene = Scene::new().await;
    let start = now(&scene).await;
    let poll = waiting(&scene, &start).await;
    scene.api.state.shutdown.begin();
    let answer = at_once(poll).await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["items"], json!([]));
}

#[tokio::test(start_paused = true)]
async fn a_wait_without_a_change_ends_with_nothing() {
    let scene = Scene::new().await;
    let start = now(&scene).await;
    let before = tokio::time::Instant::now();
    let answer = scene
        .json(&format!("/v1/events?wait=5000&cursor={start}"))
        .await;
    assert_eq!(answer["items"], json!([]));
    assert_eq!(before.elapsed().as_secs(), 30);
}

#[tokio::test]
async fn a_reader_that_fell_behind_looks_for_itself() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let poll = waiting(&scene, &now(&scene).await).await;
    let somebody = "cus_0".to_owned().try_into().unwrap();
    let noise = Change::Data(somebody);
    (0..1000).for_each(|_| scene.api.state.changes.tell(noise.clone()));
    scene.reply(&id, "hello").await;
    assert_eq!(at_once(poll).await.unwrap().status, 200);
}
