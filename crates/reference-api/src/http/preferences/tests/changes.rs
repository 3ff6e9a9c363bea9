use super::*;

#[tokio::test]
async fn the_document_has_every_topic_and_channel_of_the_catalogue() {
    let scene = Scene::new().await;
    let catalogue = scene.json("/v1/preference-catalog").await;
    let document = document(&scene).await;
    let mut topics = 0;
    for topic in catalogue["groups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["topics"].as_array().unwrap())
    {
        topics += 1;
        let choices = document["topics"][topic["id"].as_str().unwrap()]
            .as_object()
            .unwrap();
        let channels: Vec<_> = topic["channels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|channel| channel["channel"].as_str().unwrap())
            .collect();
        assert_eq!(choices.keys().collect::<Vec<_>>().len(), channels.len());
        assert!(
            channels
                .iter()
                .all(|channel| choices.contains_key(*channel))
        );
    }
    assert_eq!(
        (topics, document["topics"].as_object().unwrap().len()),
        (14, 14)
    );
    assert_eq!(document["topics"]["newsletter"]["email"]["enabled"], false);
    assert_eq!(document["topics"]["new_bill"]["email"]["enabled"], true);
    assert_eq!(
        document["topics"]["newsletter"]["email"]["frequency"],
        "monthly"
    );
    assert_eq!(
        document["topics"]["new_bill"]["email"]["frequency"],
        Value::Null
    );
    assert_eq!(document["propagation"]["state"], "applied");
}

#[tokio::test]
async fn the_catalogue_speaks_the_customers_language() {
    let scene = Scene::new().await;
    let group = |catalogue: &Value| catalogue["groups"][0]["label"].as_str().unwrap().to_owned();
    let english = scene.json("/v1/preference-catalog").await;
    assert_eq!(group(&english), "Account and security");
    scene.sql("UPDATE customers SET locale = 'de-AT'").await;
    let german = scene.json("/v1/preference-catalog").await;
    assert_eq!(group(&german), "Konto und Sicherheit");
    let reason = german["groups"][0]["topics"][0]["required"]["reason"].clone();
    assert!(reason.as_str().unwrap().starts_with("Von einer Anmeldung"));
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_leaves_the_rest() {
    let scene = Scene::new().await;
    let before = document(&scene).await;
    let body = json!({
        "language": "de",
        "topics": { "newsletter": { "email": { "enabled": true, "frequency": "weekly" } } },
    });
    let after = patched(&scene, &body).await;
    let mut expected = before;
    expected["language"] = json!("de");
    expected["topics"]["newsletter"]["email"]["enabled"] = json!(true);
    expected["topics"]["newsletter"]["email"]["frequency"] = json!("weekly");
    assert_eq!(but_for_times(&after), but_for_times(&expected));
    assert_eq!(after["propagation"]["state"], "pending");
    assert_eq!(after["propagation"]["effective_by"], "2026-03-04T05:21:07Z");
    scene.api.state.clock.advance(15 * 60);
    let later = document(&scene).await;
    assert_eq!(
        later["propagation"],
        json!({ "state": "applied", "effective_by": null })
    );
    assert_eq!(later["etag"], after["etag"]);
}

#[tokio::test]
async fn a_patch_names_the_version_it_was_made_on() {
    let scene = Scene::new().await;
    let body = json!({ "global_opt_out": true });
    let without = scene.send(Call::patch(PREFERENCES, &body)).await;
    assert_eq!(without.problem(), "precondition-required");
    let first = etag(&scene).await;
    assert_eq!(patch_on(&scene, &first, &body).await.status, 200);
    let stale = patch_on(&scene, &first, &json!({ "language": "ar" })).await;
    assert_eq!(stale.problem(), "precondition-failed");
    assert_eq!(stale.json()["current"], document(&scene).await);
}

#[tokio::test]
async fn a_key_is_looked_up_before_the_version() {
    let scene = Scene::new().await;
    let call = Call::patch(PREFERENCES, &json!({ "global_opt_out": true }))
        .header("if-match", &format!("\"{}\"", etag(&scene).await))
        .key(&key());
    let first = scene.send(call.clone()).await;
    let again = scene.send(call.clone()).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (200, 200));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    let other = call.json(&json!({ "global_opt_out": false }));
    assert_eq!(scene.send(other).await.problem(), "idempotency-key-reused");
    assert_eq!(history(&scene).await.len(), 1);
}

#[tokio::test]
async fn what_changes_nothing_makes_no_version_and_no_entry() {
    let scene = Scene::new().await;
    let before = document(&scene).await;
    for body in [
        json!({}),
        json!({ "global_opt_out": false, "paused_until": null, "topics": {} }),
        cell(
            "newsletter",
            "email",
            json!({ "enabled": false, "frequency": "monthly" }),
        ),
        cell("security_alerts", "email", json!({ "enabled": true })),
        json!({ "quiet_hours": { "enabled": false, "windows": [], "outside": "hold" } }),
        json!({ "quiet_hours": null }),
    ] {
        assert_eq!(patched(&scene, &body).await, before, "{body}");
    }
    assert!(history(&scene).await.is_empty());
    let events = scene.json("/v1/events").await;
    assert_eq!(events["items"], json!([]));
}

#[tokio::test]
async fn an_entry_says_what_changed_when_by_whom_and_which_way() {
    let scene = Scene::new().await;
    let after = json!({ "newsletter": { "email": { "enabled": true } }, "new_bill": { "email": { "enabled": false } } });
    patched(&scene, &json!({ "topics": after })).await;
    let entries = history(&scene).await;
    assert_eq!(entries.len(), 1);
    let entry = &entries[0];
    assert_eq!(entry["at"], "2026-03-04T05:06:07Z");
    assert_eq!(
        (&entry["route"], &entry["subject"]),
        (&json!("portal"), &json!("preferences"))
    );
    assert_eq!(
        entry["actor"],
        json!({ "role": "customer", "display_name": "Maya Lindqvist" })
    );
    assert_eq!(
        entry["changes"],
        json!([
            { "pointer": "/topics/new_bill/email/enabled", "before": true, "after": false },
            { "pointer": "/topics/newsletter/email/enabled", "before": false, "after": true },
        ])
    );
    assert_eq!(entry["undoable"], true);
}

#[tokio::test]
async fn a_change_is_an_event_that_open_pages_hear() {
    let scene = Scene::new().await;
    let cursor = scene.json("/v1/events").await["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut heard = scene.api.state.changes.listen();
    let after = patched(&scene, &json!({ "global_opt_out": true })).await;
    assert!(heard.try_recv().is_ok());
    let events = scene.json(&format!("/v1/events?cursor={cursor}")).await;
    let event = &events["items"][0];
    assert_eq!(event["type"], "preferences.updated");
    assert_eq!(
        (&event["resource"], &event["id"]),
        (&json!("preferences"), &json!("preferences"))
    );
    assert_eq!(event["etag"], after["etag"]);
    assert_eq!(events["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_identical_saves_are_one_change() {
    let scene = Scene::new().await;
    let body = cell("newsletter", "email", json!({ "enabled": true }));
    let first = etag(&scene).await;
    for key in [None, Some(key())] {
        let calls = (0..50).map(|_| {
            let (scene, first, body) = (scene.clone(), first.clone(), body.clone());
            let key = key.clone();
            tokio::spawn(async move {
                let call =
                    Call::patch(PREFERENCES, &body).header("if-match", &format!("\"{first}\""));
                let call = match &key {
                    Some(key) => call.key(key),
                    None => call,
                };
                scene.send(call).await.status.as_u16()
            })
        });
        let mut taken = 0;
        for call in calls.collect::<Vec<_>>() {
            match call.await.unwrap() {
                200 => taken += 1,
                // Another won on this version, or the same intent is being worked on.
                409 | 412 => {}
                other => panic!("{other}"),
            }
        }
        assert!(taken <= 1 || key.is_some());
        assert_eq!(history(&scene).await.len(), 1);
    }
    assert_eq!(
        document(&scene).await["topics"]["newsletter"]["email"]["enabled"],
        true
    );
}

#[tokio::test]
async fn everything_off_and_back_again_is_exactly_as_before() {
    let scene = Scene::new().await;
    let before = patched(
        &scene,
        &cell("newsletter", "email", json!({ "enabled": true })),
    )
    .await;
    let off = patched(&scene, &json!({ "global_opt_out": true })).await;
    assert_eq!(off["global_opt_out_since"], "2026-03-04T05:06:07Z");
    assert_eq!(off["topics"], before["topics"]);
    let back = patched(&scene, &json!({ "global_opt_out": false })).await;
    assert_eq!(but_for_times(&back), but_for_times(&before));
    assert_eq!(back["global_opt_out_since"], Value::Null);
}

#[tokio::test]
async fn switching_off_again_is_told_by_its_moment() {
    let scene = Scene::new().await;
    let switch = |on: bool| cell("new_bill", "email", json!({ "enabled": on }));
    let since = |document: &Value| document["topics"]["new_bill"]["email"]["off_since"].clone();
    assert_eq!(since(&document(&scene).await), Value::Null);
    let first = patched(&scene, &switch(false)).await;
    scene.api.state.clock.advance(60);
    let on = patched(&scene, &switch(true)).await;
    let second = patched(&scene, &switch(false)).await;
    assert_eq!(since(&first), "2026-03-04T05:06:07Z");
    assert_eq!(since(&on), Value::Null);
    assert_eq!(since(&second), "2026-03-04T05:07:07Z");
    let pause = |until: &str| json!({ "paused_until": until });
    let paused = patched(&scene, &pause("2026-04-01T00:00:00Z")).await;
    scene.api.state.clock.advance(60);
    let longer = patched(&scene, &pause("2026-05-01T00:00:00Z")).await;
    assert_eq!(paused["paused_since"], "2026-03-04T05:07:07Z");
    assert_eq!(longer["paused_since"], "2026-03-04T05:08:07Z");
    let over = patched(&scene, &json!({ "paused_until": null })).await;
    assert_eq!(over["paused_since"], Value::Null);
}

#[tokio::test]
async fn quiet_hours_tell_the_silence_that_comes_next() {
    let scene = Scene::new().await;
    let nights = json!({ "enabled": true, "time_zone": "Europe/Berlin", "channels": ["sms", "email", "sms"],
        "windows": [{ "days": ["sun", "sat", "sat"], "start": "22:00", "end": "07:00" }] });
    let after = patched(&scene, &json!({ "quiet_hours": nights })).await;
    let quiet = &after["quiet_hours"];
    assert_eq!(quiet["windows"][0]["days"], json!(["sat", "sun"]));
    assert_eq!(quiet["channels"], json!(["email", "sms"]));
    assert_eq!(
        quiet["next"],
        json!({ "starts_at": "2026-03-07T21:00:00Z", "ends_at": "2026-03-08T06:00:00Z" })
    );
    // 24 days on it is the night in which the clocks change.
    scene.api.state.clock.advance(24 * 24 * 3600);
    let scene = scene.signed_in_again().await;
    assert_eq!(
        document(&scene).await["quiet_hours"]["next"],
        json!({ "starts_at": "2026-03-28T21:00:00Z", "ends_at": "2026-03-29T05:00:00Z" })
    );
    let off = patched(&scene, &json!({ "quiet_hours": { "enabled": false } })).await;
    assert_eq!(off["quiet_hours"]["next"], Value::Null);
    let own = patched(
        &scene,
        &json!({ "quiet_hours": { "enabled": true, "time_zone": null } }),
    )
    .await;
    assert_eq!(own["quiet_hours"]["time_zone"], Value::Null);
    let none = patched(&scene, &json!({ "quiet_hours": null })).await;
    assert_eq!(none["quiet_hours"]["windows"], json!([]));
}

#[tokio::test]
async fn looking_changes_nothing() {
    let scene = Scene::new().await;
    patched(&scene, &json!({ "language": "de" })).await;
    let before = document(&scene).await;
    let paths = [
        PREFERENCES,
        HISTORY,
        "/v1/preference-catalog",
        "/v1/preferences/reach?topic=newsletter&channel=email",
    ];
    for path in paths {
        for method in [axum::http::Method::GET, axum::http::Method::HEAD] {
            let answer = scene.send(Call::new(method, path)).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
    let undo = format!(
        "{HISTORY}/{}/undo",
        history(&scene).await[0]["id"].as_str().unwrap()
    );
    assert_eq!(scene.get(&undo).await.status, 405);
    assert_eq!(document(&scene).await, before);
    assert_eq!(history(&scene).await.len(), 1);
}
