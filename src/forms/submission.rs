use leptos::prelude::*;
use portal_client::ApiError;
use portal_markup::{effect, memo};
use std::future::Future;
use std::pin::Pin;

/// Where a form stands on its way to the server. One value, so that no two of its states can hold at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Submission {
    /// Nothing was sent.
    Idle,
    /// On its way.
    Pending,
    /// Refused or lost; what was entered is still there.
    Failed(ApiError),
    /// Taken.
    Done,
}

/// One act that writes: it runs once at a time whatever the finger does, and says where it stands.
pub struct Write<I: 'static, O: 'static> {
    action: Action<I, Result<O, ApiError>>,
    running: StoredValue<Option<ActionAbortHandle>, LocalStorage>,
}

/// What an act does.
type Act<I, O> = Box<dyn Fn(I) -> Pin<Box<dyn Future<Output = Result<O, ApiError>>>>>;

impl<I, O> Clone for Write<I, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, O> Copy for Write<I, O> {}

impl<I, O> Write<I, O>
where
    I: Clone + Send + Sync + 'static,
    O: Clone + Send + Sync + 'static,
{
    /// An act that does `send`.
    pub fn new<F>(send: impl Fn(I) -> F + 'static) -> Self
    where
        F: Future<Output = Result<O, ApiError>> + 'static,
    {
        Self::boxed(Box::new(move |input| Box::pin(send(input))))
    }

    /// Boxed, so that the machinery is made once for a kind of act and not once for each closure.
    fn boxed(send: Act<I, O>) -> Self {
        Self {
            action: Action::new_unsync(move |input: &I| send(input.clone())),
            running: StoredValue::new_local(None),
        }
    }

    /// Acts, unless it is acting already.
    pub fn send(self, input: I) {
        if !self.action.pending().get_untracked() {
            self.running
                .set_value(Some(self.action.dispatch_local(input)));
        }
    }

    /// Gives it up; the request is taken back where it has not arrived yet.
    pub fn cancel(self) {
        if let Some(running) = self.running.try_update_value(Option::take).flatten() {
            running.abort();
        }
    }

    /// Whether it is under way.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        let pending = self.action.pending();
        Signal::derive(move || pending.get())
    }

    /// Where it stands.
    #[must_use]
    pub fn submission(self) -> Memo<Submission> {
        let Self { action, .. } = self;
        memo(move || {
            if action.pending().get() {
                return Submission::Pending;
            }
            action.value().with(|value| match value {
                None => Submission::Idle,
                Some(Ok(_)) => Submission::Done,
                Some(Err(error)) => Submission::Failed(error.clone()),
            })
        })
    }

    /// It without what it answers: all that a view needs which only runs it and shows where it stands.
    #[must_use]
    pub fn press(self) -> Press<I> {
        Press {
            send: Callback::new(move |input| self.send(input)),
            submission: self.submission(),
        }
    }

    /// Runs `then` with every answer that was taken.
    pub fn on_done(self, then: impl Fn(O) + 'static) {
        let Self { action, .. } = self;
        effect(move || {
            if let Some(Ok(output)) = action.value().get() {
                untrack(|| then(output));
            }
        });
    }

    /// Runs `then` with every refusal.
    pub fn on_failed(self, then: impl Fn(ApiError) + 'static) {
        let Self { action, .. } = self;
        effect(move || {
            if let Some(Err(error)) = action.value().get() {
                untrack(|| then(error));
            }
        });
    }
}

/// An act of which only the running and the standing matter, and not the answer.
pub struct Press<I: 'static> {
    send: Callback<I>,
    submission: Memo<Submission>,
}

impl<I> Clone for Press<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I> Copy for Press<I> {}

impl<I: 'static> Press<I> {
    /// Acts, unless it is acting already.
    pub fn send(self, input: I) {
        self.send.run(input);
    }

    /// The same act, told otherwise: `input` makes of that what the act needs.
    pub fn by<J: 'static>(self, input: impl Fn(J) -> I + Send + Sync + 'static) -> Press<J> {
        let Self { send, submission } = self;
        Press {
            send: Callback::new(move |told| send.run(input(told))),
            submission,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn submission(self) -> Memo<Submission> {
        self.submission
    }

    /// Whether it is under way.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        let submission = self.submission;
        Signal::derive(move || submission.with(|it| *it == Submission::Pending))
    }
}
