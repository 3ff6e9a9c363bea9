//! Asking, and answering.

use super::*;
use portal_contract::DelegationId;

/// What differs between any two, and says nothing.
fn plain(mut value: Value) -> Value {
    for member in ["id", "etag", "address"] {
        value[member] = Value::Null;
    }
    value
}

#[tokio::test]
async fn an_address_that_nobody_has_is_answered_and_shown_like_one_that_somebody_has() {
    let family = Family::new().await;
    let known_wish = wish("agent", PERSON, &["access"], &[]);
    let unknown_wish = wish("agent", "nobody@example.org", &["access"], &[]);
    let known = asked(&family.daughter, &known_wish).await;
    let unknown = asked(&family.daughter, &unknown_wish).await;
    assert_eq!(known["state"], "awaiting_person");
    assert_eq!(known["name"], Value::Null);
    assert_eq!(plain(known.clone()), plain(unknown.clone()));
    let (known, unknown) = (id(&known), id(&unknown));
    // A refusal is told to the person alone.
    let before = one(&family.daughter, &known).await;
    let refused = said(&family.mother, &known, "refuse").await;
    assert_eq!(refused.json()["state"], "refused");
    assert_eq!(one(&family.daughter, &known).await, before);
    assert_eq!(
        history(&family.daughter, &known).await,
        history(&family.daughter, &unknown).await
    );
    for wish in [known_wish, unknown_wish] {
        let again = family.daughter.post("/v1/delegations", &wish).await;
        assert_eq!(again.problem(), "duplicate-active-request");
    }
    // Both run out alike.
    family.daughter.api.state.clock.advance(15 * DAY_SECONDS);
    mails(&family.daughter).await;
    let daughter = family.daughter.signed_in_again().await;
    let (first, second) = (one(&daughter, &known).await, one(&daughter, &unknown).await);
    assert_eq!(first["state"], "expired");
    assert_eq!(plain(first), plain(second));
    assert_eq!(
        history(&daughter, &known).await,
        history(&daughter, &unknown).await
    );
}

#[tokio::test]
async fn the_person_confirms_from_their_own_mailbox_and_looking_changes_nothing() {
    let family = Family::new().await;
    let asked = asked(&family.daughter, &wish("parent", PERSON, &["access"], &[])).await;
    let sent = mails(&family.daughter).await;
    let [(to, _, body)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(to, PERSON);
    assert!(body.contains("a copy of your data"), "{body}");
    assert!(
        !body.contains("She asked me to."),
        "a stranger's words: {body}"
    );
    let token = token(body);
    for _ in 0..3 {
        let link = looked(&family.daughter, &token).await;
        assert_eq!(link.json()["allowed_actions"], json!(["accept", "refuse"]));
    }
    assert_eq!(
        one(&family.daughter, &id(&asked)).await["state"],
        "awaiting_person"
    );
    let accepted = decided(&family.daughter, &token, "accept").await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    // A lost answer is asked for again; another decision by the same link is none.
    let again = decided(&family.daughter, &token, "accept").await;
    assert_eq!(again.json(), accepted.json());
    let other = decided(&family.daughter, &token, "refuse").await;
    assert_eq!(other.problem(), "link-expired");
    assert_eq!(
        looked(&family.daughter, &token).await.problem(),
        "link-expired"
    );
    let nobody = looked(&family.daughter, "0000").await;
    assert_eq!(nobody.problem(), "not-found");
    assert_eq!(one(&family.daughter, &id(&asked)).await["state"], "active");
    family.daughter.api.state.clock.advance(60 * DAY_SECONDS);
    let late = decided(&family.daughter, &token, "accept").await;
    assert_eq!(late.problem(), "link-expired");
}

#[tokio::test]
async fn nobody_is_pestered() {
    let family = Family::new().await;
    let mut sent = 0;
    for scene in [&family.daughter, &family.other] {
        for _ in 0..2 {
            let asked = asked(scene, &wish("agent", PERSON, &["access"], &[])).await;
            assert_eq!(said(scene, &id(&asked), "give-up").await.status, 200);
            sent += mails(scene).await.len();
        }
    }
    assert_eq!(sent, 3, "three a day, whoever asks");
    for nth in 0..3 {
        let wish = wish("agent", &format!("{nth}@example.org"), &["access"], &[]);
        asked(&family.daughter, &wish).await;
    }
    let sixth = wish("agent", "6@example.org", &["access"], &[]);
    let sixth = family.daughter.post("/v1/delegations", &sixth).await;
    assert_eq!(sixth.problem(), "quota-exceeded");
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_at_once() {
    let family = Family::new().await;
    let wish = json!({
        "role": "neighbour", "email": "maya@example.com", "kinds": ["access", "access"], "categories": ["messages", "pets"],
        "until": "2027-03-05", "text": "x".repeat(1_001)
    });
    let answer = family.daughter.post("/v1/delegations", &wish).await.json();
    let errors = answer["errors"].as_array().unwrap().iter();
    let mut pointers: Vec<_> = errors
        .filter_map(|error| error["pointer"].as_str())
        .collect();
    pointers.sort_unstable();
    let expected = [
        "/categories/1",
        "/email",
        "/kinds/1",
        "/role",
        "/text",
        "/until",
    ];
    assert_eq!(pointers, expected);
}

#[tokio::test]
async fn accepting_signed_in_needs_a_fresh_proof_and_only_the_person_can() {
    let family = Family::new().await;
    let asked = asked(&family.daughter, &wish("agent", PERSON, &["access"], &[])).await;
    let id = id(&asked);
    let own = said(&family.daughter, &id, "accept").await;
    assert_eq!(own.problem(), "invalid-state");
    for word in ["accept", "refuse", "revoke", "give-up"] {
        assert_eq!(said(&family.other, &id, word).await.status, 404, "{word}");
    }
    family.daughter.api.state.clock.advance(301);
    let stale = said(&family.mother, &id, "accept").await;
    assert_eq!(stale.problem(), "step-up-required");
    assert_eq!(said(&family.mother, &id, "refuse").await.status, 200);
}

#[tokio::test]
async fn an_executor_is_the_companys_to_decide_and_an_agent_is_not() {
    let family = Family::new().await;
    let executor = wish("executor", PERSON, &["access"], &[]);
    let executor = asked(&family.daughter, &executor).await;
    assert_eq!(executor["state"], "awaiting_company");
    let agent = asked(&family.other, &wish("agent", PERSON, &["access"], &[])).await;
    let by_person = said(&family.mother, &id(&executor), "accept").await;
    assert_eq!(by_person.problem(), "invalid-state");
    let wanted: DelegationId = id(&executor).parse().unwrap();
    company_acts(&family.daughter, move |tx, desk| {
        company::accept(tx, desk, &wanted, "Certificate 12/2026")
    })
    .await
    .unwrap();
    let seen = one(&family.daughter, &id(&executor)).await;
    assert_eq!(seen["state"], "active");
    assert_eq!(seen["note"], "Certificate 12/2026");
    let wanted: DelegationId = id(&agent).parse().unwrap();
    let refused = company_acts(&family.daughter, move |tx, desk| {
        company::accept(tx, desk, &wanted, "A letter")
    });
    let refused = refused.await;
    assert!(matches!(
        refused,
        Err(company::CompanyError::PersonDecides(_))
    ));
}
