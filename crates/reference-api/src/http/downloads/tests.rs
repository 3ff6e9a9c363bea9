//! From the request to the file, and who does not get it.

use crate::data_requests::work;
use crate::testing::{Answer, Call, TestApi};
use crate::{exports, sweep};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::Cursor;

const WHO: &str = "ada@example.com";
const DAY: i64 = 24 * 60 * 60;

/// A key of an intent, told by its name.
fn key(name: &str) -> String {
    let digest = <sha2::Sha256 as sha2::Digest>::digest(name.as_bytes());
    let bytes = <[u8; 16]>::try_from(&digest[..16]).unwrap();
    uuid::Builder::from_random_bytes(bytes)
        .into_uuid()
        .to_string()
}

struct Asked {
    api: TestApi,
    cookie: String,
    id: String,
    artifact: String,
}

/// A customer whose copy is ready.
async fn asked() -> Asked {
    let api = TestApi::new();
    api.customer(WHO, "Ada").await;
    let cookie = api.sign_in(WHO).await;
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let new = json!({ "kind": "access", "scope": scope, "formats": [], "proposed": [] });
    let call = Call::post("/v1/data-requests", &new)
        .cookie(&cookie)
        .key("00000000-0000-4000-8000-000000000001");
    let made = api.send(call).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    work::once(&api.state).await.unwrap();
    let mut asked = Asked {
        api,
        cookie,
        id,
        artifact: String::new(),
    };
    let request = asked.request().await;
    assert_eq!(request["state"], "ready", "{request}");
    assert_eq!(request["progress"], Value::Null, "it is done");
    request["artifacts"][0]["id"]
        .as_str()
        .unwrap()
        .clone_into(&mut asked.artifact);
    asked
}

impl Asked {
    async fn request(&self) -> Value {
        let call = Call::get(&format!("/v1/data-requests/{}", self.id)).cookie(&self.cookie);
        self.api.send(call).await.json()
    }

    async fn act(&self, cookie: &str, act: &str, intent: &str) -> Answer {
        let path = format!(
            "/v1/data-requests/{}/artifacts/{}/{act}",
            self.id, self.artifact
        );
        self.api
            .send(
                Call::post(&path, &json!({}))
                    .cookie(cookie)
                    .key(&key(intent)),
            )
            .await
    }

    async fn address(&self, intent: &str) -> String {
        let opened = self.act(&self.cookie, "downloads", intent).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
        opened.json()["url"].as_str().unwrap().to_owned()
    }

    async fn get(&self, address: &str) -> Answer {
        self.api.send(Call::get(address)).await
    }

    fn contents(&self) -> usize {
        std::fs::read_dir(exports::folder(self.api.files())).map_or(0, Iterator::count)
    }
}

#[tokio::test]
async fn a_copy_is_fetched_once_and_is_what_the_request_says() {
    let asked = asked().await;
    let artifact = asked.request().await["artifacts"][0].clone();
    let address = asked.address("one").await;
    let call = Call::get(&address).header("accept-encoding", "br, gzip");
    let fetched = asked.api.send(call).await;
    assert_eq!(fetched.status, StatusCode::OK);
    assert_eq!(fetched.header("content-type"), "application/zip");
    assert_eq!(fetched.header("cache-control"), "no-store");
    assert_eq!(
        fetched.header("content-encoding"),
        "",
        "it is compressed already"
    );
    let disposition = fetched.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; ")
            && disposition.contains("filename*=UTF-8''your-data-")
    );
    assert_eq!(artifact["size_bytes"], fetched.bytes.len() as u64);
    let sum = crate::secrets::hex(&<sha2::Sha256 as sha2::Digest>::digest(&fetched.bytes));
    assert_eq!(artifact["sha256"], sum);
    let mut archive = zip::ZipArchive::new(Cursor::new(fetched.bytes)).unwrap();
    assert!(archive.by_name("manifest.json").is_ok() && archive.by_name("index.html").is_ok());

    let again = asked.get(&address).await;
    assert_eq!(
        (again.status, &*again.problem()),
        (StatusCode::GONE, "link-expired")
    );
    let request = asked.request().await;
    assert_eq!(request["state"], "completed", "handed over");
    assert!(request["artifacts"][0]["downloaded_at"].is_string());
}

