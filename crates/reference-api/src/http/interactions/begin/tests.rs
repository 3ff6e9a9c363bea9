use super::super::fixture::{Matter, Scene, encoded, key};
use crate::testing::{Answer, Call, TestApi};
use axum::http::Method;
use serde_json::{Value, json};

const PATH: &str = "/v1/interactions";

fn message(subject: &str, text: &str) -> Value {
    json!({"option_id": "message", "topic_id": "billing", "subject": subject, "text": text, "attachment_ids": []})
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

async fn count(scene: &Scene) -> usize {
    scene.ids(PATH).await.len()
}

/// The refused fields, each with its code.
fn refused(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.problem(), "validation", "{}", answer.text());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    answer.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (text(&error["pointer"]), text(&error["code"])))
        .collect()
}

async fn upload(scene: &Scene, name: &str) -> String {
    let call = Call::new(Method::POST, "/v1/attachments")
        .key(&key())
        .header(
            "content-disposition",
            &format!("attachment; filename=\"{name}\""),
        )
        .bytes(b"reading 4711".to_vec());
    let answer = scene.send(call).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_message_begins_an_ordinary_interaction() {
    let scene = Scene::new().await;
    let answer = scene
        .post(PATH, &message("  My bill\r\nis late ", "Where is it?"))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let begun = answer.json();
    assert_eq!(
        answer.header("etag"),
        format!("\"{}\"", begun["etag"].as_str().unwrap())
    );
    assert_eq!(begun["subject"], "My bill is late");
    assert_eq!(
        begun["topic"],
        json!({"id": "billing", "label": "Bills and payments"})
    );
    assert_eq!(
        (&begun["channel"], &begun["direction"], &begun["status"]),
        (&json!("web"), &json!("inbound"), &json!("open"))
    );
    assert_eq!(begun["first_response_by"], "2026-03-04T11:00:00Z");
    assert_eq!(
        begun["allowed_actions"],
        json!(["reply", "attach", "close", "request_callback"])
    );
    assert_eq!(begun["participants"][0]["role"], "customer");
    let reference = begun["reference"].as_str().unwrap();
    assert!(
        reference.starts_with("260304-") && reference.len() == 13,
        "{reference}"
    );
    let path = format!("{PATH}/{}", begun["id"].as_str().unwrap());
    assert_eq!(scene.json(&path).await, begun);
    let thread = scene.json(&format!("{path}/messages")).await;
    assert_eq!(thread["items"][0]["text"], "Where is it?");
    assert_eq!(thread["items"][0]["channel"], "web");
    let listed = scene.json(PATH).await;
    assert_eq!(listed["items"][0]["id"], begun["id"]);
    assert_eq!(listed["items"][0]["unread"], false);
    let found = scene
        .ids(&format!("{PATH}?q={}", encoded("bill late")))
        .await;
    assert_eq!(found.len(), 1, "the search finds it at once");
}

#[tokio::test]
async fn who_follows_the_feed_hears_of_it() {
    let scene = Scene::new().await;
    let start = scene.json("/v1/events").await["next_cursor"].clone();
    let begun = scene.post(PATH, &message("Bill", "?")).await.json();
    let told = scene
        .json(&format!("/v1/events?cursor={}", start.as_str().unwrap()))
        .await;
    let kinds: Vec<&Value> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["type"])
        .collect();
    assert_eq!(
        kinds,
        [&json!("message.created"), &json!("interaction.created")]
    );
    assert!(
        told["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|event| event["id"] == begun["id"])
    );
    assert_eq!(told["items"][1]["etag"], begun["etag"]);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let scene = Scene::new().await;
    let long = "x".repeat(201);
    let body = json!({
        "option_id": "message", "topic_id": "moon", "subject": long, "text": " \n", "attachment_ids": [],
        "callback": {"starts_at": "2026-03-05T09:00:00Z"}
    });
    let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(
        refused(&scene.post(PATH, &body).await),
        [
            pair("/topic_id", "unknown"),
            pair("/subject", "too_long"),
            pair("/text", "required"),
            pair("/callback", "not_offered")
        ]
    );
    for (option, code) in [("nowhere", "unknown"), ("phone", "not_offered")] {
        let body = with(message("a", "b"), "option_id", json!(option));
        assert_eq!(
            refused(&scene.post(PATH, &body).await),
            [pair("/option_id", code)]
        );
    }
    let nameless = with(message(" \u{7}", "b"), "attachment_ids", json!(["att_0"]));
    assert_eq!(
        refused(&scene.post(PATH, &nameless).await),
        [pair("/subject", "required")]
    );
    let unsent = with(message("a", ""), "attachment_ids", json!(["att_0"]));
    assert_eq!(
        refused(&scene.post(PATH, &unsent).await),
        [pair("/attachment_ids/0", "unknown")]
    );
    assert_eq!(count(&scene).await, 0, "nothing was begun");
}

#[tokio::test]
async fn fifty_who_send_the_same_at_once_begin_one_interaction() {
    let scene = Scene::new().await;
    let key = key();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (scene, key) = (scene.clone(), key.clone());
        tasks.spawn(async move {
            let call = Call::post(PATH, &message("Bill", "Where is it?")).key(&key);
            scene.send(call).await
        });
    }
    let answers = tasks.join_all().await;
    let ids: std::collections::BTreeSet<String> = answers
        .iter()
        .filter(|answer| answer.status == 201)
        .map(|answer| answer.json()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 1);
    let others = answers.iter().filter(|answer| answer.status != 201);
    assert!(
        others
            .into_iter()
            .all(|answer| answer.problem() == "idempotency-in-progress")
    );
    assert_eq!(count(&scene).await, 1);
    let again = scene
        .send(Call::post(PATH, &message("Bill", "Where is it?")).key(&key))
        .await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.json()["id"].as_str(), ids.first().map(String::as_str));
    let other = scene
        .send(Call::post(PATH, &message("Bill", "And?")).key(&key))
        .await;
    assert_eq!(other.problem(), "idempotency-key-reused");
}

