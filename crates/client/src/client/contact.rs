//! Getting in touch: the ways, beginning an interaction, calls at a time that the customer chooses.

use super::{Asked, Client, NewFile};
#[cfg(doc)]
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

impl<T: Transport + 'static> Client<T> {
    /// Every way to reach the company, in the order that suits the customer and the topic.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when there is no such topic, its pointer `?topic`.
    pub fn contact_options(&self, topic: Option<&TopicId>) -> Asked<ContactOptions> {
        self.get(paths::contact_options(topic))
    }

    /// The times at which the company can call, from a moment on (now when absent) and before another.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such way, or it is not one that is booked.
    pub fn callback_slots(
        &self,
        option: &ContactOptionId,
        from: Option<&Timestamp>,
        to: Option<&Timestamp>,
    ) -> Asked<CallbackSlots> {
        self.get(paths::callback_slots(option, from, to))
    }

    /// The customer's open interactions that may be about the same matter.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when there is no such topic, or the subject is too long.
    pub fn similar_interactions(
        &self,
        subject: &str,
        topic: Option<&TopicId>,
    ) -> Asked<SimilarInteractions> {
        self.get(paths::similar_interactions(subject, topic))
    }

    /// Begins an interaction.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when something in it is refused; [`ApiError::InvalidState`] when the way is closed for the moment
    /// or the slot is taken, its `reason` says which.
    pub fn start_interaction(
        &self,
        new: &NewInteraction,
        key: &IdempotencyKey,
    ) -> Asked<Interaction> {
        let call = self.posting(endpoints::INTERACTIONS.to_owned(), &new.to_json());
        self.keyed(call, key)
    }

    /// Adds a file that waits for the message that names it.
    ///
    /// # Errors
    /// As [`attach`](Self::attach).
    pub fn attach_unsent(
        &self,
        file: NewFile<T::Upload>,
        progress: Option<Progress>,
        key: &IdempotencyKey,
    ) -> Asked<Attachment> {
        let path = endpoints::UNSENT_ATTACHMENTS.to_owned();
        self.upload(path, file, progress, key)
    }

    /// Asks for a call about a matter that there is already.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when no call can be asked for in it, or the slot is taken; [`ApiError::Validation`] for what cannot
    /// be taken.
    pub fn request_callback(
        &self,
        id: &InteractionId,
        asked: &RequestCallback,
        key: &IdempotencyKey,
    ) -> Asked<Interaction> {
        let call = self.posting(endpoints::callback(id), &asked.to_json());
        self.keyed(call, key)
    }

    /// Has the call at another time.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it cannot be moved any more, or the slot is taken; [`ApiError::Validation`] when there is no
    /// such slot.
    pub fn reschedule_callback(
        &self,
        id: &InteractionId,
        to: &RescheduleCallback,
        key: &IdempotencyKey,
    ) -> Asked<Interaction> {
        let call = self.posting(endpoints::callback_reschedule(id), &to.to_json());
        self.keyed(call, key)
    }

    /// Calls the call off.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when there is none to call off any more.
    pub fn cancel_callback(&self, id: &InteractionId, key: &IdempotencyKey) -> Asked<Interaction> {
        self.act(endpoints::callback_cancel(id), key)
    }
}
