//! Acting for another.

use super::Client;
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::delegation::{
    Delegation, DelegationDecision, DelegationEvent, DelegationLink, DelegationToken, NewDelegation,
};
use portal_contract::{Cursor, DelegationId, IdempotencyKey, Page, ToJson, endpoints};
use std::rc::Rc;

impl<T: Transport> Client<T> {
    /// This client in the name of whoever `delegation` is about: its calls about data requests carry `on_behalf`. The others go on
    /// being about the customer alone.
    #[must_use]
    pub fn on_behalf(&self, delegation: &DelegationId) -> Self {
        Self {
            on_behalf: Some(Rc::from(delegation.as_str())),
            ..self.clone()
        }
    }

    /// A page of those for whom the customer acts and who act for them, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn delegations(&self, cursor: Option<&Cursor>) -> Result<Page<Delegation>, ApiError> {
        self.get(paths::delegations(cursor)).await
    }

    /// Asks to act for somebody. The answer does not tell whether the address is known.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when something is refused; [`ApiError::Duplicate`] with the one that waits or holds already;
    /// [`ApiError::TooMany`] when it was asked too often.
    pub async fn ask_to_act(
        &self,
        new: &NewDelegation,
        key: &IdempotencyKey,
    ) -> Result<Delegation, ApiError> {
        let call = self.posting(endpoints::DELEGATIONS.to_owned(), &new.to_json());
        self.keyed(call, key).await
    }

    /// One of them.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the customer is on neither side of such a one.
    pub async fn delegation(&self, id: &DelegationId) -> Result<Delegation, ApiError> {
        self.get(endpoints::delegation(id)).await
    }

    /// A page of what was done under it, the newest first.
    ///
    /// # Errors
    /// As [`delegation`](Self::delegation).
    pub async fn delegation_events(
        &self,
        id: &DelegationId,
        cursor: Option<&Cursor>,
    ) -> Result<Page<DelegationEvent>, ApiError> {
        self.get(paths::delegation_events(id, cursor)).await
    }

    /// The person lets them.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when nothing waits for it.
    pub async fn accept_delegation(
        &self,
        id: &DelegationId,
        key: &IdempotencyKey,
    ) -> Result<Delegation, ApiError> {
        self.act_on_data(endpoints::delegation_accept(id), key)
            .await
    }

    /// The person does not let them.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when nothing waits for it.
    pub async fn refuse_delegation(
        &self,
        id: &DelegationId,
        key: &IdempotencyKey,
    ) -> Result<Delegation, ApiError> {
        self.act_on_data(endpoints::delegation_refuse(id), key)
            .await
    }

    /// The person ends it, at once.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it does not hold.
    pub async fn revoke_delegation(
        &self,
        id: &DelegationId,
        key: &IdempotencyKey,
    ) -> Result<Delegation, ApiError> {
        self.act_on_data(endpoints::delegation_revoke(id), key)
            .await
    }

    /// Whoever acts, or asked to, gives it up.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it is over.
    pub async fn give_up_delegation(
        &self,
        id: &DelegationId,
        key: &IdempotencyKey,
    ) -> Result<Delegation, ApiError> {
        self.act_on_data(endpoints::delegation_give_up(id), key)
            .await
    }

    /// What the link of a mail is about, whether anybody is signed in or not. Nothing changes.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the token is none; [`ApiError::LinkExpired`] when it was used or ran out.
    pub async fn delegation_link(
        &self,
        token: &DelegationToken,
    ) -> Result<DelegationLink, ApiError> {
        self.ask(endpoints::DELEGATION_LINK, token).await
    }

    /// Decides by the link of a mail. The same decision again is the same answer, so it may be sent again.
    ///
    /// # Errors
    /// As [`delegation_link`](Self::delegation_link); [`ApiError::InvalidState`] when that cannot be decided any more.
    pub async fn decide_by_link(
        &self,
        decision: &DelegationDecision,
    ) -> Result<DelegationLink, ApiError> {
        self.ask(endpoints::DELEGATION_DECISION, decision).await
    }
}
