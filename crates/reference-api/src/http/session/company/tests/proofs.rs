//! What of a token is believed, and of whom.

use super::provider::{Provider, laid, over, seconds};
use super::{api_of, back, customer, in_by, out, problem, set};
use crate::config::CustomerClaim;
use crate::testing::Call;
use serde_json::{Value, json};

/// What comes of a token with these claims and this header.
async fn told(claims: Value, header: Value) -> String {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let way = out(&api, &provider, "", "").await;
    provider.script(|script| {
        script.claims = laid(script.claims.clone(), &claims);
        script.header = header;
    });
    let answer = back(&api, &provider, &way).await;
    if set(&answer, "__Host-session=").is_empty() {
        problem(&answer)
    } else {
        "in".to_owned()
    }
}

#[tokio::test]
async fn a_token_that_is_wrong_in_any_part_signs_nobody_in() {
    let now = seconds();
    for claims in [
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "iss": "https://evil.test" }),
        json!({ "aud": "another" }),
        json!({ "aud": ["portal", "another"], "azp": "portal" }),
        json!({ "azp": "another" }),
        json!({ "exp": now - 61 }),
        json!({ "iat": now + 120 }),
        json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }),
        json!({ "sub": null }),
    ] {
        assert_eq!(told(claims.clone(), json!({})).await, "failed", "{claims}");
    }
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256", "kid": null }),
        json!({ "alg": "ES256" }),
        json!({ "kid": "unknown" }),
        json!({ "crit": ["b64"] }),
    ] {
        assert_eq!(told(json!({}), header.clone()).await, "failed", "{header}");
    }
}

#[tokio::test]
async fn clocks_may_be_a_minute_apart() {
    let now = seconds();
    assert_eq!(told(json!({ "exp": now - 30 }), json!({})).await, "in");
    assert_eq!(told(json!({ "iat": now + 30 }), json!({})).await, "in");
    assert_eq!(told(json!({ "azp": "portal" }), json!({})).await, "in");
}

#[tokio::test]
async fn keys_that_changed_are_read_anew_and_another_key_is_not_taken() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    in_by(&api, &provider).await;
    provider.script(|script| (script.key, script.named_key) = (1, 1));
    in_by(&api, &provider).await;
    let way = out(&api, &provider, "", "").await;
    provider.script(|script| {
        script.key = 2;
        script.header = json!({ "kid": "key-1" });
    });
    assert_eq!(problem(&back(&api, &provider, &way).await), "failed");
}

#[tokio::test]
async fn whoever_is_no_customer_is_told_so_and_nobody_is_made() {
    let provider = Provider::start().await;
    let api = api_of(&provider).await;
    let way = out(&api, &provider, "", "").await;
    provider.script(|script| script.claims["sub"] = json!("C-9"));
    assert_eq!(
        problem(&back(&api, &provider, &way).await),
        "unknown_customer"
    );
    let count = api.state.store.read(|db| {
        Ok(db.query_row("SELECT count(*) FROM customers", [], |row| {
            row.get::<_, i64>(0)
        })?)
    });
    assert_eq!(count.await.unwrap(), 2);
}

#[tokio::test]
async fn an_address_counts_only_where_the_provider_has_verified_it() {
    let provider = Provider::start().await;
    let api = provider.api(|config| {
        config.customer_claim = CustomerClaim::Email;
        config.scopes = vec!["email".to_owned()];
    });
    customer(&api, "C-1", "maya@example.com").await;
    for (email, verified, comes_in) in [
        ("Maya@Example.com", json!(true), true),
        ("maya@example.com", json!(false), false),
        ("maya@example.com", json!(null), false),
        ("nobody@example.com", json!(true), false),
    ] {
        // In the token, and in the user info where the token says nothing.
        for in_token in [true, false] {
            let way = out(&api, &provider, "", "").await;
            assert_eq!(way.query["scope"], "openid email");
            let said = over(
                json!({ "email": email }),
                &json!({ "email_verified": verified }),
            );
            provider.script(|script| {
                script.user_info = over(json!({ "sub": "C-1" }), &said);
                if in_token {
                    script.claims = laid(script.claims.clone(), &said);
                }
            });
            let answer = back(&api, &provider, &way).await;
            assert_eq!(
                !set(&answer, "__Host-session=").is_empty(),
                comes_in,
                "{email} {verified}"
            );
        }
    }
    let way = out(&api, &provider, "", "").await;
    provider.script(|script| {
        script.user_info =
            json!({ "sub": "C-2", "email": "maya@example.com", "email_verified": true });
    });
    assert_eq!(problem(&back(&api, &provider, &way).await), "failed");
}

