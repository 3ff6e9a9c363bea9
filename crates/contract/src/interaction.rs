//! An interaction: one matter between the customer and the company, on whatever channel it ran.

use crate::attachment::Attachment;
use crate::callback::Callback;
use crate::effort::Effort;
use crate::guide::GuideAnswers;
use crate::signal::Signal;
use crate::{Etag, FeedbackId, FeedbackRequestId, InteractionId, Timestamp, TopicId};

open_enum! {
    /// The channel of a contact.
    pub enum Channel {
        /// Email.
        Email = "email",
        /// A telephone call.
        Phone = "phone",
        /// A text message.
        Sms = "sms",
        /// Live chat.
        Chat = "chat",
        /// A messaging service.
        Messaging = "messaging",
        /// A form on the web, or the portal itself.
        Web = "web",
        /// The company's app.
        MobileApp = "mobile_app",
        /// A shop or a branch.
        Store = "store",
        /// A letter.
        Post = "post",
        /// A social network.
        Social = "social",
        /// A push notification.
        Push = "push",
    }
}

open_enum! {
    /// Who began.
    pub enum Direction {
        /// The customer contacted the company.
        Inbound = "inbound",
        /// The company contacted the customer.
        Outbound = "outbound",
    }
}

open_enum! {
    /// Where the matter stands, as the company keeps it. What a customer reads is the [`Standing`].
    pub enum InteractionStatus {
        /// Nobody has taken it up yet.
        Open = "open",
        /// Somebody works on it.
        InProgress = "in_progress",
        /// The company asked, the customer has not answered.
        WaitingOnCustomer = "waiting_on_customer",
        /// Answered; it closes unless the customer objects.
        Resolved = "resolved",
        /// Ended.
        Closed = "closed",
        /// Withdrawn before it was dealt with.
        Cancelled = "cancelled",
    }
}

/// Where the matter stands, in the three words that a customer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// "Waiting for you".
    WaitingForCustomer,
    /// "Waiting for us".
    WaitingForCompany,
    /// "Done".
    Done,
}

impl Standing {
    /// The three, the most pressing first.
    pub const ALL: [Self; 3] = [
        Self::WaitingForCustomer,
        Self::WaitingForCompany,
        Self::Done,
    ];

    /// The statuses that read as this.
    #[must_use]
    pub fn statuses(self) -> &'static [InteractionStatus] {
        use InteractionStatus as Status;
        match self {
            Self::WaitingForCustomer => &[Status::WaitingOnCustomer],
            Self::WaitingForCompany => &[Status::Open, Status::InProgress],
            Self::Done => &[Status::Resolved, Status::Closed, Status::Cancelled],
        }
    }
}

impl InteractionStatus {
    /// What a customer reads. A status that this version does not know is the company's to move on.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::WaitingOnCustomer => Standing::WaitingForCustomer,
            Self::Open | Self::InProgress | Self::Other(_) => Standing::WaitingForCompany,
            Self::Resolved | Self::Closed | Self::Cancelled => Standing::Done,
        }
    }
}

open_enum! {
    /// What the customer may do with an interaction at this moment; the server decides.
    pub enum Action {
        /// Write a message.
        Reply = "reply",
        /// Add a file.
        Attach = "attach",
        /// Say that it is done.
        Close = "close",
        /// Take it up again.
        Reopen = "reopen",
        /// Ask for a call about it, where the company calls (feature `callback`).
        RequestCallback = "request_callback",
        /// Have the call at another time.
        RescheduleCallback = "reschedule_callback",
        /// Call the call off.
        CancelCallback = "cancel_callback",
    }
}

open_enum! {
    /// Who somebody is in an interaction.
    pub enum Role {
        /// The signed-in customer.
        Customer = "customer",
        /// A person of the company.
        Agent = "agent",
        /// A machine of the company: an automatic answer, an assistant.
        Automated = "automated",
        /// Somebody else: a carrier, a technician of another company.
        ThirdParty = "third_party",
    }
}

open_enum! {
    /// Whether the customer was asked how it went.
    pub enum FeedbackState {
        /// Not asked.
        NotRequested = "not_requested",
        /// Asked, not answered yet.
        Requested = "requested",
        /// Answered.
        Given = "given",
        /// Asked, and the customer would rather not.
        Declined = "declined",
        /// Asked, and the time ran out.
        Expired = "expired",
    }
}

record! {
    /// What it is about.
    pub struct Topic {
        /// Its id, for the filter.
        pub id: TopicId,
        /// What people call it.
        pub label: String,
    }
}

record! {
    /// Somebody who took part.
    pub struct Participant {
        /// Who they are in it.
        pub role: Role,
        /// The name to show.
        pub display_name: String,
    }
}

record! {
    /// The matter passed from one hand to another.
    pub struct Handoff {
        /// When.
        pub at: Timestamp,
        /// From whom, as the company calls the team or person.
        pub from: String,
        /// To whom.
        pub to: String,
        /// Why, where the company says so.
        pub reason: Option<String>,
    }
}

