use crate::contact::Ways;
use crate::http::interactions::fixture::Scene;
use crate::testing::{Call, TestApi};
use portal_contract::contact::ContactOptionKind;
use serde_json::{Value, json};

const OPTIONS: &str = "/v1/contact-options";

async fn options(scene: &Scene, query: &str) -> Vec<Value> {
    let answer = scene.json(&format!("{OPTIONS}{query}")).await;
    answer["options"].as_array().unwrap().clone()
}

async fn option(scene: &Scene, id: &str) -> Value {
    let all = options(scene, "").await;
    all.into_iter().find(|option| option["id"] == id).unwrap()
}

fn ids(options: &[Value]) -> Vec<&str> {
    options
        .iter()
        .map(|option| option["id"].as_str().unwrap())
        .collect()
}

/// A demonstration's server, whose tools answer.
fn demo() -> TestApi {
    TestApi::with(|config| config.demo = true)
}

async fn stands(scene: &Scene, body: Value) {
    let answer = scene.send(Call::post("/dev/contact-options", &body)).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}

#[tokio::test]
async fn every_sort_of_way_says_where_it_leads_when_it_is_open_and_what_it_costs() {
    let scene = Scene::new().await;
    let all = options(&scene, "").await;
    for kind in ContactOptionKind::KNOWN {
        assert!(
            all.iter().any(|option| option["kind"] == kind.as_str()),
            "{kind:?}"
        );
    }
    let phone = option(&scene, "phone").await;
    assert_eq!(phone["address"]["uri"], "tel:+493023125123");
    assert_eq!(phone["address"]["value"], "+49 30 23125123");
    assert_eq!(phone["cost"]["kind"], "basic_rate");
    let email = option(&scene, "email").await;
    assert_eq!(email["address"]["uri"], "mailto:help@lumenfold.example");
    assert_eq!(email["open_now"], true);
    let letter = option(&scene, "letter").await;
    assert_eq!(letter["address"]["uri"], Value::Null);
    assert_eq!(letter["address"]["postal"]["country"], "DE");
    let message = option(&scene, "message").await;
    assert_eq!(message["address"], Value::Null);
    // It is six in the morning in Berlin: four hours of work from eight o'clock on.
    assert_eq!(
        message["first_answer"],
        json!({"minutes": 240, "basis": "promised", "by": "2026-03-04T11:00:00Z"})
    );
}

#[tokio::test]
async fn the_server_says_whether_a_way_is_open_and_when_that_changes() {
    let scene = Scene::new().await;
    let phone = option(&scene, "phone").await;
    assert_eq!(phone["open_now"], false);
    assert_eq!(phone["changes_at"], "2026-03-04T07:00:00Z");
    assert_eq!(
        phone["wait"],
        Value::Null,
        "nobody waits before a closed door"
    );
    let hours = &phone["hours"];
    assert_eq!(hours["time_zone"], "Europe/Berlin");
    assert_eq!(
        hours["spans"][0],
        json!({"starts_at": "2026-03-04T07:00:00Z", "ends_at": "2026-03-04T19:00:00Z"})
    );
    assert!(hours["spans"].as_array().unwrap().len() >= 7);
    let faults = option(&scene, "faults").await;
    assert_eq!(
        (&faults["open_now"], &faults["changes_at"]),
        (&json!(true), &Value::Null),
        "day and night"
    );
    assert_eq!(
        faults["wait"],
        json!({"minutes": 2, "as_of": "2026-03-04T05:06:07Z"})
    );
    scene.api.state.clock.advance(2 * 60 * 60);
    let scene = scene.signed_in_again().await;
    let phone = option(&scene, "phone").await;
    assert_eq!(
        (&phone["open_now"], &phone["changes_at"]),
        (&json!(true), &json!("2026-03-04T19:00:00Z"))
    );
    assert_eq!(phone["wait"]["minutes"], 7);
}

