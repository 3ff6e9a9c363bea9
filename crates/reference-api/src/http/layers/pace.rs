//! Bodies that come too slowly are refused: one that stalls would hold its connection, and with a file its place on the disk, for
//! as long as its sender likes.

use crate::http::{ApiError, AppState};
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// Bytes a second that even the weakest connection of a telephone carries.
const SLOWEST: u64 = 1024;

/// The longest that a body may stall, whatever came before: what was sent at once buys no hours of waiting.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// A body came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body comes too slowly")]
struct TooSlow;

/// Has the body of every request come within so many seconds, and a second more for each [`SLOWEST`] bytes of it, never more than
/// [`LONGEST_PAUSE`] ahead.
pub(in crate::http) async fn keep(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let patience = Duration::from_secs(state.config.limits.stalled_seconds);
    let request = request.map(|body| {
        if body.is_end_stream() {
            body
        } else {
            Body::new(Paced::new(body, patience))
        }
    });
    next.run(request).await
}

/// The refusal of a body that broke off with this error.
pub(in crate::http) fn refusal(error: &(dyn Error + 'static)) -> ApiError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<TooSlow>() {
            return ApiError::bare(StatusCode::REQUEST_TIMEOUT).detail("the body comes too slowly");
        }
        cause = error.source();
    }
    ApiError::malformed("the body was cut short")
}

struct Paced {
    body: Body,
    /// When it has to be there, by what has come of it.
    due: Instant,
    alarm: Pin<Box<Sleep>>,
    /// Bytes that have come and bought no second yet.
    odd: u64,
}

impl Paced {
    fn new(body: Body, patience: Duration) -> Self {
        let due = Instant::now() + patience;
        Self {
            body,
            due,
            alarm: Box::pin(tokio::time::sleep_until(due)),
            odd: 0,
        }
    }

    fn came(&mut self, bytes: u64) {
        self.odd += bytes;
        let earned = self.due + Duration::from_secs(self.odd / SLOWEST);
        self.due = earned.min(self.due.max(Instant::now() + LONGEST_PAUSE));
        self.odd %= SLOWEST;
        self.alarm.as_mut().reset(self.due);
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        // The time before the piece: a sender who always has a byte ready is as slow as one who stalls.
        if this.alarm.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(axum::Error::new(TooSlow))));
        }
        let polled = Pin::new(&mut this.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            this.came(frame.data_ref().map_or(0, |data| data.len() as u64));
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