#[tokio::test]
async fn an_address_is_good_for_five_minutes_and_is_not_used_up_by_looking() {
    let asked = asked().await;
    let address = asked.address("one").await;
    let looked = asked.api.send(Call::new(Method::HEAD, &address)).await;
    assert_eq!(looked.status, StatusCode::METHOD_NOT_ALLOWED);
    asked.api.state.clock.advance(5 * 60 - 1);
    assert_eq!(asked.get(&address).await.status, StatusCode::OK);

    asked.api.state.clock.advance(-60);
    let late = asked.address("two").await;
    asked.api.state.clock.advance(5 * 60 + 1);
    let refused = asked.get(&late).await;
    assert_eq!(
        (refused.status, &*refused.problem()),
        (StatusCode::GONE, "link-expired")
    );
    let never = asked
        .get(&format!("/v1/downloads/{}", "0".repeat(64)))
        .await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_address_is_given_on_a_fresh_proof_alone() {
    let asked = asked().await;
    asked.api.state.clock.advance(301);
    let refused = asked.act(&asked.cookie, "downloads", "one").await;
    assert_eq!(
        (refused.status, &*refused.problem()),
        (StatusCode::UNAUTHORIZED, "step-up-required")
    );
    assert_eq!(refused.json()["max_age"], 300);
    let nobody = asked.act("", "downloads", "two").await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_lost_answer_is_said_again_and_gives_no_second_address() {
    let asked = asked().await;
    let first = asked.address("same").await;
    let again = asked.act(&asked.cookie, "downloads", "same").await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.json()["url"], first);
}

#[tokio::test]
async fn nobody_else_gets_an_address_of_it() {
    let asked = asked().await;
    asked.api.customer("eve@example.com", "Eve").await;
    let eve = asked.api.sign_in("eve@example.com").await;
    for act in ["downloads", "reissue"] {
        let refused = asked.act(&eve, act, &format!("eve-{act}")).await;
        assert_eq!(
            (refused.status, &*refused.problem()),
            (StatusCode::NOT_FOUND, "not-found")
        );
    }
}

#[tokio::test]
async fn a_copy_runs_out_after_a_week_and_can_be_made_anew() {
    let asked = asked().await;
    assert_eq!(asked.contents(), 1);
    asked.api.state.clock.advance(7 * DAY + 1);
    sweep::once(&asked.api.state).await.unwrap();
    assert_eq!(asked.contents(), 0, "its content is gone");
    let cookie = asked.api.sign_in(WHO).await;
    let late = Asked { cookie, ..asked };
    let request = late.request().await;
    assert_eq!(request["artifacts"][0]["state"], "expired", "{request}");
    assert_eq!(request["state"], "completed");
    let gone = late.act(&late.cookie, "downloads", "late").await;
    assert_eq!(
        (gone.status, &*gone.problem()),
        (StatusCode::CONFLICT, "invalid-state")
    );

    let anew = late.act(&late.cookie, "reissue", "anew").await;
    assert_eq!(anew.status, StatusCode::OK, "{}", anew.text());
    assert_eq!(anew.json()["artifacts"][0]["state"], "preparing");
    work::once(&late.api.state).await.unwrap();
    let request = late.request().await;
    assert_eq!(
        request["state"], "completed",
        "the request itself stays as it was"
    );
    let artifacts = request["artifacts"].as_array().unwrap();
    let states: Vec<&str> = artifacts
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["ready", "expired"]);
    assert_eq!(late.contents(), 1);
}

#[tokio::test]
async fn what_lies_in_the_folder_and_is_nobodys_goes() {
    let asked = asked().await;
    let folder = exports::folder(asked.api.files());
    std::fs::write(folder.join("art_unknown.0.part"), "half").unwrap();
    std::fs::write(
        folder.join(format!("{}.1.zip", asked.artifact)),
        "an attempt in vain",
    )
    .unwrap();
    sweep::once(&asked.api.state).await.unwrap();
    assert_eq!(asked.contents(), 1, "the copy itself stays");
    assert_eq!(
        asked.get(&asked.address("one").await).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_request_that_is_called_off_leaves_no_copy() {
    let api = TestApi::new();
    api.customer(WHO, "Ada").await;
    let cookie = api.sign_in(WHO).await;
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let new = json!({ "kind": "portability", "scope": scope, "formats": ["json"], "proposed": [] });
    let made = api
        .send(
            Call::post("/v1/data-requests", &new)
                .cookie(&cookie)
                .key(&key("a")),
        )
        .await;
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let cancel = Call::post(&format!("/v1/data-requests/{id}/cancel"), &json!({}))
        .cookie(&cookie)
        .key(&key("b"));
    assert_eq!(api.send(cancel).await.status, StatusCode::OK);
    work::once(&api.state).await.unwrap();
    let folder = exports::folder(api.files());
    assert_eq!(std::fs::read_dir(folder).map_or(0, Iterator::count), 0);
}

#[tokio::test]
async fn an_address_that_is_not_even_text_is_an_address_of_nothing() {
    let api = TestApi::new();
    for address in ["/v1/downloads/%ff", "/v1/downloads/%00"] {
        let answer = api.send(Call::get(address)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.problem(), "not-found", "{address}");
    }
}

#[tokio::test]
async fn who_asks_again_and_again_fills_no_disk() {
    let mut asked = asked().await;
    for round in 0..8 {
        let address = asked.address(&format!("address {round}")).await;
        assert_eq!(asked.get(&address).await.status, StatusCode::OK);
        let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
        let new = json!({ "kind": "access", "scope": scope, "formats": [], "proposed": [] });
        let call = Call::post("/v1/data-requests", &new)
            .cookie(&asked.cookie)
            .key(&key(&format!("request {round}")));
        let made = asked.api.send(call).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        asked.id = made.json()["id"].as_str().unwrap().to_owned();
        work::once(&asked.api.state).await.unwrap();
        let request = asked.request().await;
        asked.artifact = request["artifacts"][0]["id"].as_str().unwrap().to_owned();
    }
    exports::sweep(&asked.api.state).await.unwrap();
    // Five of requests that are closed, and that of the one that runs.
    assert_eq!(asked.contents(), 6);
    let address = asked.address("the newest").await;
    assert_eq!(asked.get(&address).await.status, StatusCode::OK);
}
