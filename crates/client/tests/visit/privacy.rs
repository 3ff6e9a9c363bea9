use crate::{House, JONAS, MAYA, Portal, every_page, matter, only};
use axum::http::Method;
use portal_client::{ApiError, NewFile};
use portal_contract::filter::InteractionFilter;
use portal_contract::message::NewMessage;
use portal_contract::{InteractionId, endpoints};
use reference_api::testing::Call;
use serde_json::Value;

/// Every operation on one interaction, by its outcome.
async fn everything(portal: &Portal, id: &InteractionId) -> Vec<(&'static str, Option<ApiError>)> {
    let message = NewMessage {
        text: "Hello".to_owned(),
        attachment_ids: Vec::new(),
    };
    let file = NewFile {
        content: b"4711".to_vec(),
        media_type: String::new(),
        file_name: "a.txt".to_owned(),
    };
    let key = || portal.new_key();
    vec![
        ("read", portal.interaction(id).await.err()),
        ("messages", portal.messages(id, None).await.err()),
        ("reply", portal.reply(id, &message, &key()).await.err()),
        ("attach", portal.attach(id, file, None, &key()).await.err()),
        ("close", portal.close(id, &key()).await.err()),
        ("reopen", portal.reopen(id, &key()).await.err()),
    ]
}

#[tokio::test]
async fn another_customers_interaction_is_one_that_does_not_exist() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let maya = house.signed_in(MAYA).await;
    let jonas = house.signed_in(JONAS).await;
    let hers = only(&maya).await;
    for id in [hers.clone(), "i-unknown".parse().unwrap()] {
        for (operation, error) in everything(&jonas, &id).await {
            assert_eq!(error, Some(ApiError::NotFound), "{operation} {id}");
        }
    }
    assert_eq!(
        maya.messages(&hers, None).await.unwrap().items.len(),
        1,
        "nothing was written"
    );
}

#[tokio::test]
async fn the_two_refusals_are_the_same_but_for_what_was_asked() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let hers = only(&house.signed_in(MAYA).await).await;
    let cookie = house.api.sign_in(JONAS).await;
    let refusal = async |id: &str| {
        let call = Call::get(&format!("/v1/interactions/{id}")).cookie(&cookie);
        let mut problem = house.api.send(call).await.json();
        problem["instance"] = Value::Null;
        problem["request_id"] = Value::Null;
        problem
    };
    assert_eq!(refusal(hers.as_str()).await, refusal("i-unknown").await);
}

#[tokio::test]
async fn a_cursor_of_one_customer_is_of_no_use_to_another() {
    let house = House::new().await;
    for number in 0..60 {
        house
            .add(&house.maya, matter(&format!("R-{number}"), number))
            .await;
    }
    let maya = house.signed_in(MAYA).await;
    let page = maya
        .interactions(&InteractionFilter::default(), None)
        .await
        .unwrap();
    let jonas = house.signed_in(JONAS).await;
    let stolen = jonas
        .interactions(&InteractionFilter::default(), page.next_cursor.as_ref())
        .await;
    assert!(
        stolen.as_ref().map_or(true, |page| page.items.is_empty()),
        "{stolen:?}"
    );
}

#[tokio::test]
async fn what_the_company_wrote_for_itself_comes_out_nowhere() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let portal = house.signed_in(MAYA).await;
    let id = only(&portal).await;
    let search = InteractionFilter::from_pairs([("q", "pettifogger")]).unwrap();
    assert!(every_page(&portal, &search).await.is_empty());

    let interaction = portal.interaction(&id).await.unwrap();
    assert_eq!(interaction.message_count, 1);
    let cookie = house.api.sign_in(MAYA).await;
    for path in [
        "/v1/overview".to_owned(),
        "/v1/interactions".to_owned(),
        format!("/v1/interactions/{id}"),
        format!("/v1/interactions/{id}/messages"),
        "/v1/events".to_owned(),
    ] {
        let answer = house.api.send(Call::get(&path).cookie(&cookie)).await;
        assert!(!answer.text().contains("pettifogger"), "{path}");
        assert!(!answer.text().contains("Noor"), "{path}");
    }
}

/// Every operation that the committed document describes is served: somebody who is not signed in is told so, and nobody
/// is told that there is no such path.
#[tokio::test]
async fn every_operation_of_the_document_is_served() {
    let house = House::new().await;
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let document: Value =
        serde_json::from_str(&std::fs::read_to_string(document).unwrap()).unwrap();
    for (template, item) in document["paths"].as_object().unwrap() {
        let path: String = template
            .split('{')
            .map(|part| {
                part.split_once('}')
                    .map_or_else(|| part.to_owned(), |(_, rest)| format!("x1{rest}"))
            })
            .collect();
        if [endpoints::UNSUBSCRIBE, endpoints::DOWNLOAD].contains(&template.as_str()) {
            // A token that was never issued is answered like a path that is none; that there is one, another method tells.
            let answer = house.api.send(Call::new(Method::DELETE, &path)).await;
            assert_eq!(answer.status.as_u16(), 405);
            continue;
        }
        if template == endpoints::SESSION_EMBED {
            // Only where a host page is set up; the conformance kit judges it where one is.
            let answer = house.api.send(Call::new(Method::POST, &path)).await;
            assert_eq!(answer.status.as_u16(), 404);
            continue;
        }
        for (method, operation) in item.as_object().unwrap() {
            let verb = method.to_uppercase().parse().unwrap();
            let answer = house.api.send(Call::new(verb, &path)).await;
            let signed_in = !operation["security"].as_array().unwrap().is_empty();
            assert_ne!(answer.status.as_u16(), 404, "{method} {path}");
            assert_ne!(answer.status.as_u16(), 405, "{method} {path}");
            assert_eq!(answer.status.as_u16() == 401, signed_in, "{method} {path}");
        }
    }
}
