//! Requests that another site makes the browser send.

use super::MAYA;
use crate::testing::{Answer, Call, TestApi};
use axum::http::{Method, StatusCode};
use serde_json::json;

async fn signed_in(api: &TestApi) -> String {
    api.customer(MAYA, "Maya").await;
    api.sign_in(MAYA).await
}

fn change() -> Call {
    Call::patch("/v1/me", &json!({ "pronouns": "they" })).header("if-match", "*")
}

fn assert_refused(answer: &Answer, why: &str) {
    assert_eq!(
        answer.status,
        StatusCode::FORBIDDEN,
        "{why}: {}",
        answer.text()
    );
    assert_eq!(answer.json()["required_scope"], "same-origin", "{why}");
}

#[tokio::test]
async fn a_foreign_page_changes_nothing() {
    let api = TestApi::new();
    let cookie = signed_in(&api).await;
    let call = || change().cookie(&cookie);
    let attacks = [
        ("no header", call().without("x-portal-csrf")),
        ("another value", call().header("x-portal-csrf", "0")),
        ("cross-site", call().header("sec-fetch-site", "cross-site")),
        (
            "a neighbour's host",
            call().header("sec-fetch-site", "same-site"),
        ),
        (
            "typed into the bar",
            call().header("sec-fetch-site", "none"),
        ),
        (
            "a foreign origin",
            call()
                .header("host", "help.example")
                .header("origin", "https://evil.example"),
        ),
        (
            "no origin at all",
            call()
                .header("host", "help.example")
                .header("origin", "null"),
        ),
        ("text/plain", call().header("content-type", "text/plain")),
        (
            "a form",
            call().header("content-type", "application/x-www-form-urlencoded"),
        ),
        (
            "a form with files",
            call().header("content-type", "multipart/form-data; boundary=x"),
        ),
        (
            "a password in the address",
            call()
                .without("x-portal-csrf")
                .header("authorization", "Basic YTpi"),
        ),
        (
            "a bearer beside the cookie",
            call()
                .without("x-portal-csrf")
                .header("authorization", "Bearer x"),
        ),
    ];
    for (why, attack) in attacks {
        assert_refused(&api.send(attack).await, why);
    }
    let me = api.send(Call::get("/v1/me").cookie(&cookie)).await.json();
    assert_eq!(me["etag"], "me-1");
}

#[tokio::test]
async fn the_portals_own_requests_pass() {
    let api = TestApi::with(|config| config.allowed_origins = vec!["https://other.example".into()]);
    let cookie = signed_in(&api).await;
    let call = || change().cookie(&cookie);
    let friends = [
        call(),
        call()
            .header("sec-fetch-site", "same-origin")
            .header("origin", "http://localhost:8080"),
        call()
            .header("host", "help.example")
            .header("origin", "https://help.example"),
        call()
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://other.example"),
    ];
    for friend in friends {
        assert_eq!(api.send(friend).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_foreign_page_signs_nobody_in_and_nobody_out() {
    let api = TestApi::new();
    let cookie = signed_in(&api).await;
    let out = Call::new(Method::DELETE, "/v1/session")
        .cookie(&cookie)
        .without("x-portal-csrf");
    assert_refused(&api.send(out).await, "sign-out");
    let body = json!({ "email": MAYA });
    assert_refused(
        &api.send(Call::post("/v1/session/email", &body).without("x-portal-csrf"))
            .await,
        "sign-in",
    );
    let with_password = Call::post("/v1/session/email", &body)
        .without("x-portal-csrf")
        .header("authorization", "Basic YTpi");
    assert_refused(&api.send(with_password).await, "sign-in with a password");
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn other_origins_read_nothing_unless_the_configuration_names_them() {
    let closed = TestApi::new();
    let asked = Call::get("/v1/session").header("origin", "https://other.example");
    let answer = closed.send(asked.clone()).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    let open =
        TestApi::with(|config| config.allowed_origins = vec!["https://other.example".into()]);
    let answer = open.send(asked).await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://other.example"
    );
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    let foreign = open
        .send(Call::get("/v1/session").header("origin", "https://evil.example"))
        .await;
    assert_eq!(foreign.header("access-control-allow-origin"), "");
    let preflight = Call::new(Method::OPTIONS, "/v1/me")
        .header("origin", "https://other.example")
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "x-portal-csrf,if-match");
    let answer = open.send(preflight).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer
            .header("access-control-allow-headers")
            .contains("if-match")
    );
    assert!(
        answer
            .header("access-control-allow-headers")
            .contains("authorization")
    );
}
