//! Making a request.

use super::*;
use crate::http::fixture::key;
use crate::testing::Call;

#[tokio::test]
async fn a_correction_is_received_with_its_deadline_and_its_timeline() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    assert_eq!(request["state"], "received");
    assert_eq!(request["regime"], "gdpr");
    assert_eq!(request["clock"]["state"], "running");
    // Wednesday, 4 March 2026: the month ends on Saturday, 4 April; Easter Monday is the 6th.
    assert_eq!(request["due_at"], "2026-04-07T21:59:59Z");
    assert_eq!(request["original_due_at"], request["due_at"]);
    assert!(
        request["reference"]
            .as_str()
            .unwrap()
            .starts_with("DR-2026-")
    );
    assert_eq!(request["allowed_actions"], json!(["cancel", "message"]));
    assert_eq!(request["tracking_token"], Value::Null);
    assert_eq!(timeline(&scene, &request).await, ["submitted"]);
    let listed = scene.json("/v1/data-requests").await;
    assert_eq!(listed["items"][0]["id"], request["id"]);
}

#[tokio::test]
async fn a_second_of_a_kind_leads_to_the_first_until_that_is_closed() {
    let scene = Scene::new().await;
    let first = made(&scene, &correction()).await;
    let second = scene.post("/v1/data-requests", &correction()).await;
    assert_eq!(second.problem(), "duplicate-active-request");
    assert_eq!(second.json()["existing_id"], first["id"]);
    made(&scene, &review()).await;
    let cancelled = scene
        .post(&format!("{}/cancel", path(&first)), &json!({}))
        .await;
    assert_eq!(cancelled.json()["state"], "cancelled");
    made(&scene, &correction()).await;
}

#[tokio::test]
async fn the_same_press_is_one_request() {
    let scene = Scene::new().await;
    let press = key();
    let call = || Call::post("/v1/data-requests", &correction()).key(&press);
    let (first, again) = (scene.send(call()).await, scene.send(call()).await);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(scene.ids("/v1/data-requests").await.len(), 1);
}

#[tokio::test]
async fn two_tabs_make_one_request() {
    let scene = Scene::new().await;
    let body = correction();
    let presses = (0..20).map(|_| scene.post("/v1/data-requests", &body));
    let mut taken = 0;
    for press in presses {
        taken += usize::from(press.await.status == 201);
    }
    assert_eq!(taken, 1);
}

#[tokio::test]
async fn a_stale_proof_is_asked_for_again_but_never_to_be_left_alone() {
    let scene = Scene::new().await;
    scene.api.state.clock.advance(301);
    let refused = scene.post("/v1/data-requests", &correction()).await;
    assert_eq!(refused.problem(), "step-up-required");
    assert_eq!(refused.json()["max_age"], 300);
    for kind in [
        "restriction",
        "objection",
        "opt_out_sale_sharing",
        "limit_sensitive",
    ] {
        let body = of(kind, &scope("everything"));
        let answer = scene.post("/v1/data-requests", &body).await;
        assert_eq!(answer.status, 201, "{kind}: {}", answer.text());
    }
}

