use crate::http::interactions::fixture::{Matter, Scene};
use crate::testing::Call;

async fn mail(html: &'static str) -> (Scene, String) {
    let scene = Scene::new().await;
    let id = scene
        .matter(Matter {
            subject: "<script>x</script>".to_owned(),
            ..Matter::default()
        })
        .await;
    scene.message(&id, "agent", "words").await;
    scene
        .api
        .state
        .store
        .write(
            move |tx| Ok(tx.execute("UPDATE messages SET html = ?1, remote_images = 1", [html])?),
        )
        .await
        .unwrap();
    let message = scene
        .ids(&format!("/v1/interactions/{id}/messages"))
        .await
        .remove(0);
    let path = format!("/v1/interactions/{id}/messages/{message}/document");
    (scene, path)
}

#[tokio::test]
async fn a_mail_is_a_page_that_can_do_nothing() {
    let (scene, path) = mail(
        "<p>Hello</p><script>alert(1)</script><img src=\"https://a.example/p.png\" alt=\"logo\">",
    )
    .await;
    let page = scene.get(&path).await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none';",
        "style-src 'unsafe-inline';",
        "img-src data:;",
        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox;",
        "frame-ancestors 'self'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(page.header(name), value);
    }
    let html = page.text();
    assert!(
        html.contains("<p>Hello</p>") && html.contains("&lt;script&gt;x"),
        "{html}"
    );
    assert!(
        !html.contains("<script") && !html.contains("a.example"),
        "{html}"
    );
}

#[tokio::test]
async fn remote_images_come_when_they_are_asked_for() {
    let (scene, path) = mail("<img src=\"https://a.example/p.png\" alt=\"logo\">").await;
    let page = scene.get(&format!("{path}?images=allow")).await;
    assert!(
        page.header("content-security-policy")
            .contains("img-src data: https:;")
    );
    assert!(page.text().contains("https://a.example/p.png"));
    let page = scene.get(&format!("{path}?images=1")).await;
    assert!(!page.text().contains("a.example"));
}

#[tokio::test]
async fn a_message_of_plain_text_has_no_document() {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    scene.message(&id, "agent", "words").await;
    let messages = scene.json(&format!("/v1/interactions/{id}/messages")).await;
    assert!(messages["items"][0]["html"].is_null());
    let message = messages["items"][0]["id"].as_str().unwrap();
    assert_eq!(
        scene
            .get(&format!(
                "/v1/interactions/{id}/messages/{message}/document"
            ))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn pages_and_refusals_survive_compression() {
    let (scene, path) = mail("<p>Hello</p>").await;
    let page = scene
        .send(Call::get(&path).header("accept-encoding", "gzip"))
        .await;
    let problem = scene
        .send(Call::get("/v1/interactions/int_0").header("accept-encoding", "gzip"))
        .await;
    for answer in [page, problem] {
        assert_eq!(answer.header("content-encoding"), "gzip");
        assert_eq!(
            answer.bytes[..2],
            [0x1f, 0x8b],
            "the bytes are what the header says"
        );
    }
}
