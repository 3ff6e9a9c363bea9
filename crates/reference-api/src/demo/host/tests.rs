//! The sample page, against an API that takes its word.

use super::signer::Signer;
use super::site::{Site, router};
use crate::testing::{Call, TestApi};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

const PORTAL: &str = "http://localhost:8080";
const NONCE: &str = "q83vASNFZ4mrze8BI0VniQ";

async fn send(site: &Router, request: Request<Body>) -> (Response<()>, String) {
    let answer = site.clone().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (Response::from_parts(parts, ()), text)
}

async fn post(site: &Router, path: &str, cookie: &str, body: Value) -> (Response<()>, String) {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("cookie", cookie)
        .body(Body::from(body.to_string()))
        .unwrap();
    send(site, request).await
}

fn site() -> Router {
    let signer = Signer::fresh().unwrap();
    router(
        "http://127.0.0.1:8090".to_owned(),
        signer,
        PORTAL.to_owned(),
    )
}

/// Signs somebody in at the site, and gives its cookie.
async fn signed_in(site: &Router, customer: &str) -> String {
    let (answer, _) = post(site, "/switch", "", json!({ "customer": customer })).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_page_has_a_policy_as_strict_as_can_be() {
    let site = site();
    let (answer, page) = send(&site, Request::get("/").body(Body::empty()).unwrap()).await;
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self' http://localhost:8080;"));
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(page.contains("src=\"http://localhost:8080/embed.js\""));
    assert!(!page.contains("{{") && !page.contains("<style") && !page.contains("style="));
    for path in ["/host.js", "/host.css"] {
        let asked = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(send(&site, asked).await.0.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn nobody_is_vouched_for_who_is_not_signed_in_at_the_site() {
    let site = site();
    let nobody = json!({ "assertion": null }).to_string();
    let asked = json!({ "nonce": NONCE, "customer": "C-1001" });
    for cookie in ["", "site=made-up"] {
        let (_, told) = post(&site, "/sign", cookie, asked.clone()).await;
        assert_eq!(told, nobody, "{cookie}");
    }
    let (answer, _) = post(&site, "/switch", "", json!({ "customer": "C-9999" })).await;
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn the_api_takes_the_word_of_the_page() {
    let listening = Site::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    let host = listening.host();
    let origin = listening.origin().to_owned();
    let api = TestApi::with(|config| config.embed = Some(host));
    let now = api.state.clock.now();
    let files = crate::store::ingest::Files::in_directory(api.files().to_owned());
    crate::demo::seed(&api.state.store, &files, now).unwrap();
    // The clock of the API stands in March; the page's goes on. It is set by.
    let today = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let ahead = i64::try_from(today.unwrap().as_secs()).unwrap() - now.millis() / 1000;
    api.state.clock.advance(ahead);
    tokio::spawn(listening.serve(PORTAL.to_owned(), std::future::pending()));
    let client = |path: &str, cookie: &str, body: Value| {
        Request::post(format!("{origin}{path}"))
            .header("content-type", "application/json")
            .header("cookie", cookie)
            .body(http_body_util::Full::from(body.to_string()))
            .unwrap()
    };
    let bounds = crate::outgoing::Bounds {
        patience: std::time::Duration::from_secs(10),
        most_bytes: 16 * 1024,
        private_network: false,
    };
    let switched = crate::outgoing::send(
        client("/switch", "", json!({ "customer": "C-1001" })),
        bounds,
    );
    let switched = switched.await.unwrap();
    let cookie = switched.headers["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let signed = crate::outgoing::send(client("/sign", cookie, json!({ "nonce": NONCE })), bounds);
    let signed: Value = serde_json::from_slice(&signed.await.unwrap().body).unwrap();
    let body = json!({ "assertion": signed["assertion"], "nonce": NONCE });
    let answer = api.send(Call::post("/v1/session/embed", &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let session = &answer.json()["session"];
    assert_eq!(session["customer"]["display_name"], "Maya Lindqvist");
}

#[tokio::test]
async fn each_visitor_of_the_site_is_one() {
    let site = site();
    let (maya, jonas) = (
        signed_in(&site, "C-1001").await,
        signed_in(&site, "C-1002").await,
    );
    assert_ne!(maya, jonas);
    for cookie in [&maya, &jonas] {
        let (_, told) = post(&site, "/sign", cookie, json!({ "nonce": NONCE })).await;
        assert!(told.contains("ey"), "{told}");
    }
}
