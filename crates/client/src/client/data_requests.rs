//! Rights over one's data.

use super::{Client, decode};
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
    ArtifactId, Cursor, DataRequestId, FromJson, IdempotencyKey, Json, Page, ToJson, endpoints,
};

impl<T: Transport> Client<T> {
    /// Which rights are on offer, about what, and by when each would be answered.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn data_request_options(&self) -> Result<DataRequestOptions, ApiError> {
        self.get(endpoints::DATA_REQUEST_OPTIONS.to_owned()).await
    }

    /// What a request would do. Nothing is done.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when the scope is refused.
    pub async fn preview_data_request(
        &self,
        draft: &DataRequestDraft,
    ) -> Result<DataRequestPreview, ApiError> {
        self.ask(endpoints::DATA_REQUEST_PREVIEW, draft).await
    }

    /// How an erasure stands, whether anybody is signed in or not.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the token is none.
    pub async fn track_data_request(
        &self,
        token: &TrackDataRequest,
    ) -> Result<TrackedDataRequest, ApiError> {
        self.ask(endpoints::DATA_REQUEST_TRACKING, token).await
    }

    /// A page of the rights that the customer used, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn data_requests(
        &self,
        cursor: Option<&Cursor>,
    ) -> Result<Page<DataRequest>, ApiError> {
        self.get(paths::data_requests(cursor)).await
    }

    /// Uses a right.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof of who asks is not fresh; [`ApiError::Duplicate`] with the one that runs already;
    /// [`ApiError::Validation`] when the scope or the words are refused.
    pub async fn make_data_request(
        &self,
        new: &NewDataRequest,
        key: &IdempotencyKey,
    ) -> Result<DataRequest, ApiError> {
        let call = self.posting(endpoints::DATA_REQUESTS.to_owned(), &new.to_json());
        self.keyed(call, key).await
    }

    /// One request. Reading it is looking at it: it is not `unread` the next time.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id, or it is another customer's.
    pub async fn data_request(&self, id: &DataRequestId) -> Result<DataRequest, ApiError> {
        self.get(endpoints::data_request(id)).await
    }

    /// A page of its timeline, the oldest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such request.
    pub async fn data_request_events(
        &self,
        id: &DataRequestId,
        cursor: Option<&Cursor>,
    ) -> Result<Page<DataRequestEvent>, ApiError> {
        self.get(paths::data_request_events(id, cursor)).await
    }

    /// It is meant.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when nothing waits for it.
    pub async fn confirm_data_request(
        &self,
        id: &DataRequestId,
        key: &IdempotencyKey,
    ) -> Result<DataRequest, ApiError> {
        self.act_on_data(endpoints::data_request_confirm(id), key)
            .await
    }

    /// Calls it off.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it is too late.
    pub async fn cancel_data_request(
        &self,
        id: &DataRequestId,
        key: &IdempotencyKey,
    ) -> Result<DataRequest, ApiError> {
        self.act_on_data(endpoints::data_request_cancel(id), key)
            .await
    }

    /// Ends a restriction, an objection or an opt-out.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when none is in force.
    pub async fn lift_data_request(
        &self,
        id: &DataRequestId,
        key: &IdempotencyKey,
    ) -> Result<DataRequest, ApiError> {
        self.act_on_data(endpoints::data_request_lift(id), key)
            .await
    }

    /// A page of what was said about it, the oldest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such request.
    pub async fn data_request_messages(
        &self,
        id: &DataRequestId,
        cursor: Option<&Cursor>,
    ) -> Result<Page<DataRequestMessage>, ApiError> {
        self.get(paths::data_request_messages(id, cursor)).await
    }

    /// Writes about it, or answers what the company asked.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when the words are refused; [`ApiError::InvalidState`] when it is closed.
    pub async fn write_about_data_request(
        &self,
        id: &DataRequestId,
        message: &NewDataRequestMessage,
        key: &IdempotencyKey,
    ) -> Result<DataRequestMessage, ApiError> {
        let call = self.posting(endpoints::data_request_messages(id), &message.to_json());
        self.keyed(call, key).await
    }

    /// An address from which an artifact can be fetched, once and within five minutes.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when it cannot be fetched.
    pub async fn start_artifact_download(
        &self,
        id: &DataRequestId,
        artifact: &ArtifactId,
        key: &IdempotencyKey,
    ) -> Result<ArtifactDownload, ApiError> {
        self.act_on_data(endpoints::artifact_downloads(id, artifact), key)
            .await
    }

    /// Has an artifact made anew that ran out.
    ///
    /// # Errors
    /// [`ApiError::StepUpRequired`] when the proof is not fresh; [`ApiError::InvalidState`] when it has not run out.
    pub async fn reissue_artifact(
        &self,
        id: &DataRequestId,
        artifact: &ArtifactId,
        key: &IdempotencyKey,
    ) -> Result<DataRequest, ApiError> {
        self.act_on_data(endpoints::artifact_reissue(id, artifact), key)
            .await
    }

    pub(super) async fn act_on_data<D: FromJson>(
        &self,
        path: String,
        key: &IdempotencyKey,
    ) -> Result<D, ApiError> {
        let call = self.posting(path, &Json::Object(Vec::new()));
        self.keyed(call, key).await
    }

    /// A question too long, or too secret, for an address. It changes nothing, so it may be asked again.
    pub(super) async fn ask<D: FromJson>(
        &self,
        path: &str,
        body: &impl ToJson,
    ) -> Result<D, ApiError> {
        let mut call = self.posting(path.to_owned(), &body.to_json());
        call.repeatable = true;
        decode(self.answer(&call).await?)
    }
}
