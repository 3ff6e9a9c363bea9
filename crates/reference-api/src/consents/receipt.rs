//! The receipt of a decision (ISO/IEC TS 27560:2023), written once.

use super::describe::{self, Reader};
use super::purposes::Controller;
use super::records::{Place, Record};
use portal_contract::receipt::{
    ConsentReceipt, RECEIPT_SCHEMA, ReceiptEvent, ReceiptParty, ReceiptPii, ReceiptProcessing,
    ReceiptPurpose, ReceiptRecipient,
};

/// The bytes of the receipt of this record, for the customer with this mark.
pub(super) fn issue(place: &Place<'_>, record: &Record, mark: &str) -> Vec<u8> {
    let receipt = ConsentReceipt {
        schema_version: RECEIPT_SCHEMA.to_owned(),
        receipt_id: format!("rcp_{}", record.id),
        record_id: record.id.clone(),
        pii_principal_id: mark.to_owned(),
        pii_processing: processing(place, record),
        party_identification: place.purposes.controller.iter().map(party).collect(),
        events: vec![event(place, record)],
    };
    serde_json::to_vec_pretty(&receipt).expect("a receipt is texts and lists")
}

fn processing(place: &Place<'_>, record: &Record) -> ReceiptProcessing {
    let reader = Reader {
        language: record.language.as_deref(),
        usual: place.usual,
    };
    let notice = place
        .purpose
        .notices
        .iter()
        .find(|notice| notice.version == record.notice_version);
    let own = notice.and_then(|notice| notice.url.clone());
    let general = place.purposes.controller.as_ref().map(|c| c.url.clone());
    ReceiptProcessing {
        privacy_notice: own.or(general),
        notice_version: record.notice_version.clone(),
        language: reader
            .of(&place.purpose.text)
            .map_or("und", |(language, _)| language)
            .to_owned(),
        purposes: vec![purpose(place, &reader)],
    }
}

fn purpose(place: &Place<'_>, reader: &Reader<'_>) -> ReceiptPurpose {
    let (_, words) = reader
        .of(&place.purpose.text)
        .expect("a purpose has words; reading the file refuses one without");
    let methods = reader
        .of(&place.purposes.methods)
        .map(|(_, methods)| methods);
    let methods = methods.cloned().unwrap_or_default();
    let controller = place.purposes.controller.as_ref();
    ReceiptPurpose {
        purpose_id: place.purpose.id.clone(),
        purpose: words.label.clone(),
        description: words.description.clone(),
        lawful_basis: place.purpose.lawful_basis.clone(),
        pii_information: pii(place, reader),
        pii_controllers: controller.iter().map(|party| party.id.clone()).collect(),
        collection_method: methods.collection,
        processing_method: methods.processing,
        storage_locations: controller.map_or_else(Vec::new, |party| party.storage.clone()),
        retention_period: format!("{} ({})", place.purpose.keep, words.retention),
        jurisdictions: controller.map_or_else(Vec::new, |party| party.jurisdictions.clone()),
        recipient_third_parties: recipients(place, reader),
        withdrawal_method: methods.withdrawal,
        privacy_rights: methods.rights,
    }
}

/// Whoever may refuse a purpose need not give the data for it.
fn pii(place: &Place<'_>, reader: &Reader<'_>) -> Vec<ReceiptPii> {
    describe::data(place.purposes, place.purpose, reader)
        .into_iter()
        .map(|category| ReceiptPii {
            pii_type: category.label,
            sensitive: category.sensitive,
            pii_optional: true,
        })
        .collect()
}

fn recipients(place: &Place<'_>, reader: &Reader<'_>) -> Vec<ReceiptRecipient> {
    describe::recipients(place.purposes, place.purpose, reader)
        .into_iter()
        .map(|recipient| ReceiptRecipient {
            party_name: recipient.name,
            country: recipient.country,
            safeguard: recipient.safeguard,
        })
        .collect()
}

fn party(controller: &Controller) -> ReceiptParty {
    ReceiptParty {
        party_id: controller.id.clone(),
        party_role: "pii_controller".to_owned(),
        party_name: controller.name.clone(),
        party_address: Some(controller.address.join("\n")).filter(|lines| !lines.is_empty()),
        party_email: Some(controller.email.clone()),
        party_url: Some(controller.url.clone()),
        party_phone: controller.phone.clone(),
        party_contact: controller.contact.clone(),
    }
}

fn event(place: &Place<'_>, record: &Record) -> ReceiptEvent {
    let grants = record.decision == portal_contract::consent::Decision::Grant;
    ReceiptEvent {
        event_time: record.at.to_timestamp(),
        event_type: record.decision.as_str().to_owned(),
        event_state: record.status.as_str().to_owned(),
        entity_id: "pii_principal".to_owned(),
        route: record.author.route.as_str().to_owned(),
        validity_duration: place.purpose.expires.clone().filter(|_| grants),
    }
}
