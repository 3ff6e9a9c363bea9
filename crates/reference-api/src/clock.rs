//! What time it is. Everything that expires asks here, so that a test can move the hands.

use crate::store::time::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The server's clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Source>);

trait Source: Send + Sync {
    fn now(&self) -> Moment;
    fn advance(&self, milliseconds: i64);
}

/// The machine's clock, and how far a developer has moved it.
struct System {
    ahead: AtomicI64,
}

impl Source for System {
    fn now(&self) -> Moment {
        Moment::from_millis(
            jiff::Timestamp::now().as_millisecond() + self.ahead.load(Ordering::Relaxed),
        )
    }

    fn advance(&self, milliseconds: i64) {
        self.ahead.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

/// A clock that stands until it is moved.
struct Standing {
    millis: AtomicI64,
}

impl Source for Standing {
    fn now(&self) -> Moment {
        Moment::from_millis(self.millis.load(Ordering::Relaxed))
    }

    fn advance(&self, milliseconds: i64) {
        self.millis.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(System {
            ahead: AtomicI64::new(0),
        }))
    }

    /// A clock that stands at `moment` until [`advance`](Self::advance) moves it.
    #[must_use]
    pub fn standing_at(moment: Moment) -> Self {
        Self(Arc::new(Standing {
            millis: AtomicI64::new(moment.millis()),
        }))
    }

    /// The moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.0.now()
    }

    /// Moves the hands forward (or back) by so many seconds, for every clone of this clock.
    pub fn advance(&self, seconds: i64) {
        self.0.advance(seconds.saturating_mul(1000));
    }
}
