use super::*;
use crate::scripted::{Scripted, Step, json, page, problem};
use crate::transport::Request;
use portal_contract::session::{ConfirmChallenge, StartEmailSignIn};
use std::cell::Cell;

const CHALLENGE: &str = r#"{"id": "c1", "resend_after": "2026-01-01T00:00:00Z", "expires_at": "2026-01-01T00:10:00Z", "attempts_left": 5}"#;
const ANONYMOUS: &str = r#"{"state": "anonymous", "scopes": [], "signals": {"gpc": false}}"#;

fn id() -> InteractionId {
    "i1".parse().unwrap()
}

fn key() -> IdempotencyKey {
    "k1".parse().unwrap()
}

fn confirm() -> ConfirmChallenge {
    ConfirmChallenge {
        challenge_id: "c1".parse().unwrap(),
        code: "123 456".to_owned(),
    }
}

fn start() -> StartEmailSignIn {
    StartEmailSignIn {
        email: "maya.lindqvist@example.com".to_owned(),
        locale: Some("en".to_owned()),
    }
}

fn message() -> NewMessage {
    NewMessage {
        text: "Hello".to_owned(),
        attachment_ids: vec![],
    }
}

fn file() -> NewFile<&'static str> {
    NewFile {
        content: "bytes",
        media_type: String::new(),
        file_name: "Zähler \"2\"; 'a'.png".to_owned(),
    }
}

/// Whether a refusal is told to the observer.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    Yes,
    No,
}

type Called = (
    &'static str,
    Told,
    Request<&'static str>,
    Result<(), ApiError>,
    u32,
);

/// Makes each call once, against an API that says that nobody is signed in.
macro_rules! calls {
    ($called:expr; $($line:literal, $told:ident: |$client:ident| $call:expr;)*) => { $({
        let transport = Scripted::new([Step::Answer(problem(401, "unauthenticated", ""))]);
        let $client = Client::new(transport.clone());
        let tellings = Rc::new(Cell::new(0));
        let count = Rc::clone(&tellings);
        $client.on_unauthenticated(move || count.set(count.get() + 1));
        let outcome = transport.run($call).map(|_| ());
        let request = transport.requests().remove(0);
        $called.push(($line, Told::$told, request, outcome, tellings.get()));
    })* };
}

mod contact;
mod data_requests;
mod delegations;
mod feedback;
mod guides;
mod preference_centre;

/// Makes every call of the client once, against an API that says that nobody is signed in.
fn every_call() -> Vec<Called> {
    let mut called = Vec::new();
    let filter = InteractionFilter::from_pairs([("q", "späte Rechnung"), ("channel", "email")]);
    let filter = filter.unwrap();
    let cursor: Cursor = "n2".parse().unwrap();
    let etag: Etag = "v7".parse().unwrap();
    let changes = MeChanges {
        pronouns: Change::Clear,
        locale: Change::Set("de".to_owned()),
        ..MeChanges::default()
    };
    calls! { called;
        "GET /v1/capabilities", Yes: |client| client.capabilities();
        "GET /v1/capabilities", Yes: |client| client.offer();
        "GET /v1/session", No: |client| client.session();
        "DELETE /v1/session", No: |client| client.sign_out();
        "POST /v1/session/email", Yes: |client| client.start_email_sign_in(&start());
        "POST /v1/session/email/confirm", Yes: |client| client.confirm_email(&confirm());
        "POST /v1/session/step-up", Yes: |client| client.start_step_up();
        "POST /v1/session/step-up/confirm", Yes: |client| client.confirm_step_up(&confirm());
        "GET /v1/me", Yes: |client| client.me();
        "PATCH /v1/me", Yes: |client| client.change_me(&changes, &etag, &key());
        "GET /v1/overview", Yes: |client| client.overview();
        "GET /v1/interactions?q=sp%C3%A4te%20Rechnung&channel=email&limit=50&cursor=n2", Yes:
            |client| client.interactions(&filter, Some(&cursor));
        "GET /v1/interactions/facets", Yes: |client| client.facets();
        "GET /v1/interactions/i1", Yes: |client| client.interaction(&id());
        "GET /v1/interactions/i1", Yes: |client| client.subject(&id());
        "GET /v1/interactions/i1/messages?limit=50", Yes: |client| client.messages(&id(), None);
        "POST /v1/interactions/i1/messages", Yes: |client| client.reply(&id(), &message(), &key());
        "POST /v1/interactions/i1/attachments", Yes: |client| client.attach(&id(), file(), None, &key());
        "POST /v1/interactions/i1/close", Yes: |client| client.close(&id(), &key());
        "POST /v1/interactions/i1/reopen", Yes: |client| client.reopen(&id(), &key());
        "GET /v1/events?cursor=n2&wait=30", Yes: |client| client.events(Since::Place(&cursor), 30);
        "GET /v1/events?ago=7&wait=30", Yes: |client| client.events(Since::Ago(7), 30);
    }
    contact::calls(&mut called);
    guides::calls(&mut called);
    preference_centre::calls(&mut called);
    feedback::calls(&mut called);
    data_requests::calls(&mut called);
    delegations::calls(&mut called);
    called
}