record! {
    /// The matter went on over another channel.
    pub struct ChannelChange {
        /// When.
        pub at: Timestamp,
        /// The channel before.
        pub from: Channel,
        /// The channel after.
        pub to: Channel,
    }
}

record! {
    /// Where feedback about an interaction stands.
    pub struct InteractionFeedback {
        /// Asked, given, expired.
        pub state: FeedbackState,
        /// Until when an answer is taken.
        pub expires_at: Option<Timestamp>,
        /// The request, while an answer is taken: with `requested` and `declined`.
        pub request_id: Option<FeedbackRequestId>,
        /// The answer, with `given`.
        pub feedback_id: Option<FeedbackId>,
    }
}

record! {
    /// A place in a text where a search found something, with what stands around it.
    pub struct Excerpt {
        /// What stands before.
        pub before: String,
        /// What was found.
        pub hit: String,
        /// What stands after.
        pub after: String,
    }
}

record! {
    /// An interaction as a list shows it.
    pub struct InteractionSummary {
        /// Its id.
        pub id: InteractionId,
        /// The number that people quote ("4711-22").
        pub reference: String,
        /// What it is about, in the words of whoever began.
        pub subject: String,
        /// The channel on which it began.
        pub channel: Channel,
        /// Who began.
        pub direction: Direction,
        /// Where it stands.
        pub status: InteractionStatus,
        /// What it is about, by the company's catalogue.
        pub topic: Option<Topic>,
        /// When it began.
        pub started_at: Timestamp,
        /// When something last happened; the list is ordered by it.
        pub updated_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// When the company first answered.
        pub first_response_at: Option<Timestamp>,
        /// Until when the company promised a first answer.
        pub first_response_by: Option<Timestamp>,
        /// When it was resolved.
        pub resolved_at: Option<Timestamp>,
        /// Until when the company promised to resolve it.
        pub expected_by: Option<Timestamp>,
        /// How many messages the thread has.
        pub message_count: u64,
        /// Whether the company has written since the customer last looked.
        pub unread: bool,
        /// Where the search found it; absent without a search.
        pub excerpt: Option<Excerpt>,
        /// The version.
        pub etag: Etag,
    }
}

record! {
    /// `GET /v1/interactions/{id}`: an interaction with everything but its messages.
    pub struct Interaction {
        /// Its id.
        pub id: InteractionId,
        /// The number that people quote.
        pub reference: String,
        /// What it is about.
        pub subject: String,
        /// BCP 47 tag of the subject's language, where it is known.
        pub lang: Option<String>,
        /// The channel on which it began.
        pub channel: Channel,
        /// Who began.
        pub direction: Direction,
        /// Where it stands.
        pub status: InteractionStatus,
        /// What it is about, by the company's catalogue.
        pub topic: Option<Topic>,
        /// When it began.
        pub started_at: Timestamp,
        /// When something last happened.
        pub updated_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// Who took part.
        pub participants: Vec<Participant>,
        /// How it passed from hand to hand, in order.
        pub handoffs: Vec<Handoff>,
        /// Where it went on over another channel, in order.
        pub channel_changes: Vec<ChannelChange>,
        /// When the company first answered.
        pub first_response_at: Option<Timestamp>,
        /// Until when the company promised a first answer.
        pub first_response_by: Option<Timestamp>,
        /// When it was resolved.
        pub resolved_at: Option<Timestamp>,
        /// Until when the company promised to resolve it.
        pub expected_by: Option<Timestamp>,
        /// Every file of the thread, oldest first.
        pub attachments: Vec<Attachment>,
        /// Whether the customer was asked how it went.
        pub feedback: InteractionFeedback,
        /// What the customer answered in a guide before it began.
        pub guide: Option<GuideAnswers>,
        /// The call that the customer asked for. One that is moved stays the same call.
        pub callback: Option<Callback>,
        /// Others about the same matter.
        pub related: Vec<InteractionSummary>,
        /// How many messages the thread has.
        pub message_count: u64,
        /// What the company inferred from it about the customer, the newest first; what is contested stands there too.
        pub signals: Vec<Signal>,
        /// What it cost the customer.
        pub effort: Effort,
        /// What the customer may do now.
        pub allowed_actions: Vec<Action>,
        /// The version.
        pub etag: Etag,
    }
}

record! {
    /// `GET /v1/interactions/facets`: what the customer's history can be filtered by.
    pub struct InteractionFacets {
        /// The channels that occur, in the order of their first use.
        pub channels: Vec<Channel>,
        /// The topics that occur, by label.
        pub topics: Vec<Topic>,
        /// When the oldest began.
        pub earliest: Option<Timestamp>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_status_stands_under_exactly_one_standing() {
        for status in InteractionStatus::KNOWN {
            let under: Vec<_> = Standing::ALL
                .into_iter()
                .filter(|s| s.statuses().contains(status))
                .collect();
            assert_eq!(under, [status.standing()], "{status:?}");
        }
    }

    #[test]
    fn an_unknown_status_is_kept_and_waits_for_the_company() {
        let status = InteractionStatus::from("escalated_to_moon");
        assert_eq!(status.as_str(), "escalated_to_moon");
        assert_eq!(status.standing(), Standing::WaitingForCompany);
    }
}
