use super::*;

/// The pointers and codes of a refusal, sorted.
async fn refusals(scene: &Scene, body: &Value) -> Vec<(String, String)> {
    let before = document(scene).await;
    let refused = patch(scene, body).await;
    assert_eq!(refused.problem(), "validation", "{}", refused.text());
    assert_eq!(document(scene).await, before);
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    let mut found: Vec<_> = refused.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (text(error, "pointer"), text(error, "code")))
        .collect();
    found.sort();
    found
}

async fn check(body: Value, expected: &[(&str, &str)]) {
    let scene = Scene::new().await;
    let expected: Vec<_> = expected
        .iter()
        .map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned()))
        .collect();
    assert_eq!(refusals(&scene, &body).await, expected);
}

#[tokio::test]
async fn each_refused_member_is_named() {
    let body = json!({
        "etag": "x", "global_opt_out": null, "global_opt_out_since": null, "language": "xx",
        "paused_until": "2026-03-04T05:06:07Z", "propagation": {}, "survey_snooze_until": "tomorrow",
        "quiet_hours": [], "a/b~c": 1,
    });
    check(
        body,
        &[
            ("/a~1b~0c", "not_offered"),
            ("/etag", "not_offered"),
            ("/global_opt_out", "invalid_format"),
            ("/global_opt_out_since", "not_offered"),
            ("/language", "not_offered"),
            ("/paused_until", "past"),
            ("/propagation", "not_offered"),
            ("/quiet_hours", "invalid_format"),
            ("/survey_snooze_until", "invalid_format"),
        ],
    )
    .await;
}

#[tokio::test]
async fn each_refused_choice_is_named() {
    let body = json!({ "topics": {
        "gardening": { "email": { "enabled": true } },
        "newsletter": {
            "sms": { "enabled": true },
            "email": { "enabled": "yes", "frequency": "daily", "locked": false, "off_since": null },
            "post": null,
        },
        "new_bill": 1,
        "planned_works": { "email": { "frequency": 7, "contact_point_id": 7 } },
    }});
    check(
        body,
        &[
            ("/topics/gardening", "unknown"),
            ("/topics/new_bill", "invalid_format"),
            ("/topics/newsletter/email/enabled", "invalid_format"),
            ("/topics/newsletter/email/frequency", "not_offered"),
            ("/topics/newsletter/email/locked", "not_offered"),
            ("/topics/newsletter/email/off_since", "not_offered"),
            ("/topics/newsletter/post", "invalid_format"),
            ("/topics/newsletter/sms", "unknown"),
            (
                "/topics/planned_works/email/contact_point_id",
                "invalid_format",
            ),
            ("/topics/planned_works/email/frequency", "invalid_format"),
        ],
    )
    .await;
    check(json!({ "topics": null }), &[("/topics", "invalid_format")]).await;
}

#[tokio::test]
async fn each_refused_part_of_quiet_hours_is_named() {
    let body = json!({ "quiet_hours": {
        "enabled": 1, "time_zone": "Mars/Olympus", "outside": "shout", "channels": ["email", "fax"], "next": null,
        "windows": [
            { "days": [], "start": "22:00", "end": "07:00" },
            { "days": ["mon", "someday"], "start": "24:00", "end": "7" },
            { "start": "22:00", "days": "mon", "until": "x" },
            "always",
        ],
    }});
    check(
        body,
        &[
            ("/quiet_hours/channels/1", "not_offered"),
            ("/quiet_hours/enabled", "invalid_format"),
            ("/quiet_hours/next", "not_offered"),
            ("/quiet_hours/outside", "not_offered"),
            ("/quiet_hours/time_zone", "unknown"),
            ("/quiet_hours/windows/0/days", "required"),
            ("/quiet_hours/windows/1/days/1", "not_offered"),
            ("/quiet_hours/windows/1/end", "invalid_format"),
            ("/quiet_hours/windows/1/start", "invalid_format"),
            ("/quiet_hours/windows/2/days", "invalid_format"),
            ("/quiet_hours/windows/2/end", "required"),
            ("/quiet_hours/windows/2/until", "not_offered"),
            ("/quiet_hours/windows/3", "invalid_format"),
        ],
    )
    .await;
}

#[tokio::test]
async fn there_are_twenty_windows_at_most() {
    let window = json!({ "days": ["mon"], "start": "22:00", "end": "07:00" });
    let scene = Scene::new().await;
    let windows =
        |count: usize| json!({ "quiet_hours": { "windows": vec![window.clone(); count] } });
    patched(&scene, &windows(20)).await;
    let refused = patch(&scene, &windows(21)).await.json();
    assert_eq!(refused["errors"][0]["code"], "too_many");
    assert_eq!(refused["errors"][0]["limit"], 20);
}

#[tokio::test]
async fn every_zone_that_people_live_in_is_taken() {
    let scene = Scene::new().await;
    for zone in [
        "America/St_Johns",
        "Pacific/Kiritimati",
        "Australia/Lord_Howe",
        "Europe/Berlin",
        "Asia/Kathmandu",
    ] {
        let after = patched(&scene, &json!({ "quiet_hours": { "time_zone": zone } })).await;
        assert_eq!(after["quiet_hours"]["time_zone"], zone);
    }
}

#[tokio::test]
async fn a_pause_that_is_over_can_stay_in_a_form_that_is_sent_whole() {
    let scene = Scene::new().await;
    let pause = json!({ "paused_until": "2026-03-05T00:00:00Z" });
    patched(&scene, &pause).await;
    scene.api.state.clock.advance(3 * 24 * 3600);
    let scene = scene.signed_in_again().await;
    let before = document(&scene).await;
    assert_eq!(patched(&scene, &pause).await, before);
}

#[tokio::test]
async fn what_is_no_object_is_malformed() {
    let scene = Scene::new().await;
    for body in [json!([]), json!("x"), json!(null)] {
        assert_eq!(patch(&scene, &body).await.problem(), "malformed", "{body}");
    }
}
