use crate::{House, MAYA, start};
use portal_client::{ApiError, Change, MeChanges};
use portal_contract::session::{ConfirmChallenge, SessionState};
use std::cell::Cell;
use std::rc::Rc;

#[tokio::test]
async fn a_customer_signs_in_with_the_code_that_came_by_mail_and_out_again() {
    let house = House::new().await;
    let portal = house.browser();
    let anonymous = portal.session().await.unwrap();
    assert_eq!(anonymous.state, SessionState::Anonymous);
    assert_eq!(portal.overview().await, Err(ApiError::Unauthenticated));

    let portal = house.signed_in(MAYA).await;
    let session = portal.session().await.unwrap();
    assert_eq!(session.state, SessionState::Authenticated);
    assert_eq!(session.customer.unwrap().display_name, "Maya Lindqvist");

    portal.sign_out().await.unwrap();
    assert_eq!(
        portal.session().await.unwrap().state,
        SessionState::Anonymous
    );
    portal.sign_out().await.unwrap();
}

#[tokio::test]
async fn a_wrong_code_says_how_many_tries_remain() {
    let house = House::new().await;
    let portal = house.browser();
    let challenge = portal.start_email_sign_in(&start(MAYA)).await.unwrap();
    let right = house.api.latest_code(MAYA).await.unwrap();
    let wrong = if right == "000000" {
        "000001"
    } else {
        "000000"
    };
    let confirm = ConfirmChallenge {
        challenge_id: challenge.id,
        code: wrong.to_owned(),
    };
    let left = challenge.attempts_left - 1;
    assert_eq!(
        portal.confirm_email(&confirm).await,
        Err(ApiError::VerificationFailed {
            attempts_left: Some(left)
        })
    );
}

#[tokio::test]
async fn an_address_that_nobody_has_gets_the_same_answer() {
    let house = House::new().await;
    let portal = house.browser();
    let known = portal.start_email_sign_in(&start(MAYA)).await.unwrap();
    let unknown = portal
        .start_email_sign_in(&start("nobody@example.com"))
        .await
        .unwrap();
    assert_eq!(known.attempts_left, unknown.attempts_left);
    assert_eq!(known.expires_at, unknown.expires_at);
}

#[tokio::test]
async fn what_is_no_address_is_refused_by_its_field() {
    let house = House::new().await;
    let refused = house
        .browser()
        .start_email_sign_in(&start("nonsense"))
        .await;
    let Err(ApiError::Validation(errors)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(errors[0].pointer, "/email");
}

#[tokio::test]
async fn a_session_that_ended_elsewhere_is_told_to_the_observer() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let told = Rc::new(Cell::new(0));
    let count = Rc::clone(&told);
    portal.on_unauthenticated(move || count.set(count.get() + 1));
    portal.transport().forget();
    assert_eq!(portal.me().await, Err(ApiError::Unauthenticated));
    assert_eq!(
        portal.session().await.unwrap().state,
        SessionState::Anonymous
    );
    assert_eq!(told.get(), 1);
}

#[tokio::test]
async fn a_fresh_proof_is_a_code_like_the_first() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let challenge = portal.start_step_up().await.unwrap();
    let confirm = ConfirmChallenge {
        challenge_id: challenge.id,
        code: house.api.latest_code(MAYA).await.unwrap(),
    };
    let session = portal.confirm_step_up(&confirm).await.unwrap();
    assert_eq!(session.state, SessionState::Authenticated);
    assert!(portal.me().await.is_ok(), "the session goes on");
}

#[tokio::test]
async fn the_record_changes_once_and_never_from_a_stale_version() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let before = portal.me().await.unwrap();
    let named = MeChanges {
        preferred_name: Change::Set("Maja".to_owned()),
        ..MeChanges::default()
    };
    let key = portal.new_key();
    portal.transport().lose_answers(1);
    let after = portal.change_me(&named, &before.etag, &key).await.unwrap();
    assert_eq!(after.preferred_name.as_deref(), Some("Maja"));
    assert_eq!(portal.transport().replayed(), 1);

    let cleared = MeChanges {
        preferred_name: Change::Clear,
        ..MeChanges::default()
    };
    let stale = portal
        .change_me(&cleared, &before.etag, &portal.new_key())
        .await;
    let Err(ApiError::PreconditionFailed { current }) = stale else {
        panic!("{stale:?}");
    };
    assert_eq!(
        current.unwrap().get("preferred_name").as_str(),
        Some("Maja")
    );
    let fresh = portal
        .change_me(&cleared, &after.etag, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(fresh.preferred_name, None);
}
