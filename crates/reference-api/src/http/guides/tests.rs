//! Guides from outside.

use crate::config::Config;
use crate::guides::{self, Guides, Names};
use crate::testing::{Answer, Call, TestApi};
use axum::http::{Method, StatusCode};
use portal_contract::guide::GuideTrail;
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";
const JONAS: &str = "jonas@example.com";
const KEY: &str = "0197f3c2-0000-7000-8000-000000000001";

struct Scene {
    api: TestApi,
    cookie: String,
}

impl Scene {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(configure: impl FnOnce(&mut Config)) -> Self {
        let api = TestApi::with(|config| {
            config.guides = crate::demo::guides().into();
            configure(config);
        });
        let (kept, now) = (api.state.config.guides.clone(), api.state.clock.now());
        let kept = api
            .state
            .store
            .write(move |tx| guides::keep(tx, &kept, now));
        kept.await.unwrap();
        Self::of(api, MAYA).await
    }

    async fn of(api: TestApi, address: &str) -> Self {
        api.customer(address, "Somebody").await;
        let cookie = api.sign_in(address).await;
        Self { api, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        self.api.send(Call::get(path).cookie(&self.cookie)).await
    }

    async fn post(&self, path: &str, body: &Value, key: &str) -> Answer {
        let call = Call::post(path, body).cookie(&self.cookie).key(key);
        self.api.send(call).await
    }

    async fn record(&self, body: &Value) -> Answer {
        let key = uuid::Uuid::new_v4().to_string();
        self.post("/v1/guides/no-internet/outcomes", body, &key)
            .await
    }

    async fn speaks(&self, locale: &str) {
        let me = self.get("/v1/me").await;
        let etag = me.header("etag").to_owned();
        let call = Call::patch("/v1/me", &json!({ "locale": locale }))
            .header("content-type", "application/merge-patch+json")
            .header("if-match", &etag)
            .cookie(&self.cookie);
        let saved = self.api.send(call).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let rows = self
            .api
            .state
            .store
            .read(move |db| Ok(db.query_row(sql, [], |row| row.get(0))?));
        rows.await.unwrap()
    }
}

/// From the start to "restart the router", in the version of today.
fn trail(version: &Value) -> Value {
    json!({
        "guide_id": "no-internet", "version": version, "steps": [
            { "node_id": "what", "answer_id": "everything" },
            { "node_id": "lights", "answer_id": "green" },
            { "node_id": "by-cable", "answer_id": "no" },
            { "node_id": "restarted", "answer_id": "no" },
        ]
    })
}

async fn outcome(scene: &Scene, solved: bool) -> Value {
    let version = scene.get("/v1/guides/no-internet").await.json()["version"].clone();
    json!({ "trail": trail(&version), "node": "restart", "solved": solved, "words": " It was the plug. " })
}

#[tokio::test]
async fn the_guides_come_in_the_companys_order_and_in_the_readers_language() {
    let scene = Scene::new().await;
    let list = scene.get("/v1/guides").await;
    assert_eq!(list.header("cache-control"), "no-store");
    let titles: Vec<_> = list.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|guide| guide["id"].clone())
        .collect();
    assert_eq!(titles, ["no-internet", "bill-higher", "moving"]);
    assert_eq!(list.json()["items"][0]["lang"], "en");
    assert_eq!(list.json()["items"][0]["questions"], 5);
    scene.speaks("de-AT").await;
    let list = scene.get("/v1/guides").await.json();
    assert_eq!(list["items"][2]["title"], "Ich ziehe um");
    let guide = scene.get("/v1/guides/moving").await.json();
    assert_eq!(
        (&guide["lang"], &guide["start"]),
        (&json!("de"), &json!("when"))
    );
    assert_eq!(guide["nodes"]["when"]["text"], "Wann ziehen Sie um?");
    assert_eq!(guide["nodes"]["when"]["questions_ahead"], 3);
}

