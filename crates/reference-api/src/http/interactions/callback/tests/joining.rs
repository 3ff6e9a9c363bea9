//! A call about a matter that there is already.

use super::*;

/// What is asked for in an interaction.
fn asked(starts_at: &str, text: &str) -> Value {
    json!({
        "option_id": "callback", "text": text, "attachment_ids": [],
        "callback": {"starts_at": starts_at, "number": "+49 30 23125 124", "language": "de"}
    })
}

async fn ask(scene: &Scene, path: &str, starts_at: &str, text: &str) -> Answer {
    scene
        .post(&format!("{path}/callback"), &asked(starts_at, text))
        .await
}

async fn matter(scene: &Scene, status: &'static str) -> String {
    let matter = Matter {
        status,
        ..Matter::default()
    };
    format!("{PATH}/{}", scene.matter(matter).await)
}

#[tokio::test]
async fn a_call_about_a_matter_stays_in_its_thread() {
    let scene = Scene::new().await;
    let path = matter(&scene, "waiting_on_customer").await;
    let before = scene.json(&path).await;
    assert!(
        before["allowed_actions"]
            .to_string()
            .contains("request_callback")
    );
    let key = key();
    let body = asked(SLOT, "Please have my contract at hand");
    let call = || Call::post(&format!("{path}/callback"), &body).key(&key);
    let answer = scene.send(call()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let booked = answer.json();
    assert_eq!(booked["id"], before["id"]);
    assert_eq!(booked["callback"]["starts_at"], SLOT);
    assert_eq!(booked["callback"]["sequence"], 0);
    assert_eq!(booked["status"], "in_progress", "it waits for the company");
    assert_eq!(booked["message_count"], 1);
    assert_ne!(booked["etag"], before["etag"]);
    assert!(
        !booked["allowed_actions"]
            .to_string()
            .contains("request_callback")
    );
    let again = scene.send(call()).await.json();
    assert_eq!(again, booked, "a repetition is no second call");
    assert_eq!(left(&scene, SLOT).await, Some(1));
    let messages = scene.json(&format!("{path}/messages")).await;
    assert_eq!(
        messages["items"][0]["text"],
        "Please have my contract at hand"
    );
    assert_eq!(scene.ids(PATH).await.len(), 1, "one matter, one thread");
    let second = ask(&scene, &path, LATER, "").await;
    assert_eq!(second.problem(), "invalid-state", "it has a call already");
}

#[tokio::test]
async fn the_matter_goes_on_when_its_call_is_called_off_and_another_can_be_asked_for() {
    let scene = Scene::new().await;
    let path = matter(&scene, "open").await;
    assert_eq!(ask(&scene, &path, SLOT, "").await.status, 201);
    let cancelled = cancel(&scene, &path).await.json();
    assert_eq!(cancelled["callback"]["state"], "cancelled");
    assert_eq!(cancelled["status"], "in_progress");
    let anew = ask(&scene, &path, LATER, "").await;
    assert_eq!(anew.status, 201, "{}", anew.text());
    assert_eq!(anew.json()["callback"]["starts_at"], LATER);
    assert_eq!(anew.json()["callback"]["state"], "planned");
    assert_eq!(left(&scene, SLOT).await, Some(2));
}

#[tokio::test]
async fn what_begins_no_call_and_what_is_settled_takes_none() {
    let scene = Scene::new().await;
    let path = matter(&scene, "open").await;
    let mut body = asked(SLOT, "");
    body["option_id"] = json!("message");
    let answer = scene.post(&format!("{path}/callback"), &body).await;
    assert_eq!(
        refused(&answer),
        ("/option_id".into(), "not_offered".into())
    );
    let answer = ask(&scene, &path, "2026-03-05T09:01:00Z", "").await;
    assert_eq!(
        refused(&answer),
        ("/callback/starts_at".into(), "unknown".into())
    );
    let settled = matter(&scene, "resolved").await;
    let answer = ask(&scene, &settled, SLOT, "").await;
    assert_eq!(answer.problem(), "invalid-state");
}

#[tokio::test]
async fn nobody_has_a_call_put_into_the_matter_of_another() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let path = matter(&scene, "open").await;
    assert_eq!(ask(&other, &path, SLOT, "").await.status, 404);
    assert_eq!(scene.json(&path).await["callback"], Value::Null);
    assert_eq!(left(&scene, SLOT).await, Some(2));
}

#[tokio::test]
async fn a_company_that_does_not_call_offers_no_call() {
    let api = TestApi::with(|config| {
        let mut ways = (*config.ways).clone();
        ways.all.retain(|way| way.booking.is_none());
        config.ways = ways.into();
    });
    let scene = Scene::on(&api, "maya@example.com").await;
    let path = matter(&scene, "open").await;
    let actions = scene.json(&path).await["allowed_actions"].to_string();
    assert!(!actions.contains("request_callback"), "{actions}");
}
