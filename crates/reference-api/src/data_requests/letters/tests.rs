use super::tell;
use crate::data_requests::{Desk, company as office};
use crate::http::fixture::Scene;
use crate::store::StoreError;
use portal_contract::DataRequestId;
use portal_contract::data_request::DataRequestReason;
use portal_contract::data_request_event::QuestionPurpose;
use rusqlite::Transaction;
use serde_json::{Value, json};

const BASE: &str = "https://help.example.com";

/// What was sent since it was last looked, and is looked at: (to, subject, body), the oldest first.
async fn told(scene: &Scene) -> Vec<(String, String, String)> {
    let state = &scene.api.state;
    tell(state, BASE).await.unwrap();
    state.mailer.flushed().await;
    state
        .store
        .write(|tx| {
            let sql =
                "DELETE FROM outbox WHERE code IS NULL RETURNING recipient, subject, body, id";
            let mut statement = tx.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                Ok((
                    row.get::<_, i64>(3)?,
                    (row.get(0)?, row.get(1)?, row.get(2)?),
                ))
            })?;
            let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
            rows.sort_by_key(|(id, _)| *id);
            Ok::<_, StoreError>(rows.into_iter().map(|(_, mail)| mail).collect())
        })
        .await
        .unwrap()
}

async fn made(scene: &Scene, kind: &str) -> Value {
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let text = "Something about my sister Zoë";
    let body = json!({ "kind": kind, "scope": scope, "formats": [], "proposed": [], "text": text });
    let answer = scene.post("/v1/data-requests", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

/// The company acts.
async fn acts(
    scene: &Scene,
    request: &Value,
    act: impl FnOnce(&Transaction<'_>, Desk<'_>, &DataRequestId) + Send + 'static,
) {
    let id: DataRequestId = request["id"].as_str().unwrap().parse().unwrap();
    let state = scene.api.state.clone();
    let store = state.store.clone();
    store
        .write(move |tx| {
            let desk = Desk {
                config: &state.config,
                secrets: &state.secrets,
                now: state.clock.now(),
            };
            act(tx, desk, &id);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_request_that_arrived_is_told_once_with_its_number_day_and_page() {
    let scene = Scene::new().await;
    let request = made(&scene, "automated_decision_review").await;
    let mails = told(&scene).await;
    let [(to, subject, body)] = mails.as_slice() else {
        panic!("{mails:?}");
    };
    let (id, reference) = (
        request["id"].as_str().unwrap(),
        request["reference"].as_str().unwrap(),
    );
    assert_eq!(to, "maya@example.com");
    assert!(subject.contains(reference));
    assert!(body.contains("by 7 April 2026 at the latest"), "{body}");
    assert!(
        body.contains(&format!("\n{BASE}/data/requests/{id}\n")),
        "{body}"
    );
    // Nothing of what was asked, and nobody's name.
    assert!(!body.contains("Zoë") && !body.contains("Maya"), "{body}");
    assert_eq!(told(&scene).await, []);
}

#[tokio::test]
async fn each_step_that_concerns_the_customer_is_told_and_no_other() {
    let scene = Scene::new().await;
    let request = made(&scene, "automated_decision_review").await;
    let subjects = async |scene: &Scene| -> Vec<String> {
        let all = told(scene).await.into_iter();
        all.map(|(_, subject, _)| subject).collect()
    };
    assert_eq!(subjects(&scene).await.len(), 1);
    acts(&scene, &request, |tx, desk, id| {
        office::ask(
            tx,
            desk,
            id,
            ("Noor", "Which?"),
            QuestionPurpose::Clarification,
        )
        .unwrap();
    })
    .await;
    assert!(subjects(&scene).await[0].starts_with("A question about"));
    let path = format!(
        "/v1/data-requests/{}/messages",
        request["id"].as_str().unwrap()
    );
    scene
        .post(&path, &json!({ "text": "The one of May." }))
        .await;
    assert_eq!(
        subjects(&scene).await,
        Vec::<String>::new(),
        "an answer, and a clock that goes on"
    );
    acts(&scene, &request, |tx, desk, id| {
        office::extend(tx, desk, id, "We wait for the grid operator.").unwrap();
    })
    .await;
    let mails = told(&scene).await;
    assert!(
        mails[0].1.ends_with("takes longer")
            && mails[0].2.contains("\n    We wait for the grid operator.")
    );
    acts(&scene, &request, |tx, desk, id| {
        let words = "Nothing was decided by a program.";
        office::deny(tx, desk, id, DataRequestReason::NoMatch, words).unwrap();
    })
    .await;
    let body = &told(&scene).await[0].2;
    assert!(
        body.contains("we hold nothing that it is about.\n\n    Nothing was decided by a program."),
        "{body}"
    );
    assert!(
        body.contains("complain") && body.contains("look at it again: mailto:"),
        "{body}"
    );
}

#[tokio::test]
async fn an_erasure_is_confirmed_called_off_or_begun_with_its_minute() {
    let scene = Scene::new().await;
    let request = made(&scene, "erasure").await;
    let [(_, subject, _)] = told(&scene).await.try_into().unwrap();
    assert!(subject.starts_with("Confirm your request"), "{subject}");
    let path = format!(
        "/v1/data-requests/{}/confirm",
        request["id"].as_str().unwrap()
    );
    scene.post(&path, &json!({})).await;
    let [(_, _, body)] = told(&scene).await.try_into().unwrap();
    assert!(
        body.contains("18 March 2026, 06:06 (Europe/Berlin)"),
        "{body}"
    );
    assert!(body.contains("cancel it"), "{body}");
}

#[tokio::test]
async fn what_takes_effect_at_once_is_told_once_as_done_and_an_opt_out_of_all_mail_stops_none_of_it()
 {
    let scene = Scene::new().await;
    scene
        .sql("INSERT INTO preferences (customer_id, settings, off_since, version) SELECT id, '{\"/global_opt_out\":true}', '{}', 1 FROM customers")
        .await;
    made(&scene, "opt_out_sale_sharing").await;
    let [(_, subject, _)] = told(&scene).await.try_into().unwrap();
    assert!(subject.ends_with("is done"), "{subject}");
}

#[tokio::test]
async fn who_has_no_address_left_is_written_to_nowhere() {
    let scene = Scene::new().await;
    made(&scene, "restriction").await;
    scene.sql("DELETE FROM contact_points").await;
    assert_eq!(told(&scene).await, []);
    let left = scene.api.state.store.read(super::is_anybody_waiting).await;
    assert!(!left.unwrap());
}
