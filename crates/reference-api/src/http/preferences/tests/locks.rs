use super::*;

fn lock_of<'d>(document: &'d Value, topic: &str, channel: &str) -> &'d Value {
    let choice = &document["topics"][topic][channel];
    assert_eq!(choice["locked"], !choice["locked_reason"].is_null());
    &choice["locked_reason"]
}

async fn refused_as_locked(scene: &Scene, topic: &str, channel: &str, members: Value) {
    let refused = patch(scene, &cell(topic, channel, members)).await;
    assert_eq!(refused.problem(), "validation");
    let error = &refused.json()["errors"][0];
    assert_eq!(
        error["pointer"],
        format!("/topics/{topic}/{channel}/enabled")
    );
    assert_eq!(error["code"], "locked");
}

#[tokio::test]
async fn a_required_topic_cannot_be_switched_off() {
    let scene = Scene::new().await;
    assert_eq!(
        lock_of(&document(&scene).await, "security_alerts", "email"),
        "required"
    );
    refused_as_locked(
        &scene,
        "security_alerts",
        "email",
        json!({ "enabled": false }),
    )
    .await;
    let off = patched(&scene, &json!({ "global_opt_out": true })).await;
    assert_eq!(off["topics"]["security_alerts"]["email"]["enabled"], true);
}

#[tokio::test]
async fn a_channel_says_what_it_lacks_and_is_free_once_it_has_it() {
    let scene = Scene::new().await;
    let before = document(&scene).await;
    assert_eq!(lock_of(&before, "new_bill", "email"), &Value::Null);
    for channel in ["sms", "push", "messaging", "post"] {
        assert_eq!(lock_of(&before, "new_bill", channel), "no_contact_point");
    }
    refused_as_locked(&scene, "new_bill", "sms", json!({ "enabled": true })).await;
    reachable_by(&scene, "phone").await;
    scene
        .sql("UPDATE contact_points SET verified_at = NULL WHERE kind = 'phone'")
        .await;
    assert_eq!(
        lock_of(&document(&scene).await, "new_bill", "sms"),
        "not_verified"
    );
    refused_as_locked(&scene, "new_bill", "sms", json!({ "enabled": true })).await;
    scene
        .sql("UPDATE contact_points SET verified_at = 1, deliverability = 'blocked' WHERE kind = 'phone'")
        .await;
    assert_eq!(
        lock_of(&document(&scene).await, "new_bill", "sms"),
        "undeliverable"
    );
    scene
        .sql("UPDATE contact_points SET deliverability = 'bouncing' WHERE kind = 'phone'")
        .await;
    assert_eq!(
        lock_of(&document(&scene).await, "new_bill", "sms"),
        &Value::Null
    );
    let on = patched(&scene, &cell("new_bill", "sms", json!({ "enabled": true }))).await;
    assert_eq!(on["topics"]["new_bill"]["sms"]["enabled"], true);
}

#[tokio::test]
async fn switching_off_is_never_refused_but_where_it_is_required() {
    let scene = Scene::new().await;
    let before = document(&scene).await;
    assert_eq!(lock_of(&before, "outages", "sms"), "no_contact_point");
    assert_eq!(before["topics"]["outages"]["sms"]["enabled"], true);
    let off = patched(&scene, &cell("outages", "sms", json!({ "enabled": false }))).await;
    assert_eq!(off["topics"]["outages"]["sms"]["enabled"], false);
    refused_as_locked(&scene, "outages", "sms", json!({ "enabled": true })).await;
}

#[tokio::test]
async fn a_topic_whose_purpose_is_not_allowed_cannot_be_switched_on() {
    let scene = Scene::new().await;
    assert_eq!(
        lock_of(&document(&scene).await, "personal_offers", "email"),
        "purpose_not_allowed"
    );
    refused_as_locked(
        &scene,
        "personal_offers",
        "email",
        json!({ "enabled": true }),
    )
    .await;
    let purposes = scene.json("/v1/purposes").await;
    let purpose = purposes["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|purpose| purpose["id"] == "personal_offers")
        .unwrap();
    let consent = json!({ "decision": "grant", "notice_version": purpose["notices"][0]["version"], "language": "en" });
    let granted = scene
        .post("/v1/consents/personal_offers/decisions", &consent)
        .await;
    assert_eq!(granted.status, 201, "{}", granted.text());
    assert_eq!(
        lock_of(&document(&scene).await, "personal_offers", "email"),
        &Value::Null
    );
    patched(
        &scene,
        &cell("personal_offers", "email", json!({ "enabled": true })),
    )
    .await;
}

#[tokio::test]
async fn a_choice_can_name_a_verified_contact_point_of_its_kind() {
    let scene = Scene::new().await;
    let (other, phone) = (
        reachable_by(&scene, "email").await,
        reachable_by(&scene, "phone").await,
    );
    let to = |id: &str| cell("new_bill", "email", json!({ "contact_point_id": id }));
    let after = patched(&scene, &to(other.as_str())).await;
    assert_eq!(
        after["topics"]["new_bill"]["email"]["contact_point_id"],
        other.as_str()
    );
    for wrong in [phone.as_str(), "cp_0", ""] {
        let refused = patch(&scene, &to(wrong)).await.json();
        assert_eq!(refused["errors"][0]["code"], "unknown", "{wrong}");
        assert_eq!(
            refused["errors"][0]["pointer"],
            "/topics/new_bill/email/contact_point_id"
        );
    }
    let preferred = cell("new_bill", "email", json!({ "contact_point_id": null }));
    let back = patched(&scene, &preferred).await;
    assert_eq!(
        back["topics"]["new_bill"]["email"]["contact_point_id"],
        Value::Null
    );
}