#[tokio::test]
async fn opting_out_is_done_with_the_press() {
    let scene = Scene::new().await;
    let request = made(&scene, &of("opt_out_sale_sharing", &scope("everything"))).await;
    assert_eq!(request["state"], "completed");
    assert_eq!(request["clock"]["state"], "stopped");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_where_it_stands() {
    let scene = Scene::new().await;
    let errors = async |body: Value| {
        let answer = scene.post("/v1/data-requests", &body).await;
        assert_eq!(answer.problem(), "validation", "{}", answer.text());
        let problem = answer.json();
        let errors = problem["errors"].as_array().unwrap().iter();
        let told = |error: &Value| {
            let member = |name: &str| error[name].as_str().unwrap().to_owned();
            format!("{} {}", member("pointer"), member("code"))
        };
        errors.map(told).collect::<Vec<_>>()
    };
    assert_eq!(
        errors(of("oblivion", &scope("everything"))).await,
        ["/kind not_offered"]
    );
    assert_eq!(
        errors(of("limit_sensitive", &scope("field"))).await,
        ["/scope/kind not_offered"]
    );
    assert_eq!(
        errors(of("objection", &scope("categories"))).await,
        ["/scope/categories required"]
    );
    let mut unknown = scope("categories");
    unknown["categories"] = json!(["gossip"]);
    assert_eq!(
        errors(of("objection", &unknown)).await,
        ["/scope/categories/0 unknown"]
    );
    let mut foreign = scope("interactions");
    foreign["interaction_ids"] = json!(["int_of_another"]);
    assert_eq!(
        errors(of("restriction", &foreign)).await,
        ["/scope/interaction_ids/0 unknown"]
    );
    let mut wrong = correction();
    wrong["proposed"] = json!([
        { "field": "shoe_size", "value": "43" },
        { "field": "date_of_birth", "value": "the third" }
    ]);
    assert_eq!(
        errors(wrong).await,
        [
            "/proposed/0/field unknown",
            "/proposed/1/value invalid_format"
        ]
    );
    assert_eq!(
        errors(of("automated_decision_review", &scope("everything"))).await,
        ["/text required"]
    );
    let mut long = review();
    long["text"] = json!("x".repeat(4_001));
    assert_eq!(errors(long).await, ["/text too_long"]);
}

#[tokio::test]
async fn options_say_what_is_on_offer_and_what_runs_already() {
    let scene = Scene::new().await;
    let request = made(&scene, &correction()).await;
    let options = scene.json("/v1/data-requests/options").await;
    let kinds = options["kinds"].as_array().unwrap();
    let offer = |kind: &str| kinds.iter().find(|offer| offer["kind"] == kind).unwrap();
    assert_eq!(offer("rectification")["running_id"], request["id"]);
    assert_eq!(offer("rectification")["step_up"], true);
    assert_eq!(offer("rectification")["legal_reference"], "GDPR Art. 16");
    assert_eq!(offer("opt_out_sale_sharing")["at_once"], true);
    assert_eq!(offer("opt_out_sale_sharing")["step_up"], false);
    assert!(options["categories"].as_array().unwrap().len() >= 12);
    let offered: Vec<_> = kinds.iter().map(|offer| offer["kind"].clone()).collect();
    let told = scene.json("/v1/capabilities").await;
    assert_eq!(told["data_request_kinds"], json!(offered));
}

#[tokio::test]
async fn the_overview_shows_what_runs_and_first_what_waits_for_the_customer() {
    let scene = Scene::new().await;
    made(&scene, &correction()).await;
    let waiting = made(&scene, &review()).await;
    let asked = id(&waiting);
    acts(&scene, move |tx, desk| {
        let saying = ("Noor", "Which plan do you mean?");
        office::ask(tx, desk, &asked, saying, "clarification".into())
    })
    .await
    .unwrap();
    let overview = scene.json("/v1/overview").await;
    assert_eq!(overview["data_requests_count"], 2);
    assert_eq!(overview["data_requests"][0]["id"], waiting["id"]);
    assert_eq!(overview["data_requests"][0]["state"], "awaiting_customer");
}

#[tokio::test]
async fn a_format_that_is_asked_for_a_thousand_times_is_asked_for_once() {
    let scene = Scene::new().await;
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let formats = vec!["csv"; 1000];
    let body = json!({ "kind": "access", "scope": scope, "formats": formats, "proposed": [] });
    let made = scene.post("/v1/data-requests", &body).await;
    assert_eq!(made.json()["formats"], json!(["csv"]), "{}", made.text());
}

#[tokio::test]
async fn a_request_that_is_wrong_in_a_thousand_places_is_told_of_a_hundred() {
    let scene = Scene::new().await;
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let formats = vec!["papyrus"; 1000];
    let body = json!({ "kind": "access", "scope": scope, "formats": formats, "proposed": [] });
    let refused = scene.post("/v1/data-requests", &body).await;
    assert_eq!(refused.problem(), "validation");
    let errors = refused.json()["errors"].as_array().map(Vec::len);
    assert_eq!(errors, Some(100));
}
