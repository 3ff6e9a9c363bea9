use super::*;

async fn undo(scene: &Scene, id: &str) -> Answer {
    scene
        .post(&format!("{HISTORY}/{id}/undo"), &json!({}))
        .await
}

async fn newest(scene: &Scene) -> String {
    history(scene).await[0]["id"].as_str().unwrap().to_owned()
}

/// Changes of every part of the document, one after the other.
fn changes(email: &str) -> Vec<Value> {
    vec![
        cell(
            "newsletter",
            "email",
            json!({ "enabled": true, "frequency": "weekly" }),
        ),
        cell("new_bill", "email", json!({ "contact_point_id": email })),
        json!({ "global_opt_out": true }),
        json!({ "paused_until": "2026-04-01T00:00:00Z", "survey_snooze_until": "2026-05-01T00:00:00Z" }),
        json!({ "language": "ar" }),
        json!({ "quiet_hours": { "enabled": true, "time_zone": "Australia/Lord_Howe", "outside": "drop", "channels": ["email"],
                "windows": [{ "days": ["mon"], "start": "22:00", "end": "07:00" }] } }),
        json!({ "global_opt_out": false, "topics": { "outages": { "sms": { "enabled": false } } } }),
        json!({ "quiet_hours": { "windows": [{ "days": ["fri"], "start": "00:00", "end": "00:00" }] } }),
        cell(
            "newsletter",
            "email",
            json!({ "enabled": false, "frequency": null }),
        ),
        json!({ "quiet_hours": null, "paused_until": null, "language": null }),
    ]
}

#[tokio::test]
async fn undoing_restores_the_document_to_the_byte() {
    let scene = Scene::new().await;
    let email = reachable_by(&scene, "email").await;
    let mut states = vec![but_for_times(&document(&scene).await)];
    for body in changes(email.as_str()) {
        states.push(but_for_times(&patched(&scene, &body).await));
    }
    let made: Vec<Value> = history(&scene).await;
    assert_eq!(made.len() + 1, states.len());
    for (entry, expected) in made.iter().zip(states.iter().rev().skip(1)) {
        let undone = undo(&scene, entry["id"].as_str().unwrap()).await;
        assert_eq!(undone.status, 200, "{}", undone.text());
        assert_eq!(&but_for_times(&undone.json()), expected);
        assert_eq!(
            undone.header("etag").trim_matches('"'),
            undone.json()["etag"]
        );
    }
}

#[tokio::test]
async fn an_undo_is_a_change_and_can_be_undone() {
    let scene = Scene::new().await;
    let before = document(&scene).await;
    let off = patched(&scene, &json!({ "global_opt_out": true })).await;
    let change = newest(&scene).await;
    let first = undo(&scene, &change).await.json();
    assert_eq!(but_for_times(&first), but_for_times(&before));
    let entries = history(&scene).await;
    assert_eq!(entries[0]["undoes"], change.as_str());
    assert_eq!(entries[1]["undone_by"], entries[0]["id"]);
    assert_eq!(
        (&entries[0]["undoable"], &entries[1]["undoable"]),
        (&json!(true), &json!(false))
    );
    let second = undo(&scene, entries[0]["id"].as_str().unwrap())
        .await
        .json();
    assert_eq!(but_for_times(&second), but_for_times(&off));
    let again = undo(&scene, &change).await;
    assert_eq!(
        (again.problem().as_str(), &again.json()["reason"]),
        ("invalid-state", &json!("changed_since"))
    );
}

