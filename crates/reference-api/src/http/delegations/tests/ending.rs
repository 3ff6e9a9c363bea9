//! It ends, and with it everything, in the same moment.

use super::*;
use crate::delegations;
use crate::store::customers::CustomerId;
use portal_contract::{DataRequestId, DelegationId};

async fn filed(family: &Family, delegation: &str, key: &str) -> Answer {
    let path = format!("/v1/data-requests?on_behalf={delegation}");
    let body = request("access", &scope("everything", &[]));
    let call = Call::post(&path, &body).key(key);
    family.daughter.send(call).await
}

/// Nothing can be read or done under it, not even what was answered before.
async fn assert_over(family: &Family, delegation: &str, made: &str, key: &str) {
    let again = filed(family, delegation, key).await;
    assert_eq!(again.status, 404, "a repeated key");
    for end in [
        "",
        "/options",
        &format!("/{made}"),
        &format!("/{made}/events"),
    ] {
        let path = format!("/v1/data-requests{end}?on_behalf={delegation}");
        assert_eq!(family.daughter.get(&path).await.status, 404, "{end}");
    }
    let cancel = format!("/v1/data-requests/{made}/cancel?on_behalf={delegation}");
    let answer = family.daughter.post(&cancel, &json!({})).await;
    assert_eq!(answer.status, 404);
}

async fn with_a_request() -> (Family, String, String, String) {
    let (family, delegation) = Family::active(&["access"], &[]).await;
    let key = crate::http::fixture::key();
    let answer = filed(&family, &delegation, &key).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made = id(&answer.json());
    (family, delegation, made, key)
}

#[tokio::test]
async fn a_revocation_takes_effect_at_once_and_requests_go_on_for_the_person() {
    let (family, delegation, made, key) = with_a_request().await;
    mails(&family.daughter).await;
    let revoked = said(&family.mother, &delegation, "revoke").await;
    assert_eq!(revoked.json()["state"], "revoked");
    assert_over(&family, &delegation, &made, &key).await;
    let own = family
        .mother
        .json(&format!("/v1/data-requests/{made}"))
        .await;
    assert_eq!(own["state"], "in_progress");
    for scene in [&family.daughter, &family.mother] {
        let seen = one(scene, &delegation).await;
        assert_eq!(seen["state"], "revoked");
        assert_eq!(seen["closed_by"], "person");
        assert_eq!(seen["allowed_actions"], json!([]));
    }
    let sent = mails(&family.daughter).await;
    let told = |(to, _, body): &(String, String, String)| {
        to == PERSON && body.contains("can no longer act for you")
    };
    assert!(sent.iter().any(told), "{sent:?}");
}

#[tokio::test]
async fn what_is_given_up_is_over() {
    let (family, delegation, made, key) = with_a_request().await;
    let over = said(&family.daughter, &delegation, "give-up").await;
    assert_eq!(over.json()["state"], "given_up");
    assert_over(&family, &delegation, &made, &key).await;
}

#[tokio::test]
async fn time_ends_it_without_anybody_looking() {
    let family = Family::new().await;
    let mut wish = wish("agent", PERSON, &["access"], &[]);
    wish["until"] = json!("2026-03-04");
    let delegation = id(&asked(&family.daughter, &wish).await);
    said(&family.mother, &delegation, "accept").await;
    let key = crate::http::fixture::key();
    let made = id(&filed(&family, &delegation, &key).await.json());
    family.daughter.api.state.clock.advance(DAY_SECONDS);
    let family = Family {
        daughter: family.daughter.signed_in_again().await,
        ..family
    };
    assert_over(&family, &delegation, &made, &key).await;
    assert_eq!(one(&family.daughter, &delegation).await["state"], "ended");
    mails(&family.daughter).await;
    assert_eq!(history(&family.daughter, &delegation).await[0], "ended");
}

#[tokio::test]
async fn of_two_words_at_once_the_last_counts_and_nothing_is_half_done() {
    let family = Family::new().await;
    let wish = wish("agent", PERSON, &["access"], &[]);
    let id = id(&asked(&family.daughter, &wish).await);
    let (accepted, given_up) = tokio::join!(
        said(&family.mother, &id, "accept"),
        said(&family.daughter, &id, "give-up")
    );
    assert_eq!(given_up.status, 200, "before the answer and after it");
    assert!(accepted.status == 200 || accepted.problem() == "invalid-state");
    assert_eq!(one(&family.mother, &id).await["state"], "given_up");
    let key = crate::http::fixture::key();
    assert_eq!(filed(&family, &id, &key).await.status, 404);
}

