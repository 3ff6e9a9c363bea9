use crate::http::interactions::fixture::{DAY, Matter, Scene, key};
use crate::testing::{Answer, Call, TestApi};
use axum::http::Method;
use serde_json::json;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02";

fn upload(interaction: &str, name: &str, content: &[u8]) -> Call {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    Call::new(
        Method::POST,
        &format!("/v1/interactions/{interaction}/attachments"),
    )
    .key(&key())
    .header("content-type", "image/png")
    .header(
        "content-disposition",
        &format!("attachment; filename*=UTF-8''{name}"),
    )
    .bytes(content.to_vec())
}

async fn take(scene: &Scene, interaction: &str, name: &str, content: &[u8]) -> Answer {
    scene.send(upload(interaction, name, content)).await
}

/// A scene that takes every kind of file.
async fn open_to_all() -> (Scene, String) {
    let api = TestApi::with(|config| config.limits.attachment_types = vec!["*/*".to_owned()]);
    let scene = Scene::on(&api, "maya@example.com").await;
    let id = scene.matter(Matter::default()).await;
    (scene, id)
}

fn stored(scene: &Scene) -> usize {
    std::fs::read_dir(scene.api.files()).unwrap().count()
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let taken = take(&scene, &id, "Zähler \"neu\".png", PNG).await;
    assert_eq!(taken.status, 201, "{}", taken.text());
    let file = taken.json();
    assert_eq!(file["file_name"], "Zähler \"neu\".png");
    assert_eq!(
        (&file["media_type"], &file["previewable"]),
        (&json!("image/png"), &json!(true))
    );
    assert_eq!(file["size_bytes"], PNG.len());
    let path = format!(
        "/v1/interactions/{id}/attachments/{}",
        file["id"].as_str().unwrap()
    );
    let back = scene.get(&path).await;
    assert_eq!(back.bytes, PNG);
    assert_eq!(
        back.header("content-disposition"),
        "attachment; filename=\"Z_hler _neu_.png\"; filename*=UTF-8''Z%C3%A4hler%20%22neu%22.png"
    );
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(back.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn a_file_goes_with_one_message_and_is_of_the_thread_from_then_on() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let file = take(&scene, &id, "a.png", PNG).await.json();
    let path = format!("/v1/interactions/{id}");
    assert_eq!(scene.json(&path).await["attachments"], json!([]));
    let body = json!({ "text": "", "attachment_ids": [file["id"]] });
    let message = scene.post(&format!("{path}/messages"), &body).await.json();
    assert_eq!(message["attachments"], json!([file]));
    assert_eq!(scene.json(&path).await["attachments"], json!([file]));
    let again = scene.post(&format!("{path}/messages"), &body).await;
    assert_eq!(again.json()["errors"][0]["pointer"], "/attachment_ids/0");
    assert_eq!(scene.json(&path).await["message_count"], 1);
}

#[tokio::test]
async fn what_a_file_claims_to_be_is_not_believed() {
    let (scene, id) = open_to_all().await;
    for (name, content, expected) in [
        (
            "photo.png",
            b"<html><script>alert(1)</script>".as_slice(),
            "application/octet-stream",
        ),
        (
            "photo.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "application/octet-stream",
        ),
        (
            "photo.png",
            b"MZ\x90\0\x03\0\0\0",
            "application/octet-stream",
        ),
        ("photo.png", b"only words", "text/plain"),
        ("bill.pdf", PNG, "image/png"),
    ] {
        let file = take(&scene, &id, name, content).await.json();
        assert_eq!(file["media_type"], expected, "{name}");
        let path = format!(
            "/v1/interactions/{id}/attachments/{}",
            file["id"].as_str().unwrap()
        );
        let back = scene.get(&path).await;
        assert_eq!(back.header("content-type"), expected);
        assert!(
            back.header("content-disposition")
                .starts_with("attachment;")
        );
    }
}

#[tokio::test]
async fn a_kind_that_is_not_taken_is_refused_and_nothing_stays() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let refused = take(&scene, &id, "photo.png", b"<script>alert(1)</script>").await;
    assert_eq!(refused.problem(), "unsupported-media-type");
    assert_eq!(stored(&scene), 0);
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_announced_or_not() {
    let api = TestApi::with(|config| config.limits.attachment_bytes = 1000);
    let scene = Scene::on(&api, "maya@example.com").await;
    let id = scene.matter(Matter::default()).await;
    let announced = upload(&id, "a.txt", b"short").header("content-length", "26214400");
    for call in [announced, upload(&id, "a.txt", &[b'a'; 1001])] {
        let refused = scene.send(call).await;
        assert_eq!(refused.problem(), "payload-too-large");
        assert_eq!(refused.json()["limit_bytes"], 1000);
    }
    assert_eq!(stored(&scene), 0);
    assert_eq!(take(&scene, &id, "a.txt", &[b'a'; 1000]).await.status, 201);
}

#[tokio::test]
async fn names_lead_nowhere_and_formulas_stay_names() {
    let (scene, id) = open_to_all().await;
    for (name, expected) in [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("=HYPERLINK(1).csv", "=HYPERLINK(1).csv"),
        ("@SUM(1).csv", "@SUM(1).csv"),
        ("a\r\nX-Evil: 1.txt", "aX-Evil: 1.txt"),
        ("", "file"),
    ] {
        let file = take(&scene, &id, name, b"words").await.json();
        assert_eq!(file["file_name"], expected, "{name:?}");
        let path = format!(
            "/v1/interactions/{id}/attachments/{}",
            file["id"].as_str().unwrap()
        );
        assert_eq!(scene.get(&path).await.header("x-evil"), "");
    }
    for entry in std::fs::read_dir(scene.api.files()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{name}"
        );
    }
}