#[tokio::test]
async fn days_unlike_others_are_told_with_their_reason_in_the_customers_language() {
    let scene = Scene::new().await;
    scene.sql("UPDATE customers SET locale = 'de-AT'").await;
    // To 20 December 2026.
    scene.api.state.clock.advance(291 * 24 * 60 * 60);
    let scene = scene.signed_in_again().await;
    let phone = option(&scene, "phone").await;
    assert_eq!(phone["label"], "Anrufen");
    let told = phone["hours"]["exceptions"].as_array().unwrap();
    assert_eq!(told[0]["date"], "2026-12-24");
    assert_eq!(told[0]["reason"], "Heiligabend");
    assert_eq!(
        told[0]["times"],
        json!([{"start": "08:00", "end": "13:00"}])
    );
    assert_eq!(told[1]["times"], json!([]));
    let spans = phone["hours"]["spans"].to_string();
    assert!(spans.contains("2026-12-24T12:00:00Z"), "{spans}");
    assert!(!spans.contains("2026-12-25"), "{spans}");
}

#[tokio::test]
async fn the_order_follows_the_topic_then_what_the_customer_needs_and_prefers() {
    let scene = Scene::new().await;
    let plain = options(&scene, "").await;
    assert_eq!(plain[0]["suits_topic"], true);
    let outage = options(&scene, "?topic=outage").await;
    assert_eq!(outage[0]["id"], "faults");
    assert_eq!(outage[0]["reasons"][0], "suits_topic");
    let shop = outage.iter().find(|o| o["id"] == "shop_lisbon").unwrap();
    assert_eq!(shop["suits_topic"], false);

    let put = |enabled: bool| {
        let body = json!({"topics": {"outages": {"email": {"enabled": enabled}}}});
        Call::patch("/v1/preferences", &body).header("if-match", "*")
    };
    assert_eq!(scene.send(put(true)).await.status, 200);
    let liked = options(&scene, "").await;
    assert_eq!(liked[0]["id"], "email", "{:?}", ids(&liked));
    assert_eq!(liked[0]["reasons"][0], "preferred_channel");
    let billing = options(&scene, "?topic=billing").await;
    assert_eq!(
        billing[0]["id"], "callback",
        "what is made for the topic goes first"
    );

    scene
        .sql(
            r#"UPDATE customers SET accommodations = '[{"kind":"relay_service","language":null}]'"#,
        )
        .await;
    let needed = options(&scene, "").await;
    let relay = |option: &Value| {
        option["accessibility"]
            .to_string()
            .contains("relay_service")
    };
    let first_without = needed.iter().position(|option| !relay(option)).unwrap();
    assert!(needed[first_without..].iter().all(|option| !relay(option)));
    assert_eq!(needed[0]["reasons"][0], "meets_needs");

    assert_eq!(scene.send(put(false)).await.status, 200);
    scene
        .sql("UPDATE customers SET accommodations = '[]'")
        .await;
    assert_eq!(
        ids(&options(&scene, "").await),
        ids(&plain),
        "what was switched off is no preference"
    );
}

#[tokio::test]
async fn a_topic_that_is_not_offered_is_refused() {
    let scene = Scene::new().await;
    for topic in ["moon", "%20", "a/b"] {
        let answer = scene.get(&format!("{OPTIONS}?topic={topic}")).await;
        assert_eq!(answer.status, 422, "{topic}");
        assert_eq!(answer.json()["errors"][0]["pointer"], "?topic");
    }
    assert_eq!(scene.get(&format!("{OPTIONS}?topic=")).await.status, 200);
}

