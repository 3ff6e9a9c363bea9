//! What the company tells by itself.

use super::Client;
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::notice::{AnswerNotice, Notice, NoticeState, SnoozeNotice};
use portal_contract::{
    Cursor, IdempotencyKey, Json, NoticeAnswerId, NoticeId, Page, Timestamp, ToJson, endpoints,
};

impl<T: Transport> Client<T> {
    /// A page of the notices of this state.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn notices(
        &self,
        state: &NoticeState,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Notice>, ApiError> {
        self.get(paths::notices(state, cursor)).await
    }

    /// Puts a notice away.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone.
    pub async fn dismiss_notice(
        &self,
        id: &NoticeId,
        key: &IdempotencyKey,
    ) -> Result<Notice, ApiError> {
        let call = self.posting(endpoints::notice_dismiss(id), &Json::Object(Vec::new()));
        self.keyed(call, key).await
    }

    /// Puts a notice away until a moment.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone, [`ApiError::Validation`] when the moment is past or too far ahead.
    pub async fn snooze_notice(
        &self,
        id: &NoticeId,
        until: Timestamp,
        key: &IdempotencyKey,
    ) -> Result<Notice, ApiError> {
        let body = SnoozeNotice { until }.to_json();
        let call = self.posting(endpoints::notice_snooze(id), &body);
        self.keyed(call, key).await
    }

    /// Answers the question of a notice.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone, [`ApiError::InvalidState`] when it asks nothing, or was answered otherwise.
    pub async fn answer_notice(
        &self,
        id: &NoticeId,
        answer: NoticeAnswerId,
        key: &IdempotencyKey,
    ) -> Result<Notice, ApiError> {
        let body = AnswerNotice { answer }.to_json();
        let call = self.posting(endpoints::notice_answer(id), &body);
        self.keyed(call, key).await
    }

    /// Brings a notice back, whatever put it away.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone.
    pub async fn restore_notice(
        &self,
        id: &NoticeId,
        key: &IdempotencyKey,
    ) -> Result<Notice, ApiError> {
        let call = self.posting(endpoints::notice_restore(id), &Json::Object(Vec::new()));
        self.keyed(call, key).await
    }
}