#[tokio::test]
async fn an_upload_that_is_sent_again_is_one_file() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let call = upload(&id, "a.png", PNG);
    let first = scene.send(call.clone()).await;
    let again = scene.send(call.clone()).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(stored(&scene), 1);
    let other = scene.send(call.bytes(b"other words".to_vec())).await;
    assert_eq!(other.problem(), "idempotency-key-reused");
    assert_eq!(stored(&scene), 1);
}

#[tokio::test]
async fn a_closed_interaction_takes_no_file() {
    let scene = Scene::new().await;
    let id = scene
        .matter(Matter {
            status: "closed",
            ..Matter::default()
        })
        .await;
    assert_eq!(
        take(&scene, &id, "a.png", PNG).await.problem(),
        "invalid-state"
    );
    assert_eq!(stored(&scene), 0);
}

#[tokio::test]
async fn a_file_that_nobody_sent_is_forgotten() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    let old = take(&scene, &id, "old.png", PNG).await.json();
    scene
        .sql("UPDATE sessions SET ends_at = ends_at * 2, last_seen_at = last_seen_at * 2")
        .await;
    scene.api.state.clock.advance(3 * DAY / 1000);
    let new = take(&scene, &id, "new.png", PNG).await.json();
    crate::sweep::once(&scene.api.state).await.unwrap();
    assert_eq!(stored(&scene), 1);
    let path = |file: &serde_json::Value| {
        format!(
            "/v1/interactions/{id}/attachments/{}",
            file["id"].as_str().unwrap()
        )
    };
    assert_eq!(scene.get(&path(&old)).await.status, 404);
    assert_eq!(scene.get(&path(&new)).await.status, 200);
}

#[tokio::test]
async fn a_customer_has_so_many_unsent_files_whatever_they_are_added_to() {
    let scene = Scene::new().await;
    let (one, two) = (
        scene.matter(Matter::default()).await,
        scene.matter(Matter::default()).await,
    );
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let theirs = other.matter(Matter::default()).await;
    let mut last = String::new();
    for n in 0..50 {
        let id = if n % 2 == 0 { &one } else { &two };
        let taken = take(&scene, id, "a.png", PNG).await;
        assert_eq!(taken.status, 201);
        last = taken.json()["id"].as_str().unwrap().to_owned();
    }
    scene.api.state.clock.advance(60);
    let refused = take(&scene, &one, "a.png", PNG).await;
    assert_eq!(refused.problem(), "quota-exceeded");
    assert_eq!(
        refused.header("retry-after"),
        "172740",
        "48 hours after the first"
    );
    assert_eq!(stored(&scene), 50);
    assert_eq!(take(&other, &theirs, "a.png", PNG).await.status, 201);
    let sent = json!({ "text": "here", "attachment_ids": [last] });
    let path = format!("/v1/interactions/{two}/messages");
    assert_eq!(scene.post(&path, &sent).await.status, 201);
    assert_eq!(take(&scene, &one, "a.png", PNG).await.status, 201);
}

#[tokio::test]
async fn unsent_files_together_are_no_larger_than_the_largest_message() {
    let api = TestApi::with(|config| {
        config.limits.attachment_bytes = 40;
        config.limits.attachments_per_message = 2;
    });
    let scene = Scene::on(&api, "maya@example.com").await;
    let id = scene.matter(Matter::default()).await;
    for size in [40, 30] {
        assert_eq!(
            take(&scene, &id, "a.txt", &vec![b'a'; size]).await.status,
            201
        );
    }
    let refused = take(&scene, &id, "a.txt", &[b'a'; 11]).await;
    assert_eq!(refused.problem(), "quota-exceeded");
    assert_eq!(take(&scene, &id, "a.txt", &[b'a'; 10]).await.status, 201);
}
