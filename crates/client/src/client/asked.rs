//! A call that was asked for.

use crate::engine::Answer;
use crate::error::ApiError;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a call gives, whatever its type.
pub(super) type Outcome = Pin<Box<dyn Future<Output = Result<Answer, ApiError>>>>;

/// A call that was asked for: it is sent when it is awaited, and gives a `D`. It holds all that it needs, so that it may outlive whatever
/// it was put together from.
///
/// It is a type of its own and no `async fn`: what retries and waits then stands in the bundle once, and a call brings no more
/// than how its answer is read.
#[must_use = "a call is sent when it is awaited"]
pub struct Asked<D> {
    outcome: Outcome,
    read: fn(Result<Answer, ApiError>) -> Result<D, ApiError>,
}

impl<D> Asked<D> {
    pub(super) fn new(
        outcome: Outcome,
        read: fn(Result<Answer, ApiError>) -> Result<D, ApiError>,
    ) -> Self {
        Self { outcome, read }
    }
}

impl<D> Future for Asked<D> {
    type Output = Result<D, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.outcome.as_mut().poll(context).map(self.read)
    }
}
