//! Everything that can be wrong with an assertion: each is refused, by name, and begins no session.

use super::host::{Signer, base64, unbase64};
use super::{JONAS, MAYA, NONCE, Scene};
use crate::embed::LEEWAY_SECONDS;
use crate::testing::{Answer, Call};
use portal_contract::endpoints;
use serde_json::{Value, json};

/// It is refused as nobody's, for this reason, and nothing came of it.
async fn refused(scene: &Scene, answer: &Answer, expected: &str) {
    let detail = answer.json()["detail"].as_str().unwrap_or("").to_owned();
    let told = (answer.status.as_u16(), answer.problem());
    assert_eq!(
        told,
        (401, "unauthenticated".to_owned()),
        "{expected}: {}",
        answer.text()
    );
    assert!(detail.starts_with(expected), "{expected}: {detail}");
    assert_eq!(answer.cookie(), "", "{expected}");
    assert_eq!(answer.header("cache-control"), "no-store", "{expected}");
    assert_eq!(scene.count("sessions").await, 0, "{expected}");
}

/// An assertion with this member changed, or without it.
async fn changed(scene: &Scene, name: &str, value: Value) -> Answer {
    let mut claims = scene.claims(MAYA);
    let members = claims.as_object_mut().unwrap();
    match value {
        Value::Null => drop(members.remove(name)),
        value => drop(members.insert(name.to_owned(), value)),
    }
    scene.claim(&claims).await
}

#[tokio::test]
async fn each_claim_has_to_be_right() {
    let scene = Scene::new().await;
    let (now, beyond) = (scene.now(), scene.now() + LEEWAY_SECONDS + 1);
    let two = json!(["https://help.example.com", "https://other.example"]);
    for (name, value, expected) in [
        (
            "iss",
            json!("https://evil.example"),
            "iss: expected https://www.example.com",
        ),
        ("iss", json!(["https://www.example.com"]), "claims"),
        (
            "aud",
            json!("https://other.example"),
            "aud: expected https://help.example.com alone",
        ),
        ("aud", two, "aud: expected https://help.example.com alone"),
        ("aud", json!([]), "aud"),
        (
            "exp",
            json!(now + 121),
            "exp: expected 1 to 120 seconds after iat",
        ),
        (
            "exp",
            json!(now),
            "exp: expected 1 to 120 seconds after iat",
        ),
        ("exp", json!(now - 60), "exp: expected"),
        ("exp", json!("soon"), "claims"),
        ("exp", json!(-1), "claims"),
        ("exp", json!(1e300), "claims"),
        ("iat", json!(beyond), "iat: lies in the future"),
        ("iat", json!("now"), "claims"),
        ("nbf", json!(beyond), "nbf: lies in the future"),
        (
            "nonce",
            json!("AAAAAAAAAAAAAAAAAAAAAA"),
            "nonce: expected the one",
        ),
        ("nonce", json!(""), "nonce: expected the one"),
        ("jti", json!(""), "jti: expected"),
        ("jti", json!("j".repeat(256)), "jti: expected"),
        ("jti", json!(7), "claims"),
        ("sub", json!(""), "sub: expected"),
        ("sub", json!(1001), "claims"),
        (
            "sub",
            json!("C-9999"),
            "jti, sub: was used before, or is nobody",
        ),
        ("auth_time", json!(beyond), "auth_time: expected"),
        ("auth_time", json!("yesterday"), "claims"),
    ] {
        let answer = changed(&scene, name, value).await;
        refused(&scene, &answer, expected).await;
    }
}

#[tokio::test]
async fn each_claim_has_to_be_there() {
    let scene = Scene::new().await;
    for name in [
        "iss",
        "sub",
        "aud",
        "iat",
        "exp",
        "jti",
        "nonce",
        "auth_time",
    ] {
        let answer = changed(&scene, name, Value::Null).await;
        refused(&scene, &answer, "").await;
        let detail = answer.json()["detail"].to_string();
        assert!(detail.contains(name), "{name}: {detail}");
    }
}

#[tokio::test]
async fn the_clocks_of_the_two_may_differ_a_little() {
    let scene = Scene::new().await;
    let now = scene.now();
    let with = |iat: f64, exp: f64| {
        let mut claims = scene.claims(MAYA);
        (claims["iat"], claims["exp"]) = (json!(iat), json!(exp));
        claims["auth_time"] = json!(now - 900);
        claims
    };
    #[expect(clippy::cast_precision_loss, reason = "seconds are small")]
    let (now, leeway) = (now as f64, LEEWAY_SECONDS as f64);
    for (iat, exp) in [
        (now + leeway, now + 60.0),
        (now - 60.0, now - leeway + 1.0),
        (now, now + 120.0),
        // A moment may have a fraction.
        (now + 0.25, now + 59.75),
    ] {
        let answer = scene.claim(&with(iat, exp)).await;
        assert_eq!(answer.status, 200, "{iat} {exp}: {}", answer.text());
    }
    let late = scene.claim(&with(now - 60.0, now - leeway)).await;
    assert_eq!(
        late.json()["detail"],
        "exp: has passed; is the clock right?"
    );
}

