use super::{MAYA, api_with_maya, wrong};
use crate::testing::{Call, TestApi};
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn start(api: &TestApi, cookie: &str) -> Value {
    let answer = api
        .send(Call::post("/v1/session/step-up", &json!({})).cookie(cookie))
        .await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    answer.json()
}

fn confirm(challenge: &Value, code: &str, cookie: &str) -> Call {
    let body = json!({ "challenge_id": challenge["id"], "code": code });
    Call::post("/v1/session/step-up/confirm", &body).cookie(cookie)
}

#[tokio::test]
async fn a_fresh_proof_moves_the_time_and_the_token() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    api.state.clock.advance(600);
    let challenge = start(&api, &cookie).await;
    let code = api.latest_code(MAYA).await.unwrap();
    let proven = api.send(confirm(&challenge, &code, &cookie)).await;
    assert_eq!(proven.json()["auth_time"], "2026-03-04T05:16:07Z");
    assert_ne!(proven.cookie(), cookie);
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie))
            .await
            .problem(),
        "unauthenticated"
    );
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&proven.cookie()))
            .await
            .status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_wrong_code_proves_nothing() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    let challenge = start(&api, &cookie).await;
    let code = api.latest_code(MAYA).await.unwrap();
    let refused = api.send(confirm(&challenge, &wrong(&code), &cookie)).await;
    assert_eq!(refused.json()["attempts_left"], 4);
    assert_eq!(refused.cookie(), "");
}

#[tokio::test]
async fn the_code_of_one_session_is_of_no_use_to_another_nor_to_sign_in() {
    let api = api_with_maya().await;
    let first = api.sign_in(MAYA).await;
    api.state.clock.advance(31);
    let second = api.sign_in(MAYA).await;
    let challenge = start(&api, &first).await;
    let code = api.latest_code(MAYA).await.unwrap();
    assert_eq!(
        api.send(confirm(&challenge, &code, &second))
            .await
            .problem(),
        "verification-failed"
    );
    let body = json!({ "challenge_id": challenge["id"], "code": code });
    let sign_in = api
        .send(Call::post("/v1/session/email/confirm", &body))
        .await;
    assert_eq!(sign_in.problem(), "verification-failed");
    assert_eq!(
        api.send(confirm(&challenge, &code, &first)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn nobody_can_step_up_without_a_session() {
    let api = api_with_maya().await;
    let answer = api
        .send(Call::post("/v1/session/step-up", &json!({})))
        .await;
    assert_eq!(answer.problem(), "unauthenticated");
}

#[tokio::test]
async fn an_old_proof_is_refused_with_the_header_that_says_so() {
    use crate::http::{ApiError, CurrentCustomer, SessionId};
    use crate::store::time::Moment;
    use portal_contract::session::Scope;
    let customer = CurrentCustomer {
        id: String::from("cus_x").try_into().unwrap(),
        auth_time: Moment::from_millis(0),
        session_id: SessionId(1),
        locale: None,
        record_locale: None,
        time_zone: None,
        display_name: String::new(),
        scopes: vec![Scope::StepUp],
    };
    assert!(
        customer
            .require_fresh_proof(300, Moment::from_millis(300_000))
            .is_ok()
    );
    let error: ApiError = customer
        .require_fresh_proof(300, Moment::from_millis(300_001))
        .unwrap_err();
    let response = axum::response::IntoResponse::into_response(error);
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let header = response.headers()["www-authenticate"].to_str().unwrap();
    assert!(
        header.contains("insufficient_user_authentication") && header.contains("max_age=\"300\""),
        "{header}"
    );
}
