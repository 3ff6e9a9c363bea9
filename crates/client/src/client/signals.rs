//! What the company inferred, and the customer's word against it.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::transport::Transport;
use portal_contract::signal::{ContestSignal, Signal};
use portal_contract::{IdempotencyKey, InteractionId, SignalId, ToJson, endpoints};

impl<T: Transport + 'static> Client<T> {
    /// "That's not right."
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such signal, [`ApiError::Validation`] when the words are too long.
    pub fn contest_signal(
        &self,
        interaction: &InteractionId,
        signal: &SignalId,
        contest: &ContestSignal,
        key: &IdempotencyKey,
    ) -> Asked<Signal> {
        let path = endpoints::signal_contest(interaction, signal);
        self.keyed(self.posting(path, &contest.to_json()), key)
    }

    /// Takes that back.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such signal, [`ApiError::InvalidState`] when it is not contested.
    pub fn uncontest_signal(
        &self,
        interaction: &InteractionId,
        signal: &SignalId,
        key: &IdempotencyKey,
    ) -> Asked<Signal> {
        let path = endpoints::signal_uncontest(interaction, signal);
        self.act(path, key)
    }
}
