use super::{MAYA, api_with_maya, confirm, start};
use crate::testing::{Call, TestApi};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn over_https_the_cookie_is_as_strict_as_a_cookie_can_be() {
    let api = TestApi::with(|config| config.public_url = Some("https://help.example.com".into()));
    api.customer(MAYA, "Maya").await;
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let answer = confirm(&api, &started, &code).await;
    let (value, flags) = answer.header("set-cookie").split_once("; ").unwrap();
    assert!(value.starts_with("__Host-session=") && value.len() == "__Host-session=".len() + 64);
    assert_eq!(flags, "Path=/; HttpOnly; SameSite=Strict; Secure");
    // A neighbour's cookie of the development name is not taken.
    let other = answer.cookie().replace("__Host-session", "dev-session");
    assert_eq!(
        api.send(Call::get("/v1/session").cookie(&other))
            .await
            .json()["state"],
        "anonymous"
    );
}

#[tokio::test]
async fn on_plain_http_a_development_cookie_stands_in() {
    let api = api_with_maya().await;
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let answer = confirm(&api, &started, &code).await;
    assert!(answer.header("set-cookie").starts_with("dev-session="));
    assert!(
        answer
            .header("set-cookie")
            .ends_with("; Path=/; HttpOnly; SameSite=Strict")
    );
}

#[tokio::test]
async fn signing_in_again_kills_the_session_before() {
    let api = api_with_maya().await;
    let first = api.sign_in(MAYA).await;
    api.state.clock.advance(31);
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let body = json!({ "challenge_id": started["id"], "code": code });
    let second = api
        .send(Call::post("/v1/session/email/confirm", &body).cookie(&first))
        .await
        .cookie();
    assert_ne!(first, second);
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&first)).await.problem(),
        "unauthenticated"
    );
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&second)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_planted_token_is_never_taken_over() {
    let api = api_with_maya().await;
    let planted = format!("dev-session={}", "a".repeat(64));
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let body = json!({ "challenge_id": started["id"], "code": code });
    let answer = api
        .send(Call::post("/v1/session/email/confirm", &body).cookie(&planted))
        .await;
    assert_ne!(answer.cookie(), planted);
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&planted))
            .await
            .problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn an_idle_session_ends_and_a_used_one_goes_on_until_its_end() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    for _ in 0..14 {
        api.state.clock.advance(50 * 60);
        assert_eq!(
            api.send(Call::get("/v1/me").cookie(&cookie)).await.status,
            StatusCode::OK
        );
    }
    let session = api
        .send(Call::get("/v1/session").cookie(&cookie))
        .await
        .json();
    assert_eq!(
        session["expires_at"], "2026-03-04T17:06:07Z",
        "twelve hours after it began"
    );
    api.state.clock.advance(20 * 60);
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie))
            .await
            .problem(),
        "unauthenticated"
    );

    let idle = api.sign_in(MAYA).await;
    api.state.clock.advance(60 * 60);
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&idle)).await.problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn a_page_that_was_left_open_does_not_keep_its_session() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    for _ in 0..3 {
        api.state.clock.advance(15 * 60);
        let poll = api
            .send(Call::get("/v1/events?wait=0").cookie(&cookie))
            .await;
        assert_eq!(poll.status, StatusCode::OK, "{}", poll.text());
    }
    api.state.clock.advance(15 * 60);
    let poll = api
        .send(Call::get("/v1/events?wait=0").cookie(&cookie))
        .await;
    assert_eq!(poll.problem(), "unauthenticated");
}