#[tokio::test]
async fn files_wait_for_the_interaction_that_takes_them() {
    let scene = Scene::new().await;
    let file = upload(&scene, "meter.txt").await;
    let body = with(message("Meter", ""), "attachment_ids", json!([file]));
    let begun = scene.post(PATH, &body).await.json();
    assert_eq!(begun["attachments"][0]["file_name"], "meter.txt");
    let path = format!(
        "{PATH}/{}/attachments/{file}",
        begun["id"].as_str().unwrap()
    );
    assert_eq!(scene.get(&path).await.text(), "reading 4711");
    let twice = scene
        .post(
            PATH,
            &with(message("Again", ""), "attachment_ids", json!([file])),
        )
        .await;
    assert_eq!(
        refused(&twice)[0].0,
        "/attachment_ids/0",
        "a file is sent once"
    );
}

#[tokio::test]
async fn files_that_were_meant_for_a_new_matter_can_go_into_an_old_one() {
    let scene = Scene::new().await;
    let file = upload(&scene, "meter.txt").await;
    let matter = scene.matter(Matter::default()).await;
    let body = json!({"text": "Here", "attachment_ids": [file]});
    let answer = scene
        .post(&format!("{PATH}/{matter}/messages"), &body)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["attachments"][0]["id"], file.as_str());
}

#[tokio::test]
async fn anothers_file_goes_with_nothing() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let file = upload(&other, "meter.txt").await;
    let body = with(message("Meter", "x"), "attachment_ids", json!([file]));
    let stolen = scene.post(PATH, &body).await;
    assert_eq!(
        refused(&stolen),
        [("/attachment_ids/0".to_owned(), "unknown".to_owned())]
    );
    let matter = scene.matter(Matter::default()).await;
    let reply = json!({"text": "x", "attachment_ids": [file]});
    let stolen = scene
        .post(&format!("{PATH}/{matter}/messages"), &reply)
        .await;
    assert_eq!(refused(&stolen)[0].0, "/attachment_ids/0");
    assert_eq!(
        other.post(PATH, &body).await.status,
        201,
        "it is still its owner's"
    );
}

