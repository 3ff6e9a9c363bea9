use super::{MAYA, NOBODY, api_with_maya, start};
use crate::testing::{Call, TestApi};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn asking_again_at_once_sends_no_second_mail() {
    let api = api_with_maya().await;
    let first = start(&api, MAYA).await;
    let code = api.latest_code(MAYA).await;
    api.state.clock.advance(29);
    let second = start(&api, MAYA).await;
    assert_eq!(first.json(), second.json());
    assert_eq!(api.latest_code(MAYA).await, code);
    api.state.clock.advance(1);
    let third = start(&api, MAYA).await;
    assert_ne!(first.json()["id"], third.json()["id"]);
    assert_ne!(api.latest_code(MAYA).await, code);
}

#[tokio::test]
async fn a_stranger_cannot_use_up_the_tries_of_somebodys_code() {
    let api = api_with_maya().await;
    let own = start(&api, MAYA).await.json();
    let code = api.latest_code(MAYA).await.unwrap();
    let ask = Call::post("/v1/session/email", &json!({ "email": MAYA }));
    let theirs = api.send(ask.from([203, 0, 113, 9])).await.json();
    assert_ne!(own["id"], theirs["id"]);
    let answer = |id: &serde_json::Value, code: &str| {
        let body = json!({ "challenge_id": id, "code": code });
        api.send(Call::post("/v1/session/email/confirm", &body))
    };
    for _ in 0..5 {
        answer(&theirs["id"], "000000").await;
    }
    assert_eq!(answer(&own["id"], &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_gets_five_codes_an_hour_whether_it_exists_or_not() {
    let api = api_with_maya().await;
    for _ in 0..5 {
        for address in [MAYA, NOBODY] {
            assert_eq!(start(&api, address).await.status, StatusCode::ACCEPTED);
        }
        api.state.clock.advance(60);
    }
    for address in [MAYA, NOBODY] {
        let refused = start(&api, address).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.problem(), "quota-exceeded");
        assert_eq!(
            refused.header("retry-after"),
            "3300",
            "an hour after the first code"
        );
    }
    api.state.clock.advance(3300);
    assert_eq!(start(&api, MAYA).await.status, StatusCode::ACCEPTED);
}

async fn from(api: &TestApi, peer: [u8; 4], forwarded: &str, address: &str) -> StatusCode {
    let call = Call::post("/v1/session/email", &json!({ "email": address })).from(peer);
    api.send(call.header("x-forwarded-for", forwarded))
        .await
        .status
}

#[tokio::test]
async fn a_network_address_asks_for_so_many_codes_and_cannot_invent_others() {
    let api = TestApi::with(|config| config.sign_in.codes_per_network = 3);
    for n in 0..3 {
        let invented = format!("198.51.100.{n}");
        assert_eq!(
            from(
                &api,
                [203, 0, 113, 1],
                &invented,
                &format!("a{n}@example.com")
            )
            .await,
            StatusCode::ACCEPTED
        );
    }
    let full = from(&api, [203, 0, 113, 1], "198.51.100.9", "b@example.com").await;
    assert_eq!(full, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        from(&api, [203, 0, 113, 2], "198.51.100.9", "b@example.com").await,
        StatusCode::ACCEPTED
    );
}

#[tokio::test]
async fn behind_a_trusted_proxy_its_last_word_counts() {
    let api = TestApi::with(|config| {
        config.sign_in.codes_per_network = 1;
        config.trust_forwarded_for = true;
    });
    let proxy = [127, 0, 0, 1];
    assert_eq!(
        from(&api, proxy, "10.0.0.1, 203.0.113.1", "a@example.com").await,
        StatusCode::ACCEPTED
    );
    assert_eq!(
        from(&api, proxy, "10.0.0.2, 203.0.113.1", "b@example.com").await,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(
        from(&api, proxy, "10.0.0.1, 203.0.113.2", "c@example.com").await,
        StatusCode::ACCEPTED
    );
}
