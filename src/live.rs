//! New answers without a reload: one long poll per tab, only while somebody is signed in, online and looking. And a new program,
//! which is noticed when the reader comes back to the page.

use crate::api::{Api, use_api};
use crate::browser::{clock, network, program, task};
use crate::session::{Session, use_session};
use portal_client::{ApiError, Since};
use portal_contract::event::{Event, EventKind};
use portal_contract::{Cursor, InteractionId};
use portal_markup::prelude::*;
use portal_markup::{effect, memo};
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

/// How long the server may hold an empty answer, in seconds; the contract's bound.
const WAIT_SECONDS: u64 = 25;

/// How long to leave the server alone after a poll that failed for good, in milliseconds.
const PAUSE_MS: u32 = 10_000;

/// What changed last.
#[derive(Clone, Copy)]
pub struct Live {
    news: RwSignal<News>,
    outdated: RwSignal<bool>,
}

enum News {
    These(Vec<Event>),
    /// Changes were missed, and nobody can say which.
    Anything,
}

/// Makes it known to everything below whether a newer program is served, and no more: where nobody is signed in for good.
pub fn provide_updates() -> Live {
    let live = Live {
        news: RwSignal::new(News::These(Vec::new())),
        outdated: RwSignal::new(false),
    };
    provide_context(live);
    network::on_visible(move || live.look_for_update());
    live
}

/// Makes the changes known to everything below, and asks for them while a customer is signed in. `follow` is the door to what
/// asks: the first screen stands without it.
pub fn provide_live(follow: fn(Feed) -> Following) {
    let live = provide_updates();
    let session = use_session().signal();
    let signed_in = memo(move || matches!(session.get(), Session::SignedIn(_)));
    // Name, language and zone are those of the record.
    let store = use_session();
    live.on_any_of(&["me"], move || store.refresh());
    let running = StoredValue::new_local(None::<task::Handle>);
    let place = StoredValue::new(None::<Cursor>);
    let api = use_api();
    let is_first = Cell::new(true);
    effect(move || {
        // What the first screen shows was asked for together with the page itself; what a later one shows, from now on.
        let read_from = if is_first.replace(false) {
            0.0
        } else {
            clock::age_of_page()
        };
        let feed = Feed {
            api,
            live,
            place,
            read_from,
        };
        // Dropping the handle gives the poll up.
        running.set_value(signed_in.get().then(|| task::spawn(follow(feed))));
    });
}

/// The changes.
#[must_use]
pub fn use_live() -> Live {
    expect_context()
}

impl Live {
    /// Runs `then` when something of any interaction changed.
    pub fn on_any_interaction(self, then: impl Fn() + 'static) {
        self.on(|event| event.resource == "interaction", then);
    }

    /// Runs `then` when this interaction changed.
    pub fn on_interaction(self, id: InteractionId, then: impl Fn() + 'static) {
        self.on(
            move |event| event.resource == "interaction" && event.id == id.as_str(),
            then,
        );
    }

    /// Runs `then` when something of one of these kinds changed, as events name them (`preferences`, `contact_point`).
    pub fn on_any_of(self, resources: &'static [&'static str], then: impl Fn() + 'static) {
        self.on(
            move |event| resources.contains(&event.resource.as_str()),
            then,
        );
    }

    /// Whether a newer program is served. It is offered and no more: when a page is loaded anew is for the one to say who has
    /// something half written in it.
    #[must_use]
    pub fn is_outdated(self) -> bool {
        self.outdated.get()
    }

    /// Looks whether a newer program is served, until one is.
    pub fn look_for_update(self) {
        if !self.outdated.get_untracked() {
            task::run(async move { self.outdated.set(program::is_outdated().await) });
        }
    }

    fn on(self, concerns: impl Fn(&Event) -> bool + 'static, then: impl Fn() + 'static) {
        effect(move || {
            let concerned = self.news.with(|news| match news {
                News::These(events) => events.iter().any(&concerns),
                News::Anything => true,
            });
            if concerned {
                untrack(&then);
            }
        });
    }
}

/// A feed that is followed.
pub type Following = Pin<Box<dyn Future<Output = ()>>>;

/// The feed of whoever is signed in.
#[derive(Clone, Copy)]
pub struct Feed {
    api: Api,
    live: Live,
    /// Up to where it was told. It outlives the session: what changed until somebody signed in again is told then. The place
    /// of another customer is no place of theirs, and everything is read again.
    place: StoredValue<Option<Cursor>>,
    /// From when on what is shown was read, in milliseconds of the page's age.
    read_from: f64,
}

impl Feed {
    /// What follows it could not be had, most likely for want of a network: leaves it alone for a while.
    pub async fn wait(self) {
        self.live.look_for_update();
        task::pause(PAUSE_MS).await;
    }

    /// Tells of every change from now on, until it is dropped.
    #[must_use]
    pub fn follow(self) -> Following {
        Box::pin(self.followed())
    }

    async fn followed(self) {
        let Self {
            api, live, place, ..
        } = self;
        let mut missed = false;
        loop {
            let cursor = place.get_value();
            let since = cursor
                .as_ref()
                .map_or_else(|| self.beginning(), Since::Place);
            match api.client().events(since, WAIT_SECONDS).await {
                Ok(answer) => {
                    place.set_value(Some(answer.next_cursor));
                    missed |= answer
                        .items
                        .iter()
                        .any(|event| event.kind == EventKind::FeedReset);
                    if std::mem::take(&mut missed) {
                        live.news.set(News::Anything);
                    } else if !answer.items.is_empty() {
                        live.news.set(News::These(answer.items));
                    }
                }
                // The place is no longer good: begin anew, and read again what is shown.
                Err(ApiError::Validation(_)) => {
                    place.set_value(None);
                    missed = true;
                }
                // The client has tried again already, and waited until the device was online. The place is kept, so that
                // nothing that happens meanwhile is missed.
                Err(_) => task::pause(PAUSE_MS).await,
            }
        }
    }

    /// The first place is asked for after the first screen was: what changed in between is asked for with it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the seconds of a page's age are few and not below 0"
    )]
    fn beginning(self) -> Since<'static> {
        let age = clock::age_of_page() - self.read_from;
        Since::Ago((age / 1000.0).ceil() as u64 + 1)
    }
}
