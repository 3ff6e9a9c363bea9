//! The operations of feedback: requests, the ledger, improvements.

use super::operation::{Entry, on};
use super::parts;
use crate::feedback::{
    AnswerValue, Feedback, FeedbackOptions, FeedbackPatch, FeedbackRequest, NewFeedback,
};
use crate::improvement::Improvement;
use crate::problem::ProblemKind as Kind;
use crate::{FeedbackId, FeedbackRequestId, endpoints};
use utoipa::openapi::path::HttpMethod::{Get, Patch, Post};

const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let groups = [requests(), ledger(), entry(), improvements()];
    groups.into_iter().flatten().collect()
}

fn requests() -> Vec<Entry> {
    vec![
        on(Get, endpoints::FEEDBACK_REQUESTS, "listFeedbackRequests", parts::FEEDBACK, "What the company asks")
            .says(
                "The open ones, the newest first. None while the preferences say that nothing is to be asked (`survey_snooze_until`); they \
                 come back afterwards, unless they ran out.",
            )
            .answers_page::<FeedbackRequest>("FeedbackRequestPage", "A page of the requests."),
        on(Get, endpoints::FEEDBACK_REQUEST, "getFeedbackRequest", parts::FEEDBACK, "One request")
            .says("In whatever state, also while nothing is to be asked: who looks for it is not being asked.")
            .knows::<FeedbackRequestId>()
            .answers::<FeedbackRequest>(200, "The request."),
        on(Post, endpoints::FEEDBACK_DECLINE, "declineFeedbackRequest", parts::FEEDBACK, "Rather not, this time")
            .says(
                "It is not shown any more. Until it expires an answer is still taken, so nothing is lost by it. Declining again is as \
                 good; what was answered or ran out is refused with `invalid-state`. The body is an empty object.",
            )
            .answers::<FeedbackRequest>(200, "The request as it stands now.")
            .keyed()
            .refuses(&[Kind::InvalidState]),
    ]
}

fn ledger() -> Vec<Entry> {
    vec![
        on(Get, endpoints::FEEDBACK, "listFeedback", parts::FEEDBACK, "What the customer said, and what came of it")
            .says("The newest first, also what was withdrawn: that it was, and nothing else of it.")
            .answers_page::<Feedback>("FeedbackPage", "A page of the ledger."),
        on(Post, endpoints::FEEDBACK, "giveFeedback", parts::FEEDBACK, "Answer a request, or say something unasked")
            .says(
                "A request has one answer whatever happens: a second one, with another key, is refused as `duplicate-active-request` with the \
                 answer that stands as `existing_id`; so is one whose answer was withdrawn. A request that ran out is refused with \
                 `invalid-state`, `reason` `expired`. An answer that is refused has the pointer `/answers/{question}`; one to a question \
                 that the logic does not ask is dropped, not refused.",
            )
            .reads::<NewFeedback>(JSON)
            .knows::<AnswerValue>()
            .answers::<Feedback>(201, "The entry of the ledger.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState, Kind::DuplicateActiveRequest]),
        on(Get, endpoints::FEEDBACK_OPTIONS, "getFeedbackOptions", parts::FEEDBACK, "What can be said unasked")
            .says("The kinds on offer, and the services that feedback can be about, in the customer's language.")
            .answers::<FeedbackOptions>(200, "The choices."),
    ]
}

fn entry() -> Vec<Entry> {
    vec![
        on(Get, endpoints::FEEDBACK_ENTRY, "getFeedback", parts::FEEDBACK, "One entry of the ledger")
            .says("Reading it is looking at it: `unread` is false from the next reading on.")
            .knows::<FeedbackId>()
            .answers::<Feedback>(200, "The entry.")
            .with_header("ETag", "ETag"),
        on(Patch, endpoints::FEEDBACK_ENTRY, "changeFeedback", parts::FEEDBACK, "Change what was said")
            .says(
                "A JSON merge patch (RFC 7396), until `editable_until`; later it is refused with `invalid-state`. Who answered a \
                 request changes the answers, who said something unasked the words. What the company had read, and nothing more, \
                 is `received` again.",
            )
            .knows::<FeedbackId>()
            .reads::<FeedbackPatch>(MERGE_PATCH)
            .answers::<Feedback>(200, "The entry as it stands now.")
            .with_header("ETag", "ETag")
            .versioned()
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Post, endpoints::FEEDBACK_WITHDRAW, "withdrawFeedback", parts::FEEDBACK, "Take it back")
            .says(
                "Words and answers are removed for good, at the company too; that something was said and withdrawn stays in the ledger. \
                 There is no time limit. The body is an empty object.",
            )
            .knows::<FeedbackId>()
            .answers::<Feedback>(200, "The entry as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::InvalidState]),
    ]
}

fn improvements() -> Vec<Entry> {
    vec![
        on(
            Get,
            endpoints::IMPROVEMENTS,
            "listImprovements",
            parts::FEEDBACK,
            "\"You said, we did\"",
        )
        .says("What changed, or will, because of what customers said; the newest first.")
        .answers_page::<Improvement>("ImprovementPage", "A page of the improvements."),
    ]
}
