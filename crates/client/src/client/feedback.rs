//! What the customer says about the company, and what came of it.

use super::{Asked, Client, FeedbackChanges};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::feedback::{Feedback, FeedbackOptions, FeedbackRequest, NewFeedback};
use portal_contract::improvement::Improvement;
use portal_contract::{
    Cursor, Etag, FeedbackId, FeedbackRequestId, IdempotencyKey, Page, ToJson, endpoints,
};

impl<T: Transport + 'static> Client<T> {
    /// A page of what the company asks, the newest first; none while the customer wants not to be asked.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn feedback_requests(&self, cursor: Option<&Cursor>) -> Asked<Page<FeedbackRequest>> {
        self.get(paths::feedback_requests(cursor))
    }

    /// One request, in whatever state.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id, or it is another customer's.
    pub fn feedback_request(&self, id: &FeedbackRequestId) -> Asked<FeedbackRequest> {
        self.get(endpoints::feedback_request(id))
    }

    /// Rather not answer it, this time.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it was answered or ran out.
    pub fn decline_feedback_request(
        &self,
        id: &FeedbackRequestId,
        key: &IdempotencyKey,
    ) -> Asked<FeedbackRequest> {
        self.act(endpoints::feedback_decline(id), key)
    }

    /// What can be said unasked.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn feedback_options(&self) -> Asked<FeedbackOptions> {
        self.get(endpoints::FEEDBACK_OPTIONS.to_owned())
    }

    /// Answers a request, or says something unasked.
    ///
    /// # Errors
    /// [`ApiError::Duplicate`] with the answer that stands, when the request has one; [`ApiError::InvalidState`] when it ran out;
    /// [`ApiError::Validation`] when answers (`/answers/{question}`) or words (`/text`) are refused.
    pub fn give_feedback(&self, new: &NewFeedback, key: &IdempotencyKey) -> Asked<Feedback> {
        let call = self.posting(endpoints::FEEDBACK.to_owned(), &new.to_json());
        self.keyed(call, key)
    }

    /// A page of the ledger, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn feedback(&self, cursor: Option<&Cursor>) -> Asked<Page<Feedback>> {
        self.get(paths::feedback(cursor))
    }

    /// One entry of the ledger. Reading it is looking at it: it is not `unread` the next time.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id, or it is another customer's.
    pub fn feedback_entry(&self, id: &FeedbackId) -> Asked<Feedback> {
        self.get(endpoints::feedback_entry(id))
    }

    /// Changes what was said, as it stood at `etag`.
    ///
    /// # Errors
    /// [`ApiError::PreconditionFailed`] with how it stands now, when it was changed elsewhere; [`ApiError::InvalidState`] when it
    /// cannot be changed any more.
    pub fn change_feedback(
        &self,
        id: &FeedbackId,
        changes: &FeedbackChanges,
        etag: &Etag,
        key: &IdempotencyKey,
    ) -> Asked<Feedback> {
        let call = self.patching(endpoints::feedback_entry(id), &changes.to_json(), etag);
        self.keyed(call, key)
    }

    /// Takes it back: words and answers are removed for good.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it was taken back already.
    pub fn withdraw_feedback(&self, id: &FeedbackId, key: &IdempotencyKey) -> Asked<Feedback> {
        self.act(endpoints::feedback_withdraw(id), key)
    }

    /// A page of what changed because of what customers said, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn improvements(&self, cursor: Option<&Cursor>) -> Asked<Page<Improvement>> {
        self.get(paths::improvements(cursor))
    }
}
