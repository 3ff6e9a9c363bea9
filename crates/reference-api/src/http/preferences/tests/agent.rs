use super::*;
use crate::testing::TestApi;

async fn change_for(scene: &Scene, body: &Value) -> Answer {
    scene.api.send(Call::post("/dev/preferences", body)).await
}

#[tokio::test]
async fn what_a_person_of_the_company_changes_says_so_and_can_be_undone() {
    let api = TestApi::with(|config| config.demo = true);
    let scene = Scene::on(&api, "maya@example.com").await;
    let before = document(&scene).await;
    let mut heard = api.state.changes.listen();
    let body = json!({ "customer": "Maya@Example.com", "by": "Tomás Ferreira", "patch": { "global_opt_out": true } });
    assert_eq!(change_for(&scene, &body).await.status, 204);
    assert!(heard.try_recv().is_ok());
    let entry = history(&scene).await.remove(0);
    assert_eq!(entry["route"], "agent");
    assert_eq!(
        entry["actor"],
        json!({ "role": "agent", "display_name": "Tomás Ferreira" })
    );
    let undo = format!("{HISTORY}/{}/undo", entry["id"].as_str().unwrap());
    let undone = scene.post(&undo, &json!({})).await.json();
    assert_eq!(but_for_times(&undone), but_for_times(&before));
    let by_itself = json!({ "customer": "maya@example.com", "patch": { "language": "de" } });
    assert_eq!(change_for(&scene, &by_itself).await.status, 204);
    let entry = history(&scene).await.remove(0);
    assert_eq!(
        (&entry["route"], &entry["actor"]),
        (&json!("system"), &Value::Null)
    );
}

#[tokio::test]
async fn the_rules_that_hold_for_the_customer_hold_for_the_company_too() {
    let api = TestApi::with(|config| config.demo = true);
    let scene = Scene::on(&api, "maya@example.com").await;
    let before = document(&scene).await;
    let required = cell("security_alerts", "email", json!({ "enabled": false }));
    let body = json!({ "customer": "maya@example.com", "patch": required });
    let refused = change_for(&scene, &body).await;
    assert_eq!(refused.json()["errors"][0]["code"], "locked");
    let nobody = json!({ "customer": "nobody@example.com", "patch": {} });
    assert_eq!(change_for(&scene, &nobody).await.status, 404);
    assert_eq!(document(&scene).await, before);
}
