//! The change feed as Server-Sent Events (WHATWG HTML, "Server-sent events").
//!
//! Each event's `id` is the cursor just after it, so a browser that reconnects says in `Last-Event-ID` where it was and misses
//! nothing. `data` is the event as the long poll has it. No `event` field: one listener (`onmessage`) hears all kinds, also those
//! that come later.

use super::feed::{self, Feed, Found};
use super::{Ears, Woken};
use crate::http::ApiResult;
use crate::http::Query;
use crate::http::session;
use crate::http::state::Change;
use crate::store::interactions::Place;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;

pub(super) const MEDIA_TYPE: &str = "text/event-stream";

/// How often a silent stream says that it is alive: well within the minute after which proxies take it for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(2);

/// Begins a stream where the reader left off, or at "now".
pub(super) async fn begin(feed: Feed, headers: &HeaderMap, query: &Query) -> ApiResult<Response> {
    // Before the first look, so that nothing falls between looking and listening.
    let changes = feed.state.changes.listen();
    let place = match (last_event_id(headers), query.get("cursor")) {
        // A browser cannot be told to forget its id: what cannot be read is a place that is too old.
        (Some(id), _) => feed.open(id).unwrap_or_else(|_| feed::unknown()),
        (None, Some(cursor)) => feed.open(cursor)?,
        (None, None) => feed.begin(query).await?,
    };
    let mut reader = Reader {
        ready: VecDeque::new(),
        feed,
        changes,
        place,
        ended: false,
    };
    // An id without data moves the reader's place and is no event.
    reader
        .ready
        .push_back(Event::default().retry(RETRY).id(reader.mark(place)));
    let stream = futures_util::stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx would hold events back until it has a buffer full of them.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    Ok((headers, Sse::new(stream)).into_response())
}

fn last_event_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get("last-event-id")?.to_str().ok()?;
    Some(id).filter(|id| !id.is_empty())
}

struct Reader {
    feed: Feed,
    changes: Receiver<Change>,
    place: Place,
    /// What is to be sent before the next look.
    ready: VecDeque<Event>,
    ended: bool,
}

impl Reader {
    /// The next thing to send; nothing when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        while self.ready.is_empty() {
            if self.ended {
                return None;
            }
            // A failure stands in the log; the browser connects again and goes on from its id.
            self.look().await.ok()?;
            if self.ready.is_empty() {
                self.wait().await?;
            }
        }
        self.ready.pop_front()
    }

    async fn look(&mut self) -> ApiResult<()> {
        let Found { events, end } = self.feed.since(self.place).await?;
        for (place, event) in &events {
            self.send(*place, event);
        }
        self.place = end;
        Ok(())
    }

    /// Returns when it is worth looking again; nothing when the server goes down.
    async fn wait(&mut self) -> Option<()> {
        let ears = Ears::of(&self.feed).await.ok()?;
        tokio::select! {
            woken = ears.change(&mut self.changes) => match woken {
                Woken::Look => {}
                Woken::SessionEnded => self.end(),
            },
            () = self.feed.state.shutdown.begun() => return None,
            () = tokio::time::sleep(HEARTBEAT) => self.beat().await.ok()?,
        }
        Some(())
    }

    /// Says that the stream is alive, and looks whether the session is: one that runs out tells nobody, nor does another process.
    async fn beat(&mut self) -> ApiResult<()> {
        if !session::store::lives(&self.feed.state, &self.feed.customer).await? {
            self.end();
            return Ok(());
        }
        self.look().await?;
        if self.ready.is_empty() {
            let alive = Event::default().comment("").id(self.mark(self.place));
            self.ready.push_back(alive);
        }
        Ok(())
    }

    fn end(&mut self) {
        let event = self.feed.session_ended();
        self.send(self.place, &event);
        self.ended = true;
    }

    fn send(&mut self, after: Place, event: &portal_contract::event::Event) {
        let data = serde_json::to_string(event).expect("an event is texts");
        let event = Event::default().id(self.mark(after)).data(data);
        self.ready.push_back(event);
    }

    fn mark(&self, place: Place) -> String {
        self.feed.seal(place).as_str().to_owned()
    }
}
