use super::*;

#[tokio::test]
async fn another_customers_change_is_not_there() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    patched(&other, &json!({ "global_opt_out": true })).await;
    let foreign = history(&other).await[0]["id"].as_str().unwrap().to_owned();
    let before = document(&other).await;
    let comparable = |answer: Answer| {
        let mut body = answer.json();
        body["instance"].take();
        body["request_id"].take();
        (answer.status, body)
    };
    let undo = |id: String| format!("{HISTORY}/{id}/undo");
    let refused = comparable(scene.post(&undo(foreign), &json!({})).await);
    assert_eq!(refused.0, 404);
    for nothing in ["chg_0", "a%2Fb", "%20"] {
        let none = scene.post(&undo(nothing.to_owned()), &json!({})).await;
        assert_eq!(comparable(none), refused, "{nothing}");
    }
    assert_eq!(document(&other).await, before);
    assert!(history(&scene).await.is_empty());
    assert_eq!(document(&scene).await["global_opt_out"], false);
}

#[tokio::test]
async fn another_customers_contact_point_cannot_be_chosen() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let theirs = reachable_by(&other, "email").await;
    let body = cell("new_bill", "email", json!({ "contact_point_id": theirs }));
    let refused = patch(&scene, &body).await.json();
    assert_eq!(refused["errors"][0]["code"], "unknown");
    reachable_by(&other, "phone").await;
    let reach = scene
        .json("/v1/preferences/reach?topic=outages&channel=sms")
        .await;
    assert_eq!(reach["reasons"][0]["code"], "no_contact_point");
}

#[tokio::test]
async fn a_version_of_one_customer_is_none_of_anothers() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let cursor_list = |scene: &Scene| {
        let scene = scene.clone();
        async move {
            for on in [true, false] {
                patched(&scene, &json!({ "global_opt_out": on })).await;
            }
            let page = scene.json(&format!("{HISTORY}?limit=1")).await;
            page["next_cursor"].as_str().unwrap().to_owned()
        }
    };
    let cursor = cursor_list(&scene).await;
    cursor_list(&other).await;
    let foreign = other.get(&format!("{HISTORY}?cursor={cursor}")).await;
    assert_eq!(foreign.problem(), "validation");
}

#[tokio::test]
async fn nobody_reaches_preferences_without_signing_in() {
    let scene = Scene::new().await;
    let api = &scene.api;
    for path in [
        PREFERENCES,
        HISTORY,
        "/v1/preference-catalog",
        "/v1/preferences/reach?topic=new_bill&channel=email",
    ] {
        assert_eq!(
            api.send(Call::get(path)).await.problem(),
            "unauthenticated",
            "{path}"
        );
    }
    let patch = Call::patch(PREFERENCES, &json!({})).header("if-match", "*");
    assert_eq!(api.send(patch).await.problem(), "unauthenticated");
    let undo = Call::post(&format!("{HISTORY}/chg_0/undo"), &json!({})).key(&key());
    assert_eq!(api.send(undo).await.problem(), "unauthenticated");
}
