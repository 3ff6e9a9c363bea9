//! A transport that answers by a script, on a clock that runs only when everybody waits: hours pass in no time.

use crate::transport::{Request, Response, Transport, TransportError};
use portal_contract::{IdempotencyKey, Json};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// What the next attempt meets.
pub(crate) enum Step {
    Answer(Response),
    Fail(TransportError),
    /// The connection stands and nothing comes.
    Silence,
}

/// Where the script is played and what was seen. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Scripted(Rc<Stage>);

#[derive(Default)]
struct Stage {
    script: RefCell<VecDeque<Step>>,
    now: Cell<Duration>,
    next_timer: Cell<Option<Duration>>,
    away_until: Cell<Duration>,
    random: Cell<f64>,
    keys: Cell<u32>,
    sent: RefCell<Vec<(Duration, Request<&'static str>)>>,
    given_up: Cell<u32>,
}

impl Scripted {
    pub(crate) fn new(script: impl IntoIterator<Item = Step>) -> Self {
        let scripted = Self::default();
        scripted.0.script.borrow_mut().extend(script);
        scripted
    }

    /// Jitter takes this part of its ceiling.
    pub(crate) fn with_random(self, random: f64) -> Self {
        self.0.random.set(random);
        self
    }

    /// The device is offline, or the page hidden, until then.
    pub(crate) fn away_until(self, until: Duration) -> Self {
        self.0.away_until.set(until);
        self
    }

    pub(crate) fn requests(&self) -> Vec<Request<&'static str>> {
        self.0
            .sent
            .borrow()
            .iter()
            .map(|(_, r)| r.clone())
            .collect()
    }

    /// When each attempt was made.
    pub(crate) fn times(&self) -> Vec<Duration> {
        self.0.sent.borrow().iter().map(|(at, _)| *at).collect()
    }

    /// How many requests were dropped before their answer came.
    pub(crate) fn given_up(&self) -> u32 {
        self.0.given_up.get()
    }

    pub(crate) fn now(&self) -> Duration {
        self.0.now.get()
    }

    /// Runs a future to its end, moving the clock to the next timer whenever nothing else can happen.
    pub(crate) fn run<O>(&self, future: impl Future<Output = O>) -> O {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            self.0.next_timer.set(None);
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            let next = self.0.next_timer.get();
            self.0.now.set(next.expect("somebody waits for a moment"));
        }
    }

    async fn until(&self, moment: Duration) {
        poll_fn(|_| {
            if self.now() >= moment {
                return Poll::Ready(());
            }
            let next = self.0.next_timer.get().map_or(moment, |n| n.min(moment));
            self.0.next_timer.set(Some(next));
            Poll::Pending
        })
        .await;
    }
}

struct InFlight<'a>(&'a Cell<u32>);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

impl Transport for Scripted {
    type Upload = &'static str;

    async fn send(&self, request: &Request<&'static str>) -> Result<Response, TransportError> {
        let now = self.now();
        self.0.sent.borrow_mut().push((now, request.clone()));
        let step = self.0.script.borrow_mut().pop_front();
        match step.expect("the script has a step for every attempt") {
            Step::Answer(response) => Ok(response),
            Step::Fail(error) => Err(error),
            Step::Silence => {
                let _in_flight = InFlight(&self.0.given_up);
                pending().await
            }
        }
    }

    async fn sleep(&self, duration: Duration) {
        // The moment is fixed when the sleep begins, as it is with a browser's timer.
        self.until(self.now() + duration).await;
    }

    async fn ready(&self) {
        self.until(self.0.away_until.get()).await;
    }

    fn random(&self) -> f64 {
        self.0.random.get()
    }

    fn new_key(&self) -> IdempotencyKey {
        self.0.keys.set(self.0.keys.get() + 1);
        format!("key-{}", self.0.keys.get()).parse().unwrap()
    }

    fn parse(&self, text: &str) -> Option<Json> {
        serde_json::from_str(text).ok()
    }

    fn write(&self, json: &Json) -> String {
        serde_json::to_string(json).unwrap()
    }
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, text: &str) -> Response {
    Response {
        status,
        headers: vec![("content-type", "application/json".to_owned())],
        text: text.to_owned(),
    }
}

/// A problem document of the contract with further members, `, "limit_bytes": 5`.
pub(crate) fn problem(status: u16, slug: &str, members: &str) -> Response {
    let text = format!(
        r#"{{"type": "urn:customer-portal:problem:{slug}", "title": "t", "status": {status}, "request_id": "r-1"{members}}}"#
    );
    Response {
        headers: vec![("content-type", "application/problem+json".to_owned())],
        ..json(status, &text)
    }
}

/// What a proxy says for itself.
pub(crate) fn page(status: u16) -> Response {
    Response {
        status,
        headers: vec![("content-type", "text/html".to_owned())],
        text: "<!doctype html><title>Sign on to the network</title>".to_owned(),
    }
}

impl Response {
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}
