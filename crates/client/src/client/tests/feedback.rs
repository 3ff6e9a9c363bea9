//! The calls about feedback.

use super::*;
use portal_contract::feedback::{AnswerValue, NewFeedback};
use portal_contract::{FeedbackId, FeedbackRequestId};

fn answer() -> NewFeedback {
    NewFeedback {
        request_id: Some("q1".parse().unwrap()),
        answers: Some(std::iter::once(("nps".parse().unwrap(), AnswerValue::Number(9))).collect()),
        kind: None,
        about: None,
        text: None,
        contact_allowed: false,
    }
}

fn changes() -> FeedbackChanges {
    let answers = [
        ("nps".parse().unwrap(), Some(AnswerValue::Number(3))),
        ("why".parse().unwrap(), None),
    ];
    FeedbackChanges {
        answers: answers.into_iter().collect(),
        text: Change::Keep,
        contact_allowed: Some(true),
    }
}

/// Each call once, as [`every_call`] has them.
pub(super) fn calls(called: &mut Vec<Called>) {
    let (request, entry): (FeedbackRequestId, FeedbackId) =
        ("q1".parse().unwrap(), "f1".parse().unwrap());
    let etag: Etag = "v7".parse().unwrap();
    let cursor: Cursor = "n2".parse().unwrap();
    calls! { called;
        "GET /v1/feedback-requests?limit=50", Yes: |client| client.feedback_requests(None);
        "GET /v1/feedback-requests/q1", Yes: |client| client.feedback_request(&request);
        "POST /v1/feedback-requests/q1/decline", Yes: |client| client.decline_feedback_request(&request, &key());
        "GET /v1/feedback/options", Yes: |client| client.feedback_options();
        "POST /v1/feedback", Yes: |client| client.give_feedback(&answer(), &key());
        "GET /v1/feedback?limit=50&cursor=n2", Yes: |client| client.feedback(Some(&cursor));
        "GET /v1/feedback/f1", Yes: |client| client.feedback_entry(&entry);
        "PATCH /v1/feedback/f1", Yes: |client| client.change_feedback(&entry, &changes(), &etag, &key());
        "POST /v1/feedback/f1/withdraw", Yes: |client| client.withdraw_feedback(&entry, &key());
        "GET /v1/improvements?limit=50", Yes: |client| client.improvements(None);
    }
}

#[test]
fn a_change_of_what_was_said_names_its_version_and_what_changes_alone() {
    let calls = every_call();
    let (_, _, patch, ..) = calls
        .iter()
        .find(|(line, ..)| *line == "PATCH /v1/feedback/f1")
        .unwrap();
    assert_eq!(header(patch, "if-match"), Some("\"v7\""));
    let Body::Json(body) = &patch.body else {
        panic!("a patch has a body");
    };
    assert_eq!(
        body,
        r#"{"answers":{"nps":3,"why":null},"contact_allowed":true}"#
    );
}

#[test]
fn the_answer_that_stands_already_arrives() {
    let transport = Scripted::new([Step::Answer(problem(
        409,
        "duplicate-active-request",
        r#", "existing_id": "f1""#,
    ))]);
    let client = Client::new(transport.clone());
    let outcome = transport.run(client.give_feedback(&answer(), &key()));
    assert_eq!(
        outcome,
        Err(ApiError::Duplicate {
            existing: Some("f1".to_owned())
        })
    );
}
