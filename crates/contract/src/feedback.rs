//! What the customer says about the company, asked for and unasked, and what came of it.

mod answer;
mod logic;

pub use answer::AnswerValue;
pub use logic::{asked, holds};

use crate::improvement::Improvement;
use crate::interaction::Participant;
use crate::{Entries, Etag, FeedbackId, FeedbackRequestId, InteractionId, QuestionId, Timestamp};

open_enum! {
    /// What sort of answer a question takes. One that is not known here, and has options, is a choice of one of them.
    pub enum QuestionKind {
        /// Customer satisfaction, 1 (worst) to 5 (best).
        Csat = "csat",
        /// Net promoter score, 0 (not at all likely) to 10 (extremely likely).
        Nps = "nps",
        /// Customer effort score, 1 (strongly disagree) to 7 (strongly agree) that it was easy.
        Ces = "ces",
        /// `up` or `down`.
        Thumbs = "thumbs",
        /// The customer's own words.
        Words = "words",
        /// One of the options, or any number of them where `multiple`.
        Choice = "choice",
    }
}

record! {
    /// One of the answers on offer: a point of a scale, a thumb, a choice.
    pub struct QuestionOption {
        /// What is sent when it is chosen.
        pub value: AnswerValue,
        /// What it says, in the question's language; absent for a point of a scale that has a number alone.
        pub label: Option<String>,
    }
}

open_enum! {
    /// What a condition asks of the answer to an earlier question. All but `not_answered` hold only of an answer that is there.
    pub enum Comparison {
        /// It is one of the values; of several choices, at least one is.
        OneOf = "one_of",
        /// It is none of the values.
        NoneOf = "none_of",
        /// It is a number not below the value.
        AtLeast = "at_least",
        /// It is a number not above the value.
        AtMost = "at_most",
        /// There is an answer.
        Answered = "answered",
        /// There is none.
        NotAnswered = "not_answered",
    }
}

record! {
    /// A condition on the answer to an earlier question.
    pub struct Condition {
        /// Which question.
        pub question: QuestionId,
        /// What is asked of its answer.
        pub comparison: Comparison,
        /// What it is compared with; one number with `at_least` and `at_most`, nothing with `answered` and `not_answered`.
        pub values: Vec<AnswerValue>,
    }
}

open_enum! {
    /// How many of the conditions must hold.
    pub enum Matching {
        /// All of them.
        All = "all",
        /// At least one.
        Any = "any",
    }
}

record! {
    /// When a question is asked at all.
    pub struct ShownIf {
        /// How many of the conditions must hold.
        pub matching: Matching,
        /// The conditions, at least one.
        pub conditions: Vec<Condition>,
    }
}

record! {
    /// A question.
    pub struct Question {
        /// Its id within the request.
        pub id: QuestionId,
        /// What sort of answer it takes.
        pub kind: QuestionKind,
        /// The question, in the customer's language where the company has it.
        pub text: String,
        /// BCP 47 tag of the language of all its texts.
        pub lang: String,
        /// What the lowest point of the scale means ("Very difficult").
        pub low_label: Option<String>,
        /// What the highest point means.
        pub high_label: Option<String>,
        /// The answers on offer, lowest first; every point of a scale stands here. Empty for words.
        pub options: Vec<QuestionOption>,
        /// Whether several of the options can be chosen.
        pub multiple: bool,
        /// Whether it has to be answered when it is asked.
        pub required: bool,
        /// The longest answer in characters, of words.
        pub max_length: Option<u64>,
        /// When it is asked at all; absent for always. Only earlier questions are named.
        pub shown_if: Option<ShownIf>,
    }
}

open_enum! {
    /// What sort of thing feedback is about.
    pub enum AboutKind {
        /// An interaction.
        Interaction = "interaction",
        /// A service or product of the company.
        Service = "service",
        /// The company as a whole, or something that the words say.
        Anything = "anything",
    }
}

