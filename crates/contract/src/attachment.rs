//! Files of an interaction.

use crate::{AttachmentId, Timestamp};

record! {
    /// A file. Its content is read at `…/attachments/{id}` and comes as a download, never as a page.
    pub struct Attachment {
        /// Its id.
        pub id: AttachmentId,
        /// The name that it was given, without any path.
        pub file_name: String,
        /// What it is, by its content and not by its name.
        pub media_type: String,
        /// How large, in bytes.
        pub size_bytes: u64,
        /// SHA-256 of the content, in hexadecimal.
        pub sha256: String,
        /// When it was received.
        pub created_at: Timestamp,
        /// Whether it is a picture of a kind that is safe to show in place (PNG, JPEG, GIF, WebP).
        pub previewable: bool,
    }
}
