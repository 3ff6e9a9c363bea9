//! Where the host's keys come from. They are read when the server starts, again now and then, and when an assertion names a new one.

use super::assertion::Refusal;
use super::keys::{Key, KeySet};
use crate::outgoing::{self, Bounds};
use crate::store::time::Moment;
use axum::http::{Request, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::Full;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// The largest set that is read.
const MOST_BYTES: usize = 64 * 1024;

/// How long a set is taken as it is: a key that its owner took back is good no longer than that.
const FRESH_SECONDS: i64 = 10 * 60;

/// How long it is taken when it cannot be read anew.
const STALE_SECONDS: i64 = 60 * 60;

/// How long nothing is read after a try: whoever makes up names of keys has nothing read more often.
const PAUSE_SECONDS: i64 = 60;

/// How long reading may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the keys are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In this file.
    File(PathBuf),
    /// At this address, which may stand in the company's own network.
    Url(Uri),
}

impl Source {
    /// The key of the configuration that says so, and what it says.
    fn said(&self) -> (&'static str, String) {
        match self {
            Self::File(path) => ("embed.jwks_file", path.display().to_string()),
            Self::Url(url) => ("embed.jwks_url", url.to_string()),
        }
    }

    /// Whoever runs the server reads why nobody is let in, where the keys should be, and what to do.
    fn warn(&self, reason: &str) {
        let (key, place) = self.said();
        tracing::warn!(
            "the host's keys cannot be read from {place} ({key}): {reason}. Until they can, nobody is let in in a frame. See that {key} names the \
             JWK Set of the company's site and that this machine reaches it; it is tried again when somebody comes"
        );
    }

    async fn read(&self) -> Result<KeySet, String> {
        let bytes = match self {
            Self::File(path) => tokio::fs::read(path)
                .await
                .map(Bytes::from)
                .map_err(|error| error.to_string())?,
            Self::Url(url) => fetch(url).await?,
        };
        if bytes.len() > MOST_BYTES {
            return Err(format!("it has more than {MOST_BYTES} bytes"));
        }
        KeySet::parse(&bytes).map_err(|error| error.to_string())
    }
}

async fn fetch(url: &Uri) -> Result<Bytes, String> {
    let request = Request::get(url.clone())
        .header(header::ACCEPT, "application/jwk-set+json, application/json")
        .body(Full::new(Bytes::new()))
        .map_err(|error| error.to_string())?;
    let bounds = Bounds {
        patience: PATIENCE,
        most_bytes: MOST_BYTES,
        private_network: true,
    };
    let reply = outgoing::send(request, bounds).await;
    let reply = reply.map_err(|failure| failure.to_string())?;
    if reply.status != StatusCode::OK {
        return Err(format!("it answers {}", reply.status.as_u16()));
    }
    Ok(reply.body)
}

/// The keys as they were last read.
pub(super) struct Keys {
    source: Source,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    set: KeySet,
    read_at: Option<Moment>,
    tried_at: Option<Moment>,
}

impl Held {
    fn take(&mut self, set: KeySet, now: Moment) {
        self.set = set;
        self.read_at = Some(now);
        self.tried_at = Some(now);
    }

    fn is_within(since: Option<Moment>, seconds: i64, now: Moment) -> bool {
        since.is_some_and(|since| since <= now && now < since.plus_seconds(seconds))
    }
}

impl Keys {
    pub(super) fn of(source: Source) -> Self {
        Self {
            source,
            held: Mutex::default(),
        }
    }

    /// Reads them before anybody comes, so that a wrong place shows at once. A failure counts for nothing: whoever comes has it tried again.
    pub(super) async fn read_ahead(&self, now: Moment) {
        let mut held = self.held.lock().await;
        match self.source.read().await {
            Ok(set) => held.take(set, now),
            Err(reason) => self.source.warn(&reason),
        }
    }

    /// The key of this name, if the host has it.
    pub(super) async fn find(&self, kid: &str, now: Moment) -> Result<Option<Arc<Key>>, Refusal> {
        // Held over the reading: those who come meanwhile wait for it, and do not read as well.
        let mut held = self.held.lock().await;
        let is_known = held.set.get(kid).is_some();
        let is_fresh = Held::is_within(held.read_at, FRESH_SECONDS, now);
        let was_tried = Held::is_within(held.tried_at, PAUSE_SECONDS, now);
        let is_wanted = !is_known || !is_fresh;
        if is_wanted && !was_tried {
            held.tried_at = Some(now);
            match self.source.read().await {
                Ok(set) => held.take(set, now),
                Err(reason) => self.source.warn(&reason),
            }
        }
        if Held::is_within(held.read_at, STALE_SECONDS, now) {
            Ok(held.set.get(kid))
        } else {
            Err(Refusal::NoKeys)
        }
    }
}
