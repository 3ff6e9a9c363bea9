//! What is done under a delegation, and what is not.

use super::*;
use crate::data_requests::work;

fn on(path: &str, delegation: &str) -> String {
    format!("{path}?on_behalf={delegation}")
}

/// Makes a request in the mother's name.
async fn made(family: &Family, delegation: &str, body: &Value) -> Value {
    let path = on("/v1/data-requests", delegation);
    let answer = family.daughter.post(&path, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_request_in_the_persons_name_stands_in_both_lists_and_says_who_made_it() {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    mails(&family.daughter).await;
    let body = request("access", &scope("everything", &[]));
    let made = made(&family, &delegation, &body).await;
    assert_eq!(made["filed_by"]["role"], "agent");
    assert_eq!(made["filed_by"]["delegation_id"], delegation.as_str());
    let path = format!("/v1/data-requests/{}", id(&made));
    let own = family.mother.json(&path).await;
    assert_eq!(own["filed_by"]["name"], "Maya Lindqvist");
    let listed = family
        .daughter
        .ids(&on("/v1/data-requests", &delegation))
        .await;
    assert_eq!(listed, [id(&made)]);
    assert!(family.daughter.ids("/v1/data-requests").await.is_empty());
    let events = on(&format!("{path}/events"), &delegation);
    assert_eq!(
        family.daughter.json(&events).await["items"][0]["actor"],
        "delegate"
    );
    assert_eq!(
        history(&family.mother, &delegation).await[0],
        "request_made"
    );
    let sent = mails(&family.daughter).await;
    assert_eq!(
        sent.iter().filter(|(to, ..)| to == PERSON).count(),
        1,
        "{sent:?}"
    );
    // The feed of whoever acts says so too.
    let fed = family.daughter.json("/v1/events?ago=60").await;
    let kinds = fed["items"].as_array().unwrap().iter();
    let kinds: Vec<_> = kinds.filter_map(|event| event["type"].as_str()).collect();
    assert!(kinds.contains(&"data_request.created"), "{kinds:?}");
    assert!(kinds.contains(&"delegation.updated"), "{kinds:?}");
}

#[tokio::test]
async fn nothing_else_of_the_persons_is_read_or_done() {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    let body = request("objection", &scope("everything", &[]));
    let own = family.mother.post("/v1/data-requests", &body).await.json();
    let path = |end: &str| format!("/v1/data-requests/{}{end}", id(&own));
    for end in ["", "/events", "/messages"] {
        let answer = family.daughter.get(&on(&path(end), &delegation)).await;
        assert_eq!(answer.status, 404, "{end}");
    }
    for end in ["/cancel", "/confirm", "/lift"] {
        let act = on(&path(end), &delegation);
        let answer = family.daughter.post(&act, &json!({})).await;
        assert_eq!(answer.status, 404, "{end}");
    }
    // What does not take the delegation is about oneself.
    for path in [
        "/v1/me",
        "/v1/overview",
        "/v1/data-inventory",
        "/v1/interactions",
    ] {
        let with = family.daughter.json(&on(path, &delegation)).await;
        assert_eq!(with, family.daughter.json(path).await, "{path}");
    }
    // Nobody else, on neither side, uses it.
    for scene in [&family.mother, &family.other] {
        let list = on("/v1/data-requests", &delegation);
        assert_eq!(scene.get(&list).await.status, 404);
        assert_eq!(scene.post(&list, &body).await.status, 404);
    }
    for end in ["", "/events"] {
        let path = format!("/v1/delegations/{delegation}{end}");
        assert_eq!(family.other.get(&path).await.status, 404);
    }
    // And the person sees nothing of whoever acts for them.
    let mine = request("access", &scope("everything", &[]));
    let mine = family
        .daughter
        .post("/v1/data-requests", &mine)
        .await
        .json();
    let path = format!("/v1/data-requests/{}", id(&mine));
    assert_eq!(family.mother.get(&path).await.status, 404);
}

#[tokio::test]
async fn what_is_not_covered_is_neither_offered_nor_taken() {
    let (family, delegation) = Family::active(&["access", "rectification"], &["messages"]).await;
    let options = on("/v1/data-requests/options", &delegation);
    let options = family.daughter.json(&options).await;
    let offered = |name: &str, member: &str| -> Vec<String> {
        let items = options[name].as_array().unwrap().iter();
        items
            .map(|item| item[member].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(offered("kinds", "kind"), ["access", "rectification"]);
    assert_eq!(options["kinds"][0]["scopes"], json!(["categories"]));
    assert_eq!(offered("categories", "id"), ["messages"]);
    assert_eq!(options["fields"], json!([]));
    let path = on("/v1/data-requests", &delegation);
    let messages = scope("categories", &["messages"]);
    let more = scope("categories", &["messages", "profile"]);
    // What a field says now is not learned by proposing another value.
    let mut fishing = request("rectification", &messages);
    fishing["proposed"] = json!([{ "field": "date_of_birth", "value": "1990-02-03" }]);
    for (body, pointer) in [
        (request("erasure", &messages), "/kind"),
        (request("access", &scope("everything", &[])), "/scope/kind"),
        (
            request("access", &scope("interactions", &[])),
            "/scope/kind",
        ),
        (request("access", &more), "/scope/categories/1"),
        (fishing, "/proposed"),
    ] {
        let answer = family.daughter.post(&path, &body).await;
        assert_eq!(answer.problem(), "validation", "{pointer}");
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
    }
    made(&family, &delegation, &request("access", &messages)).await;
}

#[tokio::test]
async fn that_the_person_asked_for_it_themselves_is_all_that_is_told() {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    let body = request("access", &scope("everything", &[]));
    let own = family.mother.post("/v1/data-requests", &body).await.json();
    let path = on("/v1/data-requests", &delegation);
    let answer = family.daughter.post(&path, &body).await;
    assert_eq!(answer.problem(), "invalid-state");
    assert!(!answer.text().contains(&id(&own)));
}

#[tokio::test]
async fn a_key_that_was_used_for_oneself_is_not_good_for_another() {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    let body = request("access", &scope("everything", &[]));
    let key = crate::http::fixture::key();
    let call = |path: &str| Call::post(path, &body).key(&key);
    let own = family.daughter.send(call("/v1/data-requests")).await;
    assert_eq!(own.status, 201);
    let path = on("/v1/data-requests", &delegation);
    let again = family.daughter.send(call(&path)).await;
    assert_eq!(again.problem(), "idempotency-key-reused");
}

#[tokio::test]
async fn an_erasure_in_another_name_is_the_persons_to_confirm() {
    let (family, delegation) = Family::active(&["erasure"], &[]).await;
    mails(&family.daughter).await;
    let body = request("erasure", &scope("everything", &[]));
    let made = made(&family, &delegation, &body).await;
    assert_eq!(made["state"], "awaiting_confirmation");
    assert_eq!(made["tracking_token"], Value::Null);
    assert!(!made["allowed_actions"].to_string().contains("confirm"));
    let path = on(
        &format!("/v1/data-requests/{}/confirm", id(&made)),
        &delegation,
    );
    let answer = family.daughter.post(&path, &json!({})).await;
    assert_eq!(answer.problem(), "invalid-state");
    let sent = mails(&family.daughter).await;
    let (_, _, body) = sent.iter().find(|(to, ..)| to == PERSON).unwrap();
    let token = token(body);
    let link = looked(&family.daughter, &token).await.json();
    let possible = json!(["confirm_erasure", "cancel_erasure", "revoke"]);
    assert_eq!(link["allowed_actions"], possible);
    let confirmed = decided(&family.daughter, &token, "confirm_erasure").await;
    assert_eq!(confirmed.json()["request"]["state"], "scheduled");
    assert_eq!(
        history(&family.mother, &delegation).await[0],
        "erasure_confirmed"
    );
}

#[tokio::test]
async fn a_copy_is_fetched_by_whoever_asked_and_not_after_it_ended() {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    let body = request("access", &scope("everything", &[]));
    let made = made(&family, &delegation, &body).await;
    work::once(&family.daughter.api.state).await.unwrap();
    let path = format!("/v1/data-requests/{}", id(&made));
    let ready = family.daughter.json(&on(&path, &delegation)).await;
    assert_eq!(ready["state"], "ready");
    let artifact = ready["artifacts"][0]["id"].as_str().unwrap();
    let open = on(
        &format!("{path}/artifacts/{artifact}/downloads"),
        &delegation,
    );
    let first = family.daughter.post(&open, &json!({})).await.json();
    let second = family.daughter.post(&open, &json!({})).await.json();
    let fetch = async |address: &Value| {
        let call = Call::get(address["url"].as_str().unwrap());
        family.daughter.api.send(call).await
    };
    assert_eq!(fetch(&first).await.status, 200);
    assert_eq!(
        history(&family.mother, &delegation).await[0],
        "copy_fetched"
    );
    assert_eq!(
        said(&family.mother, &delegation, "revoke").await.status,
        200
    );
    assert_eq!(fetch(&second).await.problem(), "link-expired");
}

#[tokio::test]
async fn a_link_about_a_copy_ends_nothing_by_a_word_about_an_erasure() {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    mails(&family.daughter).await;
    let body = request("access", &scope("everything", &[]));
    let made = made(&family, &delegation, &body).await;
    let sent = mails(&family.daughter).await;
    let (_, _, body) = sent.iter().find(|(to, ..)| to == PERSON).unwrap();
    let token = token(body);
    for word in ["cancel_erasure", "confirm_erasure"] {
        let refused = decided(&family.daughter, &token, word).await;
        assert_eq!(refused.problem(), "invalid-state", "{word}");
    }
    let path = format!("/v1/data-requests/{}", id(&made));
    assert_eq!(family.mother.json(&path).await["state"], made["state"]);
    let link = looked(&family.daughter, &token).await.json();
    assert_eq!(link["allowed_actions"], json!(["revoke"]));
}
