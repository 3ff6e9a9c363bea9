//! Every operation of the contract, in the order of [`endpoints`].

use super::operation::{Entry, on};
use super::parts;
use crate::attachment::Attachment;
use crate::capabilities::Capabilities;
use crate::endpoints;
use crate::event::Events;
use crate::filter::Sort;
use crate::interaction::{Interaction, InteractionFacets, InteractionSummary};
use crate::me::{Me, MePatch};
use crate::message::{Message, NewMessage};
use crate::overview::Overview;
use crate::problem::ProblemKind as Kind;
use crate::session::{Challenge, ConfirmChallenge, Session, StartEmailSignIn};
use utoipa::openapi::path::HttpMethod::{Delete, Get, Patch, Post};

const JSON: &str = "application/json";

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let groups = [
        session(),
        customer(),
        interactions(),
        thread(),
        files(),
        actions(),
    ];
    groups.into_iter().flatten().collect()
}

fn session() -> Vec<Entry> {
    vec![
        on(Get, endpoints::CAPABILITIES, "getCapabilities", parts::CAPABILITIES, "What the API offers")
        .says("Read once, before anybody signs in. The portal offers nothing that is not here.")
            .public()
            .answers::<Capabilities>(200, "What is on offer here."),
        on(Get, endpoints::SESSION, "getSession", parts::SESSION, "Who is signed in")
            .says("Always 200: also nobody is an answer (`state: anonymous`). Never 401.")
            .public()
            .answers::<Session>(200, "The session."),
        on(Delete, endpoints::SESSION, "signOut", parts::SESSION, "Sign out")
            .says("Ends the session and clears the cookie. That nobody is signed in is as good.")
            .public()
            .answers_nothing("Nobody is signed in any more."),
        on(Post, endpoints::SESSION_EMAIL, "startEmailSignIn", parts::SESSION, "Send a one-time code by email")
            .says(
                "The answer is the same, in content and in time, for an address that nobody here has. Limited by address \
                 and by network address. Carries no `Idempotency-Key`.",
            )
            .public()
            .reads::<StartEmailSignIn>(JSON)
            .answers::<Challenge>(202, "A code was sent, or would have been.")
            .refuses(&[Kind::Validation]),
        on(Post, endpoints::SESSION_EMAIL_CONFIRM, "confirmEmailSignIn", parts::SESSION, "Sign in with the code that arrived")
            .says("Sets the session cookie with a fresh value. A code is good once, for 10 minutes and 5 tries.")
            .public()
            .reads::<ConfirmChallenge>(JSON)
            .answers::<Session>(200, "The customer is signed in.")
            .refuses(&[Kind::Validation, Kind::VerificationFailed]),
        on(Post, endpoints::SESSION_STEP_UP, "startStepUp", parts::SESSION, "Send a code for a fresh proof")
            .at_top_level()
            .says("The body is an empty object.")
            .answers::<Challenge>(202, "A code was sent to the customer's address."),
        on(Post, endpoints::SESSION_STEP_UP_CONFIRM, "confirmStepUp", parts::SESSION, "Prove anew who is there")
            .at_top_level()
            .says("Sets `auth_time` to now.")
            .reads::<ConfirmChallenge>(JSON)
            .answers::<Session>(200, "The proof is fresh.")
            .refuses(&[Kind::Validation, Kind::VerificationFailed]),
    ]
}

fn customer() -> Vec<Entry> {
    vec![
        on(Get, endpoints::ME, "getMe", parts::ME, "The customer's own record")
        .says("What the customer said, what was observed, and what was concluded about them, each with where it came from.")
            .answers::<Me>(200, "The record.")
            .with_header("ETag", "ETag"),
        on(Patch, endpoints::ME, "changeMe", parts::ME, "Change the customer's own record")
            .says(
                "A JSON merge patch (RFC 7396): a member that is absent stays, `null` clears it. `Idempotency-Key` is \
                 looked at before `If-Match`, so that a repeated change is not refused as stale.",
            )
            .reads::<MePatch>("application/merge-patch+json")
            .answers::<Me>(200, "The record as it stands now.")
            .with_header("ETag", "ETag")
            .takes(&["IfMatch"])
            .keyed()
            .refuses(&[Kind::Validation, Kind::PreconditionRequired, Kind::PreconditionFailed]),
        on(Get, endpoints::OVERVIEW, "getOverview", parts::OVERVIEW, "What waits, at one glance")
        .says("What waits for the customer, what waits for the company, what happened last, and a year's contacts by month and channel.")
            .answers::<Overview>(200, "The overview."),
        on(Get, endpoints::EVENTS, "getEvents", parts::EVENTS, "What changed")
            .says(
                "Without `cursor` it answers at once, with what changed in the last `ago` seconds (nothing when that is absent) and \
                 where \"now\" is. With one it waits up to `wait` seconds for a first change. It says that something changed, never what: the portal reads the thing again. \
                 With `Accept: text/event-stream` it is a stream that goes on until the session ends or the server goes down.",
            )
            .takes(&["Cursor", "Ago", "Wait", "LastEventId"])
            .answers::<Events>(200, "The changes, in order, and where to go on.")
            .or_as(
                "text/event-stream",
                "Server-Sent Events: `data` is an `Event` as JSON, `id` the cursor just after it, without `event`. A block of an \
                 `id` alone moves the reader's place; comments keep the connection open. `wait` means nothing here.",
            )
            .refuses(&[Kind::Validation]),
    ]
}