#[tokio::test]
async fn between_a_preview_and_the_request_it_may_have_ended() {
    let (family, delegation) = Family::active(&["erasure"], &[]).await;
    let path = format!("/v1/data-requests/preview?on_behalf={delegation}");
    let draft = json!({ "kind": "erasure", "scope": scope("everything", &[]) });
    let preview = family.daughter.post(&path, &draft).await;
    assert_eq!(preview.status, 200, "{}", preview.text());
    said(&family.mother, &delegation, "revoke").await;
    let path = format!("/v1/data-requests?on_behalf={delegation}");
    let body = request("erasure", &scope("everything", &[]));
    assert_eq!(family.daughter.post(&path, &body).await.status, 404);
    assert!(family.mother.ids("/v1/data-requests").await.is_empty());
}

#[tokio::test]
async fn an_executors_erasure_is_confirmed_by_the_company_and_nobody_elses_is() {
    let family = Family::new().await;
    let wish = wish("executor", PERSON, &["erasure"], &[]);
    let delegation = id(&asked(&family.daughter, &wish).await);
    let wanted: DelegationId = delegation.parse().unwrap();
    company_acts(&family.daughter, move |tx, desk| {
        company::accept(tx, desk, &wanted, "Probate")
    })
    .await
    .unwrap();
    let path = format!("/v1/data-requests?on_behalf={delegation}");
    let body = request("erasure", &scope("everything", &[]));
    let made = family.daughter.post(&path, &body).await.json();
    let own = family.other.post("/v1/data-requests", &body).await.json();
    let confirm = async |request: &Value| {
        let wanted: DataRequestId = id(request).parse().unwrap();
        company_acts(&family.daughter, move |tx, desk| {
            company::confirm_erasure(tx, desk, &wanted, "Probate 12/2026")
        })
        .await
    };
    let confirmed = confirm(&made).await.unwrap();
    assert_eq!(confirmed.standing.state.as_str(), "scheduled");
    let refused = confirm(&own).await;
    assert!(matches!(
        refused,
        Err(company::CompanyError::NotAnExecutors(_))
    ));
}

async fn erased(family: &Family, customer: CustomerId) {
    let state = &family.daughter.api.state;
    let now = state.clock.now();
    let gone = state.store.write(move |tx| {
        delegations::end_all(tx, &customer, now)?;
        delegations::forget_delegate(tx, &customer)?;
        delegations::forget_person(tx, &customer)
    });
    gone.await.unwrap();
}

#[tokio::test]
async fn whoever_is_erased_acts_for_nobody_and_the_person_keeps_the_history_without_a_name() {
    let (family, delegation, made, key) = with_a_request().await;
    erased(&family, family.daughter.customer.clone()).await;
    assert_over(&family, &delegation, &made, &key).await;
    let seen = one(&family.mother, &delegation).await;
    assert_eq!(seen["state"], "ended");
    assert_eq!((&seen["name"], &seen["text"]), (&Value::Null, &Value::Null));
    let own = family
        .mother
        .json(&format!("/v1/data-requests/{made}"))
        .await;
    assert_eq!(own["filed_by"]["name"], Value::Null);
    assert_eq!(own["filed_by"]["role"], "agent");
}

#[tokio::test]
async fn of_a_person_who_is_erased_nothing_is_said_again() {
    let (family, delegation, made, key) = with_a_request().await;
    erased(&family, family.mother.customer.clone()).await;
    assert_over(&family, &delegation, &made, &key).await;
    let path = format!("/v1/delegations/{delegation}");
    assert_eq!(family.daughter.get(&path).await.status, 404);
    let kept = family.daughter.api.state.store.read(move |db| {
        let sql =
            "SELECT count(*) FROM idempotency_records WHERE instr(CAST(body AS TEXT), ?1) > 0";
        Ok::<i64, crate::StoreError>(db.query_row(sql, [made], |row| row.get(0))?)
    });
    assert_eq!(kept.await.unwrap(), 0);
}
