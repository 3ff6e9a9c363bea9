//! What Maya decides about her data.

use super::{House, JONAS, MAYA, Portal};
use portal_client::ApiError;
use portal_contract::consent::{
    Consent, ConsentRecord, ConsentStatus, Decision, LawfulBasis, NewDecision, Purpose,
};
use portal_contract::receipt::RECEIPT_SCHEMA;
use portal_contract::session::Signals;

async fn purposes(portal: &Portal) -> Vec<Purpose> {
    portal.purposes(None).await.unwrap().items
}

async fn consent(portal: &Portal, purpose: &Purpose) -> Consent {
    let all = portal.consents(None).await.unwrap().items;
    all.into_iter()
        .find(|consent| consent.purpose_id == purpose.id)
        .unwrap()
}

async fn first(portal: &Portal, basis: LawfulBasis) -> Purpose {
    let all = purposes(portal).await;
    all.into_iter()
        .find(|purpose| purpose.lawful_basis == basis)
        .unwrap()
}

async fn decide(
    portal: &Portal,
    purpose: &Purpose,
    decision: Decision,
) -> Result<ConsentRecord, ApiError> {
    let new = NewDecision {
        decision,
        notice_version: purpose.notices[0].version.clone(),
        language: Some("en".to_owned()),
    };
    portal.decide(&purpose.id, &new, &portal.new_key()).await
}

#[tokio::test]
async fn what_is_granted_can_be_withdrawn_and_both_are_on_record() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let purpose = first(&portal, LawfulBasis::Consent).await;
    assert_eq!(
        consent(&portal, &purpose).await.status,
        ConsentStatus::NotAsked
    );
    portal.transport().lose_answers(1);
    let granted = decide(&portal, &purpose, Decision::Grant).await.unwrap();
    decide(&portal, &purpose, Decision::Withdraw).await.unwrap();
    assert_eq!(
        consent(&portal, &purpose).await.status,
        ConsentStatus::Withdrawn
    );
    let records = portal
        .consent_records(&purpose.id, None)
        .await
        .unwrap()
        .items;
    assert_eq!(records.len(), 2, "the newest first");
    assert_eq!(records[1], granted);
}

#[tokio::test]
async fn a_receipt_says_what_was_decided_and_stays_as_it_is() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let purpose = first(&portal, LawfulBasis::Consent).await;
    let record = decide(&portal, &purpose, Decision::Grant).await.unwrap();
    let receipt = portal
        .consent_receipt(&purpose.id, &record.id)
        .await
        .unwrap();
    assert_eq!(receipt.schema_version, RECEIPT_SCHEMA);
    assert_eq!(receipt.record_id, record.id);
    assert_eq!(receipt.pii_processing.purposes[0].purpose_id, purpose.id);
    assert_eq!(receipt.events.last().unwrap().event_type, "grant");
    decide(&portal, &purpose, Decision::Withdraw).await.unwrap();
    assert_eq!(
        portal.consent_receipt(&purpose.id, &record.id).await,
        Ok(receipt)
    );
    let jonas = house.signed_in(JONAS).await;
    assert_eq!(
        jonas.consent_receipt(&purpose.id, &record.id).await,
        Err(ApiError::NotFound)
    );
}

#[tokio::test]
async fn an_interest_of_the_company_is_objected_to_and_never_withdrawn_from() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let purpose = first(&portal, LawfulBasis::LegitimateInterests).await;
    let refused = decide(&portal, &purpose, Decision::Withdraw).await;
    let Err(ApiError::InvalidState { allowed, reason }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(reason.as_deref(), Some("not_decidable"));
    assert_eq!(allowed[0].as_str(), "object");
    let objected = decide(&portal, &purpose, Decision::Object).await.unwrap();
    assert_eq!(objected.status, ConsentStatus::Objected);
    assert_eq!(
        consent(&portal, &purpose).await.allowed_decisions,
        [Decision::EndObjection]
    );
}

#[tokio::test]
async fn a_signal_of_the_browser_is_honoured_and_shown() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let session = portal.report_signals(&Signals { gpc: true }).await.unwrap();
    assert!(session.signals.gpc);
    let sold = purposes(&portal).await;
    let mut sold = sold.into_iter().filter(|purpose| purpose.sale_or_sharing);
    let purpose = sold.next().unwrap();
    let stands = consent(&portal, &purpose).await;
    assert!(stands.signal_honoured_since.is_some());
    portal
        .report_signals(&Signals { gpc: false })
        .await
        .unwrap();
    assert_eq!(consent(&portal, &purpose).await, stands);
}
