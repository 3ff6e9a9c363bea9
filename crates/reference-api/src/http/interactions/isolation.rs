//! What another customer has, and what the company keeps to itself, is not there.

use super::fixture::{Matter, Scene, encoded, key};
use crate::testing::{Answer, Call};
use axum::http::Method;
use serde_json::json;

/// Every operation that an id stands in: method, path, and what it would carry.
fn operations(interaction: &str, message: &str, attachment: &str) -> Vec<(&'static str, Call)> {
    let path = |tail: &str| format!("/v1/interactions/{interaction}{tail}");
    let post = |tail: &str| Call::new(Method::POST, &path(tail)).key(&key());
    let words = json!({ "text": "hello", "attachment_ids": [] });
    // What is no id at all is refused in a body before anybody looks for it.
    let file = if attachment.contains('%') {
        "att_0"
    } else {
        attachment
    };
    let files = json!({ "text": "hello", "attachment_ids": [file] });
    vec![
        ("", Call::get(&path(""))),
        ("/messages", Call::get(&path("/messages"))),
        ("/messages?limit", Call::get(&path("/messages?limit=1"))),
        ("/messages post", post("/messages").json(&words)),
        (
            "/messages post, empty",
            post("/messages").json(&json!({ "text": "", "attachment_ids": [] })),
        ),
        ("/messages post, file", post("/messages").json(&files)),
        ("/close", post("/close")),
        ("/reopen", post("/reopen")),
        (
            "/attachments",
            post("/attachments").bytes(b"hello".to_vec()),
        ),
        (
            "/attachments/a",
            Call::get(&path(&format!("/attachments/{attachment}"))),
        ),
        (
            "/messages/m/document",
            Call::get(&path(&format!("/messages/{message}/document"))),
        ),
        (
            "/messages/m/document?images",
            Call::get(&path(&format!("/messages/{message}/document?images=allow"))),
        ),
    ]
}

/// Everything of an answer but the address, the id of the request, and the length that goes with them.
fn comparable(answer: &Answer) -> (u16, Vec<(String, String)>, serde_json::Value) {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id" && *name != "content-length")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("?").to_owned()))
        .collect();
    headers.sort();
    let mut body = answer.json();
    for varying in ["request_id", "instance"] {
        body.as_object_mut()
            .expect("a problem is an object")
            .remove(varying);
    }
    (answer.status.as_u16(), headers, body)
}

/// The other customer's interaction, message with HTML, and file.
async fn belongings(other: &Scene) -> (String, String, String) {
    let interaction = other
        .matter(Matter {
            subject: "zebrawood".to_owned(),
            ..Matter::default()
        })
        .await;
    other
        .message(&interaction, "agent", "zebrawood again")
        .await;
    other
        .sql("UPDATE messages SET html = '<p>zebrawood</p>'")
        .await;
    let path = format!("/v1/interactions/{interaction}");
    let upload = Call::new(Method::POST, &format!("{path}/attachments"))
        .key(&key())
        .header("content-disposition", "attachment; filename*=UTF-8''a.txt")
        .bytes(b"zebrawood".to_vec());
    let file = other.send(upload).await.json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let message = other.ids(&format!("{path}/messages")).await.remove(0);
    (interaction, message, file)
}

#[tokio::test]
async fn anothers_ids_answer_as_ids_that_do_not_exist() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let (interaction, message, file) = belongings(&other).await;
    for (name, call) in operations(&interaction, &message, &file) {
        if !name.contains("reopen") && !name.contains("empty") {
            assert!(
                other.send(call).await.status.is_success(),
                "{name}: the owner is served"
            );
        }
        if name == "/close" {
            other
                .post(
                    &format!("/v1/interactions/{interaction}/reopen"),
                    &json!({}),
                )
                .await;
        }
    }
    let before = other.json(&format!("/v1/interactions/{interaction}")).await;
    let foreign = operations(&interaction, &message, &file);
    let nowhere = operations("int_0", "msg_0", "att_0");
    let no_ids = operations("a%2Fb", "%20", "%ff");
    for (((name, foreign), (_, nowhere)), (_, no_ids)) in
        foreign.into_iter().zip(nowhere).zip(no_ids)
    {
        let foreign = comparable(&scene.send(foreign).await);
        assert_eq!(foreign.0, 404, "{name}");
        assert_eq!(foreign, comparable(&scene.send(nowhere).await), "{name}");
        assert_eq!(foreign, comparable(&scene.send(no_ids).await), "{name}");
    }
    assert_eq!(
        other.json(&format!("/v1/interactions/{interaction}")).await,
        before
    );
}

