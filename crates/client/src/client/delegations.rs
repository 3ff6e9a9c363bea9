//! Acting for another.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::delegation::{
    Delegation, DelegationDecision, DelegationEvent, DelegationLink, DelegationToken, NewDelegation,
};
use portal_contract::{Cursor, DelegationId, IdempotencyKey, Page, ToJson, endpoints};
use std::rc::Rc;

impl<T: Transport + 'static> Client<T> {
    /// This client in the name of whoever `delegation` is about: its calls about data requests carry `on_behalf`. The others go on
    /// being about the customer alone.
    #[must_use]
    pub fn on_behalf(&self, delegation: &DelegationId) -> Self {
        let on_behalf = Some(Rc::from(delegation.as_str()));
        Self::over(Rc::clone(&self.0.line), self.0.bearer.clone(), on_behalf)
    }

    /// A page of those for whom the customer acts and who act for them, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn delegations(&self, cursor: Option<&Cursor>) -> Asked<Page<Delegation>> {
        self.get(paths::delegations(cursor))
    }

    /// Asks to act for somebody. The answer does not tell whether the address is known.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when something is refused; [`ApiError::Duplicate`] with the one that waits or holds already;
    /// [`ApiError::TooMany`] when it was asked too often.
    pub fn ask_to_act(&self, new: &NewDelegation, key: &IdempotencyKey) -> Asked<Delegation> {
        let call = self.posting(endpoints::DELEGATIONS.to_owned(), &new.to_json());
        self.keyed(call, key)
    }

    /// One of them.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the customer is on neither side of such a one.
    pub fn delegation(&self, id: &DelegationId) -> Asked<Delegation> {
        self.get(endpoints::delegation(id))
    }

    /// A page of what was done under it, the newest first.
    ///
    /// # Errors
    /// As [`delegation`](Self::delegation).
    pub fn delegation_events(
        &self,
        id: &DelegationId,
        cursor: Option<&Cursor>,
    ) -> Asked<Page<DelegationEvent>> {
        self.get(paths::delegation_events(id, cursor))
    }

    /// The person lets them.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when nothing waits for it.
    pub fn accept_delegation(&self, id: &DelegationId, key: &IdempotencyKey) -> Asked<Delegation> {
        self.act(endpoints::delegation_accept(id), key)
    }

    /// The person does not let them.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when nothing waits for it.
    pub fn refuse_delegation(&self, id: &DelegationId, key: &IdempotencyKey) -> Asked<Delegation> {
        self.act(endpoints::delegation_refuse(id), key)
    }

    /// The person ends it, at once.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it does not hold.
    pub fn revoke_delegation(&self, id: &DelegationId, key: &IdempotencyKey) -> Asked<Delegation> {
        self.act(endpoints::delegation_revoke(id), key)
    }

    /// Whoever acts, or asked to, gives it up.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it is over.
    pub fn give_up_delegation(&self, id: &DelegationId, key: &IdempotencyKey) -> Asked<Delegation> {
        self.act(endpoints::delegation_give_up(id), key)
    }

    /// What the link of a mail is about, whether anybody is signed in or not. Nothing changes.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the token is none; [`ApiError::LinkExpired`] when it was used or ran out.
    pub fn delegation_link(&self, token: &DelegationToken) -> Asked<DelegationLink> {
        self.ask(endpoints::DELEGATION_LINK, token)
    }

    /// Decides by the link of a mail. The same decision again is the same answer, so it may be sent again.
    ///
    /// # Errors
    /// As [`delegation_link`](Self::delegation_link); [`ApiError::InvalidState`] when that cannot be decided any more.
    pub fn decide_by_link(&self, decision: &DelegationDecision) -> Asked<DelegationLink> {
        self.ask(endpoints::DELEGATION_DECISION, decision)
    }
}
