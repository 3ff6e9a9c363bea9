//! Where the company can reach the customer.

use super::{Asked, Client, ContactPointChanges, quoted};
use crate::error::ApiError;
use crate::paths;
use crate::transport::{Method, Transport};
use portal_contract::contact_point::{
    ConfirmVerification, ContactPoint, NewContactPoint, NewVerification, Verification,
};
use portal_contract::{
    ContactPointId, Cursor, Etag, IdempotencyKey, Page, ToJson, VerificationId, endpoints,
};

impl<T: Transport + 'static> Client<T> {
    /// A page of the contact points.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn contact_points(&self, cursor: Option<&Cursor>) -> Asked<Page<ContactPoint>> {
        self.get(paths::contact_points(cursor))
    }

    /// One contact point.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id, or it is another customer's.
    pub fn contact_point(&self, id: &ContactPointId) -> Asked<ContactPoint> {
        self.get(endpoints::contact_point(id))
    }

    /// Adds one, not yet verified; with `replaces` in the place of another.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] without a fresh proof, [`ApiError::Validation`] when the address is refused.
    pub fn add_contact_point(
        &self,
        new: &NewContactPoint,
        key: &IdempotencyKey,
    ) -> Asked<ContactPoint> {
        let call = self.posting(endpoints::CONTACT_POINTS.to_owned(), &new.to_json());
        self.keyed(call, key)
    }

    /// Changes label, preference or the time in which it is good, as it stood at `etag`.
    ///
    /// # Errors
    /// [`ApiError::PreconditionFailed`] with how it stands now, when it was changed elsewhere.
    pub fn change_contact_point(
        &self,
        id: &ContactPointId,
        changes: &ContactPointChanges,
        etag: &Etag,
        key: &IdempotencyKey,
    ) -> Asked<ContactPoint> {
        let call = self.patching(endpoints::contact_point(id), &changes.to_json(), etag);
        self.keyed(call, key)
    }

    /// Removes one as it stood at `etag`. That it is gone already is as good.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when something needs it, its `reason` a
    /// [`RemovalObstacle`](portal_contract::contact_point::RemovalObstacle); [`ApiError::StepUpRequired`] without a fresh proof.
    pub fn remove_contact_point(&self, id: &ContactPointId, etag: &Etag) -> Asked<()> {
        let call = self
            .call(Method::Delete, endpoints::contact_point(id))
            .header("if-match", quoted(etag));
        Asked::new(self.answer(call), |answer| match answer {
            Ok(_) | Err(ApiError::NotFound) => Ok(()),
            Err(error) => Err(error),
        })
    }

    /// Has a code sent there. It ends the code before.
    ///
    /// # Errors
    /// [`ApiError::TooMany`] before `resend_after`, or when too many were sent.
    pub fn start_verification(
        &self,
        id: &ContactPointId,
        new: &NewVerification,
        key: &IdempotencyKey,
    ) -> Asked<Verification> {
        let call = self.posting(endpoints::verifications(id), &new.to_json());
        self.keyed(call, key)
    }

    /// Shows that it is the customer's, with the code that arrived.
    ///
    /// # Errors
    /// [`ApiError::VerificationFailed`] when the code is wrong, [`ApiError::LinkExpired`] when it ran out.
    pub fn confirm_verification(
        &self,
        id: &ContactPointId,
        verification: &VerificationId,
        confirm: &ConfirmVerification,
        key: &IdempotencyKey,
    ) -> Asked<ContactPoint> {
        let path = endpoints::verification_confirm(id, verification);
        let call = self.posting(path, &confirm.to_json());
        self.keyed(call, key)
    }
}
