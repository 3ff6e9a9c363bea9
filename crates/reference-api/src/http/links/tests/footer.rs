//! A footer's link: exchanged, and used for less.

use super::*;
use axum::http::StatusCode;

#[tokio::test]
async fn a_sample_is_sent_when_it_would_reach_the_customer() {
    let scene = Scene::new().await;
    let sent = scene.sample(MAYA, TOPIC).await;
    assert_eq!(sent["sent"], true);
    assert_eq!(sent["reach"]["answer"], "yes");
    let letter = &scene.letters().await[0];
    assert_eq!(letter["to"], MAYA);
    let headers = letter["headers"].as_str().unwrap();
    assert!(headers.contains("\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let change = async |choice: Value| {
        let patch = json!({ "topics": { TOPIC: { "email": choice } } });
        let call = Call::patch(PREFERENCES, &patch).cookie(&scene.cookie);
        scene.api.send(call.header("if-match", "*")).await;
    };
    change(json!({ "frequency": "monthly" })).await;
    let digest = scene.sample(MAYA, TOPIC).await;
    assert_eq!(digest["sent"], true);
    assert_eq!(digest["reach"]["answer"], "later");
    change(json!({ "enabled": false })).await;
    let count = scene.letters().await.len();
    let sent = scene.sample(MAYA, TOPIC).await;
    assert_eq!(sent["sent"], false);
    assert_eq!(sent["reach"]["answer"], "no");
    assert_eq!(scene.letters().await.len(), count);
    assert_eq!(
        scene.sample("nobody@example.com", TOPIC).await["sent"],
        Value::Null
    );
    assert_eq!(scene.sample(MAYA, "unheard-of").await["sent"], Value::Null);
}

#[tokio::test]
async fn a_person_asks_for_a_sample_with_a_form_and_follows_its_links() {
    let scene = Scene::new().await;
    let page = scene.api.send(Call::get("/dev")).await.text();
    assert!(page.contains("action=\"/dev/mail/topic\""), "{page}");
    assert!(page.contains("<option value=\"tariff_offers\">"), "{page}");
    let form = Call::new(Method::POST, "/dev/mail/topic")
        .header("content-type", "application/x-www-form-urlencoded")
        .bytes(b"customer=maya%40example.com&topic=tariff_offers".to_vec());
    let answer = scene.api.send(form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains("<h1>Sent</h1>"));
    let outbox = scene.api.send(Call::get("/dev/outbox")).await.text();
    assert!(outbox.contains("<a href=\"https://help.example/p#t="));
    assert!(outbox.contains("<a href=\"https://help.example/v1/unsubscribe/"));
}

#[tokio::test]
async fn what_has_to_come_carries_no_way_out() {
    let scene = Scene::new().await;
    assert_eq!(scene.sample(MAYA, REQUIRED).await["sent"], true);
    let letter = &scene.letters().await[0];
    assert_eq!(letter["headers"], "");
    assert!(!letter["text"].as_str().unwrap().contains("https://"));
}

#[tokio::test]
async fn an_exchange_gives_a_bearer_and_changes_nothing() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let before = scene.state();
    for _ in 0..3 {
        let answer = scene.exchange(&mail.footer).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("set-cookie"), "");
        let link = answer.json();
        assert_eq!(link["kind"], "email");
        assert_eq!(link["topics"][0]["id"], TOPIC);
        assert_eq!(link["topics"][0]["label"], "Tariffs that cost you less");
        let session = &link["session"];
        assert_eq!(session["mode"], "link");
        assert_eq!(session["scopes"], json!(["preferences:reduce"]));
        assert_eq!(session["customer"], Value::Null);
        assert_eq!(session["subject"], Value::Null);
        assert_eq!(session["expires_at"], "2026-03-04T05:26:07Z");
        assert!(!answer.text().contains("Maya") && !answer.text().contains(MAYA));
    }
    assert_eq!(scene.state(), before);
}

#[tokio::test]
async fn a_link_is_good_for_60_days_and_its_bearer_for_20_minutes() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let link = scene.exchange(&mail.footer).await.json();
    let bearer = link["bearer"].as_str().unwrap();
    let read = || bearing(Call::get(PREFERENCES), bearer);
    scene.api.state.clock.advance(20 * 60 - 1);
    assert_eq!(scene.api.send(read()).await.status, StatusCode::OK);
    scene.api.state.clock.advance(1);
    assert_eq!(scene.api.send(read()).await.problem(), "unauthenticated");
    scene.api.state.clock.advance(59 * 24 * 60 * 60);
    assert_eq!(scene.exchange(&mail.footer).await.status, StatusCode::OK);
    scene.api.state.clock.advance(24 * 60 * 60);
    let late = scene.exchange(&mail.footer).await;
    assert_eq!(late.problem(), "link-expired");
}

