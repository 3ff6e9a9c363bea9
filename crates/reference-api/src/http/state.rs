//! What every handler can reach.

use crate::clock::Clock;
use crate::company_sign_in::CompanySignIn;
use crate::config::Config;
use crate::embed::Identity;
use crate::mail::Mailer;
use crate::secrets::Secrets;
use crate::store::customers::CustomerId;
use crate::store::{Store, StoreError};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{Notify, broadcast, watch};

use super::idempotency::InFlight;
use super::writes::Writes;

/// The server's parts. Clones share them.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub store: Store,
    /// The configuration.
    pub config: Arc<Config>,
    /// What time it is.
    pub clock: Clock,
    /// Outgoing mail.
    pub mailer: Mailer,
    /// The folder of attachments.
    pub files: Arc<PathBuf>,
    /// Who is told of changes.
    pub changes: Changes,
    /// Whether the server is going down; long polls return then.
    pub shutdown: Shutdown,
    /// Rings for what works in the background.
    pub work: Bell,
    /// The company's own sign-in, where there is one.
    pub(crate) company: Option<Arc<CompanySignIn>>,
    /// The host whose word is taken in a frame.
    pub(crate) identity: Option<Arc<Identity>>,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) in_flight: InFlight,
    pub(crate) writes: Writes,
}

impl AppState {
    /// Puts the parts together. Mail is sent by a task of the current runtime.
    ///
    /// # Errors
    /// When the server's keys cannot be read or the folder of attachments cannot be made.
    pub fn new(store: Store, config: Config, clock: Clock) -> Result<Self, StoreError> {
        std::fs::create_dir_all(&config.attachments)?;
        let secrets = Secrets::load(config.secret.as_deref(), &store)?;
        Ok(Self {
            mailer: Mailer::start(&config, store.clone(), clock.clone()),
            files: Arc::new(config.attachments.clone()),
            identity: config.embed.as_ref().map(Identity::of).map(Arc::new),
            company: config
                .openid_connect
                .clone()
                .map(CompanySignIn::new)
                .map(Arc::new),
            config: Arc::new(config),
            store,
            clock,
            changes: Changes::new(),
            shutdown: Shutdown::new(),
            work: Bell::default(),
            secrets: Arc::new(secrets),
            in_flight: InFlight::default(),
            writes: Writes::default(),
        })
    }
}

/// A session, within the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(pub(crate) i64);

impl SessionId {
    /// Of who acts without one: by a link. Sessions are counted from 1.
    pub(crate) const NONE: Self = Self(0);
}

/// Something that a waiting reader wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something of this customer changed and is committed: read the feed.
    Data(CustomerId),
    /// This session ended.
    SessionEnded(SessionId),
}

/// Tells waiting readers of changes, within this process.
#[derive(Clone)]
pub struct Changes(broadcast::Sender<Change>);

impl Changes {
    fn new() -> Self {
        // A reader that falls this far behind is told so (`Lagged`) and reads the feed.
        Self(broadcast::channel(256).0)
    }

    /// Tells of a change. Call it after the commit.
    pub fn tell(&self, change: Change) {
        // Nobody waiting is no error.
        let _ = self.0.send(change);
    }

    /// How many listen at this moment.
    #[cfg(test)]
    pub(crate) fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// Listens from now on. Subscribe *before* reading the feed, so that nothing falls between the two.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}

/// Says that there may be something to do in the background.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Rings. Call it after the commit; one that is not heard at once is heard later.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Returns once it rang.
    pub async fn rung(&self) {
        self.0.notified().await;
    }
}

/// That the server is going down.
#[derive(Clone)]
pub struct Shutdown(Arc<watch::Sender<bool>>);

impl Shutdown {
    fn new() -> Self {
        Self(Arc::new(watch::channel(false).0))
    }

    /// Begins: [`begun`](Self::begun) returns everywhere.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns once the server is going down.
    pub async fn begun(&self) {
        let mut receiver = self.0.subscribe();
        // The sender lives as long as `self`.
        let _ = receiver.wait_for(|down| *down).await;
    }
}
