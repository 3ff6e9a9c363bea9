use super::*;

async fn ask(scene: &Scene, query: &str) -> Value {
    scene.json(&format!("/v1/preferences/reach?{query}")).await
}

fn codes(reach: &Value) -> Vec<&str> {
    let reasons = reach["reasons"].as_array().unwrap();
    reasons
        .iter()
        .map(|reason| reason["code"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_server_says_whether_it_would_come_and_why() {
    let scene = Scene::new().await;
    let bill = ask(&scene, "topic=new_bill&channel=email").await;
    assert_eq!(
        (&bill["answer"], &bill["at"]),
        (&json!("yes"), &json!("2026-03-04T05:06:07Z"))
    );
    assert_eq!(bill["asked_for"], "2026-03-04T05:06:07Z");
    assert!(bill["contact_point_id"].as_str().is_some());
    assert_eq!(codes(&bill), ["topic_on"]);
    let required = ask(&scene, "topic=security_alerts&channel=email").await;
    assert_eq!(codes(&required), ["required"]);
    let off = ask(&scene, "topic=newsletter&channel=email").await;
    assert_eq!((&off["answer"], &off["at"]), (&json!("no"), &Value::Null));
    assert_eq!(codes(&off), ["topic_off"]);
    let nowhere = ask(&scene, "topic=outages&channel=sms").await;
    assert_eq!(codes(&nowhere), ["no_contact_point"]);
    let no_such_way = ask(&scene, "topic=newsletter&channel=phone").await;
    assert_eq!(codes(&no_such_way), ["not_offered"]);
    let unasked = ask(&scene, "topic=personal_offers&channel=email").await;
    assert_eq!(codes(&unasked), ["consent_missing"]);
    assert_eq!(unasked["reasons"][0]["purpose_id"], "personal_offers");
}

#[tokio::test]
async fn an_objection_and_everything_off_stop_what_is_not_required() {
    let scene = Scene::new().await;
    let objection = json!({ "decision": "object", "notice_version": "2024-05", "language": "en" });
    scene
        .post("/v1/consents/own_offers/decisions", &objection)
        .await;
    let offers = ask(&scene, "topic=tariff_offers&channel=email").await;
    assert_eq!(codes(&offers), ["objected"]);
    patched(&scene, &json!({ "global_opt_out": true })).await;
    let bill = ask(&scene, "topic=new_bill&channel=email").await;
    assert_eq!(codes(&bill), ["global_opt_out"]);
    let contract = ask(&scene, "topic=contract_changes&channel=email").await;
    assert_eq!(contract["answer"], "yes");
}

#[tokio::test]
async fn the_privacy_signal_is_a_reason_of_its_own() {
    let catalogue = crate::preferences::Catalogue::parse(
        "test",
        r#"
[[group]]
id = "g"
text.en = { label = "G", description = "" }
[[group.topic]]
id = "partners"
text.en = { label = "Partners", description = "" }
channels = ["email"]
on = ["email"]
purpose = "reach_measurement"
"#,
    )
    .unwrap();
    let api = crate::testing::TestApi::with(|config| config.catalogue = catalogue.into());
    let scene = Scene::on(&api, "maya@example.com").await;
    assert_eq!(
        codes(&ask(&scene, "topic=partners&channel=email").await),
        ["topic_on"]
    );
    let call = Call::get("/v1/preferences").header("sec-gpc", "1");
    assert_eq!(scene.send(call).await.status, 200);
    let reach = ask(&scene, "topic=partners&channel=email").await;
    assert_eq!(codes(&reach), ["privacy_signal"]);
}

#[tokio::test]
async fn pause_digest_and_quiet_hours_make_it_wait_one_after_the_other() {
    let scene = Scene::new().await;
    let nights = json!({ "enabled": true, "time_zone": "America/St_Johns",
        "windows": [{ "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "00:30", "end": "11:00" }] });
    let body = json!({
        "paused_until": "2026-03-07T12:00:00Z", "quiet_hours": nights,
        "topics": { "tariff_offers": { "email": { "frequency": "weekly" } } },
    });
    patched(&scene, &body).await;
    let offers = ask(&scene, "topic=tariff_offers&channel=email").await;
    assert_eq!(offers["answer"], "later");
    assert_eq!(
        codes(&offers),
        ["topic_on", "paused", "digest", "quiet_hours_hold"]
    );
    // Monday at 9:00 in Berlin is 5:30 in St John's, where summer time began the day before and silence ends at 11:00.
    assert_eq!(offers["reasons"][2]["until"], "2026-03-09T08:00:00Z");
    assert_eq!(offers["at"], "2026-03-09T13:30:00Z");
    let urgent = ask(
        &scene,
        "topic=security_alerts&channel=email&at=2026-03-05T05:00:00Z",
    )
    .await;
    assert_eq!(urgent["answer"], "yes");
}

#[tokio::test]
async fn quiet_hours_hold_for_their_channels_alone() {
    let scene = Scene::new().await;
    reachable_by(&scene, "phone").await;
    let always = [{
        json!({ "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "00:00", "end": "00:00" })
    }];
    let quiet =
        json!({ "enabled": true, "outside": "drop", "channels": ["sms"], "windows": always });
    patched(&scene, &json!({ "quiet_hours": quiet })).await;
    let sms = ask(&scene, "topic=payment_reminders&channel=sms").await;
    assert_eq!(codes(&sms), ["topic_on", "quiet_hours_drop"]);
    let email = ask(&scene, "topic=payment_reminders&channel=email").await;
    assert_eq!(email["answer"], "yes");
    let outage = ask(&scene, "topic=outages&channel=sms").await;
    assert_eq!(codes(&outage), ["topic_on", "urgent"]);
    assert_eq!(document(&scene).await["quiet_hours"]["next"], Value::Null);
}

#[tokio::test]
async fn a_question_that_cannot_be_answered_says_what_is_wrong_with_it() {
    let scene = Scene::new().await;
    for (query, pointer, code) in [
        ("channel=email", "?topic", "required"),
        ("topic=new_bill", "?channel", "required"),
        ("topic=gardening&channel=email", "?topic", "unknown"),
        ("topic=new_bill&channel=fax", "?channel", "unknown"),
        (
            "topic=new_bill&channel=email&at=now",
            "?at",
            "invalid_format",
        ),
    ] {
        let refused = scene
            .get(&format!("/v1/preferences/reach?{query}"))
            .await
            .json();
        let error = &refused["errors"][0];
        assert_eq!(
            (&error["pointer"], &error["code"]),
            (&json!(pointer), &json!(code)),
            "{query}"
        );
    }
}
