//! Getting in touch: the ways, beginning an interaction, calls at a time that the customer chooses.

use super::{Client, NewFile};
use crate::error::ApiError;
use crate::paths;
use crate::transport::{Progress, Transport};
use portal_contract::attachment::Attachment;
use portal_contract::callback::{CallbackSlots, RequestCallback, RescheduleCallback};
use portal_contract::contact::ContactOptions;
use portal_contract::interaction::Interaction;
use portal_contract::starting::{NewInteraction, SimilarInteractions};
use portal_contract::{
    ContactOptionId, IdempotencyKey, InteractionId, Timestamp, ToJson, TopicId, endpoints,
};

impl<T: Transport> Client<T> {
    /// Every way to reach the company, in the order that suits the customer and the topic.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when there is no such topic, its pointer `?topic`.
    pub async fn contact_options(
        &self,
        topic: Option<&TopicId>,
    ) -> Result<ContactOptions, ApiError> {
        self.get(paths::contact_options(topic)).await
    }

    /// The times at which the company can call, from a moment on (now when absent) and before another.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such way, or it is not one that is booked.
    pub async fn callback_slots(
        &self,
        option: &ContactOptionId,
        from: Option<&Timestamp>,
        to: Option<&Timestamp>,
    ) -> Result<CallbackSlots, ApiError> {
        self.get(paths::callback_slots(option, from, to)).await
    }

    /// The customer's open interactions that may be about the same matter.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when there is no such topic, or the subject is too long.
    pub async fn similar_interactions(
        &self,
        subject: &str,
        topic: Option<&TopicId>,
    ) -> Result<SimilarInteractions, ApiError> {
        self.get(paths::similar_interactions(subject, topic)).await
    }

    /// Begins an interaction.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when something in it is refused; [`ApiError::InvalidState`] when the way is closed for the moment
    /// or the slot is taken, its `reason` says which.
    pub async fn start_interaction(
        &self,
        new: &NewInteraction,
        key: &IdempotencyKey,
    ) -> Result<Interaction, ApiError> {
        let call = self.posting(endpoints::INTERACTIONS.to_owned(), &new.to_json());
        self.keyed(call, key).await
    }

    /// Adds a file that waits for the message that names it.
    ///
    /// # Errors
    /// As [`attach`](Self::attach).
    pub async fn attach_unsent(
        &self,
        file: NewFile<T::Upload>,
        progress: Option<Progress>,
        key: &IdempotencyKey,
    ) -> Result<Attachment, ApiError> {
        let path = endpoints::UNSENT_ATTACHMENTS.to_owned();
        self.upload(path, file, progress, key).await
    }

    /// Asks for a call about a matter that there is already.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when no call can be asked for in it, or the slot is taken; [`ApiError::Validation`] for what cannot
    /// be taken.
    pub async fn request_callback(
        &self,
        id: &InteractionId,
        asked: &RequestCallback,
        key: &IdempotencyKey,
    ) -> Result<Interaction, ApiError> {
        let call = self.posting(endpoints::callback(id), &asked.to_json());
        self.keyed(call, key).await
    }

    /// Has the call at another time.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it cannot be moved any more, or the slot is taken; [`ApiError::Validation`] when there is no
    /// such slot.
    pub async fn reschedule_callback(
        &self,
        id: &InteractionId,
        to: &RescheduleCallback,
        key: &IdempotencyKey,
    ) -> Result<Interaction, ApiError> {
        let call = self.posting(endpoints::callback_reschedule(id), &to.to_json());
        self.keyed(call, key).await
    }

    /// Calls the call off.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when there is none to call off any more.
    pub async fn cancel_callback(
        &self,
        id: &InteractionId,
        key: &IdempotencyKey,
    ) -> Result<Interaction, ApiError> {
        self.act(endpoints::callback_cancel(id), key).await
    }
}
