//! What the log knows of a customer: nothing.
//!
//! In a process of its own: a place that logs asks once whether anybody listens, on whichever thread comes by first, and other
//! tests beside it would answer that nobody does.

use reference_api::config::Log;
use reference_api::logging;
use reference_api::testing::{Call, TestApi};
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing::instrument::WithSubscriber;

const MAYA: &str = "maya@example.com";

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .expect("nobody panics while writing")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn journey() -> Vec<String> {
    let api = TestApi::new();
    let id = api.customer(MAYA, "Maya Lindqvist").await;
    let cookie = api.sign_in(MAYA).await;
    let code = api.latest_code(MAYA).await.expect("signing in sent one");
    let me = Call::patch("/v1/me", &json!({ "pronouns": "unusual" }))
        .cookie(&cookie)
        .header("if-match", "*");
    api.send(me).await;
    api.send(Call::get("/v1/interactions?q=secretword").cookie(&cookie))
        .await;
    api.send(Call::get("/v1/interactions/int_secretid").cookie(&cookie))
        .await;
    api.send(Call::get("/v1/secretpath")).await;
    api.send(Call::get("/v1/unsubscribe/secrettoken")).await;
    let token = cookie.split_once('=').expect("it has a value").1.to_owned();
    let words = [
        MAYA,
        "Lindqvist",
        "unusual",
        "secretword",
        "secretid",
        "secretpath",
        "secrettoken",
        &code,
        &token,
        id.as_str(),
    ];
    words.map(str::to_owned).to_vec()
}

#[tokio::test]
async fn a_whole_journey_leaves_no_personal_datum_in_the_log() {
    for json in [false, true] {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = Log {
            json,
            filter: "trace,mio=off".into(),
        };
        let subscriber = logging::subscriber(&log, move || writer.clone()).unwrap();
        let words = journey().with_subscriber(subscriber).await;
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(
            text.contains("/v1/session/email/confirm"),
            "the journey is in the log: {text}"
        );
        assert!(text.contains("/v1/interactions/{id}"), "{text}");
        for word in words {
            assert!(!text.contains(&word), "{word} is in the log: {text}");
        }
    }
}
