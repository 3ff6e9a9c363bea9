//! Out and back.

use super::provider::{CLIENT, Provider, SECRET, seconds};
use super::{api_of, back, back_with, cookies, in_by, out, problem, set};
use crate::testing::Call;
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openidconnect::url::form_urlencoded;
use serde_json::json;
use sha2::{Digest, Sha256};

#[tokio::test]
async fn a_customer_comes_in_and_to_where_they_wanted_to_go() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let way = out(
        &api,
        &provider,
        "next=%2Fportal%2Fdata%3Fa%3Db&ui_locales=de",
        "",
    )
    .await;
    assert_eq!(way.query["response_type"], "code");
    assert_eq!(way.query["client_id"], CLIENT);
    assert_eq!(way.query["scope"], "openid");
    assert_eq!(way.query["ui_locales"], "de");
    assert_eq!(way.query["code_challenge_method"], "S256");
    assert_eq!(way.query["max_age"], "43200");
    assert!(!way.query.contains_key("prompt"));
    assert_eq!(
        way.query["redirect_uri"],
        "https://help.example.com/v1/session/company/callback"
    );
    let answer = back(&api, &provider, &way).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/portal/data?a=b");
    assert_eq!(answer.header("cache-control"), "no-store");
    // The way is over: its cookie goes, and that of the session is strict as ever.
    let set_all = cookies(&answer);
    assert!(
        set_all
            .iter()
            .any(|line| line.starts_with("__Host-sign-in-") && line.contains("Max-Age=0"))
    );
    let session = set_all
        .iter()
        .find(|line| line.starts_with("__Host-session="))
        .unwrap();
    assert!(session.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
    let who = api
        .send(Call::get("/v1/session").cookie(&set(&answer, "__Host-session=")))
        .await;
    assert_eq!(who.json()["customer"]["display_name"], "C-1");
}

#[tokio::test]
async fn the_way_has_a_lax_cookie_and_the_code_its_verifier() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let started = api.send(Call::get("/v1/session/company")).await;
    let line = cookies(&started).remove(0);
    assert!(
        line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"),
        "{line}"
    );
    let way = out(&api, &provider, "", "").await;
    back(&api, &provider, &way).await;
    let asked = provider.now();
    let form: Vec<(String, String)> = form_urlencoded::parse(asked.asked.as_bytes())
        .into_owned()
        .collect();
    let verifier = &form
        .iter()
        .find(|(name, _)| name == "code_verifier")
        .unwrap()
        .1;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    assert_eq!(way.query["code_challenge"], challenge);
    // Name and secret are escaped before they are joined (RFC 6749, section 2.3.1).
    let told = STANDARD
        .decode(asked.authorization.trim_start_matches("Basic "))
        .unwrap();
    let secret: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    assert_eq!(
        String::from_utf8(told).unwrap(),
        format!("{CLIENT}:{secret}")
    );
}

#[tokio::test]
async fn what_next_names_elsewhere_is_left_alone() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    for next in [
        "https%3A%2F%2Fevil.test%2F",
        "%2F%2Fevil.test",
        "%2F%5Cevil.test",
        "%2Fa%0d%0ab",
    ] {
        let way = out(&api, &provider, &format!("next={next}"), "").await;
        assert_eq!(
            back(&api, &provider, &way).await.header("location"),
            "/portal/"
        );
    }
}

#[tokio::test]
async fn another_browsers_answer_and_a_second_one_sign_nobody_in() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let way = out(&api, &provider, "", "").await;
    let query = format!(
        "state={}&code=good&iss={}",
        way.query["state"], provider.issuer
    );
    let path = format!("/v1/session/company/callback?{query}");
    // A browser that never set out, and one that set out on another way.
    assert_eq!(problem(&api.send(Call::get(&path)).await), "stale");
    let other = out(&api, &provider, "", "").await;
    assert_eq!(
        problem(&api.send(Call::get(&path).cookie(&other.cookie)).await),
        "stale"
    );
    // A cookie of another way under the name of this one.
    let value = other.cookie.split_once('=').unwrap().1;
    let forged = format!("__Host-sign-in-{}={value}", way.query["state"]);
    assert_eq!(
        problem(&api.send(Call::get(&path).cookie(&forged)).await),
        "stale"
    );
    api.state.clock.advance(601);
    assert_eq!(problem(&back(&api, &provider, &way).await), "stale");
    for query in ["", "state=", "state=..%2F", "code=good"] {
        let path = format!("/v1/session/company/callback?{query}");
        assert_eq!(
            problem(&api.send(Call::get(&path)).await),
            "stale",
            "{query}"
        );
    }
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_not_taken() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let way = out(&api, &provider, "", "").await;
    assert_eq!(problem(&back_with(&api, &way, "code=good").await), "failed");
    assert_eq!(
        problem(&back_with(&api, &way, "code=good&iss=https://evil.test").await),
        "failed"
    );
    assert_eq!(
        problem(&back_with(&api, &way, "error=access_denied&iss=https://evil.test").await),
        "failed"
    );
    assert_eq!(provider.now().asked, "", "no code went out");
}

