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
        /// The preferences changed.
        PreferencesUpdated = "preferences.updated",
        /// A contact point is new.
        ContactPointCreated = "contact_point.created",
        /// A contact point changed.
        ContactPointUpdated = "contact_point.updated",
        /// A contact point is gone.
        ContactPointRemoved = "contact_point.removed",
        /// A decision about a purpose was recorded.
        ConsentUpdated = "consent.updated",
        /// The customer's own record changed (resource `me`, id `current`).
        MeUpdated = "me.updated",
        /// A notice is new.
        NoticeCreated = "notice.created",
        /// A notice changed, by the company or the customer.
        NoticeUpdated = "notice.updated",
        /// A notice is gone.
        NoticeRemoved = "notice.removed",
        /// The company asks for feedback.
        FeedbackRequestCreated = "feedback_request.created",
        /// A request for feedback was answered or declined, or ran out.
        FeedbackRequestUpdated = "feedback_request.updated",
        /// Feedback was given, changed or taken back; or the company answered it or moved it on.
        FeedbackUpdated = "feedback.updated",
        /// Something that changed because of the customer's feedback is new, or has come further.
        ImprovementUpdated = "improvement.updated",
        /// A data request is new.
        DataRequestCreated = "data_request.created",
        /// A data request moved on, or something was said about it.
        DataRequestUpdated = "data_request.updated",
        /// Somebody asked to act for another; told to both.
        DelegationCreated = "delegation.created",
        /// That was answered, ended, or something was done under it; told to both.
        DelegationUpdated = "delegation.updated",
        /// The session ended.
        SessionEnded = "session.ended",
        /// The cursor is older than what the server keeps: read everything on the screen again.
        FeedReset = "feed.reset",
    }
}

record! {
    /// One change.
    pub struct Event {
        /// Its id.
        pub event_id: EventId,
        /// What happened.
        pub kind as "type": EventKind,
        /// The kind of thing that changed (`interaction`, `preferences`, `contact_point`, `consent`, `notice`, `data_request`,
        /// `delegation`).
        pub resource: String,
        /// Which one; of `preferences` there is one, `preferences`; a `consent` goes by its purpose.
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
