//! RFC 8058: what mail programs do with the address in `List-Unsubscribe`.

use super::*;
use axum::http::StatusCode;

const FORM: &str = "application/x-www-form-urlencoded";
const FIELD: &[u8] = b"List-Unsubscribe=One-Click";

/// A call as a mail program makes it: from elsewhere, with nothing but its body.
fn click(mail: &Mail, content_type: &str, body: &[u8]) -> Call {
    Call::new(Method::POST, &mail.one_click)
        .without("x-portal-csrf")
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://mail.example")
        .header("content-type", content_type)
        .bytes(body.to_vec())
}

#[tokio::test]
async fn one_click_switches_the_topic_off_in_both_encodings() {
    const PARTS: &[u8] =
        b"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    for (content_type, body) in [(FORM, FIELD), ("multipart/form-data; boundary=b", PARTS)] {
        let scene = Scene::new().await;
        let mail = scene.mail(MAYA, TOPIC).await;
        assert_eq!(scene.choice(TOPIC).await["enabled"], true);
        let answer = scene.api.send(click(&mail, content_type, body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(answer.header("location"), "");
        assert_eq!(answer.header("cache-control"), "no-store");
        let told = answer.json();
        assert_eq!(told["unsubscribed"], true);
        assert_eq!(told["topics"][0]["id"], TOPIC);
        assert!(!answer.text().contains(MAYA));
        assert_eq!(scene.choice(TOPIC).await["enabled"], false);
        assert_eq!(scene.choice("new_bill").await["enabled"], true);
    }
}

#[tokio::test]
async fn a_repeated_click_is_answered_alike_and_makes_one_entry() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    for _ in 0..3 {
        let answer = scene.api.send(click(&mail, FORM, FIELD)).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let history = scene.history().await;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0]["route"], "one_click");
    assert_eq!(history[0]["changes"][0]["after"], false);
    assert_eq!(history[0]["undoable"], true);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let before = scene.state();
    for call in [
        Call::get(&mail.one_click),
        Call::get(&mail.one_click).header("accept", "text/html"),
        head(&mail.one_click),
        Call::get(&mail.one_click).cookie(&scene.cookie),
    ] {
        let answer = scene.api.send(call).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    assert_eq!(scene.state(), before);
    let told = scene.api.send(Call::get(&mail.one_click)).await.json();
    assert_eq!(told["unsubscribed"], false);
    let manage = told["manage_url"].as_str().unwrap();
    let token = manage.strip_prefix("https://help.example/p#t=").unwrap();
    assert_eq!(scene.exchange(token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_does_not_say_one_click_changes_nothing() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let before = scene.state();
    for (content_type, body) in [
        (FORM, &b""[..]),
        (FORM, b"List-Unsubscribe=Yes"),
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=b", FIELD),
    ] {
        let answer = scene.api.send(click(&mail, content_type, body)).await;
        assert_eq!(answer.problem(), "malformed", "{content_type}");
    }
    let large = vec![b'x'; 5000];
    let answer = scene.api.send(click(&mail, FORM, &large)).await;
    assert_eq!(answer.problem(), "payload-too-large");
    let put = Call::new(Method::PUT, &mail.one_click);
    assert_eq!(
        scene.api.send(put).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(scene.state(), before);
}

#[tokio::test]
async fn a_wish_for_less_does_not_run_out() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    scene.api.state.clock.advance(400 * 24 * 60 * 60);
    let answer = scene.api.send(click(&mail, FORM, FIELD)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["manage_url"], Value::Null);
    let later = Scene {
        cookie: scene.api.sign_in(MAYA).await,
        api: scene.api.clone(),
    };
    assert_eq!(later.choice(TOPIC).await["enabled"], false);
}

#[tokio::test]
async fn a_browser_gets_a_page_with_one_button_that_needs_no_script() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let page = |call: Call| scene.api.send(call.header("accept", "text/html,*/*;q=0.8"));
    let before = page(Call::get(&mail.one_click)).await;
    assert_eq!(before.header("content-type"), "text/html; charset=utf-8");
    let policy = before.header("content-security-policy");
    assert!(policy.contains("form-action 'self'") && !policy.contains("script-src"));
    assert!(policy.contains("frame-ancestors 'none'"));
    let html = before.text();
    assert!(html.contains("<form method=\"post\">") && !html.contains("<script"));
    assert!(html.contains("Tariffs that cost you less") && !html.contains(MAYA));
    let after = page(click(&mail, FORM, FIELD)).await;
    assert_eq!(after.status, StatusCode::OK);
    assert!(!after.text().contains("<form"));
    assert_eq!(scene.choice(TOPIC).await["enabled"], false);
}

#[tokio::test]
async fn the_page_is_in_the_customers_language() {
    let scene = Scene::new().await;
    let call = Call::patch("/v1/me", &json!({ "locale": "ar" })).cookie(&scene.cookie);
    scene.api.send(call.header("if-match", "*")).await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let call = Call::get(&mail.one_click).header("accept", "text/html");
    let html = scene.api.send(call).await.text();
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");
}
