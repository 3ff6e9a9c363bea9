//! The operations of data requests: what is on offer, the requests, what they bring.

use super::operation::{Entry, on};
use super::parts;
use crate::artifact::ArtifactDownload;
use crate::data_request::{DataRequest, NewDataRequest, TrackDataRequest, TrackedDataRequest};
use crate::data_request_event::{DataRequestEvent, DataRequestMessage, NewDataRequestMessage};
use crate::data_request_options::{DataRequestDraft, DataRequestOptions, DataRequestPreview};
use crate::problem::ProblemKind as Kind;
use crate::{ArtifactId, DataRequestId, DelegationId, endpoints};
use utoipa::openapi::path::HttpMethod::{Get, Post};

const JSON: &str = "application/json";
const TAG: &str = parts::DATA_REQUESTS;

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let groups = [before(), requests(), acts(), said(), artifacts()];
    groups.into_iter().flatten().map(on_behalf).collect()
}

/// What can be done in another's name takes the delegation; what only the person can do, or what needs nobody, does not.
fn on_behalf(entry: Entry) -> Entry {
    let alone = [
        endpoints::DATA_REQUEST_TRACKING,
        endpoints::DATA_REQUEST_CONFIRM,
        endpoints::DATA_REQUEST_LIFT,
        endpoints::DOWNLOAD,
    ];
    if alone.contains(&entry.path()) {
        return entry;
    }
    entry
        .takes(&["OnBehalf"])
        .knows::<DelegationId>()
        .refuses(&[Kind::NotFound])
}

fn before() -> Vec<Entry> {
    vec![
        on(Get, endpoints::DATA_REQUEST_OPTIONS, "getDataRequestOptions", TAG, "Which rights are on offer")
            .says("For this customer: by the law that applies, about what each can be asked, and by when it would be answered.")
            .answers::<DataRequestOptions>(200, "The choices."),
        on(Post, endpoints::DATA_REQUEST_PREVIEW, "previewDataRequest", TAG, "What a request would do")
            .says(
                "What an erasure would take, what must stay, on which ground and until when, and what else would end; what a copy would \
                 hold. Nothing is done, so it carries no `Idempotency-Key` and asks for no fresh proof.",
            )
            .reads::<DataRequestDraft>(JSON)
            .answers::<DataRequestPreview>(200, "What it would do, were it made now.")
            .refuses(&[Kind::Validation]),
        on(Post, endpoints::DATA_REQUEST_TRACKING, "trackDataRequest", TAG, "How an erasure stands, when nobody can sign in any more")
            .says(
                "By the `tracking_token` that the request had, which stands in no address. It says how the request stands and nothing \
                 about whose it is. A token that is none answers like one of a request that does not exist.",
            )
            .public()
            .reads::<TrackDataRequest>(JSON)
            .answers::<TrackedDataRequest>(200, "How it stands.")
            .refuses(&[Kind::NotFound]),
    ]
}

fn requests() -> Vec<Entry> {
    vec![
        on(Get, endpoints::DATA_REQUESTS, "listDataRequests", TAG, "The rights that the customer used")
            .says("The newest first, running and closed.")
            .answers_page::<DataRequest>("DataRequestPage", "A page of the requests."),
        on(Post, endpoints::DATA_REQUESTS, "makeDataRequest", TAG, "Use a right")
            .says(
                "Access, portability, rectification and erasure need a fresh proof (`auth_time` at most 5 minutes old), refused otherwise with \
                 `step-up-required`; opting out, restricting and objecting never do. A second running request of a kind is refused as \
                 `duplicate-active-request` with the first as `existing_id`. An erasure begins only once it is confirmed. \
                 The `Idempotency-Key` is kept for 7 days.",
            )
            .reads::<NewDataRequest>(JSON)
            .answers::<DataRequest>(201, "The request.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::StepUpRequired, Kind::DuplicateActiveRequest]),
        on(Get, endpoints::DATA_REQUEST, "getDataRequest", TAG, "One request")
            .says("Reading it is looking at it: `unread` is false from the next reading on.")
            .knows::<DataRequestId>()
            .answers::<DataRequest>(200, "The request.")
            .with_header("ETag", "ETag"),
        on(Get, endpoints::DATA_REQUEST_EVENTS, "listDataRequestEvents", TAG, "The timeline of a request")
            .says("The oldest first: every change of its state and of its deadlines, with who made it, every message, every fetch.")
            .answers_page::<DataRequestEvent>("DataRequestEventPage", "A page of the timeline."),
    ]
}

fn acts() -> Vec<Entry> {
    let act = |path, id, summary, says: &str| {
        on(Post, path, id, TAG, summary)
            .says(says)
            .answers::<DataRequest>(200, "The request as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::InvalidState])
    };
    vec![
        act(
            endpoints::DATA_REQUEST_CONFIRM,
            "confirmDataRequest",
            "It is meant",
            "Needs a fresh proof where the kind does. An erasure is scheduled by it, and runs at `runs_at`. The body is an empty object.",
        )
        .refuses(&[Kind::StepUpRequired]),
        act(
            endpoints::DATA_REQUEST_CANCEL,
            "cancelDataRequest",
            "Call it off",
            "While `allowed_actions` has it; of a scheduled erasure, until it runs. No fresh proof is needed to keep one's data. The \
             body is an empty object.",
        ),
        act(
            endpoints::DATA_REQUEST_LIFT,
            "liftDataRequest",
            "End a restriction, an objection or an opt-out",
            "What it held back may be used again. The body is an empty object.",
        ),
    ]
}

fn said() -> Vec<Entry> {
    vec![
        on(Get, endpoints::DATA_REQUEST_MESSAGES, "listDataRequestMessages", TAG, "What was said about a request")
            .says("The oldest first.")
            .answers_page::<DataRequestMessage>("DataRequestMessagePage", "A page of it."),
        on(Post, endpoints::DATA_REQUEST_MESSAGES, "writeAboutDataRequest", TAG, "Write about a request, or answer a question")
            .says(
                "What is written while the company waits for an answer is that answer: the request goes on, and with it the clock. Read the \
                 request again afterwards.",
            )
            .reads::<NewDataRequestMessage>(JSON)
            .answers::<DataRequestMessage>(201, "The message.")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
    ]
}

fn artifacts() -> Vec<Entry> {
    vec![
        on(Post, endpoints::ARTIFACT_DOWNLOADS, "startArtifactDownload", TAG, "An address to fetch an artifact from, once")
            .at_top_level()
            .says("Needs a fresh proof. The address is good for one `GET` within five minutes. The body is an empty object.")
            .knows::<ArtifactId>()
            .answers::<ArtifactDownload>(201, "Where it can be fetched.")
            .keyed()
            .refuses(&[Kind::StepUpRequired, Kind::InvalidState]),
        on(Post, endpoints::ARTIFACT_REISSUE, "reissueArtifact", TAG, "Have an artifact made anew that ran out")
            .at_top_level()
            .says("From what is held now. Needs a fresh proof. The body is an empty object.")
            .knows::<ArtifactId>()
            .answers::<DataRequest>(200, "The request, with the artifact that is being made.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::StepUpRequired, Kind::InvalidState]),
        on(Get, endpoints::DOWNLOAD, "fetchArtifact", TAG, "The bytes of an artifact")
            .says("As a download. The address needs no cookie, and is refused with `link-expired` the second time and after its five minutes.")
            .public()
            .answers_bytes("application/zip", "The archive.")
            .with_header("Content-Disposition", "ContentDisposition")
            .refuses(&[Kind::NotFound, Kind::LinkExpired]),
    ]
}
