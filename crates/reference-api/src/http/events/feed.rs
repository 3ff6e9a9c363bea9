//! One customer's changes, and places among them.
//!
//! A place says up to which change a reader has come, and at which moment nothing later was there. Changes are kept for a while
//! only ([`events::KEPT_SECONDS`]): a reader whose place is older cannot be told what it missed, so it is told that, and reads
//! everything again.

use crate::http::{ApiResult, AppState, CurrentCustomer};
use crate::http::{List, Query};
use crate::store::interactions::Place;
use crate::store::time::Moment;
use crate::store::{events, ids};
use portal_contract::Cursor;
use portal_contract::event::{Event, EventKind};

/// The furthest back that a reader without a place may begin, in seconds: nobody reads one screen for longer than a day.
const FURTHEST_BACK: u64 = 24 * 60 * 60;

/// The changes of the signed-in customer.
pub(super) struct Feed {
    pub(super) state: AppState,
    pub(super) customer: CurrentCustomer,
}

/// Changes in order, each with the place just after it, and where a reader of all of them stands.
pub(super) struct Found {
    pub(super) events: Vec<(Place, Event)>,
    pub(super) end: Place,
}

/// The place of a reader of whom nothing is known: too old to go on from.
pub(super) fn unknown() -> Place {
    Place {
        at: Moment::from_millis(0),
        seq: 0,
    }
}

impl Feed {
    pub(super) fn new(state: AppState, customer: CurrentCustomer) -> Self {
        Self { state, customer }
    }

    fn list(&self) -> List<'_> {
        List::new(&self.state, &self.customer.id, ["events"])
    }

    /// The cursor of a place.
    pub(super) fn seal(&self, place: Place) -> Cursor {
        self.list().seal(place)
    }

    /// The place of a cursor; `validation` when it is none of this customer's feed.
    pub(super) fn open(&self, cursor: &str) -> ApiResult<Place> {
        self.list().open(cursor)
    }

    /// Where "now" is.
    pub(super) async fn now(&self) -> ApiResult<Place> {
        // The clock before the look: what is written in between is after this place by both.
        let (at, id) = (self.state.clock.now(), self.customer.id.clone());
        let seq = self
            .state
            .store
            .read(move |db| events::now_at(db, &id))
            .await?;
        Ok(Place { at, seq })
    }

    /// Where a reader begins who has no place yet: "now", or so many seconds `ago`, because what it read since then may be older
    /// than a change.
    pub(super) async fn begin(&self, query: &Query) -> ApiResult<Place> {
        let ago = query.number("ago", 0)?.min(FURTHEST_BACK);
        if ago == 0 {
            return self.now().await;
        }
        let at = self.state.clock.now().plus_seconds(-ago.cast_signed());
        let id = self.customer.id.clone();
        let seq = self
            .state
            .store
            .read(move |db| events::last_before(db, &id, at))
            .await?;
        Ok(Place { at, seq })
    }

    /// What changed after `place`; that too much did, when it is too long ago.
    pub(super) async fn since(&self, place: Place) -> ApiResult<Found> {
        let now = self.state.clock.now();
        if place.at < now.plus_seconds(-events::KEPT_SECONDS) {
            let end = self.now().await?;
            let reset = self.told(EventKind::FeedReset, "feed");
            return Ok(Found {
                events: vec![(end, reset)],
                end,
            });
        }
        let id = self.customer.id.clone();
        let found = self
            .state
            .store
            .read(move |db| events::since(db, &id, place.seq))
            .await?;
        let last = found.last().map_or(place, |(last, _)| *last);
        // Short of the most that one look gives, nothing more was there.
        let at = if found.len() < events::MOST {
            now
        } else {
            last.at
        };
        Ok(Found {
            events: found,
            end: Place { at, ..last },
        })
    }

    /// That the session of the reader ended.
    pub(super) fn session_ended(&self) -> Event {
        self.told(EventKind::SessionEnded, "session")
    }

    /// Something that concerns this reader alone, and stands in no table.
    fn told(&self, kind: EventKind, resource: &str) -> Event {
        let now = self.state.clock.now();
        Event {
            event_id: ids::fresh("evt", now),
            kind,
            resource: resource.to_owned(),
            id: "current".to_owned(),
            etag: None,
            occurred_at: now.to_timestamp(),
        }
    }
}
