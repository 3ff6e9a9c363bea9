//! What the company writes about, and over which channels: what there is to choose from.

use crate::interaction::Channel;
use crate::{PreferenceTopicId, PurposeId, TopicGroupId};

open_enum! {
    /// How often news of a topic comes.
    pub enum Frequency {
        /// Each as it happens.
        AtOnce = "at_once",
        /// One digest a day.
        Daily = "daily",
        /// One digest a week.
        Weekly = "weekly",
        /// One digest a month.
        Monthly = "monthly",
    }
}

record! {
    /// A channel over which a topic can come.
    pub struct TopicChannel {
        /// The channel.
        pub channel: Channel,
        /// The frequencies on offer, the most frequent first; with fewer than two there is nothing to choose.
        pub frequencies: Vec<Frequency>,
    }
}

record! {
    /// That a topic must be sent, and why.
    pub struct RequiredTopic {
        /// The channels that cannot be switched off.
        pub channels: Vec<Channel>,
        /// Why, in plain words in the customer's language ("The law says that a change of price is told to you").
        pub reason: String,
    }
}

record! {
    /// Something that the company writes about.
    pub struct PreferenceTopic {
        /// Its id.
        pub id: PreferenceTopicId,
        /// What people call it, in the customer's language.
        pub label: String,
        /// What comes and how often about, in a sentence.
        pub description: Option<String>,
        /// Where it cannot be switched off, and why; absent for a topic that is all the customer's choice.
        pub required: Option<RequiredTopic>,
        /// Whether it passes quiet hours and pauses (an outage, a danger).
        pub urgent: bool,
        /// The channels over which it can come.
        pub channels: Vec<TopicChannel>,
        /// The purpose under whose lawful basis it is sent, where it depends on one: without that consent, or with an
        /// objection, it is not sent whatever is chosen here.
        pub purpose_id: Option<PurposeId>,
    }
}

record! {
    /// Topics that belong together.
    pub struct TopicGroup {
        /// Its id.
        pub id: TopicGroupId,
        /// What people call it, in the customer's language.
        pub label: String,
        /// What they have in common, in a sentence.
        pub description: Option<String>,
        /// The topics, in the order in which they are shown.
        pub topics: Vec<PreferenceTopic>,
    }
}

record! {
    /// `GET /v1/preference-catalog`.
    pub struct PreferenceCatalog {
        /// The channels that occur, in the order in which they are shown.
        pub channels: Vec<Channel>,
        /// The groups, in the order in which they are shown.
        pub groups: Vec<TopicGroup>,
    }
}
