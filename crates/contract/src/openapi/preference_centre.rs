//! The operations of the preference centre, in the order of [`endpoints`].

use super::operation::{Entry, on};
use super::parts;
use crate::consent::{Consent, ConsentRecord, NewDecision, Purpose};
use crate::contact_point::{
    ConfirmVerification, ContactPoint, ContactPointPatch, NewContactPoint, NewVerification,
    Verification,
};
use crate::endpoints;
use crate::interaction::Channel;
use crate::link::{LinkSession, StartLinkSession, Unsubscribe};
use crate::preference_catalog::PreferenceCatalog;
use crate::preference_history::PreferenceChange;
use crate::preferences::{Preferences, PreferencesPatch};
use crate::problem::ProblemKind as Kind;
use crate::reach::Reach;
use crate::receipt::ConsentReceipt;
use crate::session::{Session, Signals};
use crate::{
    ConsentRecordId, ContactPointId, PreferenceChangeId, PreferenceTopicId, PurposeId,
    VerificationId,
};
use utoipa::openapi::path::HttpMethod::{Delete, Get, Patch, Post};

const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    let groups = [
        links(),
        contact_points(),
        verifications(),
        preferences(),
        history(),
        consents(),
        records(),
        unsubscribe(),
    ];
    groups.into_iter().flatten().collect()
}

fn links() -> Vec<Entry> {
    vec![
        on(Post, endpoints::SESSION_LINK, "openLink", parts::SESSION, "Exchange the token of an email's footer")
            .says(
                "The token becomes a bearer that may only reduce contact. It can be exchanged again and again for 60 days, unless it \
                 was disowned. The exchange changes nothing, so a program that follows links changes nothing. An unknown token \
                 is refused as `not-found`. Carries no `Idempotency-Key`.",
            )
            .public()
            .reads::<StartLinkSession>(JSON)
            .answers::<LinkSession>(200, "The bearer, and whom the mail went to, masked.")
            .refuses(&[Kind::Validation, Kind::NotFound, Kind::LinkExpired]),
        on(Post, endpoints::SESSION_LINK_DISOWN, "disownLink", parts::SESSION, "\"This isn't me\"")
            .says(
                "Nothing optional is sent to the address any more: its contact point is `blocked` with `not_this_person`, the company is \
                 told, and the token is good for nothing. The bearer lives on for its minutes, so that asking again answers the same. \
                 The body is an empty object. Carries no `Idempotency-Key`.",
            )
            .by_link_alone()
            .answers_nothing("The address is struck off."),
        on(Post, endpoints::SESSION_SIGNALS, "reportSignals", parts::SESSION, "What the browser asks for by itself")
            .says(
                "For browsers that say `navigator.globalPrivacyControl` and send no `Sec-GPC` to this origin. `true` is honoured as \
                 the header is; `false` takes nothing back. Carries no `Idempotency-Key`.",
            )
            .reads::<Signals>(JSON)
            .answers::<Session>(200, "The session as it stands now.")
            .refuses(&[Kind::Validation]),
    ]
}