#[tokio::test]
async fn anothers_message_and_file_are_not_reached_through_an_own_interaction() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let (_, message, file) = belongings(&other).await;
    let own = scene.matter(Matter::default()).await;
    for path in [
        format!("attachments/{file}"),
        format!("messages/{message}/document"),
    ] {
        assert_eq!(
            scene
                .get(&format!("/v1/interactions/{own}/{path}"))
                .await
                .status,
            404,
            "{path}"
        );
    }
    let body = json!({ "text": "", "attachment_ids": [file] });
    let stolen = scene
        .post(&format!("/v1/interactions/{own}/messages"), &body)
        .await;
    assert_eq!(stolen.json()["errors"][0]["pointer"], "/attachment_ids/0");
    assert_eq!(
        scene.json(&format!("/v1/interactions/{own}")).await["message_count"],
        0
    );
}

#[tokio::test]
async fn lists_hold_nothing_of_anothers() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    belongings(&other).await;
    for path in [
        "/v1/interactions",
        "/v1/interactions?q=zebrawood",
        &format!("/v1/interactions?q={}", encoded("斑马")),
        "/v1/interactions/facets",
        "/v1/overview",
        "/v1/events",
    ] {
        let text = scene.get(path).await.text();
        assert!(
            !text.contains("zebrawood") && !text.contains("int_"),
            "{path}: {text}"
        );
    }
}

#[tokio::test]
async fn nobody_reaches_anything_without_signing_in() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let mut calls: Vec<Call> = operations(&id, "m", "a")
        .into_iter()
        .map(|(_, call)| call)
        .collect();
    calls.extend(
        [
            "/v1/interactions",
            "/v1/interactions/facets",
            "/v1/overview",
            "/v1/events",
        ]
        .map(Call::get),
    );
    for call in calls {
        let shown = format!("{call:?}");
        assert_eq!(
            scene.api.send(call).await.problem(),
            "unauthenticated",
            "{shown}"
        );
    }
}

#[tokio::test]
async fn an_internal_note_never_leaves() {
    const NOTE: &str = "wobblyfrog";
    let scene = Scene::new().await;
    let id = scene
        .matter(Matter {
            status: "waiting_on_customer",
            ..Matter::default()
        })
        .await;
    scene.message(&id, "agent", "Could you send a photo?").await;
    scene
        .sql(
            "INSERT INTO internal_notes (id, interaction_seq, author_name, written_at, text)
             VALUES ('note_1', 1, 'Wobblyfrog Agent', 1772600767000, 'wobblyfrog: this customer is difficult')",
        )
        .await;
    scene.reply(&id, "Here is a photo.").await;
    let message = scene
        .ids(&format!("/v1/interactions/{id}/messages"))
        .await
        .remove(0);
    let mut calls: Vec<Call> = operations(&id, &message, "att_0")
        .into_iter()
        .map(|(_, call)| call)
        .collect();
    for path in [
        "/v1/interactions",
        "/v1/interactions?q=wobblyfrog",
        "/v1/interactions?q=wobbly",
        "/v1/interactions?q=difficult%20photo",
        "/v1/interactions/facets",
        "/v1/overview",
        "/v1/events",
        "/v1/me",
        "/v1/session",
    ] {
        calls.push(Call::get(path));
    }
    for call in calls {
        let shown = format!("{call:?}");
        let answer = scene.send(call).await;
        let instance_free = answer.text().replace("q=wobbly", "");
        assert!(
            !instance_free.to_lowercase().contains(NOTE),
            "{shown}: {instance_free}"
        );
    }
    for query in ["wobblyfrog", "difficult"] {
        assert!(
            scene
                .ids(&format!("/v1/interactions?q={query}"))
                .await
                .is_empty(),
            "{query}"
        );
    }
    let count = scene.json("/v1/interactions").await["items"][0]["message_count"].as_u64();
    let thread = scene.json(&format!("/v1/interactions/{id}/messages")).await;
    assert_eq!(
        count,
        Some(thread["items"].as_array().unwrap().len() as u64)
    );
}
