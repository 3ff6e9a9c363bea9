//! Against a listener on this machine that answers as it is told.

use super::endpoint::Endpoint;
use super::signature::Secret;
use super::{outbox, work};
use crate::http::fixture::Scene;
use crate::testing::TestApi;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What came in: the head, in lower case, and the body.
type Taken = Arc<Mutex<Vec<(String, Value)>>>;

/// A receiver.
struct Desk {
    endpoint: Endpoint,
    taken: Taken,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
}

const WELL: &str = "HTTP/1.1 204 No Content\r\n\r\n";

impl Desk {
    /// One that answers so, one after the other, and then well.
    async fn open(answers: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/in?desk=1", listener.local_addr().unwrap());
        let taken = Taken::default();
        let answers = Arc::new(Mutex::new(answers.iter().copied().collect::<VecDeque<_>>()));
        let (theirs, next) = (taken.clone(), answers.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                let (head, body) = loop {
                    let mut part = [0; 4096];
                    let count = stream.read(&mut part).await.unwrap();
                    bytes.extend_from_slice(&part[..count]);
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else {
                        continue;
                    };
                    if let Ok(body) = serde_json::from_str(body) {
                        break (head.to_ascii_lowercase(), body);
                    }
                };
                theirs.lock().unwrap().push((head, body));
                let answer = next.lock().unwrap().pop_front().unwrap_or(WELL);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self {
            endpoint: Endpoint {
                name: "desk".to_owned(),
                url: url.parse().unwrap(),
                secrets: vec![Secret::parse(SECRET).unwrap()],
                events: Vec::new(),
                private_network: false,
                give_up_days: 5,
            },
            taken,
            answers,
        }
    }

    /// A customer of an API that tells this desk.
    async fn scene(&self) -> Scene {
        let api = TestApi::with(|config| config.webhooks = vec![self.endpoint.clone()]);
        let endpoints = vec![self.endpoint.clone()];
        let store = &api.state.store;
        store
            .write(move |tx| outbox::register(tx, &endpoints))
            .await
            .unwrap();
        Scene::on(&api, "maya@example.com").await
    }

    async fn deliver(&self, scene: &Scene) {
        work::once(&scene.api.state, &self.endpoint).await.unwrap();
    }

    /// What came in so far: type and state.
    fn told(&self) -> Vec<(String, String)> {
        let taken = self.taken.lock().unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        taken
            .iter()
            .map(|(_, body)| (text(&body["type"]), text(&body["data"]["state"])))
            .collect()
    }

    fn ids(&self) -> Vec<String> {
        self.taken
            .lock()
            .unwrap()
            .iter()
            .map(|(head, _)| header(head, "webhook-id"))
            .collect()
    }
}

fn header(head: &str, name: &str) -> String {
    let found = head
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found
        .unwrap_or_else(|| panic!("{name} is in {head}"))
        .to_owned()
}

async fn made(scene: &Scene, kind: &str) -> Value {
    let scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    let body = json!({ "kind": kind, "scope": scope, "formats": [], "proposed": [], "text": "My sister Zoë" });
    let answer = scene.post("/v1/data-requests", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn standing(scene: &Scene) -> outbox::Standing {
    let all = scene.api.state.store.read(outbox::standing).await.unwrap();
    all.into_iter().next().unwrap()
}

#[tokio::test]
async fn every_step_is_told_in_order_signed_and_says_nothing_of_whose_it_is() {
    let desk = Desk::open(&[]).await;
    let scene = desk.scene().await;
    let request = made(&scene, "restriction").await;
    desk.deliver(&scene).await;
    let steps: Vec<String> = desk.told().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        steps,
        [
            "data_request.submitted",
            "data_request.acknowledged",
            "data_request.state_changed",
            "data_request.effect_began"
        ]
    );
    let taken = desk.taken.lock().unwrap().clone();
    let (head, body) = &taken[2];
    assert!(head.starts_with("post /in?desk=1 http/1.1\r\n"), "{head}");
    assert_eq!(header(head, "content-type"), "application/json");
    let members: Vec<&String> = body["data"].as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "actor",
            "due_at",
            "event_id",
            "id",
            "kind",
            "reference",
            "state"
        ]
    );
    for (member, value) in [
        ("id", &request["id"]),
        ("due_at", &request["due_at"]),
        ("state", &json!("in_progress")),
    ] {
        assert_eq!(&body["data"][member], value);
    }
    let now = jiff::Timestamp::now().as_second();
    let seconds: i64 = header(head, "webhook-timestamp").parse().unwrap();
    assert!((now - seconds).abs() < 300);
    assert!(header(head, "webhook-signature").starts_with("v1,"));
    // Once each.
    desk.deliver(&scene).await;
    assert_eq!(desk.told().len(), 4);
}

#[tokio::test]
async fn what_did_not_arrive_is_sent_again_under_the_same_name_and_before_what_follows() {
    let busy = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\n\r\n";
    let desk = Desk::open(&[busy]).await;
    let scene = desk.scene().await;
    made(&scene, "restriction").await;
    desk.deliver(&scene).await;
    assert_eq!(
        desk.told().len(),
        1,
        "nothing more is sent while it is busy"
    );
    assert_eq!(standing(&scene).await.waiting, 4);
    scene.api.state.clock.advance(119);
    desk.deliver(&scene).await;
    assert_eq!(desk.told().len(), 1);
    scene.api.state.clock.advance(2);
    desk.deliver(&scene).await;
    let ids = desk.ids();
    assert_eq!(ids.len(), 5);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(standing(&scene).await.waiting, 0);
    assert!(standing(&scene).await.failing_since.is_none());
}

