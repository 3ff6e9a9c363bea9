//! The operations of getting in touch, in the order of [`endpoints`].

use super::operation::{Entry, on};
use super::parts;
use crate::attachment::Attachment;
use crate::callback::{CallbackSlots, RequestCallback, RescheduleCallback};
use crate::contact::ContactOptions;
use crate::endpoints;
use crate::interaction::Interaction;
use crate::problem::ProblemKind as Kind;
use crate::starting::{NewInteraction, SimilarInteractions};
use crate::{ContactOptionId, TopicId};
use utoipa::openapi::path::HttpMethod::{Get, Post};

const JSON: &str = "application/json";

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let mut all = beginning();
    all.extend(callbacks());
    all.extend(options());
    all
}

fn beginning() -> Vec<Entry> {
    vec![
        on(Post, endpoints::INTERACTIONS, "startInteraction", parts::INTERACTIONS, "Begin an interaction")
            .says(
                "By a message, or by a call asked for; by a way of `GET /v1/contact-options` of kind `message` or `callback`. What begins so is \
                 an interaction like every other. Refused with `invalid-state`: `reason` `closed` where the way is closed for the \
                 moment, `slot_taken` where somebody else was faster, `already_booked` where the customer has a call at that time, \
                 `too_many_planned` where they have several.",
            )
            .reads::<NewInteraction>(JSON)
            .answers::<Interaction>(201, "The interaction, its first message written.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Get, endpoints::SIMILAR_INTERACTIONS, "listSimilarInteractions", parts::INTERACTIONS, "Open ones that may be about the same matter")
            .says(
                "To be offered before another is begun, so that one matter stays one thread. Only the customer's own that are open and take \
                 a reply; the likeliest first, none where nothing is alike.",
            )
            .takes(&["SimilarSubject", "ContactTopic"])
            .knows::<TopicId>()
            .answers::<SimilarInteractions>(200, "At most 5.")
            .refuses(&[Kind::Validation]),
        on(Post, endpoints::UNSENT_ATTACHMENTS, "attachUnsent", parts::ATTACHMENTS, "Add a file before there is an interaction")
            .says(
                "As a file is added to an interaction. It waits, for 48 hours, for the first message that names it: of an interaction that \
                 begins, or of one that is there already.",
            )
            .takes(&["ContentDisposition"])
            .reads_bytes()
            .answers::<Attachment>(201, "The file as it was received.")
            .keyed()
            .refuses(&[Kind::PayloadTooLarge, Kind::Validation]),
    ]
}

fn callbacks() -> Vec<Entry> {
    vec![
        on(Post, endpoints::CALLBACK, "requestCallback", parts::INTERACTIONS, "Ask for a call about it")
            .says(
                "So that one matter stays one thread: the call belongs to this interaction, and the words before it stand in its thread. Where \
                 a call was made or called off before, this one takes its place. Refused with `invalid-state` where `request_callback` is \
                 not among the `allowed_actions`, and otherwise with `reason` as of beginning one.",
            )
            .reads::<RequestCallback>(JSON)
            .answers::<Interaction>(201, "The interaction as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Post, endpoints::CALLBACK_RESCHEDULE, "rescheduleCallback", parts::INTERACTIONS, "Have the call at another time")
            .says(
                "Its old slot is free again. A call that was missed is planned anew so. Refused with `invalid-state`, `reason` as of \
                 beginning one.",
            )
            .reads::<RescheduleCallback>(JSON)
            .answers::<Interaction>(200, "The interaction as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Post, endpoints::CALLBACK_CANCEL, "cancelCallback", parts::INTERACTIONS, "Call the call off")
            .says(
                "Its slot is free again. Where nothing but the request for the call stands in the thread, the interaction is `cancelled` with \
                 it. The body is an empty object.",
            )
            .answers::<Interaction>(200, "The interaction as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::InvalidState]),
        on(Get, endpoints::CALLBACK_CALENDAR, "getCallbackCalendar", parts::INTERACTIONS, "The call as a calendar file")
            .says(
                "RFC 5545. Its `UID` stays whatever happens to the call, its `SEQUENCE` goes up when the call is moved or called off, so that a \
                 calendar that has it already takes the newer one; of a call that was called off `STATUS` is `CANCELLED` and \
                 `METHOD` is `CANCEL`.",
            )
            .answers_bytes("text/calendar", "The file, as a download.")
            .with_header("Content-Disposition", "ContentDisposition"),
    ]
}

fn options() -> Vec<Entry> {
    vec![
        on(Get, endpoints::CONTACT_OPTIONS, "listContactOptions", parts::CONTACT, "How the company can be reached")
            .says(
                "Every way, in the order in which the server suggests them to this customer about this topic, with what it costs, when it is \
                 open, how long an answer takes. Every moment is computed by the server.",
            )
            .takes(&["ContactTopic"])
            .knows::<TopicId>()
            .answers::<ContactOptions>(200, "The ways.")
            .refuses(&[Kind::Validation]),
        on(Get, endpoints::CALLBACK_SLOTS, "listCallbackSlots", parts::CONTACT, "When the company can call")
            .says("The slots that are free at this moment, in order. A way that is not booked answers `not-found`.")
            .takes(&["SlotsFrom", "SlotsTo"])
            .knows::<ContactOptionId>()
            .answers::<CallbackSlots>(200, "The slots.")
            .refuses(&[Kind::Validation]),
    ]
}
