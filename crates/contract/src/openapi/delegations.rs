//! The operations of acting for another.

use super::operation::{Entry, on};
use super::parts;
use crate::delegation::{
    Delegation, DelegationDecision, DelegationEvent, DelegationLink, DelegationToken, NewDelegation,
};
use crate::problem::ProblemKind as Kind;
use crate::{DelegationId, endpoints};
use utoipa::openapi::path::HttpMethod::{Get, Post};

const JSON: &str = "application/json";
const TAG: &str = parts::DELEGATIONS;

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let groups = [asking(), acts(), by_link()];
    groups.into_iter().flatten().collect()
}

fn asking() -> Vec<Entry> {
    vec![
        on(Get, endpoints::DELEGATIONS, "listDelegations", TAG, "For whom the customer acts, and who acts for them")
            .says("Both in one list, the newest first; `side` tells them apart.")
            .answers_page::<Delegation>("DelegationPage", "A page of them."),
        on(Post, endpoints::DELEGATIONS, "askToAct", TAG, "Ask to act for somebody")
            .says(
                "The answer is the same, in content and in time, whether the address is known or not; so is everything that whoever asked \
                 can read of it afterwards, until the person says yes. A known address gets one mail with a link. Limited by customer and by \
                 address.",
            )
            .reads::<NewDelegation>(JSON)
            .answers::<Delegation>(201, "It waits for the person, or for the company.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::DuplicateActiveRequest]),
        on(Get, endpoints::DELEGATION, "getDelegation", TAG, "One of them")
            .says("Both sides read it, also after it is over.")
            .knows::<DelegationId>()
            .answers::<Delegation>(200, "As the reader's side sees it.")
            .with_header("ETag", "ETag"),
        on(Get, endpoints::DELEGATION_EVENTS, "listDelegationEvents", TAG, "What was done under it")
            .says("The newest first. Both sides read the same, but that a person's refusal is told to nobody else.")
            .answers_page::<DelegationEvent>("DelegationEventPage", "A page of it."),
    ]
}

fn acts() -> Vec<Entry> {
    let act = |path, id, summary, says: &str| {
        on(Post, path, id, TAG, summary)
            .says(says)
            .answers::<Delegation>(200, "As it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::InvalidState])
    };
    vec![
        act(
            endpoints::DELEGATION_ACCEPT,
            "acceptDelegation",
            "Let them",
            "By the person. Needs a fresh proof: whoever finds a screen open must not hand out somebody's data. The body is an empty object.",
        )
        .refuses(&[Kind::StepUpRequired]),
        act(
            endpoints::DELEGATION_REFUSE,
            "refuseDelegation",
            "Do not let them",
            "By the person. Whoever asked is not told: for them it runs out, as for an address that nobody has. The body is an empty object.",
        ),
        act(
            endpoints::DELEGATION_REVOKE,
            "revokeDelegation",
            "End it at once",
            "By the person. With the answer nothing can be read or done under it any more; requests that run go on, for the person. The body \
             is an empty object.",
        ),
        act(
            endpoints::DELEGATION_GIVE_UP,
            "giveUpDelegation",
            "Give it up",
            "By whoever acts, or asked to. The body is an empty object.",
        ),
    ]
}

fn by_link() -> Vec<Entry> {
    vec![
        on(Post, endpoints::DELEGATION_LINK, "readDelegationLink", TAG, "What the link of a mail is about")
            .says(
                "By what stood behind `#t=`, which no server sees and no log keeps. Reading changes nothing, however often: what looks at \
                 links by itself decides nothing.",
            )
            .public()
            .reads::<DelegationToken>(JSON)
            .answers::<DelegationLink>(200, "Who asks, for what, until when; and what can be decided.")
            .refuses(&[Kind::NotFound, Kind::LinkExpired]),
        on(Post, endpoints::DELEGATION_DECISION, "decideByDelegationLink", TAG, "Decide by the link of a mail")
            .says("A link decides once; the same decision again is the same answer, so it may be repeated. It carries no `Idempotency-Key`.")
            .public()
            .reads::<DelegationDecision>(JSON)
            .answers::<DelegationLink>(200, "As it stands now.")
            .refuses(&[Kind::Validation, Kind::NotFound, Kind::LinkExpired, Kind::InvalidState]),
    ]
}
