//! The messages of a thread.

use crate::attachment::Attachment;
use crate::interaction::{Channel, Participant};
use crate::{AttachmentId, InteractionId, MessageId, Timestamp};

record! {
    /// The HTML form of a message. It is read at its own address (`…/messages/{id}/document`), sanitised by the server and
    /// under a content security policy of its own, in a sandboxed frame.
    pub struct HtmlBody {
        /// How many images it would load from elsewhere; each tells its sender that the mail was opened, so they load on
        /// request alone (`?images=allow`).
        pub remote_images: u64,
    }
}

record! {
    /// One message. Internal notes of the company never are one.
    pub struct Message {
        /// Its id.
        pub id: MessageId,
        /// Whose thread.
        pub interaction_id: InteractionId,
        /// Who wrote or spoke.
        pub author: Participant,
        /// Over which channel.
        pub channel: Channel,
        /// When.
        pub sent_at: Timestamp,
        /// The words, as plain text: a letter, a chat line, the note or transcript of a call.
        pub text: String,
        /// BCP 47 tag of the words' language, where it is known.
        pub lang: Option<String>,
        /// That there is an HTML form too.
        pub html: Option<HtmlBody>,
        /// Its files.
        pub attachments: Vec<Attachment>,
    }
}

record! {
    /// `POST /v1/interactions/{id}/messages`.
    pub struct NewMessage {
        /// The words; at most `limits.message_characters`. May be empty when a file comes with it.
        pub text: String,
        /// Files that were uploaded before and belong to no message yet.
        pub attachment_ids: Vec<AttachmentId>,
    }
}
