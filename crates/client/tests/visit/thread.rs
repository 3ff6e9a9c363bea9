use crate::{House, MAYA, Portal, matter, only};
use portal_client::{ApiError, NewFile, Since};
use portal_contract::interaction::{Action, InteractionStatus, Role};
use portal_contract::message::{Message, NewMessage};
use portal_contract::{InteractionId, ProblemKind};

const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

async fn open_matter() -> (House, Portal, InteractionId) {
    let house = House::new().await;
    house.add(&house.maya, matter("R-1", 1)).await;
    let portal = house.signed_in(MAYA).await;
    let id = only(&portal).await;
    (house, portal, id)
}

fn words(text: &str) -> NewMessage {
    NewMessage {
        text: text.to_owned(),
        attachment_ids: Vec::new(),
    }
}

fn file(name: &str, media_type: &str, content: &[u8]) -> NewFile<Vec<u8>> {
    NewFile {
        content: content.to_vec(),
        media_type: media_type.to_owned(),
        file_name: name.to_owned(),
    }
}

async fn thread(portal: &Portal, id: &InteractionId) -> Vec<Message> {
    portal.messages(id, None).await.unwrap().items
}

#[tokio::test]
async fn a_reply_stands_in_the_thread_at_once() {
    let (_house, portal, id) = open_matter().await;
    let message = words("And now 4712.\nÆ — \u{1F642}");
    let reply = portal
        .reply(&id, &message, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(reply.author.role, Role::Customer);
    let thread = thread(&portal, &id).await;
    assert_eq!(thread.len(), 2);
    assert_eq!(thread[0], reply, "the newest first");
}

#[tokio::test]
async fn a_lost_answer_and_its_repetition_are_one_message() {
    let (_house, portal, id) = open_matter().await;
    portal.transport().lose_answers(2);
    let key = portal.new_key();
    let reply = portal.reply(&id, &words("Once"), &key).await.unwrap();
    assert_eq!(portal.transport().replayed(), 1);
    // And once more after a reload, with the key that was kept with the draft.
    let again = portal.reply(&id, &words("Once"), &key).await.unwrap();
    assert_eq!(again, reply);
    assert_eq!(thread(&portal, &id).await.len(), 2);
}

#[tokio::test]
async fn a_double_click_is_one_message() {
    let (_house, portal, id) = open_matter().await;
    let (key, message) = (portal.new_key(), words("Twice"));
    let (one, other) = tokio::join!(
        portal.reply(&id, &message, &key),
        portal.reply(&id, &message, &key)
    );
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(thread(&portal, &id).await.len(), 2);
}

#[tokio::test]
async fn a_key_is_good_for_one_message() {
    let (_house, portal, id) = open_matter().await;
    let key = portal.new_key();
    portal.reply(&id, &words("One"), &key).await.unwrap();
    let other = portal.reply(&id, &words("Another"), &key).await;
    assert!(matches!(
        other,
        Err(ApiError::Refused {
            kind: ProblemKind::IdempotencyKeyReused,
            ..
        })
    ));
}

#[tokio::test]
async fn an_empty_message_is_refused_by_its_field() {
    let (_house, portal, id) = open_matter().await;
    let refused = portal.reply(&id, &words(" "), &portal.new_key()).await;
    let Err(ApiError::Validation(errors)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(errors[0].pointer, "/text");
}

#[tokio::test]
async fn a_file_is_added_once_and_goes_with_a_message() {
    let (_house, portal, id) = open_matter().await;
    portal.transport().lose_answers(1);
    let picture = file("Zähler \"2\" ٢.png", "image/png", PIXEL);
    let attached = portal
        .attach(&id, picture, None, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(attached.file_name, "Zähler \"2\" ٢.png");
    assert_eq!(
        (attached.media_type.as_str(), attached.previewable),
        ("image/png", true)
    );
    assert_eq!(attached.size_bytes, PIXEL.len() as u64);

    let message = NewMessage {
        text: String::new(),
        attachment_ids: vec![attached.id.clone()],
    };
    let reply = portal
        .reply(&id, &message, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(reply.attachments, [attached]);
    assert_eq!(portal.interaction(&id).await.unwrap().attachments.len(), 1);
}

#[tokio::test]
async fn a_text_file_is_taken_as_one() {
    let (_house, portal, id) = open_matter().await;
    let notes = file("notes.txt", "text/plain", b"4711\n4712\n");
    let attached = portal
        .attach(&id, notes, None, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(attached.media_type, "text/plain");
}

#[tokio::test]
async fn a_file_over_the_bound_is_told_the_bound() {
    let (_house, portal, id) = open_matter().await;
    let limit = portal.capabilities().await.unwrap().limits.attachment_bytes;
    let large = vec![0; usize::try_from(limit).unwrap() + 1];
    let large = file("a.png", "image/png", &large);
    let refused = portal.attach(&id, large, None, &portal.new_key()).await;
    assert_eq!(
        refused,
        Err(ApiError::TooLarge {
            limit_bytes: Some(limit)
        })
    );
}

#[tokio::test]
async fn a_matter_is_closed_and_taken_up_again() {
    let (_house, portal, id) = open_matter().await;
    portal.transport().lose_answers(1);
    let closed = portal.close(&id, &portal.new_key()).await.unwrap();
    assert_eq!(closed.status, InteractionStatus::Closed);
    assert_eq!(closed.allowed_actions, [Action::Reopen]);
    assert_eq!(
        portal.reply(&id, &words("Late"), &portal.new_key()).await,
        Err(ApiError::InvalidState {
            allowed: vec![Action::Reopen],
            reason: None,
        })
    );
    assert_eq!(
        portal.close(&id, &portal.new_key()).await,
        Err(ApiError::InvalidState {
            allowed: vec![Action::Reopen],
            reason: None,
        })
    );
    let reopened = portal.reopen(&id, &portal.new_key()).await.unwrap();
    assert!(reopened.allowed_actions.contains(&Action::Reply));
    assert_eq!(thread(&portal, &id).await.len(), 1);
}

#[tokio::test]
async fn what_happened_is_told_by_the_feed() {
    let (_house, portal, id) = open_matter().await;
    let now = portal.events(Since::Ago(0), 0).await.unwrap();
    assert!(now.items.is_empty());
    portal
        .reply(&id, &words("News"), &portal.new_key())
        .await
        .unwrap();
    let news = portal
        .events(Since::Place(&now.next_cursor), 0)
        .await
        .unwrap();
    assert!(news.items.iter().any(|event| event.id == id.as_str()));
    let quiet = portal
        .events(Since::Place(&news.next_cursor), 0)
        .await
        .unwrap();
    assert!(quiet.items.is_empty());
}