#[tokio::test]
async fn a_way_that_is_closed_for_the_moment_says_why_and_goes_last() {
    let scene = Scene::on(&demo(), "maya@example.com").await;
    let because = json!({"en": "A fire drill", "de": "Eine Feuerübung"});
    stands(
        &scene,
        json!({"option_id": "message", "closed": true, "because": because, "closed_minutes": 30}),
    )
    .await;
    let all = options(&scene, "").await;
    let message = all.last().unwrap();
    assert_eq!(message["id"], "message");
    assert_eq!(message["open_now"], false);
    assert_eq!(message["changes_at"], "2026-03-04T05:36:07Z");
    assert_eq!(
        message["closure"],
        json!({"reason": "A fire drill", "until": "2026-03-04T05:36:07Z"})
    );
    scene.api.state.clock.advance(30 * 60);
    assert_eq!(option(&scene, "message").await["closure"], Value::Null);
    stands(&scene, json!({"option_id": "faults", "wait_minutes": 45})).await;
    assert_eq!(
        option(&scene, "faults").await["wait"],
        json!({"minutes": 45, "as_of": "2026-03-04T05:36:07Z"})
    );
    // The office opens at seven: that it is closed until six changes nothing about that.
    stands(
        &scene,
        json!({"option_id": "phone", "closed": true, "closed_minutes": 1}),
    )
    .await;
    assert_eq!(
        option(&scene, "phone").await["changes_at"],
        "2026-03-04T07:00:00Z"
    );
}

#[tokio::test]
async fn slots_are_told_in_utc_with_the_companys_zone_and_what_room_is_left() {
    let scene = Scene::new().await;
    let answer = scene.json(&format!("{OPTIONS}/callback/slots")).await;
    assert_eq!(answer["time_zone"], "Europe/Berlin");
    assert_eq!(
        answer["slots"][0],
        json!({"starts_at": "2026-03-04T07:00:00Z", "ends_at": "2026-03-04T07:15:00Z", "left": 2})
    );
    assert_eq!(answer["until"], "2026-03-17T23:00:00Z");
    let offer = option(&scene, "callback").await["callback"].clone();
    assert_eq!(
        offer,
        json!({"minutes": 15, "time_zone": "Europe/Berlin", "next_at": "2026-03-04T07:00:00Z",
               "until": "2026-03-17T23:00:00Z"})
    );
    let path =
        format!("{OPTIONS}/callback/slots?from=2026-03-05T18:30:00Z&to=2026-03-06T07:15:00Z");
    let some = scene.json(&path).await;
    let starts: Vec<&str> = some["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| slot["starts_at"].as_str().unwrap())
        .collect();
    assert_eq!(
        starts,
        [
            "2026-03-05T18:30:00Z",
            "2026-03-05T18:45:00Z",
            "2026-03-06T07:00:00Z"
        ]
    );
}

#[tokio::test]
async fn slots_that_cannot_be_asked_for_are_refused_by_name() {
    let scene = Scene::new().await;
    for (query, pointer) in [
        ("from=tomorrow", "?from"),
        ("to=2026-03-05", "?to"),
        ("from=2026-03-06T00:00:00Z&to=2026-03-05T00:00:00Z", "?to"),
        ("from=2026-03-06T00:00:00Z&to=2026-09-05T00:00:00Z", "?to"),
        ("from=2026-02-30T00:00:00Z", "?from"),
    ] {
        let answer = scene
            .get(&format!("{OPTIONS}/callback/slots?{query}"))
            .await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{query}");
    }
    for id in ["phone", "nothing", "%ff"] {
        let answer = scene.get(&format!("{OPTIONS}/{id}/slots")).await;
        assert_eq!(answer.problem(), "not-found", "{id}");
    }
}

#[tokio::test]
async fn the_features_are_those_that_the_company_has_content_for() {
    let features = |api: TestApi| async move {
        let answer = api.send(Call::get("/v1/capabilities")).await.json();
        answer["features"].to_string()
    };
    let all = features(TestApi::new()).await;
    assert!(
        all.contains("\"contact\"") && all.contains("\"callback\""),
        "{all}"
    );
    let none = features(TestApi::with(|config| config.ways = Ways::default().into())).await;
    assert!(
        !none.contains("contact") && !none.contains("callback"),
        "{none}"
    );
}

#[tokio::test]
async fn nobody_is_told_without_signing_in_and_nothing_is_kept_on_the_way() {
    let scene = Scene::new().await;
    for path in [OPTIONS.to_owned(), format!("{OPTIONS}/callback/slots")] {
        let answer = scene.api.send(Call::get(&path)).await;
        assert_eq!(answer.problem(), "unauthenticated");
        assert_eq!(scene.get(&path).await.header("cache-control"), "no-store");
    }
}
