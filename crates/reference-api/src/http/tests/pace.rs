//! Requests that come slowly.

use crate::testing::{Answer, Call, TestApi};
use axum::body::{Body, Bytes};
use futures_util::stream::{self, StreamExt};
use http_body_util::BodyExt;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tower::ServiceExt;

const WISH: &str = r#"{"email":"maya@example.com"}"#;

/// Sends a body as these pieces, each after so long.
async fn send(pieces: Vec<(Duration, String)>, then_stalls: bool) -> Answer {
    let pieces = stream::iter(pieces).then(|(after, piece)| async move {
        tokio::time::sleep(after).await;
        Ok::<_, Infallible>(Bytes::from(piece))
    });
    let body = if then_stalls {
        Body::from_stream(pieces.chain(stream::pending()))
    } else {
        Body::from_stream(pieces)
    };
    let call = Call::post("/v1/session/email", &json!({})).into_request();
    let answer = TestApi::new().router.oneshot(call.map(|_| body)).await;
    let (parts, body) = answer.unwrap_or_else(|never| match never {}).into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

#[tokio::test(start_paused = true)]
async fn half_a_body_is_waited_for_half_a_minute() {
    let begun = tokio::time::Instant::now();
    let answer = send(vec![(Duration::ZERO, WISH[..10].to_owned())], true).await;
    assert_eq!(answer.status, 408);
    assert_eq!(answer.problem(), "about:blank");
    assert_eq!(begun.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn a_byte_now_and_then_is_no_body_that_comes() {
    let begun = tokio::time::Instant::now();
    let drops = vec![(Duration::from_secs(2), " ".to_owned()); 1000];
    assert_eq!(send(drops, false).await.status, 408);
    assert_eq!(begun.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn a_weak_connection_has_the_time_it_needs() {
    let begun = tokio::time::Instant::now();
    let mut pieces = vec![(Duration::from_secs(10), " ".repeat(20 * 1024)); 20];
    pieces.push((Duration::from_secs(10), WISH.to_owned()));
    assert_eq!(send(pieces, false).await.status, 202);
    assert!(begun.elapsed().as_secs() >= 210);
}

#[tokio::test(start_paused = true)]
async fn what_came_at_once_buys_no_hours() {
    let begun = tokio::time::Instant::now();
    let answer = send(vec![(Duration::ZERO, " ".repeat(3 << 20))], true).await;
    assert_eq!(answer.status, 408);
    assert_eq!(begun.elapsed().as_secs(), 120);
}
