//! The change feed: that something changed, never what. The portal reads the thing again.

use crate::{Cursor, Etag, EventId, Timestamp};

open_enum! {
    /// What happened.
    pub enum EventKind {
        /// An interaction is new.
        InteractionCreated = "interaction.created",
        /// An interaction changed.
        InteractionUpdated = "interaction.updated",
        /// A message came.
        MessageCreated = "message.created",
        /// The session ended.
        SessionEnded = "session.ended",
    }
}

record! {
    /// One change.
    pub struct Event {
        /// Its id.
        pub event_id: EventId,
        /// What happened.
        pub kind as "type": EventKind,
        /// The kind of thing that changed (`interaction`).
        pub resource: String,
        /// Which one.
        pub id: String,
        /// Its version now.
        pub etag: Option<Etag>,
        /// When.
        pub occurred_at: Timestamp,
    }
}

record! {
    /// `GET /v1/events?cursor&wait`: what changed since `cursor`; without one, nothing but where "now" is. Waits up to `wait`
    /// seconds (at most 30) for a first change.
    pub struct Events {
        /// The changes, in order.
        pub items: Vec<Event>,
        /// What to ask with next time.
        pub next_cursor: Cursor,
    }
}
