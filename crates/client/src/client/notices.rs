//! What the company tells by itself.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::notice::{AnswerNotice, Notice, NoticeState, SnoozeNotice};
use portal_contract::{
    Cursor, IdempotencyKey, NoticeAnswerId, NoticeId, Page, Timestamp, ToJson, endpoints,
};

impl<T: Transport + 'static> Client<T> {
    /// A page of the notices of this state.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn notices(&self, state: &NoticeState, cursor: Option<&Cursor>) -> Asked<Page<Notice>> {
        self.get(paths::notices(state, cursor))
    }

    /// Puts a notice away.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone.
    pub fn dismiss_notice(&self, id: &NoticeId, key: &IdempotencyKey) -> Asked<Notice> {
        self.act(endpoints::notice_dismiss(id), key)
    }

    /// Puts a notice away until a moment.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone, [`ApiError::Validation`] when the moment is past or too far ahead.
    pub fn snooze_notice(
        &self,
        id: &NoticeId,
        until: Timestamp,
        key: &IdempotencyKey,
    ) -> Asked<Notice> {
        let body = SnoozeNotice { until }.to_json();
        let call = self.posting(endpoints::notice_snooze(id), &body);
        self.keyed(call, key)
    }

    /// Answers the question of a notice.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone, [`ApiError::InvalidState`] when it asks nothing, or was answered otherwise.
    pub fn answer_notice(
        &self,
        id: &NoticeId,
        answer: NoticeAnswerId,
        key: &IdempotencyKey,
    ) -> Asked<Notice> {
        let body = AnswerNotice { answer }.to_json();
        let call = self.posting(endpoints::notice_answer(id), &body);
        self.keyed(call, key)
    }

    /// Brings a notice back, whatever put it away.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is gone.
    pub fn restore_notice(&self, id: &NoticeId, key: &IdempotencyKey) -> Asked<Notice> {
        self.act(endpoints::notice_restore(id), key)
    }
}
