use leptos::prelude::*;
use portal_client::ApiError;
use portal_markup::{effect, memo};
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

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
    action: AnyAction,
    running: Running,
    types: PhantomData<fn(I) -> O>,
}

/// What an act is given or gives, whatever its type: the machinery of an act is then made once, and not once for each two types,
/// which would be a tenth of a screen.
type Anything = Arc<dyn Any + Send + Sync>;

type AnyAction = Action<Anything, Result<Anything, ApiError>>;
type Running = StoredValue<Option<ActionAbortHandle>, LocalStorage>;

/// What an act does.
type Act = Box<dyn Fn(Anything) -> Pin<Box<dyn Future<Output = Result<Anything, ApiError>>>>>;

/// What was put into it as a `T`.
fn taken<T: Clone + 'static>(anything: &Anything) -> T {
    let value = anything.downcast_ref::<T>();
    value
        .expect("an act is given and gives the two types that it was made with")
        .clone()
}

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
        let (action, running) = boxed(Box::new(move |input| {
            let answer = send(taken(&input));
            Box::pin(async move { answer.await.map(|output| Arc::new(output) as Anything) })
        }));
        Self {
            action,
            running,
            types: PhantomData,
        }
    }

    /// Acts, unless it is acting already.
    pub fn send(self, input: I) {
        if !self.action.pending().get_untracked() {
            self.running
                .set_value(Some(self.action.dispatch_local(Arc::new(input))));
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
        standing(self.action)
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
                untrack(|| then(taken(&output)));
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

fn boxed(send: Act) -> (AnyAction, Running) {
    (
        Action::new_unsync(move |input: &Anything| send(Arc::clone(input))),
        StoredValue::new_local(None),
    )
}

fn standing(action: AnyAction) -> Memo<Submission> {
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
