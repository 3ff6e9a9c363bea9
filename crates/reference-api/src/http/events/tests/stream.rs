use super::{Scene, now};
use crate::http::interactions::fixture::{DAY, Matter};
use crate::testing::{Call, TestApi};
use axum::body::Body;
use axum::http::Method;
use axum::http::Response;
use http_body_util::BodyExt;
use serde_json::Value;
use std::time::Duration;
use tower::ServiceExt;

fn call(scene: &Scene, path: &str) -> Call {
    Call::get(path)
        .cookie(&scene.cookie)
        .header("accept", "text/event-stream")
}

async fn open(api: &TestApi, call: Call) -> Response<Body> {
    let answer = api.router.clone().oneshot(call.into_request()).await;
    answer.unwrap_or_else(|never| match never {})
}

/// One block of a stream: what stands between two empty lines.
#[derive(Debug, PartialEq)]
struct Block {
    id: String,
    data: Option<Value>,
    comment: bool,
}

/// The next block; nothing when the stream has ended. Each block is one frame of the body.
async fn next(stream: &mut Response<Body>) -> Option<Block> {
    let frame = stream.body_mut().frame().await?.unwrap();
    let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
    assert!(text.ends_with("\n\n"), "{text:?}");
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    Some(Block {
        id: field("id: ").unwrap().to_owned(),
        data: field("data: ").map(|data| serde_json::from_str(data).unwrap()),
        comment: text.starts_with(':'),
    })
}

async fn kind_of_next(stream: &mut Response<Body>) -> String {
    let data = next(stream).await.unwrap().data.unwrap();
    data["type"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_stream_begins_now_and_tells_each_change_with_its_place() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    scene.reply(&id, "before").await;
    let mut stream = open(&scene.api, call(&scene, "/v1/events")).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["cache-control"], "no-store");
    let begin = next(&mut stream).await.unwrap();
    assert_eq!((begin.data, begin.comment), (None, false));
    scene.reply(&id, "after").await;
    let first = next(&mut stream).await.unwrap();
    let event = first.data.unwrap();
    assert_eq!(event["type"], "message.created");
    assert_eq!(event["id"], id.as_str());
    assert_eq!(kind_of_next(&mut stream).await, "interaction.updated");
    let polled = scene.json(&format!("/v1/events?cursor={}", first.id)).await;
    let kinds: Vec<_> = polled["items"].as_array().unwrap().iter().collect();
    assert_eq!(kinds.len(), 1, "its id is a cursor of the same feed");
}

#[tokio::test]
async fn a_browser_that_comes_back_goes_on_from_its_last_event() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let start = now(&scene).await;
    scene.reply(&id, "while away").await;
    let back = call(&scene, "/v1/events?cursor=passed-over").header("last-event-id", &start);
    let mut stream = open(&scene.api, back).await;
    assert_eq!(next(&mut stream).await.unwrap().data, None);
    assert_eq!(kind_of_next(&mut stream).await, "message.created");
    let refused = open(&scene.api, call(&scene, "/v1/events?cursor=made-up")).await;
    assert_eq!(refused.status(), 422);
}

#[tokio::test]
async fn an_id_that_cannot_be_read_is_told_to_read_everything_again() {
    let scene = Scene::new().await;
    let lost = call(&scene, "/v1/events").header("last-event-id", "of another server");
    let mut stream = open(&scene.api, lost).await;
    next(&mut stream).await;
    assert_eq!(kind_of_next(&mut stream).await, "feed.reset");
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_beats_and_its_beat_moves_the_place() {
    let scene = Scene::new().await;
    let mut stream = open(&scene.api, call(&scene, "/v1/events")).await;
    let begin = next(&mut stream).await.unwrap();
    scene.api.state.clock.advance(60);
    let before = tokio::time::Instant::now();
    let beat = next(&mut stream).await.unwrap();
    assert_eq!(before.elapsed(), Duration::from_secs(15));
    assert!(beat.comment && beat.data.is_none());
    assert_ne!(beat.id, begin.id);
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let scene = Scene::new().await;
    let mut stream = open(&scene.api, call(&scene, "/v1/events")).await;
    next(&mut stream).await;
    scene.send(Call::new(Method::DELETE, "/v1/session")).await;
    assert_eq!(kind_of_next(&mut stream).await, "session.ended");
    assert_eq!(next(&mut stream).await, None);
    let again = open(&scene.api, call(&scene, "/v1/events")).await;
    assert_eq!(again.status(), 401);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_runs_out_under_a_stream_ends_it() {
    let scene = Scene::new().await;
    let mut stream = open(&scene.api, call(&scene, "/v1/events")).await;
    next(&mut stream).await;
    scene.api.state.clock.advance(2 * 60 * 60);
    assert_eq!(kind_of_next(&mut stream).await, "session.ended");
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn a_server_that_goes_down_ends_its_streams() {
    let scene = Scene::new().await;
    let mut stream = open(&scene.api, call(&scene, "/v1/events")).await;
    next(&mut stream).await;
    scene.api.state.shutdown.begin();
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn more_changes_than_one_look_gives_all_come() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let start = now(&scene).await;
    for _ in 0..60 {
        scene.reply(&id, "again").await;
    }
    let mut stream = open(
        &scene.api,
        call(&scene, &format!("/v1/events?cursor={start}")),
    )
    .await;
    next(&mut stream).await;
    for n in 0..120 {
        assert!(next(&mut stream).await.unwrap().data.is_some(), "{n}");
    }
}

#[tokio::test]
async fn who_comes_back_after_a_week_reads_everything_again() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let start = now(&scene).await;
    scene.reply(&id, "long ago").await;
    let week = 7 * DAY / 1000;
    scene.api.state.clock.advance(week);
    let scene = scene.signed_in_again().await;
    let still = scene.json(&format!("/v1/events?cursor={start}")).await;
    assert_eq!(still["items"][0]["type"], "message.created");
    scene.api.state.clock.advance(1);
    let late = scene.json(&format!("/v1/events?cursor={start}")).await;
    assert_eq!(late["items"].as_array().unwrap().len(), 1);
    assert_eq!(late["items"][0]["type"], "feed.reset");
    let next = late["next_cursor"].as_str().unwrap();
    let after = scene.json(&format!("/v1/events?cursor={next}")).await;
    assert_eq!(after["items"].as_array().unwrap().len(), 0);
}