fn header<'a>(request: &'a Request<&'static str>, name: &str) -> Option<&'a str> {
    let found = request.headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_str())
}

#[test]
fn every_call_asks_at_its_own_address_and_cannot_be_forged_by_a_form() {
    for (line, _, request, ..) in every_call() {
        let asked = format!("{} {}", request.method.as_str(), request.path);
        assert_eq!(asked, line);
        assert_eq!(header(&request, "x-portal-csrf"), Some("1"), "{line}");
        assert!(
            header(&request, "accept")
                .unwrap()
                .contains("application/problem+json")
        );
    }
}

#[test]
fn every_write_of_the_customer_carries_its_key_and_what_sends_mail_carries_none() {
    for (line, _, request, ..) in every_call() {
        let writes = matches!(request.method, Method::Post | Method::Patch);
        // The first two and a look at a link change nothing; a link's token is good for one decision.
        let unkeyed = ["/preview", "/tracking", "/link", "/link/decision"]
            .iter()
            .any(|end| request.path.ends_with(end));
        let keyed = writes && !unkeyed && !request.path.starts_with("/v1/session");
        assert_eq!(
            header(&request, "idempotency-key"),
            keyed.then_some("k1"),
            "{line}"
        );
    }
}

#[test]
fn what_carries_a_body_says_of_what_kind() {
    for (line, _, request, ..) in every_call() {
        let expected = match request.body {
            Body::Empty => None,
            Body::Json(_) if request.method == Method::Patch => {
                Some("application/merge-patch+json")
            }
            Body::Json(_) => Some("application/json"),
            Body::Upload(_) => Some("application/octet-stream"),
        };
        assert_eq!(header(&request, "content-type"), expected, "{line}");
    }
}

#[test]
fn an_ended_session_is_told_to_one_place_by_every_call_but_those_about_the_session() {
    for (line, told, _, outcome, tellings) in every_call() {
        assert_eq!(tellings, u32::from(told == Told::Yes), "{line}");
        if line == "DELETE /v1/session" {
            assert_eq!(
                outcome,
                Ok(()),
                "that the session had ended already is as good"
            );
        } else {
            assert_eq!(outcome, Err(ApiError::Unauthenticated), "{line}");
        }
    }
}

#[test]
fn an_observer_may_call_the_client() {
    let transport = Scripted::new([Step::Answer(problem(401, "unauthenticated", ""))]);
    let client = Client::new(transport.clone());
    let again = client.clone();
    client.on_unauthenticated(move || again.on_unauthenticated(|| ()));
    assert!(transport.run(client.overview()).is_err());
}

