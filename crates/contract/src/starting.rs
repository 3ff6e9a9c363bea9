//! Beginning an interaction, and those that may be about the same matter already.

use crate::callback::NewCallback;
use crate::guide::GuideTrail;
use crate::interaction::InteractionSummary;
use crate::{AttachmentId, ContactOptionId, TopicId};

/// The longest subject, in characters.
pub const MAX_SUBJECT_CHARACTERS: usize = 200;

record! {
    /// `POST /v1/interactions`: a message, or a call asked for.
    pub struct NewInteraction {
        /// By which way: one of kind `message` or `callback`.
        pub option_id: ContactOptionId,
        /// What it is about, one of `ContactOptions.topics`.
        pub topic_id: Option<TopicId>,
        /// What it is about in the customer's words, at most 200 characters on one line. A `message` needs one; a call without one is
        /// named after its topic or its way.
        pub subject: Option<String>,
        /// The words; at most `limits.message_characters`. May be empty for a call, and when a file comes with it.
        pub text: String,
        /// Files that were uploaded to `/v1/attachments` before.
        pub attachment_ids: Vec<AttachmentId>,
        /// The call; with a way of kind `callback`, and with no other.
        pub callback: Option<NewCallback>,
        /// What was answered in a guide before, so that nobody asks again.
        pub guide: Option<GuideTrail>,
    }
}

record! {
    /// `GET /v1/interactions/similar`: the customer's open interactions that may be about the same matter.
    pub struct SimilarInteractions {
        /// The likeliest first; at most 5. Each takes a reply.
        pub items: Vec<InteractionSummary>,
    }
}
