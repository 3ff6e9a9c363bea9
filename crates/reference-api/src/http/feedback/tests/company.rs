//! What the company does about feedback, and how the customer hears of it.

use super::*;
use crate::feedback::company::{self, CompanyError, ImprovementText, NewImprovement, Reply};
use crate::feedback::report::{Span, report};
use portal_contract::feedback::FeedbackStatus;
use portal_contract::{FeedbackId, ImprovementId};

fn id(entry: &Value) -> FeedbackId {
    entry["id"].as_str().unwrap().parse().unwrap()
}

async fn status(
    scene: &Scene,
    entry: &Value,
    status: &str,
    note: Option<&'static str>,
) -> Result<(), CompanyError> {
    let (id, now) = (id(entry), scene.api.state.clock.now());
    let status = FeedbackStatus::from(status);
    scene
        .api
        .state
        .store
        .transact(move |tx| company::set_status(tx, &id, &status, note, now).map(drop))
        .await
}

async fn answer(scene: &Scene, entry: &Value, text: &str) -> Result<(), CompanyError> {
    let (id, now) = (id(entry), scene.api.state.clock.now());
    let reply = Reply {
        by: "Rui Marques".to_owned(),
        text: text.to_owned(),
        lang: Some("en".to_owned()),
    };
    scene
        .api
        .state
        .store
        .transact(move |tx| company::answer(tx, &id, &reply, now).map(drop))
        .await
}

async fn improve(scene: &Scene, entries: &[&Value]) -> ImprovementId {
    let (ids, now) = (
        entries.iter().map(|e| id(e)).collect::<Vec<_>>(),
        scene.api.state.clock.now(),
    );
    let text = |words: &str| ImprovementText {
        title: words.to_owned(),
        you_said: "Too bright.".to_owned(),
        we_did: "Darker.".to_owned(),
    };
    let texts = [("en", "A dark theme"), ("de", "Ein dunkles Thema")];
    let new = NewImprovement {
        state: "planned".into(),
        texts: texts
            .map(|(lang, words)| (lang.to_owned(), text(words)))
            .into(),
        others: 40,
    };
    scene
        .api
        .state
        .store
        .transact::<_, CompanyError, _>(move |tx| {
            let improvement = company::add_improvement(tx, &new, now)?;
            for id in &ids {
                company::link(tx, &improvement, id, now)?;
            }
            Ok(improvement)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn what_the_company_does_is_told_until_the_customer_looks() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    assert_eq!(given["unread"], false);
    let cursor = scene.json("/v1/events").await["next_cursor"].clone();
    scene.api.state.clock.advance(60);
    answer(&scene, &given, "Thank you.").await.unwrap();
    status(&scene, &given, "planned", Some("For the spring."))
        .await
        .unwrap();
    let events = scene
        .json(&format!("/v1/events?cursor={}", cursor.as_str().unwrap()))
        .await;
    assert_eq!(events["items"][0]["type"], "feedback.updated");
    assert_eq!(events["items"][0]["id"], given["id"]);
    assert_eq!(scene.json("/v1/overview").await["feedback_unread_count"], 1);
    assert_eq!(
        scene.json("/v1/feedback").await["items"][0]["unread"],
        true,
        "a list is no look"
    );
    let told = scene.json(&path_of(&given)).await;
    assert_eq!(
        (&told["unread"], &told["status"]),
        (&json!(true), &json!("planned"))
    );
    assert_eq!(told["reply"]["by"]["display_name"], "Rui Marques");
    let history: Vec<_> = told["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["status"].as_str().unwrap())
        .collect();
    assert_eq!(history, ["received", "read", "planned"]);
    assert_eq!(told["history"][2]["note"], "For the spring.");
    let again = scene.json(&path_of(&given)).await;
    assert_eq!(
        (&again["unread"], &again["etag"]),
        (&json!(false), &told["etag"])
    );
    assert_eq!(scene.json("/v1/overview").await["feedback_unread_count"], 0);
}

#[tokio::test]
async fn what_is_declined_says_why() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    let refused = status(&scene, &given, "declined", None).await;
    assert!(matches!(refused, Err(CompanyError::NoReason)));
    for odd in ["received", "withdrawn", "soon"] {
        let refused = status(&scene, &given, odd, None).await;
        assert!(
            matches!(refused, Err(CompanyError::NoSuchState(_))),
            "{odd}"
        );
    }
    status(&scene, &given, "declined", Some("The law forbids it."))
        .await
        .unwrap();
    let told = scene.json(&path_of(&given)).await;
    assert_eq!(
        (&told["status"], &told["reason"]),
        (&json!("declined"), &json!("The law forbids it."))
    );
    status(&scene, &given, "planned", None).await.unwrap();
    assert!(
        scene.json(&path_of(&given)).await["reason"].is_null(),
        "minds change"
    );
}

#[tokio::test]
async fn what_was_read_and_then_changed_is_received_again() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    status(&scene, &given, "read", None).await.unwrap();
    let read = scene.json(&path_of(&given)).await;
    let etag = format!("\"{}\"", read["etag"].as_str().unwrap());
    let call = crate::testing::Call::patch(&path_of(&given), &json!({"text": "Light."}));
    let changed = scene.send(call.header("if-match", &etag)).await.json();
    assert_eq!(changed["status"], "received");
}

#[tokio::test]
async fn nothing_is_done_with_what_was_withdrawn() {
    let scene = Scene::new().await;
    let given = said(&scene, &idea()).await;
    answer(&scene, &given, "You said: quibbling pettifogger.")
        .await
        .unwrap();
    let improvement = improve(&scene, &[&given]).await;
    let withdrawn = scene
        .post(&format!("{}/withdraw", path_of(&given)), &json!({}))
        .await
        .json();
    assert!(withdrawn["reply"].is_null() && withdrawn["improvement"].is_null());
    assert!(matches!(
        answer(&scene, &given, "But").await,
        Err(CompanyError::Withdrawn(_))
    ));
    assert!(matches!(
        status(&scene, &given, "read", None).await,
        Err(CompanyError::Withdrawn(_))
    ));
    let left = scene.json("/v1/improvements").await;
    assert_eq!(left["items"][0]["id"], improvement.as_str());
    assert_eq!(
        (
            &left["items"][0]["feedback_count"],
            &left["items"][0]["yours"]
        ),
        (&json!(40), &json!([]))
    );
}

#[tokio::test]
async fn an_improvement_shows_the_feedback_behind_it_and_carries_it_along() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let (given, theirs) = (said(&scene, &idea()).await, said(&other, &idea()).await);
    let improvement = improve(&scene, &[&given, &theirs]).await;
    let shown = scene.json("/v1/improvements").await["items"][0].clone();
    assert_eq!(
        (&shown["state"], &shown["feedback_count"]),
        (&json!("planned"), &json!(42))
    );
    assert_eq!(
        (&shown["yours"], &shown["lang"]),
        (&json!([given["id"]]), &json!("en"))
    );
    assert_eq!(scene.json(&path_of(&given)).await["improvement"], shown);
    assert_eq!(scene.json(&path_of(&given)).await["status"], "planned");

    let cursor = other.json("/v1/events").await["next_cursor"].clone();
    scene.api.state.clock.advance(60);
    let now = scene.api.state.clock.now();
    let told = scene
        .api
        .state
        .store
        .transact(move |tx| company::finish(tx, &improvement, now))
        .await
        .unwrap();
    assert_eq!(told.len(), 2);
    assert_eq!(scene.json(&path_of(&given)).await["status"], "done");
    assert_eq!(
        scene.json("/v1/improvements").await["items"][0]["state"],
        "done"
    );
    let events = other
        .json(&format!("/v1/events?cursor={}", cursor.as_str().unwrap()))
        .await;
    let kinds: Vec<_> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["feedback.updated", "improvement.updated"]);
}