#[tokio::test]
async fn a_bearer_reads_the_choices_of_its_own_address() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    let answer = scene
        .api
        .send(bearing(Call::get(PREFERENCES), &bearer))
        .await;
    let topics = answer.json()["topics"].as_object().unwrap().clone();
    assert!(topics.len() > 3);
    for (topic, choices) in topics {
        let channels: Vec<&String> = choices.as_object().unwrap().keys().collect();
        assert_eq!(channels, ["email"], "{topic}");
    }
    let catalogue = bearing(Call::get(endpoints::PREFERENCE_CATALOG), &bearer);
    assert_eq!(scene.api.send(catalogue).await.status, StatusCode::OK);
    let session = scene
        .api
        .send(bearing(Call::get("/v1/session"), &bearer))
        .await;
    assert_eq!(session.json()["mode"], "link");
    let leaving = Call::new(Method::DELETE, "/v1/session");
    let left = scene.api.send(bearing(leaving, &bearer)).await;
    assert_eq!(left.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_bearer_makes_less_of_it_and_the_history_says_by_which_way() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    let rarer = json!({ "topics": { TOPIC: { "email": { "frequency": "monthly" } } } });
    let answer = scene.api.send(change(&bearer, &rarer)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["topics"][TOPIC].as_object().unwrap().len(), 1);
    assert_eq!(scene.choice(TOPIC).await["frequency"], "monthly");
    let off = json!({ "topics": { TOPIC: { "email": { "enabled": false } } } });
    scene.api.send(change(&bearer, &off)).await;
    assert_eq!(scene.choice(TOPIC).await["enabled"], false);
    let everything = json!({ "global_opt_out": true });
    scene.api.send(change(&bearer, &everything)).await;
    assert_eq!(scene.get(PREFERENCES).await["global_opt_out"], true);
    let history = scene.history().await;
    assert_eq!(history.len(), 3);
    assert!(history.iter().all(|change| change["route"] == "link"));
}

#[tokio::test]
async fn a_bearer_makes_nothing_more_of_it() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    let pause = json!({ "paused_until": "2026-04-01T00:00:00Z" });
    scene.api.send(change(&bearer, &pause)).await;
    let before = scene.state();
    for more in [
        json!({ "topics": { "new_bill": { "sms": { "enabled": true } } } }),
        json!({ "topics": { "personal_offers": { "email": { "frequency": "at_once" } } },
                "language": "de" }),
        json!({ "topics": { TOPIC: { "post": { "enabled": false } } } }),
        json!({ "topics": { TOPIC: { "email": { "enabled": false } } }, "paused_until": null }),
        json!({ "paused_until": "2026-03-20T00:00:00Z" }),
        json!({ "language": "de" }),
    ] {
        let answer = scene.api.send(change(&bearer, &more)).await;
        // What is refused for a reason of its own (a number that is not there) is refused all the same.
        assert!(
            ["scope-insufficient", "validation"].contains(&answer.problem().as_str()),
            "{more}: {}",
            answer.text()
        );
        assert_eq!(scene.state(), before, "{more}");
    }
    let language = scene
        .api
        .send(change(&bearer, &json!({ "language": "de" })))
        .await;
    assert_eq!(language.status, StatusCode::FORBIDDEN);
    assert_eq!(language.json()["required_scope"], "preferences:write");
}

#[tokio::test]
async fn a_bearer_keeps_to_the_rules_of_safe_writes() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    let off = json!({ "topics": { TOPIC: { "email": { "enabled": false } } } });
    let without = scene
        .api
        .send(change(&bearer, &off).without("if-match"))
        .await;
    assert_eq!(without.problem(), "precondition-required");
    let stale = change(&bearer, &off).header("if-match", "\"pref-77\"");
    let stale = scene.api.send(stale).await;
    assert_eq!(stale.problem(), "precondition-failed");
    let current = &stale.json()["current"]["topics"][TOPIC];
    assert_eq!(current.as_object().unwrap().len(), 1, "{current}");
}

#[tokio::test]
async fn a_bearer_outweighs_the_cookie_beside_it() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    let call = bearing(Call::get("/v1/session"), &bearer).cookie(&scene.cookie);
    assert_eq!(scene.api.send(call).await.json()["mode"], "link");
    let me = bearing(Call::get("/v1/me"), &bearer).cookie(&scene.cookie);
    assert_eq!(scene.api.send(me).await.problem(), "scope-insufficient");
}
