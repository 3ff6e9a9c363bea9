use crate::http::interactions::fixture::{MINUTE, Matter, Scene, key};
use crate::testing::{Call, NOW};
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::HashSet;

#[tokio::test]
async fn a_thread_of_ten_thousand_is_read_page_by_page_newest_first() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    // Seven share each moment.
    let messages = (0..10_000)
        .map(|n| ("agent", format!("message {n}"), NOW - MINUTE * (n / 7)))
        .collect();
    scene.messages(&id, messages).await;
    let (mut seen, mut cursor, mut moments) = (HashSet::new(), String::new(), Vec::new());
    loop {
        let page = scene
            .json(&format!(
                "/v1/interactions/{id}/messages?limit=100&cursor={cursor}"
            ))
            .await;
        for message in page["items"].as_array().unwrap() {
            assert!(
                seen.insert(message["id"].to_string()),
                "a message came twice"
            );
            moments.push(message["sent_at"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = next.to_owned();
        if seen.len() == 500 {
            scene
                .messages(&id, vec![("agent", "newer".to_owned(), NOW + MINUTE)])
                .await;
        }
    }
    assert_eq!(seen.len(), 10_000);
    assert!(moments.is_sorted_by(|one, two| one >= two));
    assert_eq!(
        scene.json(&format!("/v1/interactions/{id}")).await["message_count"],
        10_001
    );
}

#[tokio::test]
async fn a_long_message_is_served_whole() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let text = "ü".repeat(200_000);
    scene.message(&id, "agent", &text).await;
    let page = scene.json(&format!("/v1/interactions/{id}/messages")).await;
    assert_eq!(page["items"][0]["text"], text.as_str());
}

#[tokio::test]
async fn a_reply_moves_what_waited_along() {
    let scene = Scene::new().await;
    for (before, after) in [
        ("open", "in_progress"),
        ("waiting_on_customer", "in_progress"),
        ("in_progress", "in_progress"),
        ("escalated_to_moon", "escalated_to_moon"),
    ] {
        let id = scene
            .matter(Matter {
                status: before,
                ..Matter::default()
            })
            .await;
        let answer = scene.reply(&id, "  Here you are.\n").await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let message = answer.json();
        assert_eq!(message["text"], "  Here you are.\n");
        assert_eq!(
            message["author"],
            json!({ "role": "customer", "display_name": "Maya Lindqvist" })
        );
        assert_eq!(message["channel"], "web");
        let now = scene.json(&format!("/v1/interactions/{id}")).await;
        assert_eq!(
            (&now["status"], &now["updated_at"]),
            (&json!(after), &json!("2026-03-04T05:06:07Z"))
        );
        assert_eq!(now["participants"].as_array().unwrap().len(), 1);
        assert_eq!(
            now["channel_changes"],
            json!([{ "at": "2026-03-04T05:06:07Z", "from": "email", "to": "web" }])
        );
        let thread = scene.json(&format!("/v1/interactions/{id}/messages")).await;
        assert_eq!(thread["items"], json!([message]));
    }
}

#[tokio::test]
async fn a_closed_interaction_cannot_be_replied_to() {
    let scene = Scene::new().await;
    for (matter, allowed) in [
        (
            Matter {
                status: "closed",
                ..Matter::default()
            },
            json!(["reopen"]),
        ),
        (
            Matter {
                status: "cancelled",
                ..Matter::default()
            },
            json!([]),
        ),
        (
            Matter {
                channel: "push",
                direction: "outbound",
                ..Matter::default()
            },
            json!([]),
        ),
    ] {
        let id = scene.matter(matter).await;
        let refused = scene.reply(&id, "hello").await;
        assert_eq!(refused.problem(), "invalid-state");
        assert_eq!(refused.json()["allowed_actions"], allowed);
        assert_eq!(
            scene.json(&format!("/v1/interactions/{id}")).await["message_count"],
            0
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_message_is_said_field_by_field() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let path = format!("/v1/interactions/{id}/messages");
    let most = scene.api.state.config.limits.message_characters;
    let eleven: Vec<String> = (0..11).map(|n| format!("att_{n}")).collect();
    for (body, pointer, code, limit) in [
        (
            json!({ "text": " \n", "attachment_ids": [] }),
            "/text",
            "required",
            Value::Null,
        ),
        (
            json!({ "text": "ü".repeat(usize::try_from(most).unwrap() + 1), "attachment_ids": [] }),
            "/text",
            "too_long",
            json!(most),
        ),
        (
            json!({ "text": "a", "attachment_ids": eleven }),
            "/attachment_ids",
            "too_many",
            json!(10),
        ),
        (
            json!({ "text": "a", "attachment_ids": ["att_0"] }),
            "/attachment_ids/0",
            "unknown",
            Value::Null,
        ),
    ] {
        let refused = scene.post(&path, &body).await;
        assert_eq!(refused.problem(), "validation");
        let error = &refused.json()["errors"][0];
        assert_eq!(
            (&error["pointer"], &error["code"], &error["limit"]),
            (&json!(pointer), &json!(code), &limit)
        );
    }
    let longest =
        json!({ "text": "ü".repeat(usize::try_from(most).unwrap()), "attachment_ids": [] });
    assert_eq!(scene.post(&path, &longest).await.status, 201);
    assert_eq!(
        scene.json(&format!("/v1/interactions/{id}")).await["message_count"],
        1
    );
    let no_key = scene.send(Call::post(&path, &longest)).await;
    assert_eq!(no_key.problem(), "idempotency-key-missing");
}

#[tokio::test]
async fn a_reply_that_is_sent_again_is_one_message() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let path = format!("/v1/interactions/{id}/messages");
    let key = key();
    let call =
        |text: &str| Call::post(&path, &json!({ "text": text, "attachment_ids": [] })).key(&key);
    // The first answer is lost on its way; the same intent is sent again, also after the matter was closed.
    let lost = scene.send(call("once")).await;
    scene
        .post(&format!("/v1/interactions/{id}/close"), &json!({}))
        .await;
    let again = scene.send(call("once")).await;
    assert_eq!(
        (again.status, again.header("idempotency-replayed")),
        (lost.status, "true")
    );
    assert_eq!(again.bytes, lost.bytes);
    assert_eq!(
        scene.send(call("twice")).await.problem(),
        "idempotency-key-reused"
    );
    assert_eq!(
        scene.json(&format!("/v1/interactions/{id}")).await["message_count"],
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_are_one_message() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let key = key();
    let body = json!({ "text": "once", "attachment_ids": [] });
    let call = Call::post(&format!("/v1/interactions/{id}/messages"), &body).key(&key);
    let calls = (0..50).map(|_| {
        let (scene, call) = (scene.clone(), call.clone());
        tokio::spawn(async move { scene.send(call).await })
    });
    for answer in calls.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        assert!(
            answer.status == 201 || answer.problem() == "idempotency-in-progress",
            "{}",
            answer.text()
        );
    }
    assert_eq!(
        scene.json(&format!("/v1/interactions/{id}")).await["message_count"],
        1
    );
}

#[tokio::test]
async fn the_company_answers_in_the_name_of_who_was_there() {
    let scene = Scene::new().await;
    let id = scene
        .matter(Matter {
            status: "closed",
            ..Matter::default()
        })
        .await;
    let now = scene.api.state.clock.now();
    let interaction: portal_contract::InteractionId = id.parse().unwrap();
    let (known, unknown) = scene
        .api
        .state
        .store
        .write(move |tx| {
            let nowhere = "int_0".parse().unwrap();
            Ok((
                crate::interactions::company_replies(tx, &interaction, "Hello!", now)?,
                crate::interactions::company_replies(tx, &nowhere, "Hello!", now)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((known, unknown), (Some(scene.customer.clone()), None));
    let list = &scene.json("/v1/interactions").await["items"][0];
    assert_eq!(
        (&list["status"], &list["unread"]),
        (&json!("waiting_on_customer"), &json!(true))
    );
    assert_eq!(list["first_response_at"], "2026-03-04T05:06:07Z");
    let thread = scene.json(&format!("/v1/interactions/{id}/messages")).await;
    assert_eq!(thread["items"][0]["author"]["role"], "agent");
    assert_eq!(
        scene
            .send(Call::new(Method::POST, &format!("/v1/interactions/{id}/reopen")).key(&key()))
            .await
            .problem(),
        "invalid-state"
    );
}