#[test]
fn a_change_of_the_record_names_its_version_and_only_what_changes() {
    let calls = every_call();
    let (_, _, patch, ..) = calls
        .iter()
        .find(|(line, ..)| *line == "PATCH /v1/me")
        .unwrap();
    assert_eq!(header(patch, "if-match"), Some("\"v7\""));
    let Body::Json(body) = &patch.body else {
        panic!("a patch has a body");
    };
    assert_eq!(body, r#"{"locale":"de","pronouns":null}"#);
}

#[test]
fn a_file_travels_as_it_is_with_its_name_in_a_header() {
    let calls = every_call();
    let (_, _, upload, ..) = calls
        .iter()
        .find(|(line, ..)| line.ends_with("/attachments"))
        .unwrap();
    assert_eq!(upload.body, Body::Upload("bytes"));
    assert_eq!(
        header(upload, "content-disposition"),
        Some("attachment; filename*=UTF-8''Z%C3%A4hler%20%222%22%3B%20%27a%27.png")
    );
}

#[test]
fn a_file_is_never_sent_as_what_a_form_of_another_site_could_send() {
    for (told, sent) in [
        ("image/png", "image/png"),
        ("text/plain;charset=utf-8", "application/octet-stream"),
        ("multipart/form-data", "application/octet-stream"),
        ("text/csv", "text/csv"),
    ] {
        assert_eq!(media_type(told), sent);
    }
}

#[test]
fn mail_is_not_sent_twice_by_the_client() {
    let transport = Scripted::new([Step::Answer(page(502))]);
    let client = Client::new(transport.clone());
    assert!(transport.run(client.start_email_sign_in(&start())).is_err());
    assert_eq!(transport.requests().len(), 1);
}

#[test]
fn an_upload_and_a_long_poll_have_more_time() {
    let transport = Scripted::new([Step::Silence]);
    let client = Client::new(transport.clone());
    assert!(
        transport
            .run(client.attach(&id(), file(), None, &key()))
            .is_err()
    );
    assert_eq!(transport.now(), UPLOAD_LIMIT);

    let transport = Scripted::new([Step::Silence]);
    let client = Client::new(transport.clone());
    assert!(transport.run(client.events(Since::Ago(0), 30)).is_err());
    assert_eq!(transport.now(), Duration::from_secs(45));
}

#[test]
fn an_answer_of_the_wrong_shape_names_the_place_and_is_not_asked_for_again() {
    let transport = Scripted::new([Step::Answer(
        json(200, r#"{"items": [{"id": "i1"}], "has_more": false}"#).with("x-request-id", "r-7"),
    )]);
    let client = Client::new(transport.clone());
    let outcome = transport.run(client.interactions(&InteractionFilter::default(), None));
    let Err(ApiError::Garbled {
        what: Garbled::Shape(error),
        request_id,
    }) = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!(request_id.as_deref(), Some("r-7"));
    assert_eq!(error.pointer, "/items/0/reference");
}

#[test]
fn what_the_client_does_not_know_is_passed_over() {
    let transport = Scripted::new([
        Step::Answer(json(
            202,
            &CHALLENGE.replace('{', r#"{"new": {"a": [1]}, "#),
        )),
        Step::Answer(json(200, &ANONYMOUS.replace("anonymous", "half_signed_in"))),
    ]);
    let client = Client::new(transport.clone());
    let challenge = transport.run(client.start_email_sign_in(&start())).unwrap();
    assert_eq!(challenge.attempts_left, 5);
    let session = transport.run(client.session()).unwrap();
    assert_eq!(session.state.as_str(), "half_signed_in");
}

fn refusal(response: crate::Response) -> ApiError {
    // Refusals that may pass are asked for four times.
    let script = (0..4).map(|_| Step::Answer(response.clone()));
    let transport = Scripted::new(script);
    let client = Client::new(transport.clone());
    transport.run(client.me()).unwrap_err()
}

#[test]
fn each_refusal_arrives_as_a_fact() {
    use portal_contract::interaction::Action;
    let request_id = || Some("r-1".to_owned());
    let cases = [
        (
            problem(401, "step-up-required", r#", "max_age": 300"#),
            ApiError::StepUpRequired { max_age: Some(300) },
        ),
        (
            problem(
                403,
                "scope-insufficient",
                r#", "required_scope": "profile:write""#,
            ),
            ApiError::NotAllowed {
                required_scope: Some("profile:write".to_owned()),
            },
        ),
        (problem(404, "not-found", ""), ApiError::NotFound),
        (
            problem(
                409,
                "invalid-state",
                r#", "allowed_actions": ["reopen", "sing"], "reason": "too_late""#,
            ),
            ApiError::InvalidState {
                allowed: vec![Action::Reopen, Action::Other("sing".to_owned())],
                reason: Some("too_late".to_owned()),
            },
        ),
        (problem(410, "link-expired", ""), ApiError::LinkExpired),
        (
            problem(412, "precondition-failed", r#", "current": true"#),
            ApiError::PreconditionFailed {
                current: Some(Json::Bool(true)),
            },
        ),
        (
            problem(413, "payload-too-large", r#", "limit_bytes": 5"#),
            ApiError::TooLarge {
                limit_bytes: Some(5),
            },
        ),
        (page(413), ApiError::TooLarge { limit_bytes: None }),
        (
            problem(415, "unsupported-media-type", ""),
            ApiError::UnsupportedType,
        ),
        (
            problem(422, "verification-failed", r#", "attempts_left": 2"#),
            ApiError::VerificationFailed {
                attempts_left: Some(2),
            },
        ),
        (
            problem(429, "quota-exceeded", ""),
            ApiError::TooMany { retry_after: None },
        ),
        (
            problem(428, "precondition-required", ""),
            ApiError::Refused {
                kind: portal_contract::ProblemKind::PreconditionRequired,
                request_id: request_id(),
            },
        ),
        (
            json(403, r#"{"type": "https://example.com/blocked"}"#).with("x-request-id", "r-1"),
            ApiError::Refused {
                kind: portal_contract::ProblemKind::Other("https://example.com/blocked".to_owned()),
                request_id: request_id(),
            },
        ),
        (
            page(418),
            ApiError::Garbled {
                what: Garbled::NotAProblem { status: 418 },
                request_id: None,
            },
        ),
        (
            json(500, r#"{"type": "about:blank", "request_id": "r-1"}"#),
            ApiError::Unavailable {
                retry_after: None,
                request_id: request_id(),
            },
        ),
    ];
    for (response, expected) in cases {
        assert_eq!(refusal(response.clone()), expected, "{response:?}");
    }
}

#[test]
fn refused_fields_arrive_each_with_its_place() {
    let errors = r#", "errors": [{"pointer": "/text", "code": "too_long", "limit": 9}]"#;
    let ApiError::Validation(fields) = refusal(problem(422, "validation", errors)) else {
        panic!("a validation problem is one");
    };
    assert_eq!(fields[0].pointer, "/text");
    assert_eq!(fields[0].limit, Some(9));
}

#[test]
fn a_refusal_stands_even_when_what_it_carries_is_broken() {
    let broken = [
        (
            problem(422, "validation", r#", "errors": "all""#),
            ApiError::Validation(vec![]),
        ),
        (
            problem(413, "payload-too-large", r#", "limit_bytes": "5""#),
            ApiError::TooLarge { limit_bytes: None },
        ),
        (
            json(404, r#"{"type": "urn:customer-portal:problem:not-found"}"#),
            ApiError::NotFound,
        ),
    ];
    for (response, expected) in broken {
        assert_eq!(refusal(response), expected);
    }
}
