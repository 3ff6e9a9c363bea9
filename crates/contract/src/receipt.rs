//! The receipt of a decision about a purpose, to keep: the sections and fields of ISO/IEC TS 27560:2023.
//!
//! Member names follow the technical specification (`pii_principal_id`, `event_time`), so that a tool that reads such records
//! reads these. A receipt is made once; asked for again it is the same, byte by byte.

use crate::consent::LawfulBasis;
use crate::{ConsentRecordId, PurposeId, Timestamp};

/// What [`ConsentReceipt::schema_version`] says.
pub const RECEIPT_SCHEMA: &str = "ISO/IEC TS 27560:2023";

record! {
    /// What is used, of which sort (`pii_information`).
    pub struct ReceiptPii {
        /// The sort of data (`pii_type`).
        pub pii_type: String,
        /// Whether it is of a special category or sensitive (`sensitive_pii_category`).
        pub sensitive: bool,
        /// Whether the customer need not give it (`pii_optional`).
        pub pii_optional: bool,
    }
}

record! {
    /// Somebody who receives it (`recipient_third_parties`).
    pub struct ReceiptRecipient {
        /// Who.
        pub party_name: String,
        /// Where, ISO 3166-1 alpha-2.
        pub country: Option<String>,
        /// What protects it there.
        pub safeguard: Option<String>,
    }
}

record! {
    /// A purpose and how it is served (`pii_processing.purposes[]`).
    pub struct ReceiptPurpose {
        /// The purpose's id.
        pub purpose_id: PurposeId,
        /// The purpose, in the words that the customer saw (`purpose`).
        pub purpose: String,
        /// What happens, in the words that the customer saw.
        pub description: String,
        /// The ground (`lawful_basis`).
        pub lawful_basis: LawfulBasis,
        /// What is used (`pii_information`).
        pub pii_information: Vec<ReceiptPii>,
        /// Who is answerable, by `party_id` (`pii_controllers`).
        pub pii_controllers: Vec<String>,
        /// How the data came to the company (`collection_method`).
        pub collection_method: String,
        /// What is done with it (`processing_method`).
        pub processing_method: String,
        /// Where it is stored, ISO 3166-1 alpha-2 (`storage_locations`).
        pub storage_locations: Vec<String>,
        /// How long it is kept (`retention_period`).
        pub retention_period: String,
        /// Whose law holds, ISO 3166 (`jurisdictions`).
        pub jurisdictions: Vec<String>,
        /// Who receives it (`recipient_third_parties`).
        pub recipient_third_parties: Vec<ReceiptRecipient>,
        /// How the decision is taken back (`withdrawal_method`).
        pub withdrawal_method: String,
        /// Which rights there are (`privacy_rights`).
        pub privacy_rights: Vec<String>,
    }
}

record! {
    /// What the customer was told (`pii_processing`).
    pub struct ReceiptProcessing {
        /// Where the notice stands (`privacy_notice`).
        pub privacy_notice: Option<String>,
        /// Its version.
        pub notice_version: String,
        /// BCP 47 tag of the language in which it was shown (`language`).
        pub language: String,
        /// The purposes.
        pub purposes: Vec<ReceiptPurpose>,
    }
}

record! {
    /// Somebody whom the receipt names (`party_identification`).
    pub struct ReceiptParty {
        /// The name by which the receipt refers to it (`party_id`).
        pub party_id: String,
        /// What it is here: `pii_controller`, `pii_processor`, `authority` (`party_role`).
        pub party_role: String,
        /// Its name (`party_name`).
        pub party_name: String,
        /// Its postal address, in lines (`party_address`).
        pub party_address: Option<String>,
        /// Where to write to (`party_email`).
        pub party_email: Option<String>,
        /// Its site (`party_url`).
        pub party_url: Option<String>,
        /// Where to call, E.164 (`party_phone`).
        pub party_phone: Option<String>,
        /// Who answers for data protection there (`party_contact`).
        pub party_contact: Option<String>,
    }
}

record! {
    /// What was decided (`events[]`).
    pub struct ReceiptEvent {
        /// When (`event_time`).
        pub event_time: Timestamp,
        /// What was done: `grant`, `withdraw`, `object`, `end_objection` (`event_type`).
        pub event_type: String,
        /// How the purpose stands since (`event_state`).
        pub event_state: String,
        /// Who did it: `pii_principal`, or the `party_id` of who acted for them (`entity_id`).
        pub entity_id: String,
        /// The way that it came (`portal`, `link`, `signal`).
        pub route: String,
        /// For how long it holds, ISO 8601; absent for "until it is taken back" (`validity_duration`).
        pub validity_duration: Option<String>,
    }
}

record! {
    /// `GET /v1/consents/{purpose_id}/records/{record_id}/receipt`.
    pub struct ConsentReceipt {
        /// [`RECEIPT_SCHEMA`] (`schema_version`).
        pub schema_version: String,
        /// The receipt's own id (`receipt_id`).
        pub receipt_id: String,
        /// The record that it is of (`record_id`).
        pub record_id: ConsentRecordId,
        /// An opaque mark of the customer, no name and no address (`pii_principal_id`).
        pub pii_principal_id: String,
        /// What the customer was told.
        pub pii_processing: ReceiptProcessing,
        /// Whom it names.
        pub party_identification: Vec<ReceiptParty>,
        /// What was decided; the newest last.
        pub events: Vec<ReceiptEvent>,
    }
}