#[tokio::test]
async fn an_assertion_is_good_once() {
    let scene = Scene::new().await;
    let assertion = scene.host.sign(&scene.claims(MAYA));
    assert_eq!(scene.exchange(&assertion).await.status, 200);
    let again = scene.exchange(&assertion).await;
    assert_eq!(again.problem(), "unauthenticated");
    // Nor is another of the same name.
    let mut claims = scene.claims(MAYA);
    claims["jti"] = json!("the same");
    assert_eq!(scene.claim(&claims).await.status, 200);
    claims["sub"] = json!(JONAS);
    assert_eq!(scene.claim(&claims).await.problem(), "unauthenticated");
    assert_eq!(scene.count("sessions").await, 2);
}

#[tokio::test]
async fn of_many_at_once_one_is_taken() {
    let scene = Scene::new().await;
    let assertion = scene.host.sign(&scene.claims(MAYA));
    let tries = (0..20).map(|_| scene.exchange(&assertion));
    let answers = futures_util::future::join_all(tries).await;
    let taken = answers.iter().filter(|answer| answer.status == 200);
    assert_eq!((taken.count(), scene.count("sessions").await), (1, 1));
}

#[tokio::test]
async fn nobody_learns_who_is_a_customer() {
    let scene = Scene::new().await;
    let used = scene.host.sign(&scene.claims(MAYA));
    scene.exchange(&used).await;
    let known = scene.exchange(&used).await;
    let unknown = scene.claim(&scene.claims("C-9999")).await;
    let told = |answer: &Answer| {
        let mut told = answer.json();
        told["request_id"] = Value::Null;
        (answer.status, told)
    };
    assert_eq!(told(&known), told(&unknown));
    assert!(!unknown.text().contains("C-9999"));
}

#[tokio::test]
async fn what_was_used_is_forgotten_once_it_is_too_old() {
    let scene = Scene::new().await;
    let assertion = scene.host.sign(&scene.claims(MAYA));
    scene.exchange(&assertion).await;
    scene.api.state.clock.advance(60 + LEEWAY_SECONDS - 1);
    crate::sweep::once(&scene.api.state).await.unwrap();
    assert_eq!(scene.count("used_assertions").await, 1);
    let again = scene.exchange(&assertion).await;
    assert!(again.text().contains("was used before"), "{}", again.text());
    scene.api.state.clock.advance(1);
    crate::sweep::once(&scene.api.state).await.unwrap();
    assert_eq!(scene.count("used_assertions").await, 0);
    let again = scene.exchange(&assertion).await;
    assert!(again.text().contains("has passed"), "{}", again.text());
}

/// A token put together by hand.
fn token(header: &Value, claims: &Value, signature: &[u8]) -> String {
    let part = |value: &Value| base64(value.to_string().as_bytes());
    format!("{}.{}.{}", part(header), part(claims), base64(signature))
}

