//! What happens between the head of a request and the end of its body.

use crate::testing::{Answer, Call, TestApi};
use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use futures_util::stream;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::convert::Infallible;
use tower::ServiceExt;

const WHO: &str = "maya@example.com";
const KEY: &str = "0197f3c2-0000-7000-8000-000000000001";

/// Sends a call of which the last byte of the body comes when its sender has signed out.
async fn send_while_signing_out(api: &TestApi, cookie: &str, call: Call, body: &Value) -> Answer {
    let text = body.to_string();
    let (most, last) = text.split_at(text.len() - 1);
    let (most, last) = (most.to_owned(), last.to_owned());
    let (out, end) = (
        api.clone(),
        Call::new(Method::DELETE, "/v1/session").cookie(cookie),
    );
    let first = stream::iter([Ok::<_, Infallible>(Bytes::from(most))]);
    let rest = stream::once(async move {
        assert_eq!(out.send(end).await.status, StatusCode::NO_CONTENT);
        Ok(Bytes::from(last))
    });
    let body = Body::from_stream(futures_util::StreamExt::chain(first, rest));
    let request = call.cookie(cookie).into_request().map(|_| body);
    let answer = api.router.clone().oneshot(request).await;
    let (parts, body) = answer.unwrap_or_else(|never| match never {}).into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

async fn count(api: &TestApi, sql: &'static str) -> i64 {
    let counted = api
        .state
        .store
        .read(move |db| Ok(db.query_row(sql, [], |row| row.get(0))?));
    counted.await.unwrap()
}

#[tokio::test]
async fn who_signs_out_while_a_body_comes_writes_nothing_with_it() {
    let api = TestApi::new();
    api.customer(WHO, "Maya").await;
    let cookie = api.sign_in(WHO).await;
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let new = json!({ "kind": "access", "scope": scope, "formats": [], "proposed": [] });
    let call = Call::post("/v1/data-requests", &new).key(KEY);
    let answer = send_while_signing_out(&api, &cookie, call, &new).await;
    assert_eq!(answer.problem(), "unauthenticated", "{}", answer.text());
    assert_eq!(count(&api, "SELECT count(*) FROM data_requests").await, 0);
}

#[tokio::test]
async fn who_signs_out_while_a_change_comes_changes_nothing_with_it() {
    let api = TestApi::new();
    api.customer(WHO, "Maya").await;
    let cookie = api.sign_in(WHO).await;
    let me = api.send(Call::get("/v1/me").cookie(&cookie)).await;
    let etag = format!("\"{}\"", me.json()["etag"].as_str().unwrap());
    let change = json!({ "preferred_name": "Mallory" });
    let call = Call::patch("/v1/me", &change).header("if-match", &etag);
    let answer = send_while_signing_out(&api, &cookie, call, &change).await;
    assert_eq!(answer.problem(), "unauthenticated", "{}", answer.text());
    let named = "SELECT count(*) FROM customers WHERE preferred_name = 'Mallory'";
    assert_eq!(count(&api, named).await, 0);
}
