//! What a data request brings: files to fetch, each for a while, each fetch by an address of its own.

use crate::{ArtifactId, Timestamp};

open_enum! {
    /// As what a copy is written. The archive has a page for people and a manifest whatever is chosen.
    pub enum ExportFormat {
        /// JSON (RFC 8259).
        Json = "json",
        /// CSV (RFC 4180), UTF-8.
        Csv = "csv",
    }
}

open_enum! {
    /// How an artifact stands.
    pub enum ArtifactState {
        /// It is being made.
        Preparing = "preparing",
        /// It can be fetched.
        Ready = "ready",
        /// It ran out, and was removed.
        Expired = "expired",
        /// It could not be made; the company has been told.
        Failed = "failed",
    }
}

record! {
    /// A file that a data request brought.
    pub struct Artifact {
        /// Its id.
        pub id: ArtifactId,
        /// Its name, without any path.
        pub file_name: String,
        /// What it is.
        pub media_type: String,
        /// How it stands.
        pub state: ArtifactState,
        /// When it was asked for.
        pub created_at: Timestamp,
        /// Its size in bytes, once it is ready.
        pub size_bytes: Option<u64>,
        /// SHA-256 of its bytes in lower-case hex, once it is ready.
        pub sha256: Option<String>,
        /// Until when it can be fetched.
        pub expires_at: Option<Timestamp>,
        /// When it was last fetched.
        pub downloaded_at: Option<Timestamp>,
    }
}

record! {
    /// `POST …/artifacts/{artifact_id}/downloads`: where it can be fetched, once.
    pub struct ArtifactDownload {
        /// The address, relative to the API's. It is good for one `GET`, needs nothing else, and belongs in no history.
        pub url: String,
        /// Until when, at most five minutes from now.
        pub expires_at: Timestamp,
    }
}
