//! What the company uses personal data for, and what the customer decides about it.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::consent::{Consent, ConsentRecord, NewDecision, Purpose};
use portal_contract::receipt::ConsentReceipt;
use portal_contract::{
    ConsentRecordId, Cursor, IdempotencyKey, Page, PurposeId, ToJson, endpoints,
};

impl<T: Transport + 'static> Client<T> {
    /// A page of what the company uses personal data for.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn purposes(&self, cursor: Option<&Cursor>) -> Asked<Page<Purpose>> {
        self.get(paths::purposes(cursor))
    }

    /// A page of how each purpose stands with the customer.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn consents(&self, cursor: Option<&Cursor>) -> Asked<Page<Consent>> {
        self.get(paths::consents(cursor))
    }

    /// Grants, withdraws, objects, or ends an objection.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when there is nothing (of that sort) to decide, or the notice has changed since it was shown
    /// (`reason` is `notice_changed`).
    pub fn decide(
        &self,
        purpose: &PurposeId,
        decision: &NewDecision,
        key: &IdempotencyKey,
    ) -> Asked<ConsentRecord> {
        let call = self.posting(endpoints::consent_decisions(purpose), &decision.to_json());
        self.keyed(call, key)
    }

    /// A page of the decisions about a purpose, the newest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such purpose.
    pub fn consent_records(
        &self,
        purpose: &PurposeId,
        cursor: Option<&Cursor>,
    ) -> Asked<Page<ConsentRecord>> {
        self.get(paths::consent_records(purpose, cursor))
    }

    /// The receipt of a decision.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such record, or it is another customer's.
    pub fn consent_receipt(
        &self,
        purpose: &PurposeId,
        record: &ConsentRecordId,
    ) -> Asked<ConsentReceipt> {
        self.get(endpoints::consent_receipt(purpose, record))
    }
}
