//! "Would this reach me?": the answer of the server, and the chain of reasons.

use crate::interaction::Channel;
use crate::{ContactPointId, PreferenceTopicId, PurposeId, Timestamp};

open_enum! {
    /// Whether a message would come.
    pub enum ReachAnswer {
        /// At once.
        Yes = "yes",
        /// Later.
        Later = "later",
        /// Not at all.
        No = "no",
    }
}

open_enum! {
    /// What a reason does.
    pub enum ReachEffect {
        /// It lets the message pass, this step and whatever stands behind it that it outweighs.
        Allows = "allows",
        /// It makes the message wait.
        Delays = "delays",
        /// It stops the message.
        Stops = "stops",
    }
}

open_enum! {
    /// A reason. The values stand in the order in which they are looked at.
    pub enum ReachCode {
        /// The topic cannot come over this channel.
        NotOffered = "not_offered",
        /// There is no contact point for the channel.
        NoContactPoint = "no_contact_point",
        /// The one that was chosen, or every one, is not in its time.
        NotInItsTime = "not_in_its_time",
        /// None is verified.
        NotVerified = "not_verified",
        /// What is sent there comes back; it is tried all the same.
        Bouncing = "bouncing",
        /// Nothing is sent there any more.
        Blocked = "blocked",
        /// The company must send it: what the customer chose does not hold it up.
        Required = "required",
        /// The customer had the use of their data restricted: what is not required is not sent.
        Restricted = "restricted",
        /// The purpose of the topic has no consent.
        ConsentMissing = "consent_missing",
        /// The consent was withdrawn.
        ConsentWithdrawn = "consent_withdrawn",
        /// The customer objected to the purpose.
        Objected = "objected",
        /// Global Privacy Control forbids the purpose.
        PrivacySignal = "privacy_signal",
        /// Everything is off.
        GlobalOptOut = "global_opt_out",
        /// The topic is off for the channel.
        TopicOff = "topic_off",
        /// The topic is on for the channel.
        TopicOn = "topic_on",
        /// The topic is urgent: pause and quiet hours do not hold it up.
        Urgent = "urgent",
        /// Contact is paused until `until`.
        Paused = "paused",
        /// It goes into the next digest, at `until`.
        Digest = "digest",
        /// Quiet hours hold it until `until`.
        QuietHoursHold = "quiet_hours_hold",
        /// It would come in quiet hours, and those are dropped.
        QuietHoursDrop = "quiet_hours_drop",
    }
}

record! {
    /// A link of the chain.
    pub struct ReachReason {
        /// What was looked at.
        pub code: ReachCode,
        /// What it does.
        pub effect: ReachEffect,
        /// Until when it holds the message up.
        pub until: Option<Timestamp>,
        /// The contact point that it is about.
        pub contact_point_id: Option<ContactPointId>,
        /// The purpose that it is about.
        pub purpose_id: Option<PurposeId>,
    }
}

record! {
    /// `GET /v1/preferences/reach?topic&channel&at`: what would become of a message of `topic` over `channel` that is sent at `at`.
    pub struct Reach {
        /// The topic that was asked about.
        pub topic: PreferenceTopicId,
        /// The channel that was asked about.
        pub channel: Channel,
        /// The moment that was asked about; now when none was.
        pub asked_for: Timestamp,
        /// Whether it would come.
        pub answer: ReachAnswer,
        /// When it would come; absent with `no`.
        pub at: Option<Timestamp>,
        /// Where it would come.
        pub contact_point_id: Option<ContactPointId>,
        /// The reasons, in the order in which they were looked at; at least one. With `no` the last is the one that stops it.
        pub reasons: Vec<ReachReason>,
    }
}
