use crate::http::fixture::{DAY, Matter, Scene};
use crate::notices::{self, Audience, NewNotice};
use crate::store::time::Moment;
use crate::testing::{Answer, Call, NOW};
use serde_json::{Value, json};

mod check_ins;
mod company;
mod isolation;
mod preferences;

const HOUR: i64 = 60 * 60;
/// Less than a session that nobody uses lasts.
const WHILE: i64 = 20 * 60;

fn ahead(seconds: i64) -> String {
    Moment::from_millis(NOW)
        .plus_seconds(seconds)
        .to_timestamp()
        .to_string()
}

/// A notice as a file has it.
fn told(key: &str, kind: &str, severity: &str, topic: &str) -> String {
    format!(
        r#"
[[notice]]
key = "{key}"
kind = "{kind}"
severity = "{severity}"
topic = "{topic}"
since = "{}"
until = "{}"
customers = ["maya@example.com"]
[notice.text.en]
title = "About {key}"
text = "It is so."
answers = {{ well = "All is well", not-yet = "Not yet" }}
[notice.text.de]
title = "Zu {key}"
text = "Es ist so."
answers = {{ well = "Alles gut", not-yet = "Noch nicht" }}
[[notice.answer]]
id = "well"
[[notice.answer]]
id = "not-yet"
goes_on = true
"#,
        ahead(-HOUR),
        ahead(10 * 24 * HOUR),
    )
}

fn outage(key: &str) -> String {
    told(key, "outage", "high", "outages")
}

impl Scene {
    /// The company tells what this file says.
    async fn tell(&self, file: &str) {
        let all = notices::parse("test.toml", file, &notices::moment).unwrap();
        self.tell_all(all).await;
    }

