use super::{MAYA, Scene, enter, errors, id, key, one_error, wrong};
use crate::testing::Call;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_code_that_arrives_verifies() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let asked = scene.ask(&point, &json!({})).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text());
    let verification = asked.json();
    assert_eq!(verification["channel"], "email");
    assert_eq!(verification["attempts_left"], 5);
    assert_eq!(verification["resend_after"], "2026-03-04T05:06:37Z");
    assert_eq!(verification["expires_at"], "2026-03-04T05:16:07Z");
    assert_eq!(
        scene.get(id(&point)).await["verification"]["status"],
        "pending"
    );
    let code = scene.code("work@example.com").await;
    assert!(!asked.text().contains(&code));
    // As a paste brings it.
    let typed = format!(" {} {} ", &code[..3], &code[3..]);
    let confirmed = scene.enter(&point, &verification, &typed).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text());
    let point = confirmed.json();
    assert_eq!(
        point["verification"],
        json!({ "status": "verified", "verified_at": "2026-03-04T05:06:07Z", "under_way": null })
    );
    assert_eq!(point["preferred"], false, "another one is");
    assert_eq!(point["signs_in"], true);
    assert_eq!(
        scene.history().await[0],
        [(
            "verification".to_owned(),
            json!("unverified"),
            json!("verified")
        )]
    );
    assert_eq!(scene.events().await[0], "contact_point.updated");
}

#[tokio::test]
async fn a_code_that_is_still_good_can_be_come_back_to() {
    let scene = Scene::new().await;
    let point = scene.add("phone", "+44 7400 123456").await;
    assert_eq!(point["verification"]["under_way"], json!(null));
    let verification = scene
        .ask(&point, &json!({ "channel": "phone" }))
        .await
        .json();
    let code = scene.code("+447400123456").await;
    let now = scene.get(id(&point)).await;
    assert_eq!(now["verification"]["under_way"], verification);
    scene.enter(&point, &verification, &wrong(&code)).await;
    let now = scene.get(id(&point)).await;
    assert_eq!(now["verification"]["under_way"]["attempts_left"], 4);
    scene
        .enter(&point, &now["verification"]["under_way"], &code)
        .await;
    let now = scene.get(id(&point)).await;
    assert_eq!(now["verification"]["status"], "verified");
    assert_eq!(now["verification"]["under_way"], json!(null));
}

#[tokio::test]
async fn the_first_verified_one_of_its_kind_is_preferred() {
    let scene = Scene::new().await;
    let phone = scene
        .add_verified("phone", "+44 7400 123456", "+447400123456")
        .await;
    assert_eq!(phone["preferred"], true);
    let other = scene
        .add_verified("phone", "+44 7400 123457", "+447400123457")
        .await;
    assert_eq!(other["preferred"], false);
    let preferred = scene.patch(&other, &json!({ "preferred": true })).await;
    assert_eq!(preferred.json()["preferred"], true);
    let before = scene.get(id(&phone)).await;
    assert_eq!(before["preferred"], false);
    assert_ne!(before["etag"], phone["etag"], "it changed too");
}

#[tokio::test]
async fn a_wrong_code_leaves_tries_and_the_right_one_still_counts() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let verification = scene.ask(&point, &json!({})).await.json();
    let code = scene.code("work@example.com").await;
    // One key for the form, as long as it is refused.
    let form = key();
    for left in [4, 3, 2, 1] {
        let refused = scene
            .send(enter(&point, &verification, &wrong(&code)).key(&form))
            .await;
        assert_eq!(refused.problem(), "verification-failed");
        assert_eq!(refused.json()["attempts_left"], left);
    }
    let malformed = scene.enter(&point, &verification, "12345").await;
    assert_eq!(errors(&malformed), one_error("/code", "invalid_format"));
    let confirmed = scene
        .send(enter(&point, &verification, &code).key(&form))
        .await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text());
}

#[tokio::test]
async fn after_five_wrong_ones_the_right_one_is_of_no_use() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let verification = scene.ask(&point, &json!({})).await.json();
    let code = scene.code("work@example.com").await;
    for _ in 0..5 {
        scene.enter(&point, &verification, &wrong(&code)).await;
    }
    let late = scene.enter(&point, &verification, &code).await;
    assert_eq!(late.problem(), "link-expired");
    // Another code can be had at once: waiting would help nobody.
    assert_eq!(
        scene.ask(&point, &json!({})).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn a_code_is_good_for_its_time_for_its_place_and_until_the_next() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let other = scene.add("email", "home@example.com").await;
    let first = scene.ask(&point, &json!({})).await.json();
    let first_code = scene.code("work@example.com").await;
    let elsewhere = scene.enter(&other, &first, &first_code).await;
    assert_eq!(elsewhere.problem(), "link-expired");

    let early = scene.ask(&point, &json!({})).await;
    assert_eq!(early.problem(), "quota-exceeded");
    assert_eq!(early.header("retry-after"), "30");
    scene.api.state.clock.advance(30);
    let second = scene.ask(&point, &json!({})).await.json();
    let second_code = scene.code("work@example.com").await;
    assert_eq!(
        scene.enter(&point, &first, &first_code).await.problem(),
        "link-expired"
    );
    scene.api.state.clock.advance(10 * 60);
    assert_eq!(
        scene.enter(&point, &second, &second_code).await.problem(),
        "link-expired"
    );
    assert_eq!(
        scene.get(id(&point)).await["verification"]["status"],
        "unverified"
    );
}

