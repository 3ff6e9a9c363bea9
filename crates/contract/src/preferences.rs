//! What the customer wants to be told, over which channel, how often and when: one document.

use crate::interaction::Channel;
use crate::preference_catalog::Frequency;
use crate::{ContactPointId, Entries, Etag, PreferenceTopicId, Timestamp};

open_enum! {
    /// Why a choice cannot be switched as the customer likes.
    pub enum LockedReason {
        /// The company must send it: it cannot be switched off. The catalogue says why.
        Required = "required",
        /// There is no contact point for the channel: it cannot be switched on.
        NoContactPoint = "no_contact_point",
        /// There is one, but none is verified.
        NotVerified = "not_verified",
        /// There is a verified one, but what is sent there does not arrive.
        Undeliverable = "undeliverable",
        /// The purpose of the topic lacks consent, or was objected to.
        PurposeNotAllowed = "purpose_not_allowed",
    }
}

record! {
    /// One topic over one channel.
    pub struct ChannelChoice {
        /// Whether it comes.
        pub enabled: bool,
        /// When it was last switched off; absent while it is on, and when nobody ever switched it off. Another moment tells another
        /// tab that it was switched off *again*, though it was off before and is off now. The server's; not written.
        pub off_since: Option<Timestamp>,
        /// How often; absent where there is nothing to choose.
        pub frequency: Option<Frequency>,
        /// To which contact point; absent for the preferred one of the kind.
        pub contact_point_id: Option<ContactPointId>,
        /// Whether switching it is refused: with `required` off, with every other reason on. Switching *off* is refused for
        /// `required` alone. The server's; not written.
        pub locked: bool,
        /// Why; absent when not `locked`. The server's; not written.
        pub locked_reason: Option<LockedReason>,
    }
}

/// The choices of one topic, by channel.
pub type TopicChoices = Entries<Channel, ChannelChoice>;

open_enum! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }
}

open_enum! {
    /// What becomes of a message that comes in quiet hours.
    pub enum QuietRule {
        /// It waits for their end.
        Hold = "hold",
        /// It is not sent.
        Drop = "drop",
    }
}

record! {
    /// A time of quiet that comes every week.
    pub struct QuietWindow {
        /// The days on which it begins, at least one.
        pub days: Vec<Weekday>,
        /// When it begins, `HH:MM` on the clock of the zone.
        pub start: String,
        /// When it ends, `HH:MM`; at or before `start` it ends on the next day (`22:00` to `07:00`; `00:00` to `00:00` is a whole
        /// day). A clock time that the change to summer time leaves out stands for the moment of the change; one that comes
        /// twice begins at its first and ends at its second occurrence.
        pub end: String,
    }
}

record! {
    /// A stretch of quiet, as moments.
    pub struct QuietSpan {
        /// Its beginning.
        pub starts_at: Timestamp,
        /// Its end: when a message that is held would come.
        pub ends_at: Timestamp,
    }
}

record! {
    /// When the customer wants to hear nothing. Urgent topics pass.
    pub struct QuietHours {
        /// Whether they hold.
        pub enabled: bool,
        /// The IANA zone whose clock the windows mean, `America/St_Johns`; the customer's own when absent.
        pub time_zone: Option<String>,
        /// The windows; they may overlap.
        pub windows: Vec<QuietWindow>,
        /// The channels for which they hold; empty for all.
        pub channels: Vec<Channel>,
        /// What becomes of a message that comes outside the hours in which the customer wants to hear.
        pub outside: QuietRule,
        /// The stretch that runs now, or else the next one; overlapping windows are one stretch. Absent when they do not hold or
        /// there is no window. The server's; not written, and no part of the version.
        pub next: Option<QuietSpan>,
    }
}

open_enum! {
    /// How far the choices have come in the company's systems.
    pub enum PropagationState {
        /// Everything that is sent follows them.
        Applied = "applied",
        /// Some systems still send by the choices before.
        Pending = "pending",
    }
}

record! {
    /// From when everything that is sent follows the choices.
    pub struct Propagation {
        /// How far they have come.
        pub state: PropagationState,
        /// By when they hold everywhere; absent when `applied`.
        pub effective_by: Option<Timestamp>,
    }
}

record! {
    /// `GET /v1/preferences`: one document, with every topic and channel of the catalogue.
    pub struct Preferences {
        /// The version, for `If-Match`. What the server works out by itself (`locked`, `next`, `propagation`) is no part of it.
        pub etag: Etag,
        /// Everything off, but for what is required. The choices below are kept as they are and come back with it.
        pub global_opt_out: bool,
        /// When everything was last switched off; absent while it is not. The server's; not written.
        pub global_opt_out_since: Option<Timestamp>,
        /// Until when nothing comes but what is required or urgent; absent, or past, when there is no pause.
        pub paused_until: Option<Timestamp>,
        /// When the pause was last set; absent when there is none. The server's; not written.
        pub paused_since: Option<Timestamp>,
        /// BCP 47 tag of the language in which the company should write; the record's `locale` when absent.
        pub language: Option<String>,
        /// The choices, by topic and channel.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = std::collections::BTreeMap<String, std::collections::BTreeMap<String, ChannelChoice>>)
        )]
        pub topics: Entries<PreferenceTopicId, TopicChoices>,
        /// When the customer wants to hear nothing.
        pub quiet_hours: QuietHours,
        /// Until when the company asks for no feedback; absent, or past, when it may ask.
        pub survey_snooze_until: Option<Timestamp>,
        /// From when everything that is sent follows the choices.
        pub propagation: Propagation,
    }
}

record! {
    /// What `PATCH /v1/preferences` changes of a [`ChannelChoice`].
    pub struct ChannelChoicePatch {
        /// Whether it comes.
        pub enabled: Option<bool>,
        /// How often; one of those on offer.
        pub frequency: Option<Frequency>,
        /// To which contact point, a verified one of the kind; `null` for the preferred one.
        pub contact_point_id: Option<ContactPointId>,
    }
}

record! {
    /// What `PATCH /v1/preferences` changes of [`QuietHours`]. Lists are written whole.
    pub struct QuietHoursPatch {
        /// Whether they hold.
        pub enabled: Option<bool>,
        /// The IANA zone; `null` for the customer's own.
        pub time_zone: Option<String>,
        /// The windows, at most 20.
        pub windows: Option<Vec<QuietWindow>>,
        /// The channels for which they hold; empty for all.
        pub channels: Option<Vec<Channel>>,
        /// What becomes of a message that comes outside.
        pub outside: Option<QuietRule>,
    }
}

record! {
    /// `PATCH /v1/preferences`: a JSON merge patch (RFC 7396). A member that is absent stays, `null` clears it. Only what changed is
    /// sent: a patch that repeats what stands there anyway makes no entry in the history.
    pub struct PreferencesPatch {
        /// Everything off, but for what is required.
        pub global_opt_out: Option<bool>,
        /// Until when nothing comes; `null` ends a pause.
        pub paused_until: Option<Timestamp>,
        /// The language in which the company should write.
        pub language: Option<String>,
        /// The choices that change, by topic and channel.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = Option<std::collections::BTreeMap<String, std::collections::BTreeMap<String, ChannelChoicePatch>>>)
        )]
        pub topics: Option<Entries<PreferenceTopicId, Entries<Channel, ChannelChoicePatch>>>,
        /// What changes of the quiet hours.
        pub quiet_hours: Option<QuietHoursPatch>,
        /// Until when the company asks for no feedback; `null` lets it ask.
        pub survey_snooze_until: Option<Timestamp>,
    }
}
