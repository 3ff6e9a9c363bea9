//! Who knows an address cannot lock its owner out, nor guess a code by asking for many.

use super::{MAYA, NOBODY, api_with_maya, wrong};
use crate::testing::{Answer, Call, TestApi};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use serde_json::{Value, json};

const HOUR: i64 = 60 * 60;

async fn ask(api: &TestApi, address: &str, network: u8, cookie: &str) -> Answer {
    let call = Call::post("/v1/session/email", &json!({ "email": address }));
    api.send(call.from([203, 0, 113, network]).cookie(cookie))
        .await
}

/// Signs in, and gives the cookie by which the browser is known from then on.
async fn sign_in_on(api: &TestApi, address: &str, network: u8, cookie: &str) -> String {
    let started = ask(api, address, network, cookie).await;
    assert_eq!(started.status, StatusCode::ACCEPTED, "{}", started.text());
    let code = api.latest_code(address).await.unwrap();
    let confirmed = confirm(api, &started.json(), &code, cookie).await;
    assert_eq!(confirmed.status, StatusCode::OK);
    device_of(&confirmed)
}

async fn confirm(api: &TestApi, challenge: &Value, code: &str, cookie: &str) -> Answer {
    let body = json!({ "challenge_id": challenge["id"], "code": code });
    let call = Call::post("/v1/session/email/confirm", &body);
    api.send(call.cookie(cookie)).await
}

fn device_of(answer: &Answer) -> String {
    let lines = answer.headers.get_all(SET_COOKIE).iter();
    let mut lines = lines.map(|line| line.to_str().unwrap());
    let line = lines.find(|line| line.starts_with("dev-device=")).unwrap();
    assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Strict; Max-Age=15552000"));
    line.split(';').next().unwrap().to_owned()
}

/// Asks from ever new networks until it is refused; gives how many codes came of it.
async fn exhaust(api: &TestApi, address: &str) -> u32 {
    let mut codes = 0;
    for network in 1.. {
        for _ in 0..5 {
            match ask(api, address, network, "").await.status {
                StatusCode::ACCEPTED => codes += 1,
                _ => return codes,
            }
            api.state.clock.advance(31);
        }
    }
    codes
}

#[tokio::test]
async fn strangers_together_get_so_many_codes_a_day_for_an_address_whether_it_exists_or_not() {
    let api = api_with_maya().await;
    for address in [MAYA, NOBODY] {
        assert_eq!(exhaust(&api, address).await, 50, "{address}");
        let refused = ask(&api, address, 200, "").await;
        assert_eq!(refused.problem(), "quota-exceeded", "{address}");
    }
}

#[tokio::test]
async fn who_signed_in_from_a_browser_before_is_not_locked_out_by_strangers() {
    let api = api_with_maya().await;
    let device = sign_in_on(&api, MAYA, 1, "").await;
    exhaust(&api, MAYA).await;
    assert_eq!(ask(&api, MAYA, 1, "").await.problem(), "quota-exceeded");
    let elsewhere = 201;
    sign_in_on(&api, MAYA, elsewhere, &device).await;
}

#[tokio::test]
async fn a_network_that_is_used_up_by_others_does_not_lock_a_known_browser_out() {
    let api = TestApi::with(|config| config.sign_in.codes_per_network = 2);
    api.customer(MAYA, "Maya").await;
    let device = sign_in_on(&api, MAYA, 1, "").await;
    ask(&api, NOBODY, 1, "").await;
    assert_eq!(ask(&api, MAYA, 1, "").await.problem(), "quota-exceeded");
    sign_in_on(&api, MAYA, 1, &device).await;
}

#[tokio::test]
async fn a_browser_is_known_for_its_own_customers_alone() {
    let api = api_with_maya().await;
    api.customer("jonas@example.com", "Jonas").await;
    let jonas = sign_in_on(&api, "jonas@example.com", 1, "").await;
    exhaust(&api, MAYA).await;
    for cookie in [&jonas, &format!("dev-device={}", "a".repeat(64))] {
        assert_eq!(ask(&api, MAYA, 1, cookie).await.problem(), "quota-exceeded");
        assert_eq!(
            ask(&api, NOBODY, 1, cookie).await.status,
            StatusCode::ACCEPTED
        );
    }
}

#[tokio::test]
async fn two_customers_can_share_a_browser_and_a_made_up_mark_is_replaced() {
    let api = api_with_maya().await;
    api.customer("jonas@example.com", "Jonas").await;
    let made_up = format!("dev-device={}", "a".repeat(64));
    let first = sign_in_on(&api, MAYA, 1, &made_up).await;
    assert_ne!(first, made_up);
    let second = sign_in_on(&api, "jonas@example.com", 1, &first).await;
    assert_eq!(first, second);
    exhaust(&api, MAYA).await;
    sign_in_on(&api, MAYA, 1, &second).await;
}

#[tokio::test]
async fn a_browser_is_forgotten_after_half_a_year() {
    let api = api_with_maya().await;
    let device = sign_in_on(&api, MAYA, 1, "").await;
    api.state.clock.advance(180 * 24 * HOUR);
    exhaust(&api, MAYA).await;
    assert_eq!(
        ask(&api, MAYA, 1, &device).await.problem(),
        "quota-exceeded"
    );
}

#[tokio::test]
async fn codes_that_were_used_are_not_counted() {
    let api = api_with_maya().await;
    for _ in 0..12 {
        sign_in_on(&api, MAYA, 1, "").await;
        api.state.clock.advance(31);
    }
}

#[tokio::test]
async fn one_asker_has_twice_the_codes_of_an_hour_in_a_day_and_each_code_five_tries() {
    let api = api_with_maya().await;
    let (mut codes, mut tries) = (0, 0);
    for _ in 0..24 {
        for _ in 0..8 {
            let started = ask(&api, MAYA, 1, "").await;
            if started.status == StatusCode::ACCEPTED {
                codes += 1;
                let guess = wrong(&api.latest_code(MAYA).await.unwrap());
                while confirm(&api, &started.json(), &guess, "").await.json()["attempts_left"] != 0
                {
                    tries += 1;
                }
                tries += 1;
            }
            api.state.clock.advance(HOUR / 8);
        }
    }
    assert_eq!((codes, tries), (10, 50));
}

#[tokio::test]
async fn who_is_signed_in_can_step_up_although_strangers_have_asked_for_too_many_codes() {
    let api = api_with_maya().await;
    let cookie = api.sign_in(MAYA).await;
    exhaust(&api, MAYA).await;
    let step_up = Call::post("/v1/session/step-up", &json!({})).cookie(&cookie);
    let mut started = 0;
    while api.send(step_up.clone()).await.status == StatusCode::ACCEPTED {
        started += 1;
        api.state.clock.advance(31);
    }
    assert_eq!(started, 5);
}