#[tokio::test]
async fn customers_may_be_found_by_a_claim_of_the_companys_own() {
    let provider = Provider::start().await;
    let api = provider.api(|config| {
        config.customer_claim = CustomerClaim::Reference("customer_number".to_owned());
    });
    customer(&api, "4711", "maya@example.com").await;
    for number in [json!("4711"), json!(4711)] {
        let way = out(&api, &provider, "", "").await;
        provider.script(|script| script.claims["customer_number"] = number);
        let answer = back(&api, &provider, &way).await;
        assert!(!set(&answer, "__Host-session=").is_empty());
    }
}

/// What comes of a fresh proof of a session of C-1: the problem, or nothing.
async fn proven_anew(claims: Value, acr_values: &[&str]) -> String {
    let provider = Provider::start().await;
    let acr_values: Vec<String> = acr_values.iter().map(|one| (*one).to_owned()).collect();
    let api = provider.api(|config| config.acr_values = acr_values.clone());
    customer(&api, "C-1", "maya@example.com").await;
    customer(&api, "C-2", "jonas@example.com").await;
    let session = in_by(&api, &provider).await;
    api.state.clock.advance(900);
    let way = out(&api, &provider, "max_age=0&next=%2Fportal%2Fdata", &session).await;
    assert_eq!(
        (&*way.query["max_age"], &*way.query["prompt"]),
        ("0", "login")
    );
    assert_eq!(
        way.query.get("acr_values").cloned().unwrap_or_default(),
        acr_values.join(" ")
    );
    provider.script(|script| script.claims = laid(script.claims.clone(), &claims));
    let answer = back(&api, &provider, &way).await;
    let fresh = set(&answer, "__Host-session=");
    if fresh.is_empty() {
        // The session stands as it stood.
        let who = api
            .send(Call::get("/v1/session").cookie(&session))
            .await
            .json();
        assert_eq!(
            who["auth_time"].as_str().unwrap().get(..16),
            Some("2026-03-04T05:06")
        );
        return problem(&answer);
    }
    assert_eq!(answer.header("location"), "/portal/data");
    let who = api
        .send(Call::get("/v1/session").cookie(&fresh))
        .await
        .json();
    assert!(who["auth_time"].as_str().unwrap() > "2026-03-04T05:20:00Z");
    let before = api
        .send(Call::get("/v1/session").cookie(&session))
        .await
        .json();
    assert_eq!(before["state"], "anonymous", "the token is a fresh one");
    String::new()
}

#[tokio::test]
async fn a_fresh_proof_is_one_that_was_given_on_this_way_by_this_customer() {
    let now = seconds();
    assert_eq!(proven_anew(json!({}), &[]).await, "");
    assert_eq!(
        proven_anew(json!({ "auth_time": now - 120 }), &[]).await,
        "not_proven"
    );
    assert_eq!(
        proven_anew(json!({ "auth_time": null }), &[]).await,
        "not_proven"
    );
    assert_eq!(
        proven_anew(json!({ "sub": "C-2" }), &[]).await,
        "other_customer"
    );
    assert_eq!(
        proven_anew(json!({ "sub": "C-9" }), &[]).await,
        "unknown_customer"
    );
}

#[tokio::test]
async fn a_fresh_proof_is_as_strong_as_the_company_wants_it() {
    let wanted = ["urn:example:strong", "urn:example:stronger"];
    assert_eq!(
        proven_anew(json!({ "acr": "urn:example:stronger" }), &wanted).await,
        ""
    );
    assert_eq!(
        proven_anew(json!({ "acr": "urn:example:weak" }), &wanted).await,
        "not_proven"
    );
    assert_eq!(proven_anew(json!({}), &wanted).await, "not_proven");
}