fn interactions() -> Vec<Entry> {
    vec![
        on(Get, endpoints::INTERACTIONS, "listInteractions", parts::INTERACTIONS, "The history across every channel")
            .says(
                "Values of one kind widen (`channel=email&channel=phone`), kinds narrow. By `updated_at`, the newest first \
                 unless `sort` says otherwise.",
            )
            .takes(&["Query", "Channel", "Direction", "Status", "Topic", "From", "To", "Sort"])
            .knows::<Sort>()
            .answers_page::<InteractionSummary>("InteractionPage", "A page of the history."),
        on(Get, endpoints::INTERACTION_FACETS, "getInteractionFacets", parts::INTERACTIONS, "What the history can be filtered by")
        .says("Only what occurs in this customer's history, so that no filter leads to nothing.")
            .answers::<InteractionFacets>(200, "Channels and topics that occur, and when the oldest began."),
        on(Get, endpoints::INTERACTION, "getInteraction", parts::INTERACTIONS, "One interaction")
            .says("With everything but its messages.")
            .answers::<Interaction>(200, "The interaction.")
            .with_header("ETag", "ETag"),
    ]
}

fn thread() -> Vec<Entry> {
    vec![
        on(Get, endpoints::MESSAGES, "listMessages", parts::MESSAGES, "The thread")
            .says("The newest first. Internal notes of the company never appear.")
            .answers_page::<Message>("MessagePage", "A page of the thread."),
        on(Post, endpoints::MESSAGES, "reply", parts::MESSAGES, "Write a message")
        .says("Files that were uploaded before go with it by their ids. May move the interaction on: read it again afterwards.")
            .reads::<NewMessage>(JSON)
            .answers::<Message>(201, "The message as it stands in the thread.")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Get, endpoints::MESSAGE_DOCUMENT, "getMessageDocument", parts::MESSAGES, "The HTML form of a message")
            .says(
                "Sanitised by the server, for a sandboxed frame, with a content security policy of its own. Without \
                 `images=allow` it loads nothing from elsewhere.",
            )
            .takes(&["Images"])
            .answers_bytes("text/html", "The document.")
            .with_header("Content-Security-Policy", "ContentSecurityPolicy"),
    ]
}

fn files() -> Vec<Entry> {
    vec![
        on(Post, endpoints::ATTACHMENTS, "attach", parts::ATTACHMENTS, "Add a file")
            .says(
                "The body is the file itself, its media type in `Content-Type`; the server finds out for itself what it is. \
                 The file belongs to no message until one names it.",
            )
            .takes(&["ContentDisposition"])
            .reads_bytes()
            .answers::<Attachment>(201, "The file as it was received.")
            .keyed()
            .refuses(&[Kind::PayloadTooLarge, Kind::Validation, Kind::InvalidState]),
        on(Get, endpoints::ATTACHMENT, "getAttachment", parts::ATTACHMENTS, "A file's content")
            .says("As a download, with `X-Content-Type-Options: nosniff`; never as a page.")
            .answers_bytes("*/*", "The content.")
            .with_header("Content-Disposition", "ContentDisposition"),
    ]
}

fn actions() -> Vec<Entry> {
    vec![
        on(
            Post,
            endpoints::CLOSE,
            "closeInteraction",
            parts::INTERACTIONS,
            "The customer says that it is done",
        )
        .says("The body is an empty object.")
        .answers::<Interaction>(200, "The interaction as it stands now.")
        .keyed()
        .refuses(&[Kind::InvalidState]),
        on(
            Post,
            endpoints::REOPEN,
            "reopenInteraction",
            parts::INTERACTIONS,
            "The customer takes it up again",
        )
        .says("The body is an empty object.")
        .answers::<Interaction>(200, "The interaction as it stands now.")
        .keyed()
        .refuses(&[Kind::InvalidState]),
    ]
}