fn hs256(secret: &[u8], message: &str) -> Vec<u8> {
    use hmac::{Hmac, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[tokio::test]
async fn the_key_says_how_it_signs_and_not_the_assertion() {
    let scene = Scene::new().await;
    let (claims, jwk) = (scene.claims(MAYA), &scene.host.signer.jwk);
    for alg in ["none", "None", "NONE", ""] {
        let unsigned = token(&json!({ "alg": alg, "kid": "one" }), &claims, b"");
        refused(&scene, &scene.exchange(&unsigned).await, "assertion").await;
    }
    // Signed with the public key, as if it were a secret that both know.
    let point = [vec![4], unbase64(&jwk["x"]), unbase64(&jwk["y"])].concat();
    for secret in [point, jwk.to_string().into_bytes()] {
        let header = json!({ "alg": "HS256", "kid": "one" });
        let unsigned = token(&header, &claims, b"");
        let message = unsigned.strip_suffix('.').unwrap();
        let signed = token(&header, &claims, &hs256(&secret, message));
        let answer = scene.exchange(&signed).await;
        refused(&scene, &answer, "alg: the key is one for ES256").await;
    }
    for alg in ["EdDSA", "ES384", "RS256", "PS256"] {
        let signed = token(&json!({ "alg": alg, "kid": "one" }), &claims, &[1; 64]);
        refused(
            &scene,
            &scene.exchange(&signed).await,
            "alg: the key is one",
        )
        .await;
    }
}

#[tokio::test]
async fn a_signature_of_somebody_else_or_of_other_words_is_none() {
    let scene = Scene::new().await;
    let claims = scene.claims(MAYA);
    let good = scene.host.sign(&claims);
    let (message, signature) = good.rsplit_once('.').unwrap();
    let header = message.split('.').next().unwrap();
    let others = base64(scene.claims(JONAS).to_string().as_bytes());
    for bad in [
        Signer::es256("one").sign(&claims),
        format!("{header}.{others}.{signature}"),
        format!("{message}.{}", base64(&[0; 64])),
        format!("{message}.{}", base64(&[])),
        format!("{message}.{}", base64(&[7; 63])),
    ] {
        refused(&scene, &scene.exchange(&bad).await, "signature").await;
    }
}

#[tokio::test]
async fn what_is_no_assertion_is_refused() {
    let scene = Scene::new().await;
    let good = scene.host.sign(&scene.claims(MAYA));
    for bad in ["", "a", "..", "e30.e30.", "ü.ü.ü", &good.replace('.', "")] {
        refused(&scene, &scene.exchange(bad).await, "assertion").await;
    }
    for bad in [format!("{good}."), format!(" {good}"), format!("{good}==")] {
        refused(&scene, &scene.exchange(&bad).await, "").await;
    }
    let mut large = scene.claims(MAYA);
    large["padding"] = json!("x".repeat(4096));
    let answer = scene.claim(&large).await;
    refused(&scene, &answer, "assertion: longer than 4096 characters").await;
}

#[tokio::test]
async fn what_a_header_brings_along_is_not_heeded() {
    let scene = Scene::new().await;
    let (claims, mine) = (scene.claims(MAYA), Signer::es256("one"));
    // A key of one's own, within the token and at an address of one's own.
    let mut own = mine.header();
    own.jwk = Some(serde_json::from_value(mine.jwk.clone()).unwrap());
    own.jku = Some("https://evil.example/keys".to_owned());
    let answer = scene.exchange(&mine.sign_as(&own, &claims)).await;
    refused(&scene, &answer, "signature").await;

    let signer = &scene.host.signer;
    let mut nameless = signer.header();
    nameless.kid = None;
    let mut critical = signer.header();
    critical.crit = Some(vec!["exp".to_owned()]);
    // Another token of the company's, signed with the same key.
    let mut access = signer.header();
    access.typ = Some("at+jwt".to_owned());
    for (header, expected) in [
        (nameless, "kid: expected"),
        (critical, "crit"),
        (access, "typ: expected JWT"),
    ] {
        let answer = scene.exchange(&signer.sign_as(&header, &claims)).await;
        refused(&scene, &answer, expected).await;
    }
}

#[tokio::test]
async fn a_nonce_is_long_and_plain() {
    let scene = Scene::new().await;
    for (nonce, code) in [
        (String::new(), "too_short"),
        ("a".repeat(21), "too_short"),
        ("a".repeat(129), "too_long"),
        (format!("{NONCE} "), "invalid_format"),
        (format!("{NONCE}ü"), "invalid_format"),
    ] {
        let mut claims = scene.claims(MAYA);
        claims["nonce"] = json!(nonce);
        let body = json!({ "assertion": scene.host.sign(&claims), "nonce": nonce });
        let call = Call::post(endpoints::SESSION_EMBED, &body);
        let answer = scene.api.send(call).await;
        assert_eq!(answer.problem(), "validation", "{nonce}");
        assert_eq!(answer.json()["errors"][0]["code"], code, "{nonce}");
    }
}

#[tokio::test]
async fn a_network_is_told_so_often_and_a_good_assertion_is_taken_all_the_same() {
    let scene = Scene::new().await;
    for _ in 0..60 {
        assert_eq!(scene.exchange("a.b.c").await.problem(), "unauthenticated");
    }
    let answer = scene.exchange("a.b.c").await;
    assert_eq!(answer.problem(), "quota-exceeded");
    assert!(!answer.header("retry-after").is_empty());
    let body = json!({ "assertion": "a.b.c", "nonce": NONCE });
    let elsewhere = Call::post(endpoints::SESSION_EMBED, &body).from([192, 0, 2, 7]);
    let elsewhere = scene.api.send(elsewhere).await;
    assert_eq!(elsewhere.problem(), "unauthenticated");
    assert_eq!(scene.claim(&scene.claims(MAYA)).await.status, 200);
}

#[tokio::test]
async fn without_a_host_there_is_no_such_operation() {
    let alone = crate::testing::TestApi::new();
    let scene = Scene::new().await;
    let body = json!({ "assertion": "a.b.c", "nonce": NONCE });
    let call = Call::post(endpoints::SESSION_EMBED, &body);
    assert_eq!(alone.send(call).await.problem(), "not-found");
    for (api, is_offered) in [(&alone, false), (&scene.api, true)] {
        let offered = api.send(Call::get(endpoints::CAPABILITIES)).await.json();
        let profiles = offered["profiles"].as_array().unwrap().clone();
        assert_eq!(profiles.contains(&json!("embed")), is_offered);
    }
}

#[tokio::test]
async fn nobody_is_shown_while_their_account_is_being_erased() {
    let scene = Scene::new().await;
    let begun = "INSERT INTO erasures (request_id, customer_id, whole, began_at)
                 SELECT 'dr_1', id, 1, 0 FROM customers WHERE reference = ?1";
    let store = &scene.api.state.store;
    let begun = store.write(move |tx| Ok(tx.execute(begun, [MAYA])?));
    assert_eq!(begun.await.unwrap(), 1);
    let answer = scene.claim(&scene.claims(MAYA)).await;
    refused(&scene, &answer, "jti, sub: was used before, or is nobody").await;
}