record! {
    /// What feedback is about.
    pub struct FeedbackAbout {
        /// What sort of thing.
        pub kind: AboutKind,
        /// The interaction.
        pub interaction_id: Option<InteractionId>,
        /// Its reference, that people quote.
        pub reference: Option<String>,
        /// The service, by the id that `GET /v1/feedback/options` gives.
        pub service_id: Option<String>,
        /// What people call it: the subject of the interaction, the name of the service. Absent for anything.
        pub label: Option<String>,
        /// BCP 47 tag of the label's language, where it is known.
        pub lang: Option<String>,
    }
}

open_enum! {
    /// Where a request for feedback stands.
    pub enum FeedbackRequestState {
        /// It waits for an answer.
        Open = "open",
        /// It was answered.
        Answered = "answered",
        /// The customer would rather not; it is not shown any more, and is still answered until it expires by who looks for it.
        Declined = "declined",
        /// Its time ran out.
        Expired = "expired",
    }
}

record! {
    /// `GET /v1/feedback-requests/{id}`: the company asks how it went.
    pub struct FeedbackRequest {
        /// Its id.
        pub id: FeedbackRequestId,
        /// What it is about.
        pub about: FeedbackAbout,
        /// What is asked, in order; at least one question.
        pub questions: Vec<Question>,
        /// Since when.
        pub requested_at: Timestamp,
        /// Until when an answer is taken.
        pub expires_at: Timestamp,
        /// Where it stands.
        pub state: FeedbackRequestState,
        /// The answer, when there is one.
        pub feedback_id: Option<FeedbackId>,
    }
}

record! {
    /// A request as the overview shows it: that something is asked, and about what.
    pub struct FeedbackAsked {
        /// Its id.
        pub id: FeedbackRequestId,
        /// What people call what it is about; absent where it is about anything.
        pub label: Option<String>,
        /// BCP 47 tag of the label's language, where it is known.
        pub lang: Option<String>,
        /// Until when an answer is taken.
        pub expires_at: Timestamp,
    }
}

open_enum! {
    /// What sort of feedback it is.
    pub enum FeedbackKind {
        /// The answer to a request.
        Answer = "answer",
        /// Praise.
        Compliment = "compliment",
        /// A complaint.
        Complaint = "complaint",
        /// An idea.
        Idea = "idea",
        /// Something else.
        Remark = "other",
    }
}

record! {
    /// A service that feedback can be about.
    pub struct FeedbackService {
        /// Its id.
        pub id: String,
        /// What people call it, in the customer's language.
        pub label: String,
    }
}

record! {
    /// `GET /v1/feedback/options`: what can be said unasked.
    pub struct FeedbackOptions {
        /// The kinds on offer.
        pub kinds: Vec<FeedbackKind>,
        /// The services on offer; empty where feedback is about an interaction or anything.
        pub services: Vec<FeedbackService>,
        /// The longest `text`, in characters.
        pub text_characters: u64,
    }
}

record! {
    /// What unasked feedback is about. At most one of the members is there; none for anything.
    pub struct NewFeedbackAbout {
        /// An interaction of the customer's.
        pub interaction_id: Option<InteractionId>,
        /// A service of `GET /v1/feedback/options`.
        pub service_id: Option<String>,
    }
}

record! {
    /// `POST /v1/feedback`. Either the answer to a request (`request_id`, `answers`), or unasked (`kind`, `about`, `text`).
    pub struct NewFeedback {
        /// The request that it answers.
        pub request_id: Option<FeedbackRequestId>,
        /// The answers, by question. What is given to a question that the logic does not ask is dropped.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = Option<std::collections::BTreeMap<String, AnswerValue>>)
        )]
        pub answers: Option<Entries<QuestionId, AnswerValue>>,
        /// What sort of feedback it is, unasked.
        pub kind: Option<FeedbackKind>,
        /// What it is about, unasked; absent for anything.
        pub about: Option<NewFeedbackAbout>,
        /// The words, unasked.
        pub text: Option<String>,
        /// Whether the company may get in touch about it.
        pub contact_allowed: bool,
    }
}