#[tokio::test]
async fn the_report_counts_answers_and_not_what_was_withdrawn() {
    let scene = Scene::new().await;
    answered(&scene, &json!({"csat": 5, "nps": 10, "ces": 7})).await;
    let addresses = [
        "a@example.com",
        "b@example.com",
        "c@example.com",
        "d@example.com",
    ];
    for (address, answers) in addresses.into_iter().zip([
        Some(json!({"csat": 4, "nps": 8})),
        Some(json!({"csat": 2, "nps": 3, "ces": 2})),
        Some(json!({"csat": 1, "nps": 0})),
        None,
    ]) {
        let other = Scene::on(&scene.api, address).await;
        match answers {
            Some(answers) => {
                let given = answered(&other, &answers).await;
                if answers["csat"] == 1 {
                    other
                        .post(&format!("{}/withdraw", path_of(&given)), &json!({}))
                        .await;
                }
            }
            None => drop(asked(&other).await),
        }
    }
    let told = scene
        .api
        .state
        .store
        .read(|db| {
            let always = Span {
                from: None,
                until: None,
            };
            let later = Span {
                from: Some(crate::store::time::Moment::from_millis(
                    crate::testing::NOW + 1,
                )),
                until: None,
            };
            Ok((report(db, always)?, report(db, later)?))
        })
        .await
        .unwrap();
    // 5 4 2: two of three are 66.7 %, the mean is 11 / 3 = 3.67. 10 8 3: 1 - 1 of 3 = 0. 7 2: the mean is 4.5, one of two is 50 %.
    // Four of five requests were answered: 80 %.
    let csat = told.0.csat.unwrap();
    assert_eq!(
        (csat.n, csat.top_two_box_percent, csat.mean),
        (3, 66.7, 3.67)
    );
    assert_eq!(told.0.nps.unwrap().score, 0.0);
    let ces = told.0.ces.unwrap();
    assert_eq!((ces.n, ces.mean, ces.top_three_box_percent), (2, 4.5, 50.0));
    assert_eq!(
        (told.0.requests.made, told.0.requests.response_rate_percent),
        (5, Some(80.0))
    );
    assert_eq!(
        (told.1.csat, told.1.requests.response_rate_percent),
        (None, None)
    );
}

#[tokio::test]
async fn a_customer_who_is_erased_takes_all_of_it_along() {
    let scene = Scene::new().await;
    answered(
        &scene,
        &json!({"csat": 5, "words": "quibbling pettifogger"}),
    )
    .await;
    scene.sql("DELETE FROM customers").await;
    let left: i64 = scene
        .api
        .state
        .store
        .read(|db| {
            let sql =
                "SELECT (SELECT count(*) FROM feedback) + (SELECT count(*) FROM feedback_requests)
                            + (SELECT count(*) FROM feedback_steps)";
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    assert_eq!(left, 0);
}
