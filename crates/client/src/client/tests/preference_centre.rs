//! The calls of the preference centre.

use super::*;
use crate::preferences::{Edit, Edits, Save};
use portal_contract::consent::NewDecision;
use portal_contract::contact_point::{
    ConfirmVerification, ContactPointKind, NewContactPoint, NewVerification,
};
use portal_contract::interaction::Channel;
use portal_contract::link::StartLinkSession;
use portal_contract::session::Signals;
use portal_contract::{ContactPointId, PurposeId};

fn offers() -> crate::preferences::Cell {
    crate::preferences::Cell {
        topic: "offers".parse().unwrap(),
        channel: Channel::Email,
    }
}

fn save() -> Save {
    let edits: Edits = [Edit::Enabled(offers(), false)].into_iter().collect();
    Save {
        patch: edits.to_patch(),
        etag: "v7".parse().unwrap(),
        key: key(),
    }
}

fn new_contact_point() -> NewContactPoint {
    NewContactPoint {
        kind: ContactPointKind::Phone,
        value: Some("030 901820".to_owned()),
        postal: None,
        country: Some("DE".to_owned()),
        service: None,
        label: None,
        valid_from: None,
        valid_to: None,
        replaces: None,
    }
}

fn objection() -> NewDecision {
    NewDecision {
        decision: "object".into(),
        notice_version: "2026-03".to_owned(),
        language: None,
    }
}

/// Each call once, as [`every_call`] has them.
pub(super) fn calls(called: &mut Vec<Called>) {
    let (point, purpose): (ContactPointId, PurposeId) =
        ("p1".parse().unwrap(), "ads".parse().unwrap());
    let etag: Etag = "v7".parse().unwrap();
    let cursor: Cursor = "n2".parse().unwrap();
    let noon = "2026-03-29T12:00:00Z".parse().unwrap();
    let (code, record) = ("v2".parse().unwrap(), "r3".parse().unwrap());
    let changes = ContactPointChanges {
        label: Change::Set("At work".to_owned()),
        preferred: Some(true),
        valid_to: Change::Clear,
        ..ContactPointChanges::default()
    };
    let confirm = ConfirmVerification {
        code: "123 456".to_owned(),
    };
    calls! { called;
        "POST /v1/session/signals", Yes: |client| client.report_signals(&Signals { gpc: true });
        "POST /v1/session/link", Yes: |client| client.open_link(&StartLinkSession { token: "t".to_owned() });
        "POST /v1/session/link/disown", Yes: |client| client.disown_link();
        "GET /v1/contact-points?limit=50", Yes: |client| client.contact_points(None);
        "GET /v1/contact-points/p1", Yes: |client| client.contact_point(&point);
        "POST /v1/contact-points", Yes: |client| client.add_contact_point(&new_contact_point(), &key());
        "PATCH /v1/contact-points/p1", Yes: |client| client.change_contact_point(&point, &changes, &etag, &key());
        "DELETE /v1/contact-points/p1", Yes: |client| client.remove_contact_point(&point, &etag);
        "POST /v1/contact-points/p1/verifications", Yes:
            |client| client.start_verification(&point, &NewVerification { channel: None }, &key());
        "POST /v1/contact-points/p1/verifications/v2/confirm", Yes:
            |client| client.confirm_verification(&point, &code, &confirm, &key());
        "GET /v1/preference-catalog", Yes: |client| client.preference_catalog();
        "GET /v1/preferences", Yes: |client| client.preferences();
        "PATCH /v1/preferences", Yes: |client| client.save_preferences(&save());
        "GET /v1/preferences/history?limit=50&cursor=n2", Yes: |client| client.preference_history(Some(&cursor));
        "POST /v1/preferences/history/h1/undo", Yes:
            |client| client.undo_preference_change(&"h1".parse().unwrap(), &key());
        "GET /v1/preferences/reach?topic=offers&channel=email&at=2026-03-29T12%3A00%3A00Z", Yes:
            |client| client.reach(&offers(), Some(&noon));
        "GET /v1/purposes?limit=50", Yes: |client| client.purposes(None);
        "GET /v1/consents?limit=50", Yes: |client| client.consents(None);
        "POST /v1/consents/ads/decisions", Yes: |client| client.decide(&purpose, &objection(), &key());
        "GET /v1/consents/ads/records?limit=50", Yes: |client| client.consent_records(&purpose, None);
        "GET /v1/consents/ads/records/r3/receipt", Yes: |client| client.consent_receipt(&purpose, &record);
    }
}

fn sent(line: &str) -> Request<&'static str> {
    let found = every_call().into_iter().find(|(known, ..)| *known == line);
    found.unwrap().2
}

#[test]
fn what_changes_or_removes_names_its_version() {
    for line in [
        "PATCH /v1/preferences",
        "PATCH /v1/contact-points/p1",
        "DELETE /v1/contact-points/p1",
    ] {
        assert_eq!(header(&sent(line), "if-match"), Some("\"v7\""), "{line}");
    }
}

#[test]
fn a_patch_says_what_changes_alone() {
    let body = |line| match sent(line).body {
        Body::Json(body) => body,
        _ => panic!("a patch has a body"),
    };
    assert_eq!(
        body("PATCH /v1/preferences"),
        r#"{"topics":{"offers":{"email":{"enabled":false}}}}"#
    );
    assert_eq!(
        body("PATCH /v1/contact-points/p1"),
        r#"{"label":"At work","preferred":true,"valid_to":null}"#
    );
}

#[test]
fn whoever_bears_a_link_says_so_and_does_not_end_the_session_of_the_tab() {
    let transport = Scripted::new([
        Step::Answer(problem(401, "unauthenticated", "")),
        Step::Answer(problem(401, "unauthenticated", "")),
    ]);
    let client = Client::new(transport.clone());
    let told = Rc::new(Cell::new(0));
    let count = Rc::clone(&told);
    client.on_unauthenticated(move || count.set(count.get() + 1));
    let outcome = transport.run(client.bearing("b.1").preferences());
    assert_eq!(outcome.unwrap_err(), ApiError::Unauthenticated);
    assert_eq!(told.get(), 0);
    assert!(transport.run(client.preferences()).is_err());
    assert_eq!(told.get(), 1);

    let requests = transport.requests();
    assert_eq!(header(&requests[0], "authorization"), Some("Bearer b.1"));
    assert!(requests[0].bears());
    assert!(!requests[1].bears());
}

#[test]
fn what_is_gone_is_removed() {
    let transport = Scripted::new([
        Step::Fail(crate::TransportError::Interrupted),
        Step::Answer(problem(404, "not-found", "")),
    ]);
    let client = Client::new(transport.clone());
    let (id, etag) = ("p1".parse().unwrap(), "v7".parse().unwrap());
    let removed = client.remove_contact_point(&id, &etag);
    assert_eq!(transport.run(removed), Ok(()));
}

#[test]
fn why_nothing_can_be_removed_arrives() {
    let transport = Scripted::new([Step::Answer(problem(
        409,
        "invalid-state",
        r#", "allowed_actions": ["replace"], "reason": "last_sign_in""#,
    ))]);
    let client = Client::new(transport.clone());
    let (id, etag) = ("p1".parse().unwrap(), "v7".parse().unwrap());
    let removed = client.remove_contact_point(&id, &etag);
    let Err(ApiError::InvalidState { reason, .. }) = transport.run(removed) else {
        panic!("it was refused");
    };
    assert_eq!(reason.as_deref(), Some("last_sign_in"));
}
