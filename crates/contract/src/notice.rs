//! What the company tells a customer by itself: an outage that concerns them, a delay, a question how it goes since.
//!
//! A notice belongs to a topic of the preference catalogue, and the customer's choices decide whether it is shown at all. The
//! server asks them in the order of [`ReachCode`](crate::reach::ReachCode), without what is about a channel: a topic that is
//! required on any channel is shown; else it is not while its purpose has no consent, while everything is off, or when the topic
//! is off on every channel; an urgent topic is then shown; else it is not during a pause. A check-in also keeps to
//! `survey_snooze_until`. Nothing is lost: what was kept back is shown when the choice changes, if its time is not over.

use crate::interaction::Topic;
use crate::{Etag, GuideId, InteractionId, NoticeAnswerId, NoticeId, PreferenceTopicId, Timestamp};

/// The most notices that [`Overview`](crate::overview::Overview) holds.
pub const MAX_OVERVIEW_NOTICES: usize = 3;

/// How far ahead a notice can be snoozed, in days.
pub const MAX_SNOOZE_DAYS: u32 = 366;

open_enum! {
    /// What sort of thing the company tells.
    pub enum NoticeKind {
        /// Something does not work.
        Outage = "outage",
        /// Something comes later than was promised.
        Delay = "delay",
        /// Something will not work for a while, on purpose.
        PlannedWork = "planned_work",
        /// A question how it goes since.
        CheckIn = "check_in",
        /// Something to know.
        Information = "information",
    }
}

open_enum! {
    /// How much it matters to the customer. They stand in this order, the last first.
    pub enum NoticeSeverity {
        /// Good to know.
        Low = "low",
        /// It touches what the customer has or awaits.
        Medium = "medium",
        /// It stops something that the customer depends on.
        High = "high",
    }
}

open_enum! {
    /// What the customer may do with a notice now; the server decides.
    pub enum NoticeAction {
        /// Put it away.
        Dismiss = "dismiss",
        /// Put it away until a moment.
        Snooze = "snooze",
        /// Answer its question.
        Answer = "answer",
        /// Bring it back, whatever put it away; an answer is taken back with it.
        Restore = "restore",
    }
}

open_enum! {
    /// Why a notice is shown.
    pub enum NoticeReason {
        /// The customer takes its topic on at least one channel.
        TopicOn = "topic_on",
        /// Its topic is urgent: a pause does not hold it up.
        Urgent = "urgent",
        /// Its topic must be told, whatever the customer chose.
        Required = "required",
    }
}

open_enum! {
    /// Where an answer leads.
    pub enum NoticeStep {
        /// Nowhere: it is good so.
        Done = "done",
        /// To the interaction that it is about, which takes a message.
        Reply = "reply",
        /// To the interaction that it is about, which can be taken up again.
        Reopen = "reopen",
        /// To the ways to get in touch.
        Contact = "contact",
    }
}

open_enum! {
    /// Which notices a list holds: the values of `?state`.
    pub enum NoticeState {
        /// Those that are shown.
        Current = "current",
        /// Those that the customer dismissed, snoozed or answered, and that could be brought back.
        PutAside = "put_aside",
    }
}

record! {
    /// The interaction that a notice is about.
    pub struct NoticeMatter {
        /// Its id.
        pub id: InteractionId,
        /// The number that people quote.
        pub reference: String,
        /// What it is about.
        pub subject: String,
    }
}

record! {
    /// What a notice is about; a notice can be about neither.
    pub struct NoticeAbout {
        /// A matter of the customer's.
        pub interaction: Option<NoticeMatter>,
        /// A topic of the company's interactions.
        pub topic: Option<Topic>,
    }
}

record! {
    /// The topic whose preferences govern a notice.
    pub struct NoticeTopic {
        /// Its id in the preference catalogue.
        pub id: PreferenceTopicId,
        /// What people call it, in the customer's language.
        pub label: String,
    }
}

record! {
    /// Where there is more about it: an address or a guide.
    pub struct NoticeLink {
        /// What stands on the link, in the notice's language.
        pub label: String,
        /// An `https` address.
        pub url: Option<String>,
        /// A guide.
        pub guide_id: Option<GuideId>,
    }
}

record! {
    /// An answer that can be given.
    pub struct NoticeAnswer {
        /// Its id within the notice.
        pub id: NoticeAnswerId,
        /// What stands on it, in the notice's language.
        pub label: String,
        /// Where it leads, as the interaction stands now.
        pub leads_to: NoticeStep,
    }
}

record! {
    /// The answer that the customer gave.
    pub struct NoticeAnswered {
        /// Which.
        pub answer: NoticeAnswerId,
        /// When.
        pub at: Timestamp,
    }
}

record! {
    /// Something that the company tells this customer by itself.
    pub struct Notice {
        /// Its id.
        pub id: NoticeId,
        /// What sort of thing it is.
        pub kind: NoticeKind,
        /// How much it matters.
        pub severity: NoticeSeverity,
        /// It in a few words.
        pub title: String,
        /// It in a few sentences.
        pub text: String,
        /// BCP 47 tag of the language of its words, labels of answers and link included.
        pub lang: String,
        /// Since when it holds; of planned work, from when.
        pub since: Timestamp,
        /// When the company expects that it is over.
        pub expected_end: Option<Timestamp>,
        /// Until when it is shown.
        pub until: Option<Timestamp>,
        /// When the company last changed it, where it did.
        pub updated_at: Option<Timestamp>,
        /// What it is about.
        pub about: NoticeAbout,
        /// The topic whose preferences govern it.
        pub preference_topic: NoticeTopic,
        /// Why it is shown.
        pub shown_because: NoticeReason,
        /// Where there is more.
        pub link: Option<NoticeLink>,
        /// The answers to its question; empty when it asks none.
        pub answers: Vec<NoticeAnswer>,
        /// What the customer answered.
        pub answered: Option<NoticeAnswered>,
        /// Until when the customer put it away; absent, or past, when they did not.
        pub snoozed_until: Option<Timestamp>,
        /// When the customer put it away for good.
        pub dismissed_at: Option<Timestamp>,
        /// What the customer may do now.
        pub allowed_actions: Vec<NoticeAction>,
        /// The version.
        pub etag: Etag,
    }
}

record! {
    /// `POST /v1/notices/{notice_id}/snooze`.
    pub struct SnoozeNotice {
        /// Until when; ahead, and at most [`MAX_SNOOZE_DAYS`] days.
        pub until: Timestamp,
    }
}

record! {
    /// `POST /v1/notices/{notice_id}/answer`.
    pub struct AnswerNotice {
        /// One of its answers.
        pub answer: NoticeAnswerId,
    }
}