#[tokio::test]
async fn what_was_changed_since_is_not_undone_over_it() {
    let scene = Scene::new().await;
    patched(&scene, &json!({ "language": "de", "global_opt_out": true })).await;
    let first = newest(&scene).await;
    let elsewhere = patched(&scene, &json!({ "paused_until": "2026-04-01T00:00:00Z" })).await;
    assert_eq!(history(&scene).await[1]["undoable"], true);
    patched(&scene, &json!({ "language": "ar" })).await;
    let before = document(&scene).await;
    let refused = undo(&scene, &first).await;
    assert_eq!(refused.problem(), "invalid-state");
    assert_eq!(refused.json()["reason"], "changed_since");
    assert_eq!(document(&scene).await, before);
    assert_eq!(history(&scene).await[2]["undoable"], false);
    // What was changed back stands as it was left.
    patched(&scene, &json!({ "language": "de" })).await;
    let undone = undo(&scene, &first).await.json();
    assert_eq!(
        (&undone["language"], &undone["global_opt_out"]),
        (&Value::Null, &json!(false))
    );
    assert_eq!(undone["paused_until"], elsewhere["paused_until"]);
}

#[tokio::test]
async fn a_contact_point_that_is_gone_is_not_brought_back() {
    let scene = Scene::new().await;
    let email = reachable_by(&scene, "email").await;
    let to = |id: Value| cell("new_bill", "email", json!({ "contact_point_id": id }));
    patched(&scene, &to(json!(email))).await;
    patched(&scene, &to(Value::Null)).await;
    let change = newest(&scene).await;
    scene
        .sql("DELETE FROM contact_points WHERE value LIKE 'cp_%'")
        .await;
    assert_eq!(history(&scene).await[0]["undoable"], false);
    assert_eq!(
        undo(&scene, &change).await.json()["reason"],
        "changed_since"
    );
}

#[tokio::test]
async fn a_decision_about_a_purpose_is_in_the_history_and_is_not_undone_there() {
    let scene = Scene::new().await;
    let objection = json!({ "decision": "object", "notice_version": "2024-05", "language": "en" });
    let decided = scene
        .post("/v1/consents/own_offers/decisions", &objection)
        .await;
    assert_eq!(decided.status, 201, "{}", decided.text());
    let entries = history(&scene).await;
    assert_eq!(
        (&entries[0]["subject"], &entries[0]["undoable"]),
        (&json!("consent"), &json!(false))
    );
    let refused = undo(&scene, entries[0]["id"].as_str().unwrap()).await;
    assert_eq!(refused.json()["reason"], "not_undoable");
}

#[tokio::test]
async fn a_repeated_undo_is_answered_again() {
    let scene = Scene::new().await;
    patched(&scene, &json!({ "global_opt_out": true })).await;
    let path = format!("{HISTORY}/{}/undo", newest(&scene).await);
    let call = Call::post(&path, &json!({})).key(&key());
    let first = scene.send(call.clone()).await;
    let again = scene.send(call).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(history(&scene).await.len(), 2);
    let keyless = scene.send(Call::post(&path, &json!({}))).await;
    assert_eq!(keyless.problem(), "idempotency-key-missing");
}

#[tokio::test]
async fn the_history_is_read_in_pages_without_a_gap_or_a_repeat() {
    let scene = Scene::new().await;
    for on in [true, false, true, false, true] {
        patched(&scene, &json!({ "global_opt_out": on })).await;
    }
    let all: Vec<Value> = history(&scene).await;
    let mut read = Vec::new();
    let mut path = format!("{HISTORY}?limit=2");
    loop {
        let page = scene.json(&path).await;
        read.extend(page["items"].as_array().unwrap().clone());
        // What is added meanwhile stands before what was read.
        patched(
            &scene,
            &json!({ "language": if read.len() < 3 { "de" } else { "ar" } }),
        )
        .await;
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("{HISTORY}?limit=2&cursor={cursor}");
    }
    let ids = |entries: &[Value]| {
        let id = |entry: &Value| entry["id"].clone();
        entries.iter().map(id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&read), ids(&all));
    let foreign = scene.get(&format!("{HISTORY}?cursor=abc")).await;
    assert_eq!(foreign.json()["errors"][0]["pointer"], "?cursor");
}
