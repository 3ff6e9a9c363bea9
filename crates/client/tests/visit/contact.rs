//! Maya gets in touch.

use crate::{House, JONAS, MAYA, Portal, matter};
use portal_client::{ApiError, NewFile};
use portal_contract::callback::{CallbackState, NewCallback, RescheduleCallback};
use portal_contract::contact::{ContactOptionKind, OptionReason};
use portal_contract::interaction::{Action, Channel, InteractionStatus};
use portal_contract::starting::NewInteraction;
use portal_contract::{ContactOptionId, FieldCode, Timestamp};

fn message(subject: &str, text: &str) -> NewInteraction {
    NewInteraction {
        option_id: "message".parse().unwrap(),
        topic_id: Some("billing".parse().unwrap()),
        subject: Some(subject.to_owned()),
        text: text.to_owned(),
        attachment_ids: Vec::new(),
        callback: None,
        guide: None,
    }
}

fn call_at(starts_at: &Timestamp) -> NewInteraction {
    NewInteraction {
        option_id: "callback".parse().unwrap(),
        subject: None,
        text: String::new(),
        callback: Some(NewCallback {
            starts_at: starts_at.clone(),
            contact_point_id: None,
            number: Some("+49 30 23125 124".to_owned()),
            country: None,
            language: None,
        }),
        ..message("", "")
    }
}

async fn slots(portal: &Portal) -> Vec<Timestamp> {
    let option: ContactOptionId = "callback".parse().unwrap();
    let found = portal.callback_slots(&option, None, None).await.unwrap();
    found.slots.into_iter().map(|slot| slot.starts_at).collect()
}

#[tokio::test]
async fn every_way_is_told_and_the_topic_decides_the_order() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let all = portal.contact_options(None).await.unwrap();
    let topic = "outage".parse().unwrap();
    let about = portal.contact_options(Some(&topic)).await.unwrap();
    assert_eq!(about.topic_id, Some(topic));
    assert_eq!(about.options.len(), all.options.len());
    assert_eq!(about.options[0].kind, ContactOptionKind::Phone);
    assert_eq!(about.options[0].reasons[0], OptionReason::SuitsTopic);
    let refused = portal.contact_options(Some(&"moon".parse().unwrap())).await;
    let Err(ApiError::Validation(errors)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        (errors[0].pointer.as_str(), &errors[0].code),
        ("?topic", &FieldCode::Unknown)
    );
}

#[tokio::test]
async fn a_lost_answer_and_a_second_press_begin_one_interaction() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let (key, new) = (portal.new_key(), message("My bill", "Where is it?"));
    portal.transport().lose_answers(2);
    let begun = portal.start_interaction(&new, &key).await.unwrap();
    assert_eq!(begun.channel, Channel::Web);
    // After a reload, with the key that was kept with the draft.
    assert_eq!(portal.start_interaction(&new, &key).await.unwrap(), begun);
    let all = portal
        .interactions(&Default::default(), None)
        .await
        .unwrap();
    assert_eq!(all.items.len(), 1);
    assert_eq!(portal.interaction(&begun.id).await.unwrap(), begun);
}

#[tokio::test]
async fn a_file_goes_along_and_similar_matters_are_found() {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let portal = house.signed_in(MAYA).await;
    let similar = portal
        .similar_interactions("My meter reading", None)
        .await
        .unwrap();
    assert_eq!(similar.items.len(), 1);
    let file = NewFile {
        content: b"4711".to_vec(),
        media_type: String::new(),
        file_name: "Zähler.txt".to_owned(),
    };
    let file = portal
        .attach_unsent(file, None, &portal.new_key())
        .await
        .unwrap();
    let mut new = message("Meter", "");
    new.attachment_ids = vec![file.id.clone()];
    let begun = portal
        .start_interaction(&new, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(begun.attachments, [file]);
    let jonas = house.signed_in(JONAS).await;
    let stolen = jonas.start_interaction(&new, &jonas.new_key()).await;
    assert!(matches!(stolen, Err(ApiError::Validation(_))), "{stolen:?}");
    let none = jonas
        .similar_interactions("My meter reading", None)
        .await
        .unwrap();
    assert!(none.items.is_empty());
}

#[tokio::test]
async fn a_call_is_asked_for_moved_and_called_off() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let free = slots(&portal).await;
    let begun = portal
        .start_interaction(&call_at(&free[0]), &portal.new_key())
        .await
        .unwrap();
    let call = begun.callback.clone().unwrap();
    assert_eq!(
        (&call.state, &call.starts_at),
        (&CallbackState::Planned, &free[0])
    );
    assert!(begun.allowed_actions.contains(&Action::RescheduleCallback));

    let to = RescheduleCallback {
        starts_at: free[5].clone(),
    };
    portal.transport().lose_answers(1);
    let moved = portal
        .reschedule_callback(&begun.id, &to, &portal.new_key())
        .await
        .unwrap();
    let moved_call = moved.callback.unwrap();
    assert_eq!((&moved_call.starts_at, moved_call.sequence), (&free[5], 1));

    let off = portal
        .cancel_callback(&begun.id, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(off.status, InteractionStatus::Cancelled);
    assert_eq!(off.callback.unwrap().state, CallbackState::Cancelled);
    let again = portal.cancel_callback(&begun.id, &portal.new_key()).await;
    assert!(
        matches!(again, Err(ApiError::InvalidState { .. })),
        "{again:?}"
    );
    assert_eq!(slots(&portal).await, free);
}

#[tokio::test]
async fn a_time_that_is_gone_says_so() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let free = slots(&portal).await;
    let new = call_at(&free[0]);
    portal
        .start_interaction(&new, &portal.new_key())
        .await
        .unwrap();
    let refused = portal.start_interaction(&new, &portal.new_key()).await;
    let Err(ApiError::InvalidState { reason, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(reason.as_deref(), Some("already_booked"));
    let never = portal
        .start_interaction(
            &call_at(&"2026-03-08T03:00:00Z".parse().unwrap()),
            &portal.new_key(),
        )
        .await;
    let Err(ApiError::Validation(errors)) = never else {
        panic!("{never:?}");
    };
    assert_eq!(errors[0].pointer, "/callback/starts_at");
}