#[tokio::test]
async fn a_file_of_one_interaction_begins_no_other() {
    let scene = Scene::new().await;
    let matter = scene.matter(Matter::default()).await;
    let call = Call::new(Method::POST, &format!("{PATH}/{matter}/attachments"))
        .key(&key())
        .header("content-disposition", "attachment; filename=\"a.txt\"")
        .bytes(b"words".to_vec());
    let file = scene.send(call).await.json()["id"].clone();
    let body = with(message("Meter", "x"), "attachment_ids", json!([file]));
    assert_eq!(
        refused(&scene.post(PATH, &body).await)[0].0,
        "/attachment_ids/0"
    );
}

#[tokio::test]
async fn a_way_that_is_closed_for_the_moment_begins_nothing() {
    let scene = Scene::on(
        &TestApi::with(|config| config.demo = true),
        "maya@example.com",
    )
    .await;
    let close = json!({"option_id": "message", "closed": true});
    scene.send(Call::post("/dev/contact-options", &close)).await;
    let answer = scene.post(PATH, &message("a", "b")).await;
    assert_eq!(
        (answer.problem().as_str(), answer.status.as_u16()),
        ("invalid-state", 409)
    );
    assert_eq!(answer.json()["reason"], "closed");
    assert_eq!(count(&scene).await, 0);
}

#[tokio::test]
async fn open_matters_that_sound_alike_are_offered_first() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let matter = |subject: &str, status: &'static str, topic: &'static str| Matter {
        subject: subject.to_owned(),
        status,
        topic: Some(topic),
        ..Matter::default()
    };
    let late = scene
        .matter(matter("The March bill has not come", "open", "billing"))
        .await;
    scene
        .matter(matter("The March bill has not come", "closed", "billing"))
        .await;
    let push = Matter {
        channel: "push",
        direction: "outbound",
        ..matter("The March bill has not come", "open", "billing")
    };
    scene.matter(push).await;
    scene
        .matter(matter("Router blinks", "waiting_on_customer", "broadband"))
        .await;
    other
        .matter(matter("The March bill has not come", "open", "billing"))
        .await;
    let ask = |query: &str| format!("{PATH}/similar?{query}");
    let subject = encoded("march bill is missing");
    assert_eq!(
        scene.ids(&ask(&format!("subject={subject}"))).await,
        *std::slice::from_ref(&late)
    );
    assert_eq!(scene.ids(&ask("topic=billing")).await, [late]);
    assert!(
        scene
            .ids(&ask(&format!("subject={}", encoded("Moving to Porto"))))
            .await
            .is_empty()
    );
    assert!(scene.ids(&ask("subject=")).await.is_empty());
    let long = scene
        .get(&ask(&format!("subject={}", "x".repeat(201))))
        .await;
    assert_eq!(
        refused(&long),
        [("?subject".to_owned(), "too_long".to_owned())]
    );
    assert_eq!(refused(&scene.get(&ask("topic=moon")).await)[0].0, "?topic");
}

#[tokio::test]
async fn nobody_begins_anything_without_signing_in_or_without_a_key() {
    let scene = Scene::new().await;
    let anonymous = Call::post(PATH, &message("a", "b")).key(&key());
    assert_eq!(scene.api.send(anonymous).await.problem(), "unauthenticated");
    let keyless = scene.send(Call::post(PATH, &message("a", "b"))).await;
    assert_eq!(keyless.problem(), "idempotency-key-missing");
    let upload = Call::new(Method::POST, "/v1/attachments")
        .key(&key())
        .bytes(b"x".to_vec());
    assert_eq!(scene.api.send(upload).await.problem(), "unauthenticated");
    let similar = Call::get("/v1/interactions/similar?subject=bill");
    assert_eq!(scene.api.send(similar).await.problem(), "unauthenticated");
}
