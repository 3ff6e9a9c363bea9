//! The calls of getting in touch.

use super::*;
use portal_contract::callback::{NewCallback, RequestCallback, RescheduleCallback};
use portal_contract::starting::NewInteraction;
use portal_contract::{ContactOptionId, Timestamp, TopicId};

fn new_interaction() -> NewInteraction {
    NewInteraction {
        option_id: "message".parse().unwrap(),
        topic_id: None,
        subject: Some("My bill".to_owned()),
        text: "It is late.".to_owned(),
        attachment_ids: Vec::new(),
        callback: None,
        guide: None,
    }
}

/// Each call once, as [`every_call`] has them.
pub(super) fn calls(called: &mut Vec<Called>) {
    let topic: TopicId = "billing".parse().unwrap();
    let option: ContactOptionId = "callback".parse().unwrap();
    let at: Timestamp = "2026-03-04T05:06:00Z".parse().unwrap();
    let to = RescheduleCallback {
        starts_at: at.clone(),
    };
    let asked = RequestCallback {
        option_id: option.clone(),
        text: String::new(),
        attachment_ids: Vec::new(),
        callback: NewCallback {
            starts_at: at.clone(),
            contact_point_id: None,
            number: Some("+49 30 1234567".to_owned()),
            country: None,
            language: None,
        },
    };
    calls! { called;
        "GET /v1/contact-options", Yes: |client| client.contact_options(None);
        "GET /v1/contact-options?topic=billing", Yes: |client| client.contact_options(Some(&topic));
        "GET /v1/contact-options/callback/slots", Yes: |client| client.callback_slots(&option, None, None);
        "GET /v1/contact-options/callback/slots?from=2026-03-04T05%3A06%3A00Z", Yes:
            |client| client.callback_slots(&option, Some(&at), None);
        "GET /v1/interactions/similar?subject=My%20bill&topic=billing", Yes:
            |client| client.similar_interactions("My bill", Some(&topic));
        "POST /v1/interactions", Yes: |client| client.start_interaction(&new_interaction(), &key());
        "POST /v1/attachments", Yes: |client| client.attach_unsent(file(), None, &key());
        "POST /v1/interactions/i1/callback", Yes: |client| client.request_callback(&id(), &asked, &key());
        "POST /v1/interactions/i1/callback/reschedule", Yes: |client| client.reschedule_callback(&id(), &to, &key());
        "POST /v1/interactions/i1/callback/cancel", Yes: |client| client.cancel_callback(&id(), &key());
    }
}
