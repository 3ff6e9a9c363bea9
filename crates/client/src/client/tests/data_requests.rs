//! The calls about data requests.

use super::*;
use portal_contract::data_request::{
    DataRequestKind, DataRequestScope, NewDataRequest, TrackDataRequest,
};
use portal_contract::data_request_event::NewDataRequestMessage;
use portal_contract::data_request_options::DataRequestDraft;
use portal_contract::{ArtifactId, DataRequestId};

fn new() -> NewDataRequest {
    NewDataRequest {
        kind: DataRequestKind::Erasure,
        scope: DataRequestScope::everything(),
        formats: Vec::new(),
        proposed: Vec::new(),
        text: None,
    }
}

fn draft() -> DataRequestDraft {
    DataRequestDraft {
        kind: DataRequestKind::Erasure,
        scope: DataRequestScope::everything(),
    }
}

fn token() -> TrackDataRequest {
    TrackDataRequest {
        tracking_token: "dr1.secret".to_owned(),
    }
}

/// Each call once, as [`every_call`] has them.
pub(super) fn calls(called: &mut Vec<Called>) {
    let (id, artifact): (DataRequestId, ArtifactId) =
        ("d1".parse().unwrap(), "a2".parse().unwrap());
    let cursor: Cursor = "n2".parse().unwrap();
    let words = NewDataRequestMessage {
        text: "The second.".to_owned(),
        answers: None,
    };
    calls! { called;
        "GET /v1/data-requests/options", Yes: |client| client.data_request_options();
        "POST /v1/data-requests/preview", Yes: |client| client.preview_data_request(&draft());
        "POST /v1/data-requests/tracking", Yes: |client| client.track_data_request(&token());
        "GET /v1/data-requests?limit=50", Yes: |client| client.data_requests(None);
        "POST /v1/data-requests", Yes: |client| client.make_data_request(&new(), &key());
        "GET /v1/data-requests/d1", Yes: |client| client.data_request(&id);
        "GET /v1/data-requests/d1/events?limit=50&cursor=n2", Yes: |client| client.data_request_events(&id, Some(&cursor));
        "POST /v1/data-requests/d1/confirm", Yes: |client| client.confirm_data_request(&id, &key());
        "POST /v1/data-requests/d1/cancel", Yes: |client| client.cancel_data_request(&id, &key());
        "POST /v1/data-requests/d1/lift", Yes: |client| client.lift_data_request(&id, &key());
        "GET /v1/data-requests/d1/messages?limit=50", Yes: |client| client.data_request_messages(&id, None);
        "POST /v1/data-requests/d1/messages", Yes: |client| client.write_about_data_request(&id, &words, &key());
        "POST /v1/data-requests/d1/artifacts/a2/downloads", Yes: |client| client.start_artifact_download(&id, &artifact, &key());
        "POST /v1/data-requests/d1/artifacts/a2/reissue", Yes: |client| client.reissue_artifact(&id, &artifact, &key());
    }
}

#[test]
fn the_token_of_an_erasure_stands_in_no_address() {
    let calls = every_call();
    let tracking = calls
        .iter()
        .find(|(line, ..)| *line == "POST /v1/data-requests/tracking");
    let (_, _, request, ..) = tracking.unwrap();
    assert!(!request.path.contains("secret"));
    let Body::Json(body) = &request.body else {
        panic!("the token goes in the body");
    };
    assert_eq!(body, r#"{"tracking_token":"dr1.secret"}"#);
}

#[test]
fn the_request_that_runs_already_arrives() {
    let transport = Scripted::new([Step::Answer(problem(
        409,
        "duplicate-active-request",
        r#", "existing_id": "d1""#,
    ))]);
    let client = Client::new(transport.clone());
    let outcome = transport.run(client.make_data_request(&new(), &key()));
    assert_eq!(
        outcome,
        Err(ApiError::Duplicate {
            existing: Some("d1".to_owned())
        })
    );
}
