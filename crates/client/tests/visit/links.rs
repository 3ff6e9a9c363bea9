//! What the link in the footer of a mail can do, and what it cannot.

use super::{House, MAYA, Portal};
use portal_client::ApiError;
use portal_client::preferences::{Cell, Edit, Editing, Settled};
use portal_contract::interaction::Channel;
use portal_contract::link::{LinkSession, StartLinkSession};
use portal_contract::preference_history::ChangeRoute;
use portal_contract::session::{Scope, SessionMode};
use reference_api::testing::{Call, TestApi};
use serde_json::json;

const TOPIC: &str = "tariff_offers";

async fn house() -> House {
    House::on(TestApi::with(|config| {
        config.demo = true;
        config.public_url = Some("https://help.example".to_owned());
    }))
    .await
}

/// The token behind `#t=` in a mail about offers.
async fn token(house: &House) -> StartLinkSession {
    let ask = json!({ "customer": MAYA, "topic": TOPIC });
    let sent = house.api.send(Call::post("/dev/mail/topic", &ask)).await;
    assert_eq!(sent.json()["sent"], true, "{}", sent.text());
    let outbox = house.api.send(Call::get("/dev/outbox.json")).await.json();
    let text = outbox[0]["text"].as_str().unwrap();
    let (_, rest) = text.split_once("#t=").unwrap();
    StartLinkSession {
        token: rest.split_whitespace().next().unwrap().to_owned(),
    }
}

/// A browser in which nobody is signed in follows the link.
async fn followed(house: &House) -> (Portal, LinkSession) {
    let browser = house.browser();
    let session = browser.open_link(&token(house).await).await.unwrap();
    (browser.bearing(&session.bearer), session)
}

fn offers() -> Cell {
    Cell {
        topic: TOPIC.parse().unwrap(),
        channel: Channel::Email,
    }
}

#[tokio::test]
async fn a_link_shows_a_masked_address_and_nobodys_name() {
    let house = house().await;
    let (_, link) = followed(&house).await;
    assert_eq!(link.session.mode, Some(SessionMode::Link));
    assert_eq!(link.session.scopes, [Scope::PreferencesReduce]);
    assert_eq!(link.session.customer, None);
    assert!(!link.address.contains("lindqvist"), "{}", link.address);
    assert_eq!(link.topics[0].id.as_str(), TOPIC);
}

#[tokio::test]
async fn a_link_ends_a_topic_and_cannot_begin_one() {
    let house = house().await;
    let (portal, _) = followed(&house).await;
    let mut editing = Editing::new(portal.preferences().await.unwrap());
    editing.say(Edit::Enabled(offers(), false));
    let save = editing.next_save(|| portal.new_key()).unwrap();
    let saved = portal.save_preferences(&save).await.unwrap();
    assert_eq!(editing.saved(saved), Settled::Saved);
    editing.say(Edit::Enabled(offers(), true));
    let save = editing.next_save(|| portal.new_key()).unwrap();
    let refused = portal.save_preferences(&save).await;
    assert!(
        matches!(refused, Err(ApiError::NotAllowed { .. })),
        "{refused:?}"
    );

    let maya = house.signed_in(MAYA).await;
    let document = maya.preferences().await.unwrap();
    assert!(!offers().of(&document).unwrap().enabled);
    let history = maya.preference_history(None).await.unwrap().items;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].route, ChangeRoute::Link);
}

#[tokio::test]
async fn a_link_reads_nothing_else_of_the_customer() {
    let house = house().await;
    let (portal, _) = followed(&house).await;
    assert!(portal.preference_catalog().await.is_ok());
    let refusals = [
        portal.me().await.err(),
        portal.overview().await.err(),
        portal.contact_points(None).await.err(),
        portal.preference_history(None).await.err(),
        portal.consents(None).await.err(),
        portal.interactions(&Default::default(), None).await.err(),
    ];
    for refusal in refusals {
        let refused = matches!(refusal, Some(ApiError::NotAllowed { .. }));
        assert!(refused, "{refusal:?}");
    }
}

#[tokio::test]
async fn whoever_is_not_meant_says_so_and_the_link_is_good_for_nothing() {
    let house = house().await;
    let start = token(&house).await;
    let browser = house.browser();
    let link = browser.open_link(&start).await.unwrap();
    let portal = browser.bearing(&link.bearer);
    portal.transport().lose_answers(1);
    portal.disown_link().await.unwrap();
    portal.disown_link().await.unwrap();
    assert_eq!(browser.open_link(&start).await, Err(ApiError::LinkExpired));
    let unknown = StartLinkSession {
        token: "nothing.at-all".to_owned(),
    };
    assert_eq!(browser.open_link(&unknown).await, Err(ApiError::NotFound));
}
