//! What contact with the company cost the customer, counted from what happened and from nothing else.
//!
//! **How often the customer had to explain.** In an interaction that the customer began, their first message is an explanation.
//! In any interaction, so is their first message after the matter passed into other hands, and a message over another channel than
//! the one that they last wrote on, unless the company's latest message came over it: then it was the company that went there, and
//! they only answered. One message counts once, whatever led to it. Messages of others and further messages to the same hands do
//! not count. Where the customer's words are not in the
//! thread (a letter or a call of which nothing was kept) there is no basis, and so no number.

use crate::{MessageId, Timestamp};

open_enum! {
    /// Why the customer had to explain.
    pub enum ExplanationCause {
        /// They began.
        Start = "start",
        /// It had passed into other hands.
        Handoff = "handoff",
        /// It went on over another channel.
        ChannelChange = "channel_change",
    }
}

record! {
    /// A time that the customer explained.
    pub struct Explanation {
        /// When.
        pub at: Timestamp,
        /// In which message.
        pub message_id: MessageId,
        /// Why.
        pub cause: ExplanationCause,
    }
}

record! {
    /// What an interaction cost the customer, beside what stands on it anyway: hand-offs, first answer and resolution with what
    /// was promised.
    pub struct Effort {
        /// How often the customer had to explain; absent where there is no basis to say.
        pub explained_times: Option<u64>,
        /// Those times, oldest first; `explained_times` of them, or none where they are not known one by one.
        pub explanations: Vec<Explanation>,
    }
}

record! {
    /// Promises of one sort that came due, and how many of them were kept.
    pub struct Promises {
        /// How many came due: the time is over, or what was promised was done.
        pub due: u64,
        /// How many of those were kept.
        pub kept: u64,
    }
}

record! {
    /// A year of contact: the interactions that began in the months of [`Overview`](crate::overview::Overview)'s `activity`.
    /// Those that were withdrawn (`cancelled`) count as contacts and in nothing else.
    pub struct YearInTouch {
        /// When the first of the twelve months began, in the customer's zone.
        pub from: Timestamp,
        /// How many interactions began.
        pub contacts: u64,
        /// Promised first answers.
        pub first_answers: Promises,
        /// Promised resolutions.
        pub resolutions: Promises,
        /// The middle one of the times to a first answer of all that were answered and that the customer began, in seconds; of an
        /// even number the mean of the two in the middle. Absent when none was.
        pub median_first_answer_seconds: Option<u64>,
        /// How often a matter passed from hand to hand.
        pub handoffs: u64,
        /// In how many interactions the customer had to explain more than once; absent where there is no basis to say.
        pub explained_again: Option<u64>,
    }
}
