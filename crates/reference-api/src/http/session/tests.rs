//! Sign-in, from outside.

use crate::testing::{Answer, Call, TestApi};
use axum::http::StatusCode;
use serde_json::{Value, json};

mod cookies;
mod limits;
mod lockout;
mod step_up;
mod timing;

const MAYA: &str = "maya@example.com";
const NOBODY: &str = "nobody@example.com";

async fn api_with_maya() -> TestApi {
    let api = TestApi::new();
    api.customer(MAYA, "Maya").await;
    api
}

async fn start(api: &TestApi, address: &str) -> Answer {
    api.send(Call::post(
        "/v1/session/email",
        &json!({ "email": address }),
    ))
    .await
}

async fn confirm(api: &TestApi, challenge: &Value, code: &str) -> Answer {
    let body = json!({ "challenge_id": challenge["id"], "code": code });
    api.send(Call::post("/v1/session/email/confirm", &body))
        .await
}

/// A code that is not this one.
fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[tokio::test]
async fn nobody_is_an_answer() {
    let api = TestApi::new();
    let answer = api
        .send(Call::get("/v1/session").header("sec-gpc", "1"))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let expected = json!({
        "state": "anonymous", "mode": null, "scopes": [], "customer": null, "subject": null, "auth_time": null,
        "expires_at": null, "signals": { "gpc": true },
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn a_code_signs_in_and_says_who() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    let session = api
        .send(Call::get("/v1/session").cookie(&cookie))
        .await
        .json();
    assert_eq!(session["state"], "authenticated");
    assert_eq!(session["customer"]["display_name"], "Maya");
    assert_eq!(session["auth_time"], "2026-03-04T05:06:07Z");
    assert_eq!(session["expires_at"], "2026-03-04T06:06:07Z");
    assert_eq!(session["subject"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn the_mark_of_a_customer_is_the_same_at_every_sign_in() {
    let api = api_with_maya().await;
    api.customer("jonas@example.com", "Jonas").await;
    let mut marks = Vec::new();
    for address in [MAYA, "jonas@example.com", MAYA] {
        let cookie = api.sign_in(address).await;
        api.state.clock.advance(31);
        marks.push(
            api.send(Call::get("/v1/session").cookie(&cookie))
                .await
                .json()["subject"]
                .clone(),
        );
    }
    assert_eq!(marks[0], marks[2]);
    assert_ne!(marks[0], marks[1]);
}

#[tokio::test]
async fn an_address_is_the_same_however_it_is_typed() {
    let api = api_with_maya().await;
    let started = start(&api, "  Maya@EXAMPLE.com ").await.json();
    let code = api
        .latest_code(MAYA)
        .await
        .expect("mail goes to the address as the customer wrote it");
    assert_eq!(confirm(&api, &started, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_address_is_refused_at_its_field() {
    let api = TestApi::new();
    for (typed, code) in [
        ("", "required"),
        ("maya", "invalid_format"),
        (&format!("{}@example.com", "a".repeat(300)), "too_long"),
    ] {
        let answer = start(&api, typed).await;
        assert_eq!(answer.problem(), "validation", "{typed}");
        assert_eq!(answer.json()["errors"][0]["pointer"], "/email");
        assert_eq!(answer.json()["errors"][0]["code"], code, "{typed}");
    }
}

#[tokio::test]
async fn known_and_unknown_addresses_get_the_same_bytes() {
    let api = api_with_maya().await;
    let known = start(&api, MAYA).await;
    let unknown = start(&api, NOBODY).await;
    assert_eq!(
        (known.status, unknown.status),
        (StatusCode::ACCEPTED, StatusCode::ACCEPTED)
    );
    assert_eq!(without_ids(&known), without_ids(&unknown));
    assert_eq!(headers(&known), headers(&unknown));
    // Wrong codes are refused alike, down to the last try and after it.
    for _ in 0..6 {
        let known = confirm(&api, &known.json(), "999999").await;
        let unknown = confirm(&api, &unknown.json(), "999999").await;
        assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(without_ids(&known), without_ids(&unknown));
    }
    api.state.mailer.flushed().await;
    assert_eq!(api.latest_code(NOBODY).await, None);
}

fn without_ids(answer: &Answer) -> Value {
    let mut json = answer.json();
    for id in ["id", "request_id"] {
        if let Some(value) = json.get_mut(id) {
            *value = json!(value.as_str().map(str::len));
        }
    }
    json
}

fn headers(answer: &Answer) -> Vec<String> {
    answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|pair| format!("{pair:?}"))
        .collect()
}

#[tokio::test]
async fn the_right_code_of_an_unknown_address_opens_nothing() {
    let api = TestApi::new();
    let started = start(&api, NOBODY).await.json();
    let id = started["id"].as_str().unwrap().to_owned();
    // The one row whose code we can know: we put it there.
    let hash = api.state.secrets.mac("code", &[id.as_bytes(), b"123456"]);
    api.state
        .store
        .write(move |tx| {
            Ok(tx.execute(
                "UPDATE challenges SET code_hash = ?1 WHERE id = ?2",
                (hash, id),
            )?)
        })
        .await
        .unwrap();
    let answer = confirm(&api, &started, "123456").await;
    assert_eq!(answer.problem(), "verification-failed");
    assert_eq!(answer.cookie(), "");
}

#[tokio::test]
async fn a_code_may_be_typed_with_spaces_and_in_arabic_numerals() {
    let api = api_with_maya().await;
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let arabic: String = code
        .chars()
        .map(|c| char::from_u32(0x0660 + c.to_digit(10).unwrap()).unwrap())
        .collect();
    let typed: String = arabic.chars().flat_map(|c| [c, ' ']).collect();
    assert_eq!(confirm(&api, &started, &typed).await.status, StatusCode::OK);
    let answer = confirm(&api, &started, "12345").await;
    assert_eq!(answer.json()["errors"][0]["pointer"], "/code");
}

#[tokio::test]
async fn tries_run_out_and_the_right_code_comes_too_late() {
    let api = api_with_maya().await;
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    for left in (0..5).rev() {
        let answer = confirm(&api, &started, &wrong(&code)).await;
        assert_eq!(answer.problem(), "verification-failed");
        assert_eq!(answer.json()["attempts_left"], left);
    }
    let late = confirm(&api, &started, &code).await;
    assert_eq!(
        (late.problem().as_str(), &late.json()["attempts_left"]),
        ("verification-failed", &json!(0))
    );
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let api = api_with_maya().await;
    let started = start(&api, MAYA).await.json();
    assert_eq!(started["expires_at"], "2026-03-04T05:16:07Z");
    let code = api.latest_code(MAYA).await.unwrap();
    api.state.clock.advance(600);
    assert_eq!(
        confirm(&api, &started, &code).await.problem(),
        "verification-failed"
    );
}

#[tokio::test]
async fn a_code_is_good_once() {
    let api = api_with_maya().await;
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    assert_eq!(confirm(&api, &started, &code).await.status, StatusCode::OK);
    assert_eq!(
        confirm(&api, &started, &code).await.problem(),
        "verification-failed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_tried_many_times_at_once_signs_in_once() {
    let api = api_with_maya().await;
    let started = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let tries = (0..20).map(|_| {
        let (api, started, code) = (api.clone(), started.clone(), code.clone());
        tokio::spawn(async move { confirm(&api, &started, &code).await.status })
    });
    let mut signed_in = 0;
    for one in tries.collect::<Vec<_>>() {
        signed_in += usize::from(one.await.unwrap() == StatusCode::OK);
    }
    assert_eq!(signed_in, 1);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_the_cookie() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    let mut changes = api.state.changes.listen();
    let out = api
        .send(Call::new(axum::http::Method::DELETE, "/v1/session").cookie(&cookie))
        .await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(matches!(
        changes.try_recv(),
        Ok(crate::http::Change::SessionEnded(_))
    ));
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie))
            .await
            .problem(),
        "unauthenticated"
    );
    let again = api
        .send(Call::new(axum::http::Method::DELETE, "/v1/session").cookie(&cookie))
        .await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn codes_and_tokens_are_not_in_the_database() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    let token = cookie.split_once('=').unwrap().1.to_owned();
    let kept: Vec<Vec<u8>> = api
        .state
        .store
        .read(|db| {
            let mut rows = db.prepare(
                "SELECT code_hash FROM challenges UNION ALL SELECT token_hash FROM sessions",
            )?;
            Ok(rows
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    assert_eq!(kept.len(), 2);
    for hash in kept {
        assert_eq!(hash.len(), 32);
        assert_ne!(crate::secrets::hex(&hash), token);
    }
}
