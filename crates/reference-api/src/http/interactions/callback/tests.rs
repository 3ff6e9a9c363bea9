mod changing;
mod joining;

use super::super::fixture::{Matter, Scene, key};
use crate::testing::{Answer, Call, TestApi};
use serde_json::{Value, json};

const PATH: &str = "/v1/interactions";
const SLOT: &str = "2026-03-05T09:00:00Z";
const LATER: &str = "2026-03-05T10:30:00Z";

fn call_at(starts_at: &str) -> Value {
    json!({
        "option_id": "callback", "topic_id": "billing", "text": "", "attachment_ids": [],
        "callback": {"starts_at": starts_at, "number": "+49 30 23125 124", "language": "de"}
    })
}

fn calling(callback: Value) -> Value {
    let mut body = call_at(SLOT);
    body["callback"] = callback;
    body
}

async fn book(scene: &Scene, starts_at: &str) -> Answer {
    scene.post(PATH, &call_at(starts_at)).await
}

async fn booked(scene: &Scene) -> (String, Value) {
    let answer = book(scene, SLOT).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let begun = answer.json();
    (format!("{PATH}/{}", begun["id"].as_str().unwrap()), begun)
}

async fn move_to(scene: &Scene, path: &str, starts_at: &str) -> Answer {
    let body = json!({ "starts_at": starts_at });
    scene
        .post(&format!("{path}/callback/reschedule"), &body)
        .await
}

async fn cancel(scene: &Scene, path: &str) -> Answer {
    scene
        .post(&format!("{path}/callback/cancel"), &json!({}))
        .await
}

/// The first refused field with its code.
fn refused(answer: &Answer) -> (String, String) {
    assert_eq!(answer.problem(), "validation", "{}", answer.text());
    let first = answer.json()["errors"][0].clone();
    let text = |name: &str| first[name].as_str().unwrap().to_owned();
    (text("pointer"), text("code"))
}

