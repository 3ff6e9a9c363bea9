use crate::testing::{Answer, Call, TestApi};
use axum::http::{Method, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

const MAYA: &str = "maya@example.com";

/// Every tool, as a call.
fn tools() -> Vec<Call> {
    vec![
        Call::get("/dev"),
        Call::get("/dev/outbox"),
        Call::get("/dev/outbox.json"),
        Call::get("/dev/faults"),
        Call::post(
            "/dev/faults",
            &json!({ "match": { "path_prefix": "/v1" }, "fault": "fail" }),
        ),
        Call::new(Method::DELETE, "/dev/faults"),
        Call::post("/dev/clock", &json!({ "advance_seconds": 60 })),
        Call::post(
            "/dev/events/message",
            &json!({ "interaction_id": "int_1", "text": "x" }),
        ),
        Call::new(Method::POST, "/dev/session/expire"),
        Call::post(
            "/dev/preferences",
            &json!({ "customer": MAYA, "patch": {} }),
        ),
        Call::post(
            "/dev/feedback",
            &json!({ "act": "finish", "improvement_id": "imp_1" }),
        ),
        Call::post(
            "/dev/mail/topic",
            &json!({ "customer": MAYA, "topic": "new_bill" }),
        ),
    ]
}

async fn demo() -> TestApi {
    let api = TestApi::with(|config| config.demo = true);
    api.customer(MAYA, "Maya <b>").await;
    api
}

async fn fault(api: &TestApi, fault: Value) {
    let answer = api.send(Call::post("/dev/faults", &fault)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
}

#[tokio::test]
async fn without_demo_no_tool_exists() {
    let api = TestApi::new();
    for call in tools() {
        let named = format!("{call:?}");
        assert_eq!(
            api.send(call).await.status,
            StatusCode::NOT_FOUND,
            "{named}"
        );
    }
    assert_eq!(
        api.send(Call::get("/v1/session")).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_tools_answer_this_machine_alone() {
    let api = demo().await;
    let here = Call::get("/dev/faults").header("host", "localhost:8080");
    assert_eq!(api.send(here).await.status, StatusCode::OK);
    for call in tools() {
        let foreign = [
            call.clone().from([203, 0, 113, 1]),
            call.clone().header("x-forwarded-for", "203.0.113.1"),
            call.clone()
                .header("x-forwarded-for", "127.0.0.1, 203.0.113.1"),
            call.clone().header("host", "evil.example:8080"),
        ];
        for call in foreign {
            let named = format!("{call:?}");
            assert_eq!(
                api.send(call).await.status,
                StatusCode::NOT_FOUND,
                "{named}"
            );
        }
    }
    let page = Call::post("/dev/clock", &json!({ "advance_seconds": 1 }))
        .header("sec-fetch-site", "cross-site");
    assert_eq!(api.send(page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_outbox_shows_the_code_that_was_sent() {
    let api = demo().await;
    api.send(Call::post(
        "/v1/session/email",
        &json!({ "email": MAYA, "locale": "ar" }),
    ))
    .await;
    let letters = api.send(Call::get("/dev/outbox.json")).await.json();
    let code = letters[0]["code"].as_str().unwrap().to_owned();
    assert_eq!(letters[0]["to"], MAYA);
    assert!(letters[0]["text"].as_str().unwrap().contains(&code));
    let page = api.send(Call::get("/dev/outbox")).await;
    assert!(page.text().contains(&format!("<code>{code}</code>")));
    assert!(page.text().contains("lang=\"ar\""));
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    let index = api.send(Call::get("/dev")).await.text();
    assert!(
        index.contains("Maya &lt;b&gt;") && index.contains(MAYA),
        "{index}"
    );
}

#[tokio::test]
async fn the_clock_is_the_servers() {
    let api = demo().await;
    let cookie = api.sign_in(MAYA).await;
    let moved = api
        .send(Call::post(
            "/dev/clock",
            &json!({ "advance_seconds": 3600 }),
        ))
        .await;
    assert_eq!(moved.json()["now"], "2026-03-04T06:06:07Z");
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie))
            .await
            .problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn a_session_can_be_made_to_expire() {
    let api = demo().await;
    let cookie = api.sign_in(MAYA).await;
    let expired = api
        .send(Call::new(Method::POST, "/dev/session/expire").cookie(&cookie))
        .await;
    assert_eq!(expired.status, StatusCode::NO_CONTENT);
    assert_eq!(expired.header("set-cookie"), "");
    assert_eq!(
        api.send(Call::get("/v1/me").cookie(&cookie))
            .await
            .problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn a_failure_comes_as_often_as_it_is_asked_for() {
    let api = demo().await;
    fault(&api, json!({ "match": { "method": "get", "path_prefix": "/v1/cap" }, "fault": "fail", "times": 2 })).await;
    for _ in 0..2 {
        let failed = api.send(Call::get("/v1/capabilities")).await;
        assert_eq!(failed.problem(), "upstream-unavailable");
        assert_eq!(failed.header("retry-after"), "1");
    }
    assert_eq!(
        api.send(Call::get("/v1/capabilities")).await.status,
        StatusCode::OK
    );
    assert_eq!(
        api.send(Call::get("/v1/session")).await.status,
        StatusCode::OK
    );
    fault(
        &api,
        json!({ "match": { "path_prefix": "/v1" }, "fault": "fail", "status": 500 }),
    )
    .await;
    assert_eq!(
        api.send(Call::get("/v1/session")).await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    api.send(Call::new(Method::DELETE, "/dev/faults")).await;
    assert_eq!(
        api.send(Call::get("/v1/session")).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_gateways_page_is_no_problem_document() {
    let api = demo().await;
    fault(
        &api,
        json!({ "match": { "path_prefix": "/v1" }, "fault": "html", "times": 1 }),
    )
    .await;
    let answer = api.send(Call::get("/v1/session")).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert_eq!(answer.header("content-type"), "text/html");
    assert!(answer.text().contains("502 Bad Gateway"));
}

/// Sends a call whose answer breaks off; gives what came before.
async fn broken(api: &TestApi, call: Call) -> Vec<u8> {
    let response = api
        .router
        .clone()
        .oneshot(call.into_request())
        .await
        .unwrap();
    let mut body = response.into_body();
    let mut came = Vec::new();
    loop {
        match body.frame().await {
            Some(Ok(frame)) => came.extend_from_slice(&frame.into_data().unwrap()),
            Some(Err(_)) => return came,
            None => panic!("the answer is whole: {came:?}"),
        }
    }
}

#[tokio::test]
async fn a_dropped_response_has_done_its_work() {
    let api = demo().await;
    let cookie = api.sign_in(MAYA).await;
    fault(&api, json!({ "match": { "method": "PATCH", "path_prefix": "/v1/me" }, "fault": "drop_response", "times": 1 })).await;
    let call = Call::patch("/v1/me", &json!({ "pronouns": "they" }))
        .cookie(&cookie)
        .header("if-match", "*")
        .key("0197f3c2-0000-7000-8000-000000000001");
    assert_eq!(broken(&api, call.clone()).await, b"");
    let again: Answer = api.send(call).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.json()["etag"], "me-2");
}

#[tokio::test]
async fn a_truncated_answer_stops_in_the_middle() {
    let api = demo().await;
    let whole = api.send(Call::get("/v1/capabilities")).await.bytes;
    fault(
        &api,
        json!({ "match": { "path_prefix": "/v1/cap" }, "fault": "truncate", "times": 1 }),
    )
    .await;
    let half = broken(&api, Call::get("/v1/capabilities")).await;
    assert_eq!(half, whole[..whole.len() / 2]);
}

#[tokio::test]
async fn a_fault_that_nobody_knows_is_refused() {
    let api = demo().await;
    let answer = api
        .send(Call::post(
            "/dev/faults",
            &json!({ "match": { "path_prefix": "/" }, "fault": "explode" }),
        ))
        .await;
    assert!(answer.status.is_client_error());
}

#[tokio::test]
async fn the_company_acts_on_feedback() {
    use crate::http::fixture::{Matter, Scene};
    let api = TestApi::with(|config| config.demo = true);
    let scene = Scene::on(&api, MAYA).await;
    let matter = scene.matter(Matter::default()).await;
    let act = async |body: Value| api.send(Call::post("/dev/feedback", &body)).await;
    let asked = act(json!({ "act": "request", "interaction_id": matter }))
        .await
        .json();
    let again = act(json!({ "act": "request", "interaction_id": matter }))
        .await
        .json();
    assert_eq!(asked, again, "one request a matter");
    let answer = json!({ "request_id": asked["request_id"], "answers": { "csat": 4 }, "contact_allowed": true });
    let given = scene.post("/v1/feedback", &answer).await.json();
    let id = &given["id"];
    let improve = json!({
        "act": "improve", "feedback_ids": [id], "title": "Faster", "you_said": "Slow.", "we_did": "Fast.", "state": "planned"
    });
    let improved = act(improve).await.json();
    let acts = [
        (
            json!({ "act": "answer", "feedback_id": id, "by": "Rui", "text": "Thank you." }),
            200,
        ),
        (
            json!({ "act": "state", "feedback_id": id, "status": "declined" }),
            400,
        ),
        (
            json!({ "act": "state", "feedback_id": id, "status": "read" }),
            200,
        ),
        (
            json!({ "act": "state", "feedback_id": "fbk_0", "status": "read" }),
            404,
        ),
        (
            json!({ "act": "finish", "improvement_id": improved["improvement_id"] }),
            200,
        ),
    ];
    for (body, status) in acts {
        assert_eq!(act(body.clone()).await.status.as_u16(), status, "{body}");
    }
    let entry = scene
        .json(&format!("/v1/feedback/{}", id.as_str().unwrap()))
        .await;
    assert_eq!(
        (&entry["status"], &entry["reply"]["text"]),
        (&json!("done"), &json!("Thank you."))
    );
}
