//! The operations of notices and signals, in the order of [`endpoints`].

use super::operation::{Entry, on};
use super::parts;
use crate::endpoints;
use crate::notice::{AnswerNotice, Notice, NoticeState, SnoozeNotice};
use crate::problem::ProblemKind as Kind;
use crate::signal::{ContestSignal, Signal};
use crate::{NoticeId, SignalId};
use utoipa::openapi::path::HttpMethod::{Get, Post};

const JSON: &str = "application/json";

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let groups = [notices(), putting_away(), signals()];
    groups.into_iter().flatten().collect()
}

fn notices() -> Vec<Entry> {
    vec![
        on(Get, endpoints::NOTICES, "listNotices", parts::NOTICES, "What the company tells by itself")
            .says(
                "Only what the customer's preferences let through. A notice belongs to a topic of the preference catalogue. A topic that is \
                 required on any channel is shown whatever was chosen. Otherwise it is not shown while the purpose of the topic has no \
                 consent or was objected to, while everything is off (`global_opt_out`), or when the topic is off on every channel. An \
                 urgent topic is then shown; any other is not during a pause. A check-in is not shown before `survey_snooze_until` \
                 either, nor while its interaction is open again. Quiet hours are about what arrives, and hold nothing back here. The most severe \
                 first, then the latest `since`. One whose `until` is past is gone.",
            )
            .takes(&["NoticeState"])
            .knows::<NoticeState>()
            .answers_page::<Notice>("NoticePage", "A page of the notices."),
        on(Post, endpoints::NOTICE_ANSWER, "answerNotice", parts::NOTICES, "Answer the question of a notice")
            .says(
                "The answer is kept, and the notice put aside. `leads_to` of the answer says where the customer goes on; nothing is done to the \
                 interaction by itself. The same answer again changes nothing; another one is refused until the first is taken back.",
            )
            .knows::<NoticeId>()
            .reads::<AnswerNotice>(JSON)
            .answers::<Notice>(200, "The notice as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
    ]
}

fn putting_away() -> Vec<Entry> {
    vec![
        on(
            Post,
            endpoints::NOTICE_DISMISS,
            "dismissNotice",
            parts::NOTICES,
            "Put a notice away",
        )
        .says("The body is an empty object. One that is away already answers 200 as it stands.")
        .answers::<Notice>(200, "The notice as it stands now.")
        .with_header("ETag", "ETag")
        .keyed(),
        on(
            Post,
            endpoints::NOTICE_SNOOZE,
            "snoozeNotice",
            parts::NOTICES,
            "Put a notice away until a moment",
        )
        .says("It comes back by itself, unless its own `until` is past by then.")
        .reads::<SnoozeNotice>(JSON)
        .answers::<Notice>(200, "The notice as it stands now.")
        .with_header("ETag", "ETag")
        .keyed()
        .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(
            Post,
            endpoints::NOTICE_RESTORE,
            "restoreNotice",
            parts::NOTICES,
            "Bring a notice back",
        )
        .says("Whatever put it away: dismissing, snoozing, answering. The body is an empty object.")
        .answers::<Notice>(200, "The notice as it stands now.")
        .with_header("ETag", "ETag")
        .keyed(),
    ]
}

fn signals() -> Vec<Entry> {
    vec![
        on(Post, endpoints::SIGNAL_CONTEST, "contestSignal", parts::SIGNALS, "\"That's not right\"")
            .says(
                "The company stops using what it inferred (GDPR, articles 18(1)(a) and 21(1)), and keeps the customer's words beside it as their own \
                 statement (article 16). It is never decided from it alone (article 22). It is entered in the history of `GET /v1/preferences/history` \
                 as a change of a `signal`. Saying it again replaces the words; what changes nothing answers 200 and enters nothing.",
            )
            .knows::<SignalId>()
            .reads::<ContestSignal>(JSON)
            .answers::<Signal>(200, "The signal as it stands now.")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Post, endpoints::SIGNAL_UNCONTEST, "uncontestSignal", parts::SIGNALS, "Take that back")
            .says("The company may use it again. The body is an empty object.")
            .answers::<Signal>(200, "The signal as it stands now.")
            .keyed()
            .refuses(&[Kind::InvalidState]),
    ]
}
