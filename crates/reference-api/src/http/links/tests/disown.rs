//! "This isn't me".

use super::*;
use axum::http::StatusCode;

fn disown(bearer: &str) -> Call {
    bearing(
        Call::post(endpoints::SESSION_LINK_DISOWN, &json!({})),
        bearer,
    )
}

#[tokio::test]
async fn who_is_not_the_customer_hears_nothing_more() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let other = scene.mail(MAYA, "new_bill").await;
    let bearer = scene.bearer().await;
    for _ in 0..2 {
        let answer = scene.api.send(disown(&bearer)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    }
    for link in [mail.footer, other.footer] {
        assert_eq!(scene.exchange(&link).await.problem(), "link-expired");
    }
    let read = scene
        .api
        .send(bearing(Call::get(PREFERENCES), &bearer))
        .await;
    assert_eq!(read.problem(), "link-expired");
    let point = &scene.get(endpoints::CONTACT_POINTS).await["items"][0];
    assert_eq!(point["deliverability"]["state"], "blocked");
    assert_eq!(point["deliverability"]["reason"], "not_this_person");
    assert_eq!(scene.sample(MAYA, TOPIC).await["sent"], false);
}

#[tokio::test]
async fn the_company_is_told_once_and_by_no_name() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    for _ in 0..2 {
        scene.api.send(disown(&bearer)).await;
    }
    let told: Vec<Value> = scene
        .letters()
        .await
        .into_iter()
        .filter(|letter| letter["to"] == "privacy@lumenfold.example")
        .collect();
    assert_eq!(told.len(), 1);
    let text = told[0]["text"].as_str().unwrap();
    assert!(text.contains("cp_") && !text.contains(MAYA) && !text.contains("Maya"));
    let history = scene.history().await;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0]["route"], "link");
    assert_eq!(history[0]["subject"], "contact_point");
    assert_eq!(history[0]["actor"], Value::Null);
}

#[tokio::test]
async fn a_one_click_of_a_disowned_address_is_still_answered() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let bearer = scene.bearer().await;
    scene.api.send(disown(&bearer)).await;
    let before = scene.state();
    let call = Call::new(Method::POST, &mail.one_click)
        .without("x-portal-csrf")
        .header("content-type", "application/x-www-form-urlencoded")
        .bytes(b"List-Unsubscribe=One-Click".to_vec());
    let answer = scene.api.send(call).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["unsubscribed"], true);
    assert_eq!(answer.json()["manage_url"], Value::Null);
    assert_eq!(scene.state(), before);
}

#[tokio::test]
async fn a_signed_in_customer_has_no_link_to_disown() {
    let scene = Scene::new().await;
    let call = Call::post(endpoints::SESSION_LINK_DISOWN, &json!({})).cookie(&scene.cookie);
    assert_eq!(scene.api.send(call).await.problem(), "unauthenticated");
}
