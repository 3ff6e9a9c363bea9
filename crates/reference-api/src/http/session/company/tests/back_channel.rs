//! The provider says that somebody has signed out there.

use super::provider::{Provider, laid, over, seconds};
use super::{api_of, back, out, set};
use crate::http::Change;
use crate::testing::{Answer, Call, TestApi};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

fn claims(provider: &Provider, more: &Value) -> Value {
    let now = seconds();
    let right = json!({
        "iss": provider.issuer, "aud": "portal", "iat": now, "exp": now + 120, "jti": format!("{more}{now}"),
        "events": { EVENT: {} },
    });
    over(right, more)
}

async fn tell(api: &TestApi, token: &str) -> Answer {
    let form = format!("logout_token={token}");
    let call = Call::new(Method::POST, "/v1/session/company/backchannel-logout")
        .without("x-portal-csrf")
        .header("content-type", "application/x-www-form-urlencoded")
        .bytes(form.into_bytes());
    api.send(call).await
}

async fn in_as(api: &TestApi, provider: &Provider, sub: &str, sid: &str) -> String {
    let way = out(api, provider, "", "").await;
    provider.script(|script| {
        script.claims = laid(script.claims.clone(), &json!({ "sub": sub, "sid": sid }));
    });
    let session = set(&back(api, provider, &way).await, "__Host-session=");
    assert!(!session.is_empty());
    session
}

async fn is_in(api: &TestApi, session: &str) -> bool {
    let who = api.send(Call::get("/v1/session").cookie(session)).await;
    who.json()["state"] == "authenticated"
}

#[tokio::test]
async fn the_sessions_that_it_names_end_and_their_tabs_hear_of_it() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let phone = in_as(&api, &provider, "C-1", "phone").await;
    let desk = in_as(&api, &provider, "C-1", "desk").await;
    let jonas = in_as(&api, &provider, "C-2", "his").await;
    let mut changes = api.state.changes.listen();
    let named = provider.sign(&claims(&provider, &json!({ "sid": "phone" })));
    let answer = tell(&api, &named).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(matches!(changes.try_recv(), Ok(Change::SessionEnded(_))));
    assert!(!is_in(&api, &phone).await && is_in(&api, &desk).await && is_in(&api, &jonas).await);
    // By the subject alone, all of theirs.
    let again = in_as(&api, &provider, "C-1", "phone").await;
    let all = provider.sign(&claims(&provider, &json!({ "sub": "C-1" })));
    assert_eq!(tell(&api, &all).await.status, StatusCode::OK);
    assert!(!is_in(&api, &again).await && !is_in(&api, &desk).await && is_in(&api, &jonas).await);
    // A session of one and a subject of another: nobody's.
    let mixed = provider.sign(&claims(&provider, &json!({ "sub": "C-1", "sid": "his" })));
    assert_eq!(tell(&api, &mixed).await.status, StatusCode::OK);
    assert!(is_in(&api, &jonas).await);
}

#[tokio::test]
async fn who_signed_in_by_a_code_is_not_the_providers_to_sign_out() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let cookie = api.sign_in("maya@example.com").await;
    let all = provider.sign(&claims(&provider, &json!({ "sub": "C-1" })));
    assert_eq!(tell(&api, &all).await.status, StatusCode::OK);
    assert!(is_in(&api, &cookie).await);
}

#[tokio::test]
async fn one_that_is_wrong_in_any_part_ends_nothing() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let session = in_as(&api, &provider, "C-1", "one").await;
    let now = seconds();
    for more in [
        json!({ "iss": "https://evil.test" }),
        json!({ "aud": "another" }),
        json!({ "aud": ["another"] }),
        json!({ "exp": now - 61 }),
        json!({ "exp": null }),
        json!({ "iat": now - 3600 }),
        json!({ "iat": now + 3600 }),
        json!({ "events": {} }),
        json!({ "events": { EVENT: true } }),
        json!({ "nonce": "one" }),
        json!({ "sub": null }),
        json!({ "jti": null }),
        json!({ "jti": "" }),
    ] {
        let token = provider.sign(&claims(&provider, &laid(json!({ "sub": "C-1" }), &more)));
        let answer = tell(&api, &token).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{more}");
        assert_eq!(answer.json()["error"], "invalid_request");
    }
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "ES256" }),
        json!({ "typ": "at+jwt" }),
        json!({ "crit": ["x"] }),
    ] {
        provider.script(|script| script.header = header.clone());
        let token = provider.sign(&claims(&provider, &json!({ "sub": "C-1" })));
        assert_eq!(
            tell(&api, &token).await.status,
            StatusCode::BAD_REQUEST,
            "{header}"
        );
    }
    provider.script(|script| (script.header, script.key) = (json!({ "kid": "key-0" }), 3));
    let token = provider.sign(&claims(&provider, &json!({ "sub": "C-1" })));
    assert_eq!(tell(&api, &token).await.status, StatusCode::BAD_REQUEST);
    for nonsense in ["", "a.b.c", "a.b", "e30.e30.e30.e30"] {
        assert_eq!(tell(&api, nonsense).await.status, StatusCode::BAD_REQUEST);
    }
    assert!(is_in(&api, &session).await);
}

#[tokio::test]
async fn one_is_good_once() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    provider.script(|script| script.header = json!({ "typ": "logout+jwt" }));
    let token = provider.sign(&claims(&provider, &json!({ "sub": "C-1" })));
    assert_eq!(tell(&api, &token).await.status, StatusCode::OK);
    let second = tell(&api, &token).await;
    assert_eq!(second.status, StatusCode::BAD_REQUEST);
    assert!(
        second.json()["error_description"]
            .as_str()
            .unwrap()
            .contains("jti")
    );
}