fn conflict(answer: &Answer) -> String {
    assert_eq!(answer.problem(), "invalid-state", "{}", answer.text());
    answer.json()["reason"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

async fn left(scene: &Scene, starts_at: &str) -> Option<u64> {
    let slots = scene.json("/v1/contact-options/callback/slots").await;
    let slots = slots["slots"].as_array().unwrap().clone();
    let slot = slots.iter().find(|slot| slot["starts_at"] == starts_at)?;
    slot["left"].as_u64()
}

/// An API in which one call can be at once, and whose tools answer.
fn narrow() -> TestApi {
    TestApi::with(|config| {
        config.demo = true;
        let mut ways = (*config.ways).clone();
        for way in &mut ways.all {
            if let Some(booking) = &mut way.booking {
                booking.capacity = 1;
            }
        }
        config.ways = ways.into();
    })
}

#[tokio::test]
async fn a_call_is_planned_and_its_slot_taken() {
    let scene = Scene::new().await;
    let (path, begun) = booked(&scene).await;
    assert_eq!(
        begun["subject"], "Bills and payments",
        "named after its topic"
    );
    assert_eq!(
        (&begun["channel"], &begun["message_count"]),
        (&json!("phone"), &json!(0))
    );
    assert_eq!(
        begun["callback"],
        json!({
            "option_id": "callback", "state": "planned", "starts_at": SLOT, "ends_at": "2026-03-05T09:15:00Z",
            "time_zone": "Europe/Berlin", "number": "+49 30 23125124", "language": "de", "sequence": 0
        })
    );
    let actions = begun["allowed_actions"].to_string();
    assert!(
        actions.contains("reschedule_callback") && actions.contains("cancel_callback"),
        "{actions}"
    );
    assert_eq!(left(&scene, SLOT).await, Some(1));
    assert_eq!(scene.json(&path).await, begun);
}

#[tokio::test]
async fn a_call_goes_to_an_own_number_or_to_one_that_is_given() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    for (scene, value) in [(&scene, "+49 30 23125 125"), (&other, "+49 30 23125 126")] {
        let body = json!({"kind": "phone", "value": value});
        let added = scene.post("/v1/contact-points", &body).await;
        assert_eq!(added.status, 201, "{}", added.text());
    }
    let point = |points: Value, kind: &str| {
        let items = points["items"].as_array().unwrap().clone();
        items
            .into_iter()
            .find(|point| point["kind"] == kind)
            .unwrap()["id"]
            .clone()
    };
    let own = point(scene.json("/v1/contact-points").await, "phone");
    let mail = point(scene.json("/v1/contact-points").await, "email");
    let foreign = point(other.json("/v1/contact-points").await, "phone");
    for (call, pointer, code) in [
        (json!({}), "/callback/contact_point_id", "required"),
        (
            json!({"number": "  "}),
            "/callback/contact_point_id",
            "required",
        ),
        (
            json!({"contact_point_id": foreign}),
            "/callback/contact_point_id",
            "unknown",
        ),
        (
            json!({"contact_point_id": "cp_0"}),
            "/callback/contact_point_id",
            "unknown",
        ),
        (
            json!({"contact_point_id": mail}),
            "/callback/contact_point_id",
            "not_offered",
        ),
        (
            json!({"contact_point_id": own, "number": "+4930231251"}),
            "/callback/number",
            "not_offered",
        ),
        (
            json!({"number": "call me"}),
            "/callback/number",
            "invalid_format",
        ),
        (
            json!({"number": "030 23125 124"}),
            "/callback/number",
            "required",
        ),
        (
            json!({"number": "+44 909 879 0000"}),
            "/callback/number",
            "not_offered",
        ),
        (
            json!({"number": "+49 30 23125 124", "language": "ja"}),
            "/callback/language",
            "not_offered",
        ),
    ] {
        let mut call = call;
        call["starts_at"] = json!(SLOT);
        let told = refused(&scene.post(PATH, &calling(call.clone())).await);
        assert_eq!(told, (pointer.to_owned(), code.to_owned()), "{call}");
    }
    let call = json!({"starts_at": SLOT, "contact_point_id": own});
    let answer = scene.post(PATH, &calling(call)).await;
    assert_eq!(answer.json()["callback"]["number"], "+49 30 23125125");
    let call = json!({"starts_at": LATER, "number": "030 23125 127", "country": "DE"});
    let answer = scene.post(PATH, &calling(call)).await;
    assert_eq!(answer.json()["callback"]["number"], "+49 30 23125127");
}

#[tokio::test]
async fn a_number_that_is_somebody_elses_now_is_not_called() {
    let scene = Scene::new().await;
    let body = json!({"kind": "phone", "value": "+49 30 23125 125"});
    let id = scene.post("/v1/contact-points", &body).await.json()["id"].clone();
    scene
        .sql("UPDATE contact_points SET deliverability = 'blocked', deliverability_reason = 'number_reassigned',
                     deliverability_since = 1 WHERE kind = 'phone'")
        .await;
    let call = json!({"starts_at": SLOT, "contact_point_id": id});
    let told = refused(&scene.post(PATH, &calling(call)).await);
    assert_eq!(told.1, "not_offered");
}

#[tokio::test]
async fn a_slot_that_nobody_offered_cannot_be_had() {
    let scene = Scene::new().await;
    let (path, _) = booked(&scene).await;
    for (starts_at, code) in [
        ("2026-03-04T05:00:00Z", "past"),
        ("2026-03-04T05:06:07Z", "past"),
        ("2026-03-05T09:00:01Z", "unknown"),
        ("2026-03-05T09:07:00Z", "unknown"),
        ("2026-03-05T03:00:00Z", "unknown"),
        ("2026-03-08T09:00:00Z", "unknown"),
        ("2026-03-18T09:00:00Z", "unknown"),
        ("9999-12-30T09:00:00Z", "unknown"),
        ("2026-02-30T09:00:00Z", "invalid_format"),
    ] {
        let told = refused(&book(&scene, starts_at).await);
        assert_eq!(
            told,
            ("/callback/starts_at".to_owned(), code.to_owned()),
            "{starts_at}"
        );
        let told = refused(&move_to(&scene, &path, starts_at).await);
        assert_eq!(
            told,
            ("/starts_at".to_owned(), code.to_owned()),
            "{starts_at}"
        );
    }
    // Half an hour before is asked for.
    scene
        .api
        .state
        .clock
        .advance(24 * 60 * 60 + (4 * 60 - 6) * 60);
    let scene = scene.signed_in_again().await;
    let soon = "2026-03-05T09:15:00Z";
    assert_eq!(refused(&book(&scene, soon).await).1, "unknown");
}

#[tokio::test]
async fn of_two_who_want_the_last_place_at_once_one_gets_it() {
    let api = narrow();
    let mut scenes = Vec::new();
    for number in 0..12 {
        scenes.push(Scene::on(&api, &format!("customer{number}@example.com")).await);
    }
    let mut tasks = tokio::task::JoinSet::new();
    for scene in scenes.clone() {
        tasks.spawn(async move { book(&scene, SLOT).await });
    }
    let answers = tasks.join_all().await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((won.len(), lost.len()), (1, 11));
    assert!(
        lost.into_iter()
            .all(|answer| conflict(answer) == "slot_taken")
    );
    let mut begun = 0;
    for scene in &scenes {
        begun += scene.ids(PATH).await.len();
    }
    assert_eq!(begun, 1, "who came too late began nothing");
    assert_eq!(
        left(&scenes[0], SLOT).await,
        None,
        "it is not offered any more"
    );
}

#[tokio::test]
async fn fifty_who_ask_for_the_same_call_at_once_get_one() {
    let scene = Scene::on(&narrow(), "maya@example.com").await;
    let key = key();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (scene, key) = (scene.clone(), key.clone());
        tasks.spawn(async move { scene.send(Call::post(PATH, &call_at(SLOT)).key(&key)).await });
    }
    for answer in tasks.join_all().await {
        let known = answer.status == 201 || answer.problem() == "idempotency-in-progress";
        assert!(known, "{}", answer.text());
    }
    assert_eq!(scene.ids(PATH).await.len(), 1);
    // The answer was lost: pressed again, the same call is told, and the slot is not "taken".
    let again = scene.send(Call::post(PATH, &call_at(SLOT)).key(&key)).await;
    assert_eq!(again.status, 201, "{}", again.text());
}

#[tokio::test]
async fn one_customer_has_one_call_at_a_time_and_not_too_many() {
    let scene = Scene::new().await;
    booked(&scene).await;
    assert_eq!(conflict(&book(&scene, SLOT).await), "already_booked");
    assert_eq!(book(&scene, LATER).await.status, 201);
    assert_eq!(book(&scene, "2026-03-06T09:00:00Z").await.status, 201);
    let many = book(&scene, "2026-03-09T09:00:00Z").await;
    assert_eq!(conflict(&many), "too_many_planned");
    assert_eq!(left(&scene, "2026-03-09T09:00:00Z").await, Some(2));
}

#[tokio::test]
async fn anothers_call_answers_as_one_that_does_not_exist() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let (path, before) = booked(&other).await;
    let own = format!("{PATH}/{}", scene.matter(Matter::default()).await);
    for path in [path.as_str(), "/v1/interactions/int_0"] {
        assert_eq!(move_to(&scene, path, LATER).await.problem(), "not-found");
        assert_eq!(cancel(&scene, path).await.problem(), "not-found");
        let file = scene.get(&format!("{path}/callback/calendar")).await;
        assert_eq!(file.problem(), "not-found");
    }
    assert_eq!(other.json(&path).await, before);
    // An own interaction without a call has none.
    assert_eq!(
        move_to(&scene, &own, LATER).await.problem(),
        "invalid-state"
    );
    assert_eq!(cancel(&scene, &own).await.problem(), "invalid-state");
    assert_eq!(
        scene
            .get(&format!("{own}/callback/calendar"))
            .await
            .problem(),
        "not-found"
    );
    let anonymous = Call::get(&format!("{path}/callback/calendar"));
    assert_eq!(scene.api.send(anonymous).await.problem(), "unauthenticated");
    // What another has planned is nowhere to be seen but in the room that is left.
    let slots = scene.get("/v1/contact-options/callback/slots").await.text();
    assert!(!slots.contains("23125"), "{slots}");
}
