//! Where Maya can be reached.

use super::{House, JONAS, MAYA, Portal};
use portal_client::{ApiError, Change, ContactPointChanges};
use portal_contract::contact_point::{
    ConfirmVerification, ContactPoint, ContactPointAction, ContactPointKind, NewContactPoint,
    NewVerification, RemovalObstacle, VerificationStatus,
};
use portal_contract::{FieldCode, VerificationId};

const WORK: &str = "maya.at.work@example.com";

fn new(kind: ContactPointKind, value: &str) -> NewContactPoint {
    NewContactPoint {
        kind,
        value: Some(value.to_owned()),
        postal: None,
        country: Some("DE".to_owned()),
        service: None,
        label: None,
        valid_from: None,
        valid_to: None,
        replaces: None,
    }
}

async fn added(portal: &Portal, new: &NewContactPoint) -> ContactPoint {
    let added = portal.add_contact_point(new, &portal.new_key()).await;
    added.unwrap()
}

async fn all(portal: &Portal) -> Vec<ContactPoint> {
    portal.contact_points(None).await.unwrap().items
}

/// Has a code sent there.
async fn asked(portal: &Portal, point: &ContactPoint) -> VerificationId {
    let anyhow = NewVerification { channel: None };
    let key = portal.new_key();
    let sent = portal.start_verification(&point.id, &anyhow, &key).await;
    sent.unwrap().id
}

async fn entered(
    portal: &Portal,
    point: &ContactPoint,
    verification: &VerificationId,
    code: &str,
) -> Result<ContactPoint, ApiError> {
    let confirm = ConfirmVerification {
        code: code.to_owned(),
    };
    portal
        .confirm_verification(&point.id, verification, &confirm, &portal.new_key())
        .await
}

/// Adds an address and shows that it is hers.
async fn verified(house: &House, portal: &Portal, new: &NewContactPoint) -> ContactPoint {
    let point = added(portal, new).await;
    let verification = asked(portal, &point).await;
    let code = house.api.latest_code(&point.value).await.unwrap();
    entered(portal, &point, &verification, &code).await.unwrap()
}

#[tokio::test]
async fn a_code_shows_that_an_address_is_hers_and_a_wrong_one_does_not() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let point = added(&portal, &new(ContactPointKind::Email, WORK)).await;
    assert_eq!(point.verification.status, VerificationStatus::Unverified);
    let verification = asked(&portal, &point).await;
    let code = house.api.latest_code(WORK).await.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(
        entered(&portal, &point, &verification, wrong).await,
        Err(ApiError::VerificationFailed {
            attempts_left: Some(4)
        })
    );
    let point = entered(&portal, &point, &verification, &code)
        .await
        .unwrap();
    assert_eq!(point.verification.status, VerificationStatus::Verified);
}

#[tokio::test]
async fn an_address_is_added_once_though_the_answer_was_lost() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    portal.transport().lose_answers(2);
    let phone = added(&portal, &new(ContactPointKind::Phone, "030 / 901 820")).await;
    assert_eq!(phone.value.replace(' ', ""), "+4930901820");
    assert_eq!(all(&portal).await.len(), 2);
    let again = portal
        .add_contact_point(
            &new(ContactPointKind::Phone, "+49 30 901820"),
            &portal.new_key(),
        )
        .await;
    let Err(ApiError::Validation(errors)) = again else {
        panic!("{again:?}");
    };
    assert_eq!(errors[0].pointer, "/value");
    assert_eq!(errors[0].code, FieldCode::AlreadyThere);
}

#[tokio::test]
async fn a_change_on_an_old_version_brings_how_it_stands() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let point = verified(&house, &portal, &new(ContactPointKind::Email, WORK)).await;
    let named = ContactPointChanges {
        label: Change::Set("At work".to_owned()),
        ..ContactPointChanges::default()
    };
    let key = portal.new_key();
    let changed = portal.change_contact_point(&point.id, &named, &point.etag, &key);
    assert_eq!(changed.await.unwrap().label.as_deref(), Some("At work"));
    let preferred = ContactPointChanges {
        preferred: Some(true),
        ..ContactPointChanges::default()
    };
    let stale = portal
        .change_contact_point(&point.id, &preferred, &point.etag, &portal.new_key())
        .await;
    let Err(ApiError::PreconditionFailed {
        current: Some(current),
    }) = stale
    else {
        panic!("{stale:?}");
    };
    assert_eq!(current.get("label").as_str(), Some("At work"));
}

#[tokio::test]
async fn the_address_by_which_she_signs_in_stays_until_another_takes_its_place() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let first = all(&portal).await.remove(0);
    assert!(first.signs_in);
    assert!(!first.allowed_actions.contains(&ContactPointAction::Remove));
    let obstacle = first.removal_obstacle.clone().unwrap();
    let refused = portal.remove_contact_point(&first.id, &first.etag).await;
    let Err(ApiError::InvalidState { reason, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(reason.map(RemovalObstacle::from), Some(obstacle));

    let instead = NewContactPoint {
        replaces: Some(first.id.clone()),
        ..new(ContactPointKind::Email, WORK)
    };
    let second = verified(&house, &portal, &instead).await;
    assert!(second.signs_in);
    let left = all(&portal).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, second.id);
}

#[tokio::test]
async fn what_is_another_customers_is_not_there() {
    let house = House::new().await;
    let (maya, jonas) = (house.signed_in(MAYA).await, house.signed_in(JONAS).await);
    let theirs = all(&maya).await.remove(0);
    assert_eq!(
        jonas.contact_point(&theirs.id).await,
        Err(ApiError::NotFound)
    );
    // To Jonas it is as gone as one that he removed; Maya still has it.
    assert_eq!(
        jonas.remove_contact_point(&theirs.id, &theirs.etag).await,
        Ok(())
    );
    assert_eq!(all(&maya).await, [theirs]);
}
