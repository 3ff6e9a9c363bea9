//! Calls of the company at a time that the customer chooses.

use crate::{AttachmentId, ContactOptionId, ContactPointId, Timestamp};

/// For how many days slots can be asked for at once.
pub const MAX_SLOT_DAYS: i64 = 62;

record! {
    /// A time at which the company can call. Within its way a slot is named by its beginning.
    pub struct CallbackSlot {
        /// When it begins.
        pub starts_at: Timestamp,
        /// When it ends.
        pub ends_at: Timestamp,
        /// How many calls it still has room for; at least 1.
        pub left: u64,
    }
}

record! {
    /// `GET /v1/contact-options/{option_id}/slots`: the slots that are free, in order.
    pub struct CallbackSlots {
        /// Of which way.
        pub option_id: ContactOptionId,
        /// IANA name of the zone in which the company plans.
        pub time_zone: String,
        /// The slots. An hour that a clock change leaves out has none; one that comes twice has them once.
        pub slots: Vec<CallbackSlot>,
        /// Slots begin before this moment, whatever was asked for.
        pub until: Timestamp,
    }
}

record! {
    /// A call that the customer asks for, as a part of [`NewInteraction`](crate::starting::NewInteraction).
    pub struct NewCallback {
        /// The slot.
        pub starts_at: Timestamp,
        /// Where to call: a telephone number among the customer's contact points. Either this or `number`.
        pub contact_point_id: Option<ContactPointId>,
        /// Where to call: another number. It is kept with the call alone and becomes no contact point.
        pub number: Option<String>,
        /// ISO 3166-1 alpha-2 of the country that a `number` without `+` is dialled in.
        pub country: Option<String>,
        /// BCP 47 tag of the language to speak, one of the way's; absent leaves it to the company.
        pub language: Option<String>,
    }
}

record! {
    /// `POST /v1/interactions/{id}/callback`: a call about a matter that there is already.
    pub struct RequestCallback {
        /// By which way: one of kind `callback`.
        pub option_id: ContactOptionId,
        /// Words before the call; at most `limits.message_characters`. They stand in the thread. May be empty.
        pub text: String,
        /// Files that were uploaded to `/v1/attachments` before.
        pub attachment_ids: Vec<AttachmentId>,
        /// The call.
        pub callback: NewCallback,
    }
}

record! {
    /// `POST /v1/interactions/{id}/callback/reschedule`.
    pub struct RescheduleCallback {
        /// The slot that it is moved to.
        pub starts_at: Timestamp,
    }
}

open_enum! {
    /// Where a call stands.
    pub enum CallbackState {
        /// It will be made.
        Planned = "planned",
        /// It was made, and the customer was reached.
        Done = "done",
        /// It was made, and nobody answered; or it was not made.
        Missed = "missed",
        /// The customer called it off.
        Cancelled = "cancelled",
    }
}

record! {
    /// A call of the company that an interaction has. What can be done with it stands in the interaction's `allowed_actions`.
    pub struct Callback {
        /// By which way it was asked for.
        pub option_id: ContactOptionId,
        /// Where it stands.
        pub state: CallbackState,
        /// When it begins.
        pub starts_at: Timestamp,
        /// When it is over at the latest.
        pub ends_at: Timestamp,
        /// IANA name of the zone in which the company plans.
        pub time_zone: String,
        /// The number that is called, as people read it.
        pub number: String,
        /// BCP 47 tag of the language that was asked for.
        pub language: Option<String>,
        /// How often it was moved or called off; the `SEQUENCE` of its calendar file (RFC 5545).
        pub sequence: u64,
    }
}