#[tokio::test]
async fn each_refusal_of_the_provider_is_told_apart() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    for (error, told) in [
        ("access_denied", "cancelled"),
        ("login_required", "not_proven"),
        ("unmet_authentication_requirements", "not_proven"),
        ("temporarily_unavailable", "unavailable"),
        ("invalid_scope", "failed"),
        ("%3Cscript%3E", "failed"),
    ] {
        let way = out(&api, &provider, "next=%2Fportal%2Fdata", "").await;
        let query = format!("error={error}&iss={}", provider.issuer);
        let answer = back_with(&api, &way, &query).await;
        assert_eq!(problem(&answer), told);
        assert!(answer.header("location").ends_with("&next=%2Fdata"));
    }
    provider.script(|script| script.refuses = Some(StatusCode::BAD_REQUEST));
    let way = out(&api, &provider, "", "").await;
    assert_eq!(problem(&back(&api, &provider, &way).await), "failed");
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_told_and_comes_back_by_itself() {
    // Nobody listens there, and then somebody who never answers.
    let api = {
        let gone = Provider::start().await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        gone.api(|config| config.issuer = address)
    };
    let answer = api
        .send(Call::get("/v1/session/company?next=%2Fportal%2Fdata"))
        .await;
    assert_eq!(problem(&answer), "unavailable");
    assert!(answer.header("location").ends_with("&next=%2Fdata"));
    let slow = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", slow.local_addr().unwrap());
    let provider = Provider::start().await;
    let api = provider.api(|config| config.issuer = address);
    assert_eq!(
        problem(&api.send(Call::get("/v1/session/company")).await),
        "unavailable"
    );
    // A document of another issuer is not this provider's.
    let api = api_of(&provider).await;
    provider.script(|script| script.metadata = json!({ "issuer": "https://evil.test" }));
    assert_eq!(
        problem(&api.send(Call::get("/v1/session/company")).await),
        "unavailable"
    );
    provider.script(|script| script.metadata = json!({}));
    in_by(&api, &provider).await;
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let first = in_by(&api, &provider).await;
    let way = out(&api, &provider, "", &first).await;
    let mut changes = api.state.changes.listen();
    back(&api, &provider, &way).await;
    assert!(matches!(
        changes.try_recv(),
        Ok(crate::http::Change::SessionEnded(_))
    ));
    let who = api.send(Call::get("/v1/session").cookie(&first)).await;
    assert_eq!(who.json()["state"], "anonymous");
}

#[tokio::test]
async fn the_proof_is_as_old_as_the_provider_says() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let way = out(&api, &provider, "", "").await;
    provider.script(|script| script.claims["auth_time"] = json!(seconds() - 3600));
    let session = set(&back(&api, &provider, &way).await, "__Host-session=");
    let who = api.send(Call::get("/v1/session").cookie(&session)).await;
    let at = who.json()["auth_time"].as_str().unwrap().to_owned();
    assert!(at.starts_with("2026-03-04T04:06:"), "{at}");
}

#[tokio::test]
async fn whoever_signs_out_here_is_led_to_sign_out_there() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let session = in_by(&api, &provider).await;
    let out = api
        .send(Call::new(Method::DELETE, "/v1/session").cookie(&session))
        .await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    let departure = set(&out, "__Host-departure=");
    let path = "/v1/session/company/sign-out";
    let on = api.send(Call::get(path).cookie(&departure)).await;
    let to = openidconnect::url::Url::parse(on.header("location")).unwrap();
    let query: std::collections::HashMap<_, _> = to.query_pairs().into_owned().collect();
    assert!(
        to.as_str()
            .starts_with(&format!("{}/end?", provider.issuer))
    );
    assert_eq!(query["client_id"], CLIENT);
    assert_eq!(query["id_token_hint"].split('.').count(), 3);
    assert_eq!(
        query["post_logout_redirect_uri"],
        "https://help.example.com/v1/session/company/signed-out"
    );
    assert_eq!(query["state"].len(), 32);
    // A second time, another browser, and back again: all come to the portal.
    for call in [
        Call::get(path).cookie(&departure),
        Call::get(path),
        Call::get("/v1/session/company/signed-out?state=x"),
    ] {
        assert_eq!(api.send(call).await.header("location"), "/portal/sign-in");
    }
}

#[tokio::test]
async fn without_a_provider_there_is_no_such_way() {
    let api = crate::testing::TestApi::new();
    for path in ["", "/callback", "/sign-out", "/signed-out"] {
        let answer = api
            .send(Call::get(&format!("/v1/session/company{path}")))
            .await;
        assert_eq!(answer.problem(), "not-found");
    }
    let offered = api.send(Call::get("/v1/capabilities")).await.json();
    assert_eq!(offered["auth"]["login_url"], json!(null));
}

#[tokio::test]
async fn where_only_the_company_signs_in_no_code_is_sent() {
    let provider = Provider::start().await;
    let mut api = api_of(&provider).await;
    let mut config = (*api.state.config).clone();
    config.sign_in_modes = vec![portal_contract::capabilities::AuthMode::Redirect];
    api.state.config = config.into();
    api.router = crate::http::router(api.state.clone());
    let offered = api.send(Call::get("/v1/capabilities")).await.json();
    assert_eq!(offered["auth"]["modes"], json!(["redirect"]));
    assert_eq!(offered["auth"]["step_up"], json!(false));
    let body = json!({ "email": "maya@example.com" });
    let answer = api.send(Call::post("/v1/session/email", &body)).await;
    assert_eq!(answer.problem(), "not-found");
}

#[test]
fn where_to_go_on_is_said_from_where_the_portal_stands() {
    for (base, path, said) in [
        ("", "/data?a=b", "/data?a=b"),
        ("/portal", "/portal/data", "/data"),
        ("/portal", "/portal/", "/"),
        ("/portal", "/portalish", "/portalish"),
    ] {
        assert_eq!(
            crate::http::session::company::within(base, path),
            said,
            "{path}"
        );
    }
}
