//! Rights over one's data.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::artifact::ArtifactDownload;
use portal_contract::data_request::{
    DataRequest, NewDataRequest, TrackDataRequest, TrackedDataRequest,
};
use portal_contract::data_request_event::{
    DataRequestEvent, DataRequestMessage, NewDataRequestMessage,
};
use portal_contract::data_request_options::{
    DataRequestDraft, DataRequestOptions, DataRequestPreview,
};
use portal_contract::{
    ArtifactId, Cursor, DataRequestId, FromJson, IdempotencyKey, Page, ToJson, endpoints,
};

impl<T: Transport + 'static> Client<T> {
    /// Which rights are on offer, about what, and by when each would be answered.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn data_request_options(&self) -> Asked<DataRequestOptions> {
        self.get(endpoints::DATA_REQUEST_OPTIONS.to_owned())
    }

    /// What a request would do. Nothing is done.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when the scope is refused.
    pub fn preview_data_request(&self, draft: &DataRequestDraft) -> Asked<DataRequestPreview> {
        self.ask(endpoints::DATA_REQUEST_PREVIEW, draft)
    }

    /// How an erasure stands, whether anybody is signed in or not.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the token is none.
    pub fn track_data_request(&self, token: &TrackDataRequest) -> Asked<TrackedDataRequest> {
        self.ask(endpoints::DATA_REQUEST_TRACKING, token)
    }

    /// A page of the rights that the customer used, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn data_requests(&self, cursor: Option<&Cursor>) -> Asked<Page<DataRequest>> {
        self.get(paths::data_requests(cursor))
    }

    /// Uses a right.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof of who asks is not fresh; [`ApiError::Duplicate`] with the one that runs already;
    /// [`ApiError::Validation`] when the scope or the words are refused.
    pub fn make_data_request(
        &self,
        new: &NewDataRequest,
        key: &IdempotencyKey,
    ) -> Asked<DataRequest> {
        let call = self.posting(endpoints::DATA_REQUESTS.to_owned(), &new.to_json());
        self.keyed(call, key)
    }

    /// One request. Reading it is looking at it: it is not `unread` the next time.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id, or it is another customer's.
    pub fn data_request(&self, id: &DataRequestId) -> Asked<DataRequest> {
        self.get(endpoints::data_request(id))
    }

    /// A page of its timeline, the oldest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such request.
    pub fn data_request_events(
        &self,
        id: &DataRequestId,
        cursor: Option<&Cursor>,
    ) -> Asked<Page<DataRequestEvent>> {
        self.get(paths::data_request_events(id, cursor))
    }

    /// It is meant.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when nothing waits for it.
    pub fn confirm_data_request(
        &self,
        id: &DataRequestId,
        key: &IdempotencyKey,
    ) -> Asked<DataRequest> {
        self.act(endpoints::data_request_confirm(id), key)
    }

    /// Calls it off.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it is too late.
    pub fn cancel_data_request(
        &self,
        id: &DataRequestId,
        key: &IdempotencyKey,
    ) -> Asked<DataRequest> {
        self.act(endpoints::data_request_cancel(id), key)
    }

    /// Ends a restriction, an objection or an opt-out.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when none is in force.
    pub fn lift_data_request(
        &self,
        id: &DataRequestId,
        key: &IdempotencyKey,
    ) -> Asked<DataRequest> {
        self.act(endpoints::data_request_lift(id), key)
    }

    /// A page of what was said about it, the oldest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such request.
    pub fn data_request_messages(
        &self,
        id: &DataRequestId,
        cursor: Option<&Cursor>,
    ) -> Asked<Page<DataRequestMessage>> {
        self.get(paths::data_request_messages(id, cursor))
    }

    /// Writes about it, or answers what the company asked.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when the words are refused; [`ApiError::InvalidState`] when it is closed.
    pub fn write_about_data_request(
        &self,
        id: &DataRequestId,
        message: &NewDataRequestMessage,
        key: &IdempotencyKey,
    ) -> Asked<DataRequestMessage> {
        let call = self.posting(endpoints::data_request_messages(id), &message.to_json());
        self.keyed(call, key)
    }

    /// An address from which an artifact can be fetched, once and within five minutes.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when it cannot be fetched.
    pub fn start_artifact_download(
        &self,
        id: &DataRequestId,
        artifact: &ArtifactId,
        key: &IdempotencyKey,
    ) -> Asked<ArtifactDownload> {
        self.act(endpoints::artifact_downloads(id, artifact), key)
    }

    /// Has an artifact made anew that ran out.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when it has not run out.
    pub fn reissue_artifact(
        &self,
        id: &DataRequestId,
        artifact: &ArtifactId,
        key: &IdempotencyKey,
    ) -> Asked<DataRequest> {
        self.act(endpoints::artifact_reissue(id, artifact), key)
    }

    /// A question too long, or too secret, for an address. It changes nothing, so it may be asked again.
    pub(super) fn ask<D: FromJson>(&self, path: &str, body: &impl ToJson) -> Asked<D> {
        self.repeatably(self.posting(path.to_owned(), &body.to_json()))
    }
}
