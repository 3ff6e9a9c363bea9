use crate::http::fixture::{Matter, Scene, key};
use crate::signals::{NewSignal, Words, infer};
use crate::store::time::Moment;
use crate::testing::{Answer, Call, NOW};
use portal_contract::signal::MAX_CONTEST_CHARACTERS;
use serde_json::{Value, json};

/// An interaction from which it was inferred that the customer is annoyed.
async fn annoyed(scene: &Scene) -> String {
    let matter = scene.matter(Matter::default()).await;
    let id = matter.clone();
    let words = |label: &str, value: &str| Words {
        label: label.to_owned(),
        value: value.to_owned(),
        inferred_by: "A program".to_owned(),
        basis: "Your words".to_owned(),
    };
    let signal = NewSignal {
        kind: "sentiment".into(),
        purpose: Some("better_service".parse().unwrap()),
        inferred_at: Moment::from_millis(NOW),
        texts: [
            ("en".to_owned(), words("Mood", "Annoyed")),
            ("de".to_owned(), words("Stimmung", "Verärgert")),
        ]
        .into(),
    };
    scene
        .api
        .state
        .store
        .write(move |tx| {
            let sql = "SELECT seq FROM interactions WHERE id = ?1";
            let seq = tx.query_row(sql, [&id], |row| row.get(0))?;
            infer(tx, seq, &signal)
        })
        .await
        .unwrap();
    matter
}

async fn signal(scene: &Scene, matter: &str) -> Value {
    scene.json(&format!("/v1/interactions/{matter}")).await["signals"][0].clone()
}

async fn say(scene: &Scene, matter: &str, signal: &Value, word: &str, body: &Value) -> Answer {
    let id = signal["id"].as_str().unwrap();
    let path = format!("/v1/interactions/{matter}/signals/{id}/{word}");
    scene.post(&path, body).await
}

#[tokio::test]
async fn what_is_contested_is_used_no_more_and_can_be_taken_back() {
    let scene = Scene::new().await;
    let matter = annoyed(&scene).await;
    let before = scene.json(&format!("/v1/interactions/{matter}")).await;
    let inferred = &before["signals"][0];
    assert_eq!(inferred["value"], "Annoyed");
    assert_eq!(inferred["in_use"], true);
    assert_eq!(inferred["allowed_actions"], json!(["contest"]));
    let words = json!({ "words": "  I was in a hurry. " });
    let contested = say(&scene, &matter, inferred, "contest", &words).await;
    assert_eq!(contested.status, 200, "{}", contested.text());
    let contested = contested.json();
    assert_eq!(contested["in_use"], false);
    assert_eq!(contested["contest_words"], "I was in a hurry.");
    assert_eq!(
        contested["allowed_actions"],
        json!(["contest", "uncontest"])
    );
    let after = scene.json(&format!("/v1/interactions/{matter}")).await;
    assert_eq!(after["signals"][0], contested);
    assert_ne!(after["etag"], before["etag"]);
    let back = say(&scene, &matter, inferred, "uncontest", &json!({})).await;
    assert_eq!(&back.json(), inferred);
    let nothing = say(&scene, &matter, inferred, "uncontest", &json!({})).await;
    assert_eq!(nothing.problem(), "invalid-state");
    assert_eq!(nothing.json()["allowed_actions"], json!(["contest"]));
}

#[tokio::test]
async fn the_history_says_what_was_contested() {
    let scene = Scene::new().await;
    let matter = annoyed(&scene).await;
    let inferred = signal(&scene, &matter).await;
    say(
        &scene,
        &matter,
        &inferred,
        "contest",
        &json!({ "words": "No." }),
    )
    .await;
    say(
        &scene,
        &matter,
        &inferred,
        "contest",
        &json!({ "words": "No." }),
    )
    .await;
    let history = scene.json("/v1/preferences/history").await;
    let entries = history["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "saying the same again is no news");
    assert_eq!(entries[0]["subject"], "signal");
    assert_eq!(entries[0]["undoable"], false);
    let change = &entries[0]["changes"][0];
    let id = inferred["id"].as_str().unwrap();
    assert_eq!(
        change["pointer"],
        format!("/interactions/{matter}/signals/{id}")
    );
    assert_eq!(change["before"]["contested"], false);
    let after = json!({"label": "Mood", "value": "Annoyed", "lang": "en", "contested": true, "words": "No."});
    assert_eq!(change["after"], after);
    let undo = format!(
        "/v1/preferences/history/{}/undo",
        entries[0]["id"].as_str().unwrap()
    );
    assert_eq!(
        scene.post(&undo, &json!({})).await.json()["reason"],
        "not_undoable"
    );
    let events = scene.json("/v1/overview").await;
    assert!(events.is_object());
}

#[tokio::test]
async fn an_objection_to_the_purpose_ends_the_use_as_well() {
    let scene = Scene::new().await;
    let matter = annoyed(&scene).await;
    let purposes = scene.json("/v1/purposes").await;
    let purpose = purposes["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|purpose| purpose["id"] == "better_service")
        .unwrap();
    let decision = json!({
        "decision": "object", "notice_version": purpose["notices"][0]["version"], "language": "en"
    });
    let made = scene
        .post("/v1/consents/better_service/decisions", &decision)
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let signal = signal(&scene, &matter).await;
    assert_eq!(signal["in_use"], false);
    assert_eq!(signal["contested_at"], Value::Null);
}

#[tokio::test]
async fn anothers_signal_and_one_of_another_interaction_are_not_there() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let matter = annoyed(&scene).await;
    let inferred = signal(&scene, &matter).await;
    let own = other.matter(Matter::default()).await;
    let second = scene.matter(Matter::default()).await;
    for word in ["contest", "uncontest"] {
        for (who, matter) in [(&other, &matter), (&other, &own), (&scene, &second)] {
            let answer = say(who, matter, &inferred, word, &json!({})).await;
            assert_eq!(
                (answer.status.as_u16(), answer.problem().as_str()),
                (404, "not-found")
            );
        }
        let nowhere = say(&scene, &matter, &json!({ "id": "sig_0" }), word, &json!({})).await;
        assert_eq!(nowhere.status, 404);
    }
    assert_eq!(signal(&scene, &matter).await, inferred);
}

#[tokio::test]
async fn a_repeated_word_is_one_word_and_a_long_one_is_refused() {
    let scene = Scene::new().await;
    let matter = annoyed(&scene).await;
    let inferred = signal(&scene, &matter).await;
    let long = "x".repeat(MAX_CONTEST_CHARACTERS + 1);
    let refused = say(
        &scene,
        &matter,
        &inferred,
        "contest",
        &json!({ "words": long }),
    )
    .await;
    assert_eq!(refused.json()["errors"][0]["limit"], MAX_CONTEST_CHARACTERS);
    let path = format!(
        "/v1/interactions/{matter}/signals/{}/contest",
        inferred["id"].as_str().unwrap()
    );
    let once = key();
    let call = || Call::post(&path, &json!({ "words": "No." })).key(&once);
    let first = scene.send(call()).await;
    let second = scene.send(call()).await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(first.bytes, second.bytes);
}

#[tokio::test]
async fn closing_a_matter_shows_its_signals_too() {
    let scene = Scene::new().await;
    let matter = annoyed(&scene).await;
    let closed = scene
        .post(&format!("/v1/interactions/{matter}/close"), &json!({}))
        .await;
    assert_eq!(closed.json()["signals"][0]["value"], "Annoyed");
}