#[tokio::test]
async fn every_answer_names_a_node_and_every_outcome_says_how_to_go_on() {
    let scene = Scene::new().await;
    for id in ["no-internet", "bill-higher", "moving"] {
        let guide = scene.get(&format!("/v1/guides/{id}")).await.json();
        let nodes = guide["nodes"].as_object().unwrap();
        for (name, node) in nodes {
            let answers = node["answers"].as_array().unwrap();
            assert_eq!(answers.is_empty(), node["outcome"].is_object(), "{name}");
            assert!(
                answers
                    .iter()
                    .all(|answer| nodes.contains_key(answer["next"].as_str().unwrap()))
            );
            if answers.is_empty() {
                assert!(node["outcome"]["prefill"]["subject"].is_string(), "{name}");
                assert!(
                    node["outcome"]["prefill"]["topic"]["id"].is_string(),
                    "{name}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_guide_that_there_is_not_is_not_found_and_nobody_sees_any_without_signing_in() {
    let scene = Scene::new().await;
    for path in ["/v1/guides/nothing", "/v1/guides/a%2Fb"] {
        assert_eq!(scene.get(path).await.problem(), "not-found", "{path}");
    }
    let gone = scene
        .post(
            "/v1/guides/nothing/outcomes",
            &outcome(&scene, true).await,
            KEY,
        )
        .await;
    assert_eq!(gone.problem(), "not-found");
    for path in ["/v1/guides", "/v1/guides/moving"] {
        assert_eq!(
            scene.api.send(Call::get(path)).await.problem(),
            "unauthenticated"
        );
    }
    let call = Call::new(Method::POST, "/v1/guides/moving/outcomes")
        .json(&json!({}))
        .key(KEY);
    assert_eq!(scene.api.send(call).await.problem(), "unauthenticated");
}

#[tokio::test]
async fn whether_it_solved_the_matter_is_taken_down_once_and_the_last_word_stands() {
    let scene = Scene::new().await;
    let body = outcome(&scene, false).await;
    let path = "/v1/guides/no-internet/outcomes";
    let first = scene.post(path, &body, KEY).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    assert_eq!(
        (&first.json()["solved"], &first.json()["words"]),
        (&json!(false), &json!("It was the plug."))
    );
    let again = scene.post(path, &body, KEY).await;
    assert_eq!(
        (again.header("idempotency-replayed"), again.json()),
        ("true", first.json())
    );
    let later = scene.record(&outcome(&scene, true).await).await;
    assert_eq!(
        (&later.json()["id"], &later.json()["solved"]),
        (&first.json()["id"], &json!(true))
    );
    assert_eq!(scene.count("SELECT count(*) FROM guide_records").await, 1);
    // Another customer has a word of their own.
    let other = Scene::of(scene.api.clone(), JONAS).await;
    other.record(&body).await;
    assert_eq!(scene.count("SELECT count(*) FROM guide_records").await, 2);
    let tallies = scene.api.state.store.read(guides::tally).await.unwrap();
    assert_eq!(
        (tallies.len(), tallies[0].solved, tallies[0].unsolved),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_way_that_does_not_lead_there_is_refused_with_its_place() {
    let scene = Scene::new().await;
    let good = outcome(&scene, true).await;
    let changed = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let many: Vec<Value> = (0..201)
        .map(|_| json!({ "node_id": "what", "answer_id": "one" }))
        .collect();
    for (body, pointer, code) in [
        (
            changed("/trail/version", json!("v0")),
            "/trail/version",
            "unknown",
        ),
        (
            changed("/trail/guide_id", json!("moving")),
            "/trail/guide_id",
            "unknown",
        ),
        (
            changed("/trail/steps/1/node_id", json!("power")),
            "/trail/steps/1/node_id",
            "unknown",
        ),
        (
            changed("/trail/steps/3/answer_id", json!("maybe")),
            "/trail/steps/3/answer_id",
            "unknown",
        ),
        (
            changed("/trail/steps", json!(many)),
            "/trail/steps",
            "too_many",
        ),
        (changed("/node", json!("wait")), "/node", "unknown"),
        (
            changed("/words", json!("x".repeat(2001))),
            "/words",
            "too_long",
        ),
    ] {
        let refused = scene.record(&body).await;
        assert_eq!(
            refused.problem(),
            "validation",
            "{pointer}: {}",
            refused.text()
        );
        let error = &refused.json()["errors"][0];
        assert_eq!(
            (&error["pointer"], &error["code"]),
            (&json!(pointer), &json!(code))
        );
    }
    let mut short = changed("/node", json!("restarted"));
    short["trail"]["steps"].as_array_mut().unwrap().pop();
    let refused = scene.record(&short).await.json();
    assert_eq!(
        (
            &refused["errors"][0]["pointer"],
            &refused["errors"][0]["code"]
        ),
        (&json!("/node"), &json!("not_offered"))
    );
    assert_eq!(scene.count("SELECT count(*) FROM guide_records").await, 0);
}

#[tokio::test]
async fn a_way_through_a_version_that_has_changed_since_is_still_understood() {
    let text = include_str!("../../demo/guides/3-moving.toml");
    let earlier = text.replace("When do you move?", "When was it again?");
    let earlier = Guides::parse([("moving.toml", earlier.as_str())], &Names::default()).unwrap();
    let version = earlier.all().next().unwrap().version.clone();
    let scene = Scene::new().await;
    let now = scene.api.state.clock.now();
    let kept = scene
        .api
        .state
        .store
        .write(move |tx| guides::keep(tx, &earlier, now));
    kept.await.unwrap();
    let trail: GuideTrail = serde_json::from_value(json!({
        "guide_id": "moving", "version": version.as_str(), "steps": [
            { "node_id": "when", "answer_id": "later" },
            { "node_id": "where", "answer_id": "abroad" },
        ]
    }))
    .unwrap();
    let config = scene.api.state.config.clone();
    let spelled = scene
        .api
        .state
        .store
        .read(move |db| guides::spelled_out(db, &config, &trail, Some("en")));
    let spelled = spelled.await.unwrap().unwrap();
    let words: Vec<_> = spelled
        .answers
        .iter()
        .map(|step| (step.question.as_str(), step.answer.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            ("When was it again?", "Later"),
            ("Where do you move to?", "Abroad")
        ]
    );
    assert!(
        spelled
            .outcome
            .unwrap()
            .starts_with("We do not serve other countries.")
    );
}

#[tokio::test]
async fn a_guide_whose_topic_the_company_does_not_have_is_refused() {
    let names = Names {
        topics: Some(Default::default()),
        options: None,
    };
    let told = crate::demo::guides().check(&names).unwrap_err().to_string();
    assert!(told.contains("demo/guides/1-no-internet.toml: the topic \"broadband\" is none of the company's topics"), "{told}");
    assert!(
        told.contains("demo/guides/1-no-internet.toml, node \"area-outage\": the topic \"outage\""),
        "{told}"
    );
}
