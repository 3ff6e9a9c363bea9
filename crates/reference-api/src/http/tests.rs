//! What holds for every operation, from outside.

use crate::testing::{Call, TestApi};
use axum::http::{Method, StatusCode};
use serde_json::json;

mod idempotency;
mod logs;
mod meanwhile;
mod origin;
mod pace;

const MAYA: &str = "maya@example.com";

#[tokio::test]
async fn every_answer_is_private_and_has_an_id() {
    let api = TestApi::new();
    for path in ["/v1/session", "/v1/capabilities", "/v1/me", "/v1/nothing"] {
        let answer = api.send(Call::get(path)).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
    }
}

#[tokio::test]
async fn a_problem_says_where_and_under_which_id() {
    let api = TestApi::new();
    let answer = api
        .send(Call::get("/v1/me").header("x-request-id", "from-the-proxy-1"))
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["instance"], "/v1/me");
    assert_eq!(problem["request_id"], "from-the-proxy-1");
    assert_eq!(answer.header("x-request-id"), "from-the-proxy-1");
    let doubtful = api
        .send(Call::get("/v1/me").header("x-request-id", "a b\"c<script>"))
        .await;
    assert_eq!(doubtful.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems_too() {
    let api = TestApi::new();
    for path in ["/v1", "/v1/", "/v1/nothing", "/v1/me/else"] {
        let answer = api.send(Call::get(path)).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (StatusCode::NOT_FOUND, "not-found"),
            "{path}"
        );
    }
    let answer = api.send(Call::new(Method::PUT, "/v1/me")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(
        answer.header("allow").contains("PATCH"),
        "{:?}",
        answer.headers
    );
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_said_to_be_so() {
    let api = TestApi::with(|config| config.limits.json_bytes = 100);
    let post =
        |bytes: &str| Call::post("/v1/session/email", &json!({})).bytes(bytes.as_bytes().to_vec());
    let broken = api.send(post("{\"email\": ")).await;
    assert_eq!(broken.problem(), "malformed");
    assert!(
        broken.json()["detail"].as_str().unwrap().contains("EOF"),
        "{}",
        broken.text()
    );
    assert_eq!(api.send(post("{}")).await.problem(), "malformed");
    let large = api
        .send(post(&format!("{{\"email\": \"{}\"}}", "x".repeat(100))))
        .await;
    assert_eq!(large.problem(), "payload-too-large");
    assert_eq!(large.json()["limit_bytes"], 100);
    let xml = api
        .send(post("<a/>").header("content-type", "application/xml"))
        .await;
    assert_eq!(xml.problem(), "unsupported-media-type");
}

#[tokio::test]
async fn answers_are_compressed_for_who_asks() {
    let api = TestApi::new();
    let answer = api
        .send(Call::get("/v1/capabilities").header("accept-encoding", "gzip, br"))
        .await;
    assert_eq!(answer.header("content-encoding"), "br");
    let plain = api.send(Call::get("/v1/capabilities")).await;
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.json()["contract_version"], "1.0");
}

#[tokio::test]
async fn the_health_check_asks_the_database() {
    let api = TestApi::new();
    let answer = api.send(Call::get("/healthz")).await;
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (StatusCode::OK, "ok\n")
    );
}

#[tokio::test]
async fn a_server_without_a_portal_has_none() {
    let api = TestApi::new();
    for path in ["/", "/index.html", "/dev", "/dev/outbox"] {
        assert_eq!(
            api.send(Call::get(path)).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}
