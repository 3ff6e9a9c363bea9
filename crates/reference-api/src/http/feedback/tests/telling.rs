//! The mail that says that feedback was answered.

use super::*;
use crate::feedback::company::{self, CompanyError, Reply};
use crate::feedback::telling;
use portal_contract::FeedbackId;

const BASE: &str = "https://help.example";
const HOUR: i64 = 60 * 60;

/// A letter of the outbox.
struct Mail {
    to: String,
    subject: String,
    body: String,
    locale: String,
    headers: String,
}

async fn answer(scene: &Scene, entry: &Value) {
    let id: FeedbackId = entry["id"].as_str().unwrap().parse().unwrap();
    let now = scene.api.state.clock.now();
    let reply = Reply {
        by: "Rui Marques".to_owned(),
        text: "It comes in spring.".to_owned(),
        lang: Some("en".to_owned()),
    };
    let store = &scene.api.state.store;
    store
        .transact::<_, CompanyError, _>(move |tx| company::answer(tx, &id, &reply, now))
        .await
        .unwrap();
}

/// The mails that are sent to this address about feedback once it is looked for what is due.
async fn told(scene: &Scene) -> Vec<Mail> {
    let state = &scene.api.state;
    telling::tell(state, BASE).await.unwrap();
    state.mailer.flushed().await;
    let mails = state.store.read(|db| {
        let mut statement = db.prepare(
            "SELECT recipient, subject, body, locale, headers FROM outbox WHERE instr(body, '/feedback/') ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Mail {
                to: row.get(0)?,
                subject: row.get(1)?,
                body: row.get(2)?,
                locale: row.get(3)?,
                headers: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    });
    mails.await.unwrap()
}

async fn choose(scene: &Scene, patch: Value) {
    let call = crate::testing::Call::patch("/v1/preferences", &patch);
    let call = call.header("content-type", "application/merge-patch+json");
    let answer = scene.send(call.header("if-match", "*")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn an_answer_is_told_once_in_the_customers_language_and_nothing_of_it_is_in_the_mail() {
    let scene = Scene::new().await;
    scene.sql("UPDATE customers SET locale = 'de'").await;
    let given = said(&scene, &idea()).await;
    answer(&scene, &given).await;
    let mails = told(&scene).await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(
        (mail.to.as_str(), mail.locale.as_str()),
        ("maya@example.com", "de")
    );
    assert!(mail.subject.contains("Rückmeldung"), "{}", mail.subject);
    let link = format!("{BASE}/feedback/{}\n", given["id"].as_str().unwrap());
    assert!(mail.body.contains(&link), "{}", mail.body);
    for secret in ["dark", "spring", "Rui"] {
        assert!(
            !mail.body.contains(secret) && !mail.subject.contains(secret),
            "{secret}"
        );
    }
    assert!(
        mail.headers.contains("List-Unsubscribe-Post"),
        "{}",
        mail.headers
    );
    assert_eq!(told(&scene).await.len(), 1, "once");
}

#[tokio::test]
async fn whoever_saw_the_answer_or_took_the_feedback_back_gets_no_mail() {
    let scene = Scene::new().await;
    let seen = said(&scene, &idea()).await;
    answer(&scene, &seen).await;
    scene.api.state.clock.advance(1);
    scene.json(&path_of(&seen)).await;
    let withdrawn = said(&scene, &idea()).await;
    answer(&scene, &withdrawn).await;
    let path = format!("{}/withdraw", path_of(&withdrawn));
    assert_eq!(scene.post(&path, &json!({})).await.status, 200);
    assert_eq!(told(&scene).await.len(), 0);
}

#[tokio::test]
async fn the_preferences_decide_whether_and_when_it_is_told() {
    let scene = Scene::new().await;
    let off = json!({"topics": {"feedback_answers": {"email": {"enabled": false}}}});
    choose(&scene, off).await;
    let given = said(&scene, &idea()).await;
    answer(&scene, &given).await;
    assert_eq!(told(&scene).await.len(), 0, "switched off");
    let on = json!({"topics": {"feedback_answers": {"email": {"enabled": true}}}});
    choose(&scene, on).await;
    assert_eq!(
        told(&scene).await.len(),
        0,
        "what was not to be told stays so"
    );

    let until = scene
        .api
        .state
        .clock
        .now()
        .plus_seconds(2 * HOUR)
        .to_timestamp();
    choose(&scene, json!({ "paused_until": until })).await;
    answer(&scene, &given).await;
    assert_eq!(told(&scene).await.len(), 0, "paused");
    scene.api.state.clock.advance(HOUR);
    assert_eq!(told(&scene).await.len(), 0, "still");
    scene.api.state.clock.advance(HOUR + 1);
    assert_eq!(told(&scene).await.len(), 1, "after the pause");
}

#[tokio::test]
async fn a_company_without_a_topic_for_it_sends_none() {
    let api = crate::testing::TestApi::with(|config| {
        let mut surveys = (*config.surveys).clone();
        surveys.answers_topic = None;
        config.surveys = surveys.into();
    });
    let scene = Scene::on(&api, "maya@example.com").await;
    let given = said(&scene, &idea()).await;
    answer(&scene, &given).await;
    assert_eq!(told(&scene).await.len(), 0);
}
