//! What happened to a data request, and what was said about it.

use crate::data_request::{ClockReason, DataRequestState};
use crate::interaction::Participant;
use crate::{ArtifactId, DataRequestEventId, DataRequestMessageId, Timestamp};

open_enum! {
    /// What happened.
    pub enum DataRequestEventKind {
        /// It arrived.
        Submitted = "submitted",
        /// The company said that it has it.
        Acknowledged = "acknowledged",
        /// It stands otherwise than before (`from`, `to`).
        StateChanged = "state_changed",
        /// It is due on another day than before (`due_at`, `previous_due_at`); `note` or `clock_reason` says why.
        DueChanged = "due_changed",
        /// Time does not count until the answer comes.
        ClockPaused = "clock_paused",
        /// Time counts again.
        ClockResumed = "clock_resumed",
        /// The customer wrote.
        CustomerMessage = "customer_message",
        /// The company wrote.
        CompanyMessage = "company_message",
        /// The company asked something.
        Question = "question",
        /// The customer answered it.
        Answer = "answer",
        /// An artifact can be fetched.
        ArtifactReady = "artifact_ready",
        /// An artifact was fetched.
        ArtifactDownloaded = "artifact_downloaded",
        /// An artifact ran out.
        ArtifactExpired = "artifact_expired",
        /// An artifact is made anew.
        ArtifactReissued = "artifact_reissued",
        /// A restriction, an objection or an opt-out is in force.
        EffectBegan = "effect_began",
        /// It is not in force any more.
        EffectEnded = "effect_ended",
    }
}

open_enum! {
    /// Who did it.
    pub enum DataRequestActor {
        /// The customer.
        Customer = "customer",
        /// Whoever acts for the customer.
        Delegate = "delegate",
        /// A person at the company.
        Company = "company",
        /// The company's systems by themselves.
        System = "system",
    }
}

record! {
    /// `GET …/events`: one step of the timeline. Nothing happens to a request, its deadlines least of all, without one.
    pub struct DataRequestEvent {
        /// Its id.
        pub id: DataRequestEventId,
        /// When.
        pub at: Timestamp,
        /// What.
        pub kind: DataRequestEventKind,
        /// Who.
        pub actor: DataRequestActor,
        /// How it stood before, with `state_changed`.
        pub from: Option<DataRequestState>,
        /// How it stands since, with `submitted` and `state_changed`.
        pub to: Option<DataRequestState>,
        /// When it is due since, with `submitted` and `due_changed`.
        pub due_at: Option<Timestamp>,
        /// When it was due before, with `due_changed`.
        pub previous_due_at: Option<Timestamp>,
        /// Why the clock stood, with `clock_paused`, `clock_resumed` and the `due_changed` that comes of it.
        pub clock_reason: Option<ClockReason>,
        /// Why, in the company's words.
        pub note: Option<String>,
        /// The message that was written.
        pub message_id: Option<DataRequestMessageId>,
        /// The artifact that it is about.
        pub artifact_id: Option<ArtifactId>,
    }
}

open_enum! {
    /// What a question of the company is for.
    pub enum QuestionPurpose {
        /// To make sure who asks.
        Identity = "identity",
        /// To learn what exactly is meant.
        Clarification = "clarification",
        /// Something else. The clock runs on.
        Information = "information",
    }
}

record! {
    /// `GET …/messages`: something that was said about a request.
    pub struct DataRequestMessage {
        /// Its id.
        pub id: DataRequestMessageId,
        /// When.
        pub at: Timestamp,
        /// Who.
        pub author: Participant,
        /// The words: plain text.
        pub text: String,
        /// What it asks for, of a question of the company.
        pub question: Option<QuestionPurpose>,
        /// Until when an answer is waited for, of a question.
        pub answer_by: Option<Timestamp>,
        /// The question that it answers.
        pub answers: Option<DataRequestMessageId>,
        /// When it was answered, of a question.
        pub answered_at: Option<Timestamp>,
    }
}

record! {
    /// `POST …/messages`.
    pub struct NewDataRequestMessage {
        /// The words.
        pub text: String,
        /// The question that they answer. It need not be said: while one waits, whatever is written answers it.
        pub answers: Option<DataRequestMessageId>,
    }
}
