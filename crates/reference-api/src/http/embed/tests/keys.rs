//! Where the host's keys come from, and how they change.

use super::host::{self, Signer, jwk_set};
use super::{MAYA, Scene};
use crate::embed::Source;
use crate::testing::TestApi;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A server that publishes keys, and counts how often it is asked.
#[derive(Clone, Default)]
struct Publisher {
    answer: Arc<Mutex<(StatusCode, String)>>,
    asked: Arc<AtomicUsize>,
}

impl Publisher {
    /// It, and the scene of an API that asks it.
    async fn serving(signers: &[&Signer]) -> (Self, Scene) {
        let publisher = Self::default();
        publisher.publish(signers);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/keys", get(answer));
        let router = router.with_state(publisher.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        let url = format!("http://{address}/keys").parse().unwrap();
        let api = TestApi::with(|config| config.embed = Some(host::named(Source::Url(url))));
        host::customer(&api, MAYA, "maya@example.com", "Maya Lindqvist").await;
        let host = host::HostPage::new();
        (publisher, Scene { api, host })
    }

    fn publish(&self, signers: &[&Signer]) {
        self.say(200, &jwk_set(signers));
    }

    fn say(&self, status: u16, text: &str) {
        let status = StatusCode::from_u16(status).unwrap();
        *self.answer.lock().unwrap() = (status, text.to_owned());
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn answer(State(publisher): State<Publisher>) -> (StatusCode, String) {
    publisher.asked.fetch_add(1, Ordering::SeqCst);
    publisher.answer.lock().unwrap().clone()
}

impl Scene {
    /// What an assertion of this signer comes to.
    async fn by(&self, signer: &Signer) -> String {
        let answer = self.exchange(&signer.sign(&self.claims(MAYA))).await;
        match answer.status {
            StatusCode::OK => "taken".to_owned(),
            _ => answer.problem(),
        }
    }

    /// What the server does when it starts.
    async fn read_ahead(&self) {
        let identity = self.api.state.identity.as_ref().unwrap();
        identity.read_keys_ahead(self.api.state.clock.now()).await;
    }

    fn later(&self, seconds: i64) {
        self.api.state.clock.advance(seconds);
    }
}

#[tokio::test]
async fn both_ways_of_signing_are_taken() {
    let (one, two) = (Signer::es256("one"), Signer::eddsa("two"));
    let (publisher, scene) = Publisher::serving(&[&one, &two]).await;
    assert_eq!(scene.by(&one).await, "taken");
    assert_eq!(scene.by(&two).await, "taken");
    assert_eq!(publisher.asked(), 1, "keys are kept");
}

#[tokio::test]
async fn keys_are_read_before_anybody_comes() {
    let one = Signer::es256("one");
    let (publisher, scene) = Publisher::serving(&[&one]).await;
    scene.read_ahead().await;
    assert_eq!(publisher.asked(), 1);
    assert_eq!(scene.by(&one).await, "taken");
    assert_eq!(publisher.asked(), 1, "what was read ahead is kept");
}

#[tokio::test]
async fn a_key_server_that_is_down_when_the_server_starts_keeps_nobody_out_once_it_is_there() {
    let one = Signer::es256("one");
    let (publisher, scene) = Publisher::serving(&[&one]).await;
    publisher.say(503, "");
    scene.read_ahead().await;
    publisher.publish(&[&one]);
    assert_eq!(scene.by(&one).await, "taken");
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn a_new_key_is_found_and_asking_for_it_is_bounded() {
    let (old, new) = (Signer::es256("old"), Signer::eddsa("new"));
    let (publisher, scene) = Publisher::serving(&[&old]).await;
    assert_eq!(scene.by(&old).await, "taken");
    publisher.publish(&[&old, &new]);
    // Within the minute nobody has it asked for.
    assert_eq!(scene.by(&new).await, "unauthenticated");
    assert_eq!(publisher.asked(), 1);
    scene.later(60);
    assert_eq!(scene.by(&new).await, "taken");
    assert_eq!(scene.by(&old).await, "taken");
    for _ in 0..5 {
        let made_up = Signer::es256("made up");
        assert_eq!(scene.by(&made_up).await, "unauthenticated");
    }
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn a_key_that_was_taken_back_is_soon_good_no_more() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let (publisher, scene) = Publisher::serving(&[&old]).await;
    assert_eq!(scene.by(&old).await, "taken");
    publisher.publish(&[&new]);
    scene.later(10 * 60 - 1);
    assert_eq!(scene.by(&old).await, "taken");
    scene.later(1);
    assert_eq!(scene.by(&old).await, "unauthenticated");
    // Nor is another key of the same name.
    let posing = Signer::es256("new");
    assert_eq!(scene.by(&posing).await, "unauthenticated");
    assert_eq!(scene.by(&new).await, "taken");
}

#[tokio::test]
async fn keys_outlast_a_fault_of_their_server_for_an_hour() {
    let one = Signer::es256("one");
    let (publisher, scene) = Publisher::serving(&[&one]).await;
    assert_eq!(scene.by(&one).await, "taken");
    publisher.say(503, "down");
    scene.later(59 * 60);
    assert_eq!(scene.by(&one).await, "taken");
    scene.later(60);
    assert_eq!(scene.by(&one).await, "upstream-unavailable");
    publisher.publish(&[&one]);
    scene.later(60);
    assert_eq!(scene.by(&one).await, "taken");
}

#[tokio::test]
async fn what_is_no_set_of_keys_is_not_taken_for_one() {
    let one = Signer::es256("one");
    let (publisher, scene) = Publisher::serving(&[&one]).await;
    let padded = format!("{}{}", " ".repeat(64 * 1024), jwk_set(&[&one]));
    for bad in ["<!doctype html>", "{\"keys\": []}", &padded] {
        publisher.say(200, bad);
        assert_eq!(scene.by(&one).await, "upstream-unavailable");
        scene.later(60);
    }
    publisher.publish(&[&one]);
    assert_eq!(scene.by(&one).await, "taken");
}

#[tokio::test]
async fn a_file_is_read_anew_as_well() {
    let scene = Scene::new().await;
    assert_eq!(scene.by(&scene.host.signer).await, "taken");
    let next = Signer::eddsa("next");
    scene.host.publish(&[&next]);
    scene.later(60);
    assert_eq!(scene.by(&next).await, "taken");
    assert_eq!(scene.by(&scene.host.signer).await, "unauthenticated");
    std::fs::remove_file(scene.host.file()).unwrap();
    scene.later(60 * 60);
    assert_eq!(scene.by(&next).await, "upstream-unavailable");
}
