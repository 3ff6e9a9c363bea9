//! What the company inferred, and the customer's word against it.

use super::Client;
use crate::error::ApiError;
use crate::transport::Transport;
use portal_contract::signal::{ContestSignal, Signal};
use portal_contract::{IdempotencyKey, InteractionId, Json, SignalId, ToJson, endpoints};

impl<T: Transport> Client<T> {
    /// "That's not right."
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such signal, [`ApiError::Validation`] when the words are too long.
    pub async fn contest_signal(
        &self,
        interaction: &InteractionId,
        signal: &SignalId,
        contest: &ContestSignal,
        key: &IdempotencyKey,
    ) -> Result<Signal, ApiError> {
        let path = endpoints::signal_contest(interaction, signal);
        self.keyed(self.posting(path, &contest.to_json()), key)
            .await
    }

    /// Takes that back.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such signal, [`ApiError::InvalidState`] when it is not contested.
    pub async fn uncontest_signal(
        &self,
        interaction: &InteractionId,
        signal: &SignalId,
        key: &IdempotencyKey,
    ) -> Result<Signal, ApiError> {
        let path = endpoints::signal_uncontest(interaction, signal);
        let call = self.posting(path, &Json::Object(Vec::new()));
        self.keyed(call, key).await
    }
}
