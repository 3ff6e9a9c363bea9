//! What becomes of a call: moved, called off, made, kept in a calendar.

use super::*;

#[tokio::test]
async fn a_call_is_moved_and_its_old_slot_is_free_again() {
    let scene = Scene::on(&narrow(), "maya@example.com").await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let (path, before) = booked(&scene).await;
    let key = key();
    let body = json!({"starts_at": LATER});
    let call = || Call::post(&format!("{path}/callback/reschedule"), &body).key(&key);
    let moved = scene.send(call()).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let moved = moved.json();
    assert_eq!(
        (
            &moved["callback"]["starts_at"],
            &moved["callback"]["sequence"]
        ),
        (&json!(LATER), &json!(1))
    );
    assert_ne!(moved["etag"], before["etag"]);
    let again = scene.send(call()).await;
    assert_eq!(again.json(), moved, "a repetition is no second move");
    assert_eq!(left(&scene, SLOT).await, Some(1));
    assert_eq!(left(&scene, LATER).await, None);
    assert_eq!(conflict(&book(&other, LATER).await), "slot_taken");
    assert_eq!(book(&other, SLOT).await.status, 201);
    assert_eq!(conflict(&move_to(&scene, &path, SLOT).await), "slot_taken");
    let same = move_to(&scene, &path, LATER).await.json();
    assert_eq!(same["callback"]["sequence"], 1, "it is there already");
}

#[tokio::test]
async fn a_call_that_was_called_off_leaves_nothing_of_a_matter_in_which_nothing_else_stands() {
    let scene = Scene::new().await;
    let (path, _) = booked(&scene).await;
    let cancelled = cancel(&scene, &path).await.json();
    assert_eq!(cancelled["callback"]["state"], "cancelled");
    assert_eq!(cancelled["callback"]["sequence"], 1);
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["allowed_actions"], json!([]));
    assert_eq!(left(&scene, SLOT).await, Some(2));
    assert_eq!(cancel(&scene, &path).await.problem(), "invalid-state");

    let begun = book(&scene, SLOT).await.json();
    let id = begun["id"].as_str().unwrap();
    scene
        .message(id, "agent", "We will bring your contract along")
        .await;
    let path = format!("{PATH}/{id}");
    let goes_on = cancel(&scene, &path).await.json();
    assert_eq!(goes_on["status"], "open");
    assert_eq!(goes_on["callback"]["state"], "cancelled");
}

#[tokio::test]
async fn who_closes_the_matter_does_not_wait_for_a_call() {
    let scene = Scene::new().await;
    let (path, _) = booked(&scene).await;
    let closed = scene
        .post(&format!("{path}/close"), &json!({}))
        .await
        .json();
    assert_eq!(closed["callback"]["state"], "cancelled");
    assert_eq!(left(&scene, SLOT).await, Some(2));
}

#[tokio::test]
async fn a_missed_call_waits_for_the_customer_who_chooses_another_time() {
    let scene = Scene::on(&narrow(), "maya@example.com").await;
    let (path, begun) = booked(&scene).await;
    let made = |reached: bool| {
        let body = json!({"interaction_id": begun["id"], "reached": reached});
        Call::post("/dev/callbacks", &body)
    };
    assert_eq!(scene.send(made(false)).await.status, 204);
    let missed = scene.json(&path).await;
    assert_eq!(
        (&missed["callback"]["state"], &missed["status"]),
        (&json!("missed"), &json!("waiting_on_customer"))
    );
    assert!(
        missed["allowed_actions"]
            .to_string()
            .contains("reschedule_callback")
    );
    assert!(
        !missed["allowed_actions"]
            .to_string()
            .contains("cancel_callback")
    );
    let anew = move_to(&scene, &path, LATER).await.json();
    assert_eq!(
        (&anew["callback"]["state"], &anew["status"]),
        (&json!("planned"), &json!("in_progress"))
    );
    assert_eq!(scene.send(made(true)).await.status, 204);
    let done = scene.json(&path).await;
    assert_eq!(done["callback"]["state"], "done");
    assert!(done["first_response_at"].is_string());
    assert_eq!(
        scene.send(made(true)).await.status,
        404,
        "it was made already"
    );
    assert_eq!(cancel(&scene, &path).await.problem(), "invalid-state");
}

#[tokio::test]
async fn a_call_that_has_begun_is_neither_moved_nor_called_off() {
    let scene = Scene::new().await;
    let (path, _) = booked(&scene).await;
    scene
        .api
        .state
        .clock
        .advance(24 * 60 * 60 + 4 * 60 * 60 - 6 * 60);
    let scene = scene.signed_in_again().await;
    assert_eq!(cancel(&scene, &path).await.problem(), "invalid-state");
    assert_eq!(
        move_to(&scene, &path, LATER).await.problem(),
        "invalid-state"
    );
    scene.api.state.clock.advance(15 * 60);
    assert_eq!(
        move_to(&scene, &path, LATER).await.status,
        200,
        "nobody called"
    );
}

#[tokio::test]
async fn the_calendar_file_keeps_its_name_and_counts_what_happens_to_the_call() {
    let scene = Scene::new().await;
    let (path, begun) = booked(&scene).await;
    let file = || async {
        let answer = scene.get(&format!("{path}/callback/calendar")).await;
        assert_eq!(
            answer.header("content-type"),
            "text/calendar; charset=utf-8"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        let named = format!(
            "attachment; filename=\"{}.ics\"",
            begun["reference"].as_str().unwrap()
        );
        assert!(answer.header("content-disposition").starts_with(&named));
        answer.text()
    };
    let line = |file: &str, name: &str| {
        let found = file.split("\r\n").find(|line| line.starts_with(name));
        found.unwrap_or_default().to_owned()
    };
    let first = file().await;
    assert_eq!(line(&first, "DTSTART"), "DTSTART:20260305T090000Z");
    assert_eq!(line(&first, "METHOD"), "METHOD:PUBLISH");
    move_to(&scene, &path, LATER).await;
    let second = file().await;
    assert_eq!(line(&second, "UID"), line(&first, "UID"));
    assert_eq!(line(&second, "SEQUENCE"), "SEQUENCE:1");
    assert_eq!(line(&second, "DTSTART"), "DTSTART:20260305T103000Z");
    cancel(&scene, &path).await;
    let last = file().await;
    assert_eq!(line(&last, "UID"), line(&first, "UID"));
    assert_eq!(line(&last, "SEQUENCE"), "SEQUENCE:2");
    assert_eq!(line(&last, "STATUS"), "STATUS:CANCELLED");
    assert_eq!(line(&last, "METHOD"), "METHOD:CANCEL");
}

#[tokio::test]
async fn a_subject_adds_no_line_to_the_calendar_file() {
    let scene = Scene::new().await;
    let mut body = call_at(SLOT);
    body["subject"] = json!("x\r\nATTENDEE:mailto:evil@example.com\u{2028}BEGIN:VALARM;,\\n");
    let begun = scene.post(PATH, &body).await.json();
    let path = format!("{PATH}/{}/callback/calendar", begun["id"].as_str().unwrap());
    let file = scene.get(&path).await.text();
    assert_eq!(file.matches("BEGIN:VALARM\r\n").count(), 1, "{file}");
    assert!(!file.contains("\nATTENDEE"), "{file}");
}