    async fn tell_all(&self, all: Vec<NewNotice>) {
        let (config, now) = (self.api.state.config.clone(), self.api.state.clock.now());
        self.api
            .state
            .store
            .transact::<_, notices::NotWritten, _>(move |tx| {
                for new in &all {
                    notices::add(tx, &config.catalogue, new, now)?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }

    /// The titles of a shelf.
    async fn titles(&self, state: &str) -> Vec<String> {
        let page = self.json(&format!("/v1/notices?state={state}")).await;
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|notice| notice["title"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The one notice that is shown.
    async fn only_notice(&self) -> Value {
        let page = self.json("/v1/notices").await;
        assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
        page["items"][0].clone()
    }

    async fn act(&self, notice: &Value, act: &str, body: &Value) -> Answer {
        let id = notice["id"].as_str().unwrap();
        self.post(&format!("/v1/notices/{id}/{act}"), body).await
    }
}

#[tokio::test]
async fn the_most_severe_comes_first_and_the_overview_has_the_first_three() {
    let scene = Scene::new().await;
    for (key, severity) in [
        ("low", "low"),
        ("high", "high"),
        ("mid", "medium"),
        ("last", "low"),
    ] {
        scene
            .tell(&told(key, "information", severity, "outages"))
            .await;
    }
    let titles = ["About high", "About mid", "About last", "About low"];
    assert_eq!(scene.titles("current").await, titles);
    let overview = scene.json("/v1/overview").await;
    assert_eq!(overview["notices_count"], 4);
    let first = overview["notices"].as_array().unwrap();
    assert_eq!(first.len(), 3);
    assert_eq!(first[2]["title"], "About last");
    let first = scene.json("/v1/notices?limit=3").await;
    assert_eq!(first["has_more"], true);
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = scene
        .json(&format!("/v1/notices?limit=3&cursor={cursor}"))
        .await;
    assert_eq!(next["items"][0]["title"], "About low");
    assert_eq!(next["has_more"], false);
    assert_eq!(
        scene.get("/v1/notices?state=lost").await.json()["errors"][0]["pointer"],
        "?state"
    );
}

#[tokio::test]
async fn a_notice_says_everything_that_a_screen_needs() {
    let scene = Scene::new().await;
    scene.sql("UPDATE customers SET locale = 'de-AT'").await;
    let matter = scene
        .matter(Matter {
            topic: Some("outage"),
            subject: "No power".to_owned(),
            ..Matter::default()
        })
        .await;
    let reference = scene.json(&format!("/v1/interactions/{matter}")).await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let file = outage("cable")
        .replace(
            "customers",
            &format!("about_topic = \"outage\"\ninteraction = \"{reference}\"\ncustomers"),
        )
        .replace(
            "text = \"Es ist so.\"",
            "text = \"Es ist so.\"\nlink = \"Mehr\"",
        )
        .replace(
            "text = \"It is so.\"",
            "text = \"It is so.\"\nlink = \"More\"",
        )
        + "[notice.link]\nurl = \"https://example.com/outage\"\n";
    scene.tell(&file).await;
    // Signed in anew, as the session keeps no language of its own.
    let notice = scene.only_notice().await;
    assert_eq!(notice["title"], "Zu cable");
    assert_eq!(notice["lang"], "de");
    assert_eq!(notice["about"]["interaction"]["subject"], "No power");
    assert_eq!(notice["about"]["interaction"]["id"], matter.as_str());
    assert_eq!(notice["about"]["topic"]["id"], "outage");
    assert_eq!(
        notice["preference_topic"],
        json!({"id": "outages", "label": "Störungen"})
    );
    assert_eq!(notice["shown_because"], "urgent");
    assert_eq!(notice["link"]["url"], "https://example.com/outage");
    assert_eq!(notice["answers"][0]["leads_to"], "done");
    assert_eq!(notice["answers"][1]["leads_to"], "reply");
    assert_eq!(
        notice["allowed_actions"],
        json!(["answer", "dismiss", "snooze"])
    );
    scene
        .post(&format!("/v1/interactions/{matter}/close"), &json!({}))
        .await;
    assert_eq!(
        scene.only_notice().await["answers"][1]["leads_to"],
        "reopen"
    );
}

#[tokio::test]
async fn dismissing_and_bringing_back() {
    let scene = Scene::new().await;
    scene.tell(&outage("cable")).await;
    let notice = scene.only_notice().await;
    let gone = scene.act(&notice, "dismiss", &json!({})).await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    let gone = gone.json();
    assert_ne!(gone["etag"], notice["etag"]);
    assert_eq!(gone["allowed_actions"], json!(["restore"]));
    assert!(scene.titles("current").await.is_empty());
    assert_eq!(scene.titles("put_aside").await, ["About cable"]);
    assert_eq!(scene.json("/v1/overview").await["notices_count"], 0);
    // Again changes nothing, snoozing it is too late, and it comes back as it was.
    let again = scene.act(&notice, "dismiss", &json!({})).await.json();
    assert_eq!(again, gone);
    let late = scene
        .act(&notice, "snooze", &json!({ "until": ahead(HOUR) }))
        .await;
    assert_eq!(late.problem(), "invalid-state");
    assert_eq!(late.json()["allowed_actions"], json!(["restore"]));
    let back = scene.act(&notice, "restore", &json!({})).await.json();
    assert_eq!(back["dismissed_at"], Value::Null);
    assert_eq!(scene.titles("current").await, ["About cable"]);
}

#[tokio::test]
async fn a_snoozed_notice_comes_back_by_itself_and_one_whose_time_is_over_does_not() {
    let scene = Scene::new().await;
    scene.tell(&outage("cable")).await;
    let notice = scene.only_notice().await;
    let until = ahead(WHILE);
    let snoozed = scene
        .act(&notice, "snooze", &json!({ "until": until }))
        .await;
    assert_eq!(snoozed.json()["snoozed_until"], until.as_str());
    assert!(scene.titles("current").await.is_empty());
    // The millisecond before, and the moment itself.
    scene.api.state.clock.advance(WHILE - 1);
    assert!(scene.titles("current").await.is_empty());
    scene.api.state.clock.advance(1);
    let back = scene.only_notice().await;
    assert_eq!(back["snoozed_until"], Value::Null);
    // Past its own end it is nowhere, also for who would put it away.
    scene.api.state.clock.advance(10 * 24 * HOUR);
    let scene = scene.signed_in_again().await;
    assert!(scene.titles("current").await.is_empty());
    assert!(scene.titles("put_aside").await.is_empty());
    assert_eq!(scene.act(&notice, "dismiss", &json!({})).await.status, 404);
}

#[tokio::test]
async fn a_snooze_lies_ahead_and_within_a_year() {
    let scene = Scene::new().await;
    scene.tell(&outage("cable")).await;
    let notice = scene.only_notice().await;
    for (until, code) in [
        (ahead(0), "past"),
        (ahead(-HOUR), "past"),
        (ahead(367 * 24 * HOUR), "not_offered"),
    ] {
        let refused = scene
            .act(&notice, "snooze", &json!({ "until": until }))
            .await;
        assert_eq!(refused.problem(), "validation", "{until}");
        assert_eq!(refused.json()["errors"][0]["code"], code, "{until}");
        assert_eq!(refused.json()["errors"][0]["pointer"], "/until");
    }
    let garbled = scene
        .act(&notice, "snooze", &json!({ "until": "soon" }))
        .await;
    assert_eq!(garbled.problem(), "malformed");
}

#[tokio::test]
async fn an_answer_is_kept_once_and_can_be_taken_back() {
    let scene = Scene::new().await;
    scene
        .tell(&told("how", "check_in", "low", "check_ins"))
        .await;
    let notice = scene.only_notice().await;
    let unknown = scene
        .act(&notice, "answer", &json!({ "answer": "maybe" }))
        .await;
    assert_eq!(unknown.json()["errors"][0]["pointer"], "/answer");
    let given = scene
        .act(&notice, "answer", &json!({ "answer": "well" }))
        .await
        .json();
    assert_eq!(given["answered"]["answer"], "well");
    assert_eq!(scene.titles("put_aside").await, ["About how"]);
    let again = scene
        .act(&notice, "answer", &json!({ "answer": "well" }))
        .await;
    assert_eq!(again.json(), given);
    let other = scene
        .act(&notice, "answer", &json!({ "answer": "not-yet" }))
        .await;
    assert_eq!(other.problem(), "invalid-state");
    scene.act(&notice, "restore", &json!({})).await;
    let other = scene
        .act(&notice, "answer", &json!({ "answer": "not-yet" }))
        .await;
    assert_eq!(other.json()["answered"]["answer"], "not-yet");
}

#[tokio::test]
async fn a_lost_answer_is_repeated_and_nothing_happens_twice() {
    let scene = Scene::new().await;
    scene
        .tell(&told("how", "check_in", "low", "check_ins"))
        .await;
    let notice = scene.only_notice().await;
    let once = crate::http::fixture::key();
    let path = format!("/v1/notices/{}/answer", notice["id"].as_str().unwrap());
    let call = || Call::post(&path, &json!({ "answer": "well" })).key(&once);
    let first = scene.send(call()).await;
    let second = scene.send(call()).await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(first.bytes, second.bytes);
    let other = Call::post(&path, &json!({ "answer": "not-yet" })).key(&once);
    assert_eq!(scene.send(other).await.problem(), "idempotency-key-reused");
    let keyless = Call::post(&path, &json!({ "answer": "well" }));
    assert_eq!(
        scene.send(keyless).await.problem(),
        "idempotency-key-missing"
    );
    assert_eq!(events(&scene).await, ["notice.created", "notice.updated"]);
}

/// The kinds of what the customer's feed says of notices.
async fn events(scene: &Scene) -> Vec<String> {
    let customer = scene.customer.clone();
    let all = scene
        .api
        .state
        .store
        .read(move |db| crate::store::events::since(db, &customer, 0))
        .await
        .unwrap();
    all.into_iter()
        .filter(|(_, event)| event.resource == "notice")
        .map(|(_, event)| event.kind.as_str().to_owned())
        .collect()
}