#[tokio::test]
async fn one_refused_message_holds_up_its_own_request_and_no_other() {
    let desk = Desk::open(&["HTTP/1.1 422 No\r\n\r\n"]).await;
    let scene = desk.scene().await;
    let first = made(&scene, "restriction").await;
    desk.deliver(&scene).await;
    assert_eq!(desk.told().len(), 1);
    let second = made(&scene, "objection").await;
    desk.deliver(&scene).await;
    let about: Vec<Value> = desk
        .taken
        .lock()
        .unwrap()
        .iter()
        .map(|(_, body)| body["data"]["id"].clone())
        .collect();
    assert!(
        about[1..].iter().all(|id| *id == second["id"]) && about.len() > 1,
        "{about:?}"
    );
    scene.api.state.clock.advance(7);
    desk.deliver(&scene).await;
    let told = desk.taken.lock().unwrap().clone();
    let of_first: Vec<&Value> = told
        .iter()
        .filter(|(_, body)| body["data"]["id"] == first["id"])
        .map(|(_, body)| &body["type"])
        .collect();
    assert_eq!(of_first.len(), 5);
    assert_eq!(
        of_first[..2],
        ["data_request.submitted", "data_request.submitted"]
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Desk::open(&[]).await;
    let to = format!(
        "HTTP/1.1 307 Elsewhere\r\nLocation: {}\r\n\r\n",
        other.endpoint.url
    );
    let desk = Desk::open(&[Box::leak(to.into_boxed_str())]).await;
    let scene = desk.scene().await;
    made(&scene, "restriction").await;
    desk.deliver(&scene).await;
    assert!(other.told().is_empty());
    assert_eq!(standing(&scene).await.waiting, 4);
}

#[tokio::test]
async fn what_fails_for_days_or_is_gone_is_given_up_until_an_operator_says_so() {
    const DAY: i64 = 24 * 60 * 60;
    let desk = Desk::open(&["HTTP/1.1 500 No\r\n\r\n", "HTTP/1.1 500 No\r\n\r\n"]).await;
    let scene = desk.scene().await;
    made(&scene, "restriction").await;
    desk.deliver(&scene).await;
    assert!(standing(&scene).await.failing_since.is_some());
    scene.api.state.clock.advance(5 * DAY + 1);
    desk.deliver(&scene).await;
    assert!(standing(&scene).await.disabled_at.is_some());
    scene.api.state.clock.advance(DAY);
    desk.deliver(&scene).await;
    assert_eq!(desk.told().len(), 2, "nothing is sent any more");
    let now = scene.api.state.clock.now();
    let waiting = scene
        .api
        .state
        .store
        .write(move |tx| outbox::send_all_again(tx, "desk", now))
        .await
        .unwrap();
    assert_eq!(waiting, Some(4));
    desk.deliver(&scene).await;
    assert_eq!(standing(&scene).await.waiting, 0);
    desk.answers
        .lock()
        .unwrap()
        .push_back("HTTP/1.1 410 Gone\r\n\r\n");
    let scene = scene.signed_in_again().await;
    made(&scene, "objection").await;
    desk.deliver(&scene).await;
    assert!(standing(&scene).await.disabled_at.is_some());
}

#[tokio::test]
async fn a_name_that_leads_into_the_own_network_is_refused_unless_that_is_meant() {
    let desk = Desk::open(&[]).await;
    let port = desk.endpoint.url.port_u16().unwrap();
    // The address of this machine, but not a name that says so.
    let url = format!("http://0x7f000001:{port}/");
    let mut endpoint = Endpoint {
        url: url.parse().unwrap(),
        ..desk.endpoint.clone()
    };
    let message = super::trial(crate::store::time::Moment::from_millis(0));
    let refused = work::send(&endpoint, &message).await.unwrap_err();
    assert!(
        refused.contains("private network") || refused.contains("leads nowhere"),
        "{refused}"
    );
    assert!(desk.told().is_empty());
    endpoint.url = desk.endpoint.url.clone();
    assert_eq!(work::send(&endpoint, &message).await.as_deref(), Ok("204"));
    assert_eq!(desk.told(), [("webhook.test".to_owned(), String::new())]);
}

#[tokio::test]
async fn an_endpoint_hears_what_it_asked_for_from_when_it_is_known() {
    let desk = Desk::open(&[]).await;
    let scene = desk.scene().await;
    let mut endpoint = desk.endpoint.clone();
    endpoint.events = vec!["data_request.state_changed".to_owned()];
    scene
        .api
        .state
        .store
        .write(move |tx| {
            outbox::register(tx, &[])?;
            outbox::register(tx, &[endpoint])
        })
        .await
        .unwrap();
    made(&scene, "restriction").await;
    desk.deliver(&scene).await;
    assert_eq!(
        desk.told(),
        [(
            "data_request.state_changed".to_owned(),
            "in_progress".to_owned()
        )]
    );
}
