use crate::testing::{Answer, Call, TestApi};
use axum::http::StatusCode;
use serde_json::{Value, json};

const MAYA: &str = "maya@example.com";
const KEY: &str = "0197f3c2-0000-7000-8000-000000000001";

async fn signed_in() -> (TestApi, String) {
    let api = TestApi::new();
    api.customer(MAYA, "Maya Lindqvist").await;
    let cookie = api.sign_in(MAYA).await;
    (api, cookie)
}

async fn patch(api: &TestApi, cookie: &str, etag: &str, body: &Value) -> Answer {
    api.send(
        Call::patch("/v1/me", body)
            .cookie(cookie)
            .header("if-match", &format!("\"{etag}\"")),
    )
    .await
}

#[tokio::test]
async fn the_record_is_read_with_its_version() {
    let (api, cookie) = signed_in().await;
    let me = api.send(Call::get("/v1/me").cookie(&cookie)).await;
    assert_eq!(me.json()["display_name"], "Maya Lindqvist");
    assert_eq!(
        me.header("etag"),
        format!("\"{}\"", me.json()["etag"].as_str().unwrap())
    );
    assert_eq!(me.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_patch_changes_what_it_names_clears_null_and_leaves_the_rest() {
    let (api, cookie) = signed_in().await;
    let body = json!({ "preferred_name": " Maja ", "pronouns": "she/her", "time_zone": "Europe/Berlin", "locale": "de-AT" });
    let first = patch(&api, &cookie, "me-1", &body).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert_eq!(first.json()["preferred_name"], "Maja");
    let second = patch(&api, &cookie, "me-2", &json!({ "pronouns": null }))
        .await
        .json();
    assert_eq!(second["pronouns"], Value::Null);
    assert_eq!(second["time_zone"], "Europe/Berlin");
    assert_eq!(second["etag"], "me-3");
}

#[tokio::test]
async fn what_changes_is_told_to_the_customers_other_pages_once() {
    let (api, cookie) = signed_in().await;
    let told = async || {
        let changes = api
            .send(Call::get("/v1/events?ago=60").cookie(&cookie))
            .await;
        let items = changes.json()["items"].as_array().unwrap().clone();
        let kinds = items.iter().map(|event| event["type"].clone());
        kinds.filter(|kind| kind == "me.updated").count()
    };
    let body = json!({ "pronouns": "they" });
    patch(&api, &cookie, "me-1", &body).await;
    assert_eq!(told().await, 1);
    patch(&api, &cookie, "me-2", &body).await;
    assert_eq!(told().await, 1, "the same again is no news");
}

#[tokio::test]
async fn a_patch_names_the_version_it_was_made_on() {
    let (api, cookie) = signed_in().await;
    let body = json!({ "pronouns": "they" });
    let without = api.send(Call::patch("/v1/me", &body).cookie(&cookie)).await;
    assert_eq!(without.problem(), "precondition-required");
    assert_eq!(
        patch(&api, &cookie, "me-1", &body).await.status,
        StatusCode::OK
    );
    let stale = patch(&api, &cookie, "me-1", &json!({ "pronouns": "he" })).await;
    assert_eq!(stale.problem(), "precondition-failed");
    assert_eq!(stale.json()["current"]["pronouns"], "they");
    assert_eq!(stale.json()["current"]["etag"], "me-2");
    // What a compressing proxy makes of an etag is still that etag.
    let weak = Call::patch("/v1/me", &body)
        .cookie(&cookie)
        .header("if-match", "W/\"me-2\"");
    assert_eq!(api.send(weak).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_repeated_patch_is_answered_before_its_old_version_is_looked_at() {
    let (api, cookie) = signed_in().await;
    let call = Call::patch("/v1/me", &json!({ "pronouns": "they" }))
        .cookie(&cookie)
        .key(KEY)
        .header("if-match", "\"me-1\"");
    let first = api.send(call.clone()).await;
    let again = api.send(call).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(again.header("etag"), first.header("etag"));
}

#[tokio::test]
async fn each_refused_member_is_named() {
    let (api, cookie) = signed_in().await;
    let body = json!({
        "display_name": "X", "locale": "xx", "time_zone": "Mars/Olympus", "preferred_name": "a\u{7}b",
        "pronouns": "x".repeat(41), "a/b~c": 1,
    });
    let refused = patch(&api, &cookie, "me-1", &body).await;
    assert_eq!(refused.problem(), "validation");
    let mut found: Vec<(String, String)> = refused.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["pointer"].as_str().unwrap().to_owned(),
                error["code"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    found.sort();
    let expected = [
        ("/a~1b~0c", "not_offered"),
        ("/display_name", "not_offered"),
        ("/locale", "not_offered"),
        ("/preferred_name", "invalid_format"),
        ("/pronouns", "too_long"),
        ("/time_zone", "unknown"),
    ];
    assert_eq!(
        found,
        expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
    );
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie)).await.json()["etag"],
        "me-1"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_parallel_changes_on_one_version_one_wins() {
    let (api, cookie) = signed_in().await;
    let patches = (0..20).map(|n| {
        let (api, cookie) = (api.clone(), cookie.clone());
        tokio::spawn(async move {
            patch(&api, &cookie, "me-1", &json!({ "pronouns": n.to_string() }))
                .await
                .status
        })
    });
    let mut won = 0;
    for one in patches.collect::<Vec<_>>() {
        match one.await.unwrap() {
            StatusCode::OK => won += 1,
            status => assert_eq!(status, StatusCode::PRECONDITION_FAILED),
        }
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn what_makes_contact_possible_is_written_whole_and_read_again() {
    let (api, cookie) = signed_in().await;
    let list = json!([
        { "kind": "large_print", "language": null },
        { "kind": "interpreter", "language": "gsg" },
    ]);
    let body = json!({ "accommodations": [{ "kind": "large_print" }, { "kind": "interpreter", "language": " gsg " }] });
    let changed = patch(&api, &cookie, "me-1", &body).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    assert_eq!(changed.json()["accommodations"], list);
    let other = patch(&api, &cookie, "me-2", &json!({ "pronouns": "they" })).await;
    assert_eq!(other.json()["accommodations"], list);
    let cleared = patch(&api, &cookie, "me-3", &json!({ "accommodations": null })).await;
    assert_eq!(cleared.json()["accommodations"], json!([]));
}

#[tokio::test]
async fn an_accommodation_that_cannot_be_kept_is_named() {
    let (api, cookie) = signed_in().await;
    for (list, pointer, code) in [
        (json!("large_print"), "", "invalid_format"),
        (json!([{ "kind": "telepathy" }]), "/0/kind", "not_offered"),
        (json!(["large_print"]), "/0/kind", "not_offered"),
        (
            json!([{ "kind": "interpreter" }]),
            "/0/language",
            "required",
        ),
        (
            json!([{ "kind": "interpreter", "language": "Arabic, please" }]),
            "/0/language",
            "invalid_format",
        ),
        (
            json!([{ "kind": "large_print", "language": "de" }]),
            "/0/language",
            "not_offered",
        ),
        (
            json!([{ "kind": "large_print" }, { "kind": "large_print" }]),
            "/1/kind",
            "already_there",
        ),
    ] {
        let refused = patch(&api, &cookie, "me-1", &json!({ "accommodations": list })).await;
        let error = &refused.json()["errors"][0];
        assert_eq!(
            error["pointer"],
            format!("/accommodations{pointer}"),
            "{list}"
        );
        assert_eq!(error["code"], code, "{list}");
    }
}