#[tokio::test]
async fn a_repeated_confirmation_is_answered_again_and_a_second_one_is_none() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    let verification = scene.ask(&point, &json!({})).await.json();
    let code = scene.code("work@example.com").await;
    let call = enter(&point, &verification, &code).key(&key());
    let first = scene.send(call.clone()).await;
    let again = scene.send(call).await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    let anew = scene.enter(&point, &verification, &code).await;
    assert_eq!(anew.problem(), "link-expired");
    assert_eq!(scene.history().await.len(), 2);
}

#[tokio::test]
async fn a_number_is_written_to_or_called_and_a_landline_called_alone() {
    let scene = Scene::new().await;
    let mobile = scene.add("phone", "+44 7400 123456").await;
    let by_text = scene.ask(&mobile, &json!({})).await.json();
    assert_eq!(by_text["channel"], "sms");
    assert_eq!(scene.letters("+447400123456").await[0].0, "sms");
    scene.api.state.clock.advance(60);
    let by_voice = scene
        .ask(&mobile, &json!({ "channel": "phone" }))
        .await
        .json();
    assert_eq!(by_voice["channel"], "phone");
    assert_eq!(scene.letters("+447400123456").await[0].0, "phone");

    let landline = scene.add("phone", "+49 30 23125123").await;
    let refused = scene.ask(&landline, &json!({ "channel": "sms" })).await;
    assert_eq!(errors(&refused), one_error("/channel", "not_offered"));
    let called = scene.ask(&landline, &json!({})).await.json();
    assert_eq!(called["channel"], "phone");
}

#[tokio::test]
async fn a_letter_on_paper_takes_its_time() {
    let scene = Scene::new().await;
    let body = json!({ "kind": "postal", "postal": { "lines": ["Musterweg 5", "10115 Berlin"], "country": "DE" } });
    let point = scene.try_add(&body).await.json();
    let verification = scene.ask(&point, &json!({})).await.json();
    assert_eq!(verification["channel"], "post");
    assert_eq!(verification["expires_at"], "2026-04-03T05:06:07Z");
    let code = scene.code("Musterweg 5\n10115 Berlin").await;
    scene.api.state.clock.advance(20 * 24 * 60 * 60);
    let scene = Scene {
        cookie: scene.api.sign_in(MAYA).await,
        ..scene
    };
    assert_eq!(
        scene.enter(&point, &verification, &code).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn what_is_verified_needs_no_code_until_nothing_arrives_there() {
    let scene = Scene::new().await;
    let first = scene.first().await;
    let refused = scene.ask(&first, &json!({})).await;
    assert_eq!(refused.problem(), "invalid-state");
    assert_eq!(
        refused.json()["allowed_actions"],
        json!(["edit", "replace"])
    );
    scene.bounces(&first, "bouncing", "mailbox_full").await;
    let bouncing = scene.first().await;
    assert_eq!(
        bouncing["deliverability"],
        json!({ "state": "bouncing", "since": "2026-03-04T05:06:07Z", "reason": "mailbox_full" })
    );
    let well = scene.verify(&first, MAYA).await;
    assert_eq!(
        well["deliverability"],
        json!({ "state": "ok", "since": null, "reason": null })
    );
    assert_eq!(
        scene.history().await[0],
        [("deliverability".to_owned(), json!("bouncing"), json!("ok"))]
    );
}

#[tokio::test]
async fn a_fresh_proof_is_asked_for_where_mail_arrives() {
    let scene = Scene::new().await;
    scene
        .add_verified("email", "work@example.com", "work@example.com")
        .await;
    let step_up = Call::post("/v1/session/step-up", &json!({}));
    let before = scene.letters(MAYA).await.len();
    scene.send(step_up.clone()).await;
    assert_eq!(
        scene.letters(MAYA).await.len(),
        before + 1,
        "the preferred one"
    );
    let first = scene.first().await;
    scene.bounces(&first, "bouncing", "mailbox_full").await;
    scene.api.state.clock.advance(31);
    scene.send(step_up).await;
    let codes = scene.letters("work@example.com").await;
    assert!(codes[0].1.contains("confirms that it is you"), "{codes:?}");
}

#[tokio::test]
async fn what_has_run_out_is_swept() {
    let scene = Scene::new().await;
    let point = scene.add("email", "work@example.com").await;
    scene.ask(&point, &json!({})).await;
    let kept = || {
        scene.api.state.store.read(|db| {
            let sql = "SELECT (SELECT count(*) FROM contact_point_verifications),
                              (SELECT count(*) FROM verification_sends)";
            Ok(db.query_row(sql, [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })?)
        })
    };
    let state = scene.api.state.clone();
    for (seconds, rows) in [(599, (1, 3)), (1, (0, 3)), (24 * 60 * 60, (0, 0))] {
        state.clock.advance(seconds);
        crate::sweep::once(&state).await.unwrap();
        assert_eq!(kept().await.unwrap(), rows);
    }
}