fn contact_points() -> Vec<Entry> {
    vec![
        on(Get, endpoints::CONTACT_POINTS, "listContactPoints", parts::CONTACT_POINTS, "Where the company can reach the customer")
            .says("By kind, the preferred one of each kind first, then the oldest.")
            .answers_page::<ContactPoint>("ContactPointPage", "A page of the contact points."),
        on(Post, endpoints::CONTACT_POINTS, "addContactPoint", parts::CONTACT_POINTS, "Add one, or put one in the place of another")
            .at_top_level()
            .says(
                "It begins unverified. With `replaces` the old one stays in use until the new one is verified; then the new one takes over \
                 its label, its preference, signing in, and every choice that names it, and the old one is told and removed. An \
                 address that the customer has already is refused as `already_there`; whether another customer has it is never told.",
            )
            .reads::<NewContactPoint>(JSON)
            .answers::<ContactPoint>(201, "The contact point.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::StepUpRequired]),
        on(Get, endpoints::CONTACT_POINT, "getContactPoint", parts::CONTACT_POINTS, "One contact point")
            .says("With what the customer may do with it now, and why it cannot be removed where it cannot.")
            .knows::<ContactPointId>()
            .answers::<ContactPoint>(200, "The contact point.")
            .with_header("ETag", "ETag"),
        on(Patch, endpoints::CONTACT_POINT, "changeContactPoint", parts::CONTACT_POINTS, "Label, prefer, or bound it in time")
            .at_top_level()
            .says("A JSON merge patch (RFC 7396). Preferring one takes the preference from the one before, whose version changes too.")
            .knows::<ContactPointId>()
            .reads::<ContactPointPatch>(MERGE_PATCH)
            .answers::<ContactPoint>(200, "The contact point as it stands now.")
            .with_header("ETag", "ETag")
            .versioned()
            .keyed()
            .refuses(&[Kind::Validation]),
        on(Delete, endpoints::CONTACT_POINT, "removeContactPoint", parts::CONTACT_POINTS, "Remove one")
            .at_top_level()
            .says(
                "Refused with `invalid-state` and a `reason` while something needs it: `required_topic`, `last_sign_in`, `open_matter`. \
                 The contact point itself says so beforehand (`removal_obstacle`, `needed_by`).",
            )
            .knows::<ContactPointId>()
            .versioned()
            .answers_nothing("It is gone. Choices that named it go to the preferred one of the kind.")
            .refuses(&[Kind::InvalidState, Kind::StepUpRequired]),
    ]
}

fn verifications() -> Vec<Entry> {
    vec![
        on(Post, endpoints::VERIFICATIONS, "startVerification", parts::CONTACT_POINTS, "Send a code there")
            .at_top_level()
            .says(
                "A new code ends the one before. Before its `resend_after`, or after too many, it is refused as `quota-exceeded`: the limits \
                 count by customer and by address, so that nobody can have a stranger written to.",
            )
            .reads::<NewVerification>(JSON)
            .answers::<Verification>(201, "A code was sent.")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Post, endpoints::VERIFICATION_CONFIRM, "confirmVerification", parts::CONTACT_POINTS, "Enter the code that arrived")
            .at_top_level()
            .says("After the last try, and after `expires_at`, a new code is needed.")
            .knows::<VerificationId>()
            .reads::<ConfirmVerification>(JSON)
            .answers::<ContactPoint>(200, "The contact point, verified.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::VerificationFailed, Kind::LinkExpired]),
    ]
}

fn preferences() -> Vec<Entry> {
    vec![
        on(Get, endpoints::PREFERENCE_CATALOG, "getPreferenceCatalog", parts::PREFERENCES, "What there is to choose from")
            .says("Topics in groups, the channels and frequencies of each, what is required and why; in the customer's language.")
            .by_link()
            .answers::<PreferenceCatalog>(200, "The catalogue."),
        on(Get, endpoints::PREFERENCES, "getPreferences", parts::PREFERENCES, "What is chosen")
            .says(
                "Every topic and channel of the catalogue has its choice here. The bearer of a link sees the channels of the link's address alone.",
            )
            .by_link()
            .answers::<Preferences>(200, "The document.")
            .with_header("ETag", "ETag"),
        on(Patch, endpoints::PREFERENCES, "changePreferences", parts::PREFERENCES, "Choose")
            .says(
                "A JSON merge patch (RFC 7396) of what changes and nothing else. `Idempotency-Key` is looked at before `If-Match`. What changes \
                 nothing answers 200 with the same version and makes no entry in the history. Switching on what is `locked`, and off \
                 what is `required`, is refused as `locked`. The bearer of a link may only reduce contact; anything else is refused as \
                 `scope-insufficient`, whole.",
            )
            .by_link()
            .reads::<PreferencesPatch>(MERGE_PATCH)
            .answers::<Preferences>(200, "The document as it stands now.")
            .with_header("ETag", "ETag")
            .versioned()
            .keyed()
            .refuses(&[Kind::Validation]),
        on(Get, endpoints::PREFERENCE_REACH, "getReach", parts::PREFERENCES, "\"Would this reach me?\"")
            .says("What would become of a message of this topic over this channel, sent at this moment, and the reasons in order.")
            .takes(&["ReachTopic", "ReachChannel", "At"])
            .knows::<PreferenceTopicId>()
            .knows::<Channel>()
            .answers::<Reach>(200, "The answer.")
            .refuses(&[Kind::Validation]),
    ]
}

fn history() -> Vec<Entry> {
    vec![
        on(Get, endpoints::PREFERENCE_HISTORY, "listPreferenceChanges", parts::PREFERENCES, "Who changed what, when, by which route")
            .says("Of preferences, contact points and decisions about purposes; the newest first. Nothing is ever taken out of it.")
            .answers_page::<PreferenceChange>("PreferenceChangePage", "A page of the history."),
        on(Post, endpoints::PREFERENCE_UNDO, "undoPreferenceChange", parts::PREFERENCES, "Take a change back")
            .says(
                "What it changed stands again exactly as before it, as a change of its own, which can be undone too. Refused with \
                 `invalid-state`, `reason` `changed_since`, when something that it changed was changed again; `not_undoable` for what is \
                 not about the preferences. The body is an empty object.",
            )
            .knows::<PreferenceChangeId>()
            .answers::<Preferences>(200, "The document as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::InvalidState]),
    ]
}

fn consents() -> Vec<Entry> {
    vec![
        on(Get, endpoints::PURPOSES, "listPurposes", parts::CONSENTS, "What the company uses personal data for")
            .says("Also what needs no consent, so that the customer sees all of it; in the customer's language.")
            .answers_page::<Purpose>("PurposePage", "A page of the purposes."),
        on(Get, endpoints::CONSENTS, "listConsents", parts::CONSENTS, "How each purpose stands with the customer")
            .says("One for each purpose, in the same order.")
            .answers_page::<Consent>("ConsentPage", "A page of the decisions in force."),
    ]
}

fn records() -> Vec<Entry> {
    vec![
        on(Post, endpoints::CONSENT_DECISIONS, "decide", parts::CONSENTS, "Grant, withdraw, object, or end an objection")
            .says(
                "A purpose of `legitimate_interests` is objected to, never withdrawn from. Refused with `invalid-state`: `reason` \
                 `not_decidable` where there is nothing of that sort to decide (`allowed_actions` says what there is), `notice_changed` \
                 where a `grant` names a notice that no longer holds. What stands already on the same notice answers 200 with its record.",
            )
            .reads::<NewDecision>(JSON)
            .answers::<ConsentRecord>(201, "The decision as it was recorded.")
            .or_as_it_stands("That stood already: the record that says so.")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Get, endpoints::CONSENT_RECORDS, "listConsentRecords", parts::CONSENTS, "Every decision about a purpose")
            .says("The newest first. Records are added and never changed.")
            .knows::<PurposeId>()
            .answers_page::<ConsentRecord>("ConsentRecordPage", "A page of the records."),
        on(Get, endpoints::CONSENT_RECEIPT, "getConsentReceipt", parts::CONSENTS, "The receipt of a decision")
            .says("To keep: the fields of ISO/IEC TS 27560. The same bytes whenever it is asked for.")
            .knows::<ConsentRecordId>()
            .answers::<ConsentReceipt>(200, "The receipt, as a download.")
            .with_header("Content-Disposition", "ContentDisposition"),
    ]
}

fn unsubscribe() -> Vec<Entry> {
    vec![
        on(Get, endpoints::UNSUBSCRIBE, "getUnsubscribe", parts::UNSUBSCRIBE, "What the address in `List-Unsubscribe` is about")
            .says(
                "Changes nothing, nor does `HEAD`: mail is looked through by programs that follow every link. Who asks for `text/html` gets \
                 a page with one button, which posts the one click.",
            )
            .public()
            .answers::<Unsubscribe>(200, "What a click would end.")
            .or_a_page()
            .refuses(&[Kind::LinkExpired]),
        on(Post, endpoints::UNSUBSCRIBE, "unsubscribe", parts::UNSUBSCRIBE, "One click of a mail program (RFC 8058)")
            .says(
                "Takes no cookie, no CSRF header and no `Idempotency-Key`, and never redirects. Repeated, it answers the same. It holds for \
                 every token that was once issued, also after its 60 days: an opt-out has no date of expiry.",
            )
            .public()
            .reads_one_click()
            .answers::<Unsubscribe>(200, "It is so now.")
            .or_a_page(),
    ]
}
