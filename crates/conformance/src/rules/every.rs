//! What every profile is judged by alike.

use super::{common, isolation, lists, record, rule, versions, writes};
use crate::rule::Rule;
use portal_contract::capabilities::Profile;

const REPLIES: &str = "replies in one of A's interactions that take one (they stay)";
const FEEDBACK: &str = "unasked feedback of A's (withdrawn again)";
const DECISIONS: &str =
    "a decision of A's about a purpose, and the opposite one (both stay as records)";
const REQUESTS: &str =
    "a data request of A's that needs no fresh proof (called off or ended again)";
const ME: &str = "a name that A goes by, put back afterwards";
const PREFERENCES: &str = "A's preferences, put back afterwards (the history keeps the entries)";
const FOREIGN: &str = "nothing, where the API is right: writes as A on what is B's";
const UNKEYED: &str = "nothing, where the API is right: a write without a key";

macro_rules! of_every_profile {
    ($name:literal, $profile:ident) => {
        vec![
            rule!(
                concat!($name, ".answers"), $profile,
                "Whatever is offered can be read by whoever is signed in.",
                "Look at the answer: a feature or a profile is announced only once all of it works.",
                |kit| common::answers(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".signed-out"), $profile,
                "Nobody reads or writes anything about a customer without signing in: `unauthenticated`, 401.",
                "Authenticate before the request is looked at any further.",
                |kit| common::signed_out(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".shapes"), $profile,
                "Every answer has a status and a shape that the OpenAPI document knows for its operation.",
                "Compare the answer with the schema; additional members and unknown values of open enums are welcome, absent or mistyped ones are not.",
                looks |kit| record::shapes(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".no-store"), $profile,
                "Nothing about a customer is kept on the way: `Cache-Control: no-store`, on refusals too.",
                "Set the header in one place, outside of everything that can refuse.",
                looks |kit| record::no_store(kit, Profile::$profile)
            ),
        ]
    };
}

macro_rules! of_lists {
    ($name:literal, $profile:ident) => {
        vec![
            rule!(
                concat!($name, ".pages"), $profile,
                "A page holds at most 100 items, and pages of one item after the other give the same as one page.",
                "Bound `limit` at 100 whatever is asked for, and say `next_cursor` exactly while `has_more` is true.",
                |kit| lists::pages(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".cursors"), $profile,
                "A cursor belongs to one customer: another's, and one that nobody gave, is `validation` with `?cursor`.",
                "Sign the customer into the cursor, or look the place up among the customer's own.",
                |kit| lists::cursors(kit, Profile::$profile)
            ),
        ]
    };
}

macro_rules! of_what_is_owned {
    ($name:literal, $profile:ident) => {
        vec![
            rule!(
                concat!($name, ".isolation"), $profile,
                "Another customer's object can be read by nobody else: it answers like one that does not exist, 404 with the same body.",
                "Look things up by customer and id at once, never by id first.",
                |kit| isolation::reading(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".isolation-of-writes"), $profile,
                "Another customer's object can be changed by nobody else: every write on it answers as on one that does not exist.",
                "Look things up by customer and id at once, before the body is judged.",
                writes FOREIGN, |kit| isolation::writing(kit, Profile::$profile)
            ),
        ]
    };
}

macro_rules! of_keyed {
    ($name:literal, $profile:ident, $writes:expr) => {
        vec![
            rule!(
                concat!($name, ".key-missing"), $profile,
                "A POST without `Idempotency-Key` is refused (`idempotency-key-missing`, 400) and has no effect.",
                "Refuse it before the body is looked at.",
                writes UNKEYED, |kit| writes::key_missing(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".replay"), $profile,
                "The same key with the same request repeats the first answer, with `Idempotency-Replayed: true`, and writes nothing more.",
                "Record the key with a fingerprint of the request and the answer, in the transaction of the effect.",
                writes $writes, |kit| writes::replay(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".key-reused"), $profile,
                "The same key with another request is `idempotency-key-reused`, 422.",
                "Compare the request with the fingerprint that was recorded with the key.",
                writes $writes, |kit| writes::key_reused(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".one-row"), $profile,
                "50 identical POSTs at the same time make one row: the rest repeat its answer or are `idempotency-in-progress`.",
                "Let the database hold the key unique, so that the second transaction waits or fails.",
                writes $writes, |kit| writes::one_row(kit, Profile::$profile)
            ),
        ]
    };
}

macro_rules! of_versions {
    ($name:literal, $profile:ident, $writes:expr) => {
        vec![
            rule!(
                concat!($name, ".precondition-required"), $profile,
                "A change without `If-Match` is `precondition-required`, 428, and changes nothing.",
                "Refuse it where the version would be compared.",
                writes $writes, |kit| versions::required(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".precondition-failed"), $profile,
                "A change on a stale version is `precondition-failed`, 412, changes nothing, and carries how the object stands as `current`.",
                "Compare the version in the transaction of the change, and answer with the object as `GET` does.",
                writes $writes, |kit| versions::failed(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".one-winner"), $profile,
                "Of changes on one version at the same time exactly one is made.",
                "Compare and change in one transaction (`UPDATE … WHERE etag = …`).",
                writes $writes, |kit| versions::one_winner(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".key-optional"), $profile,
                "A change needs no `Idempotency-Key`: without one its version alone decides.",
                "Demand a key of `POST` alone.",
                writes $writes, |kit| versions::key_optional(kit, Profile::$profile)
            ),
            rule!(
                concat!($name, ".key-before-version"), $profile,
                "A change that is repeated with its key gives the first answer again, though its version is stale by then.",
                "Look at the key before the version.",
                writes $writes, |kit| versions::key_first(kit, Profile::$profile)
            ),
        ]
    };
}

/// All of them.
pub(super) fn rules() -> Vec<Rule> {
    [
        of_every_profile!("core", Core),
        of_every_profile!("interactions", Interactions),
        of_every_profile!("preferences", Preferences),
        of_every_profile!("consent", Consent),
        of_every_profile!("feedback", Feedback),
        of_every_profile!("data_rights", DataRights),
        of_lists!("interactions", Interactions),
        of_lists!("preferences", Preferences),
        of_lists!("consent", Consent),
        of_lists!("feedback", Feedback),
        of_lists!("data_rights", DataRights),
        of_what_is_owned!("interactions", Interactions),
        of_what_is_owned!("preferences", Preferences),
        of_what_is_owned!("feedback", Feedback),
        of_what_is_owned!("data_rights", DataRights),
        of_keyed!("interactions", Interactions, REPLIES),
        of_keyed!("consent", Consent, DECISIONS),
        of_keyed!("feedback", Feedback, FEEDBACK),
        of_keyed!("data_rights", DataRights, REQUESTS),
        of_versions!("core", Core, ME),
        of_versions!("preferences", Preferences, PREFERENCES),
        of_versions!("feedback", Feedback, FEEDBACK),
    ]
    .concat()
}