record! {
    /// `PATCH /v1/feedback/{id}`: a JSON merge patch (RFC 7396). A member that is absent stays, `null` clears it.
    pub struct FeedbackPatch {
        /// The answers that change, by question; `null` takes one out.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = Option<std::collections::BTreeMap<String, answer::AnswerChange>>)
        )]
        pub answers: Option<Entries<QuestionId, Option<AnswerValue>>>,
        /// The words, of unasked feedback.
        pub text: Option<String>,
        /// Whether the company may get in touch about it.
        pub contact_allowed: Option<bool>,
    }
}

open_enum! {
    /// How far the company has come with it.
    pub enum FeedbackStatus {
        /// It arrived.
        Received = "received",
        /// Somebody read it.
        Read = "read",
        /// Something will change because of it.
        Planned = "planned",
        /// Something changed because of it.
        Done = "done",
        /// Nothing will change; the reason says why.
        Declined = "declined",
        /// The customer took it back: its words and answers are gone.
        Withdrawn = "withdrawn",
    }
}

record! {
    /// A step of what became of it.
    pub struct FeedbackStep {
        /// Where it stood from then on.
        pub status: FeedbackStatus,
        /// Since when.
        pub at: Timestamp,
        /// What the company says to it; the reason, with `declined`.
        pub note: Option<String>,
    }
}

record! {
    /// What the company answered.
    pub struct FeedbackReply {
        /// When.
        pub at: Timestamp,
        /// Who.
        pub by: Participant,
        /// The words.
        pub text: String,
        /// BCP 47 tag of the words' language, where it is known.
        pub lang: Option<String>,
    }
}

open_enum! {
    /// What the customer may do with it at this moment; the server decides.
    pub enum FeedbackAction {
        /// Change what was said.
        Edit = "edit",
        /// Take it back.
        Withdraw = "withdraw",
    }
}

record! {
    /// `GET /v1/feedback/{id}`: what the customer said, what the company answered, and what changed because of it.
    pub struct Feedback {
        /// Its id.
        pub id: FeedbackId,
        /// What sort of feedback it is.
        pub kind: FeedbackKind,
        /// The request that it answers.
        pub request_id: Option<FeedbackRequestId>,
        /// What it is about.
        pub about: FeedbackAbout,
        /// The questions as they were asked; empty for what was said unasked.
        pub questions: Vec<Question>,
        /// The answers, by question; none once it is withdrawn.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = std::collections::BTreeMap<String, AnswerValue>)
        )]
        pub answers: Entries<QuestionId, AnswerValue>,
        /// The words of what was said unasked; gone once it is withdrawn.
        pub text: Option<String>,
        /// Whether the company may get in touch about it.
        pub contact_allowed: bool,
        /// When it was given; the ledger is ordered by it.
        pub given_at: Timestamp,
        /// When the customer last changed it.
        pub edited_at: Option<Timestamp>,
        /// Until when it can be changed.
        pub editable_until: Timestamp,
        /// How far the company has come with it.
        pub status: FeedbackStatus,
        /// Why nothing will change, with `declined`.
        pub reason: Option<String>,
        /// The steps, oldest first; the first is `received`.
        pub history: Vec<FeedbackStep>,
        /// What the company answered.
        pub reply: Option<FeedbackReply>,
        /// What changed, or will, because of it and of what others said.
        pub improvement: Option<Improvement>,
        /// What the customer may do now.
        pub allowed_actions: Vec<FeedbackAction>,
        /// Whether the company has answered or moved it on since the customer last looked. No part of the version.
        pub unread: bool,
        /// The version, for `If-Match`.
        pub etag: Etag,
    }
}
