use crate::browser::task::{self, Handle};
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{effect, memo};
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;

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
    act: Act,
    types: PhantomData<fn(I) -> O>,
}

/// An act whatever it is given and gives: its machinery is then made once, and not once for each two types, which would be a
/// tenth of a screen.
#[derive(Clone, Copy)]
struct Act {
    send: StoredValue<Sending>,
    under_way: StoredValue<Option<Handle>>,
    pending: RwSignal<bool>,
    outcome: RwSignal<Option<Outcome>>,
}

/// What an act is given or gives, whatever its type.
type Anything = Rc<dyn Any>;

type Outcome = Result<Anything, ApiError>;

/// What an act does.
type Sending = Rc<dyn Fn(Anything) -> Pin<Box<dyn Future<Output = Outcome>>>>;

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
    I: Clone + 'static,
    O: Clone + 'static,
{
    /// An act that does `send`.
    pub fn new<F>(send: impl Fn(I) -> F + 'static) -> Self
    where
        F: Future<Output = Result<O, ApiError>> + 'static,
    {
        let act = Act::new(Rc::new(move |input| {
            let answer = send(taken(&input));
            Box::pin(async move { answer.await.map(|output| Rc::new(output) as Anything) })
        }));
        Self {
            act,
            types: PhantomData,
        }
    }

    /// Acts, unless it is acting already.
    pub fn send(self, input: I) {
        self.act.send(Rc::new(input));
    }

    /// Gives it up; the request is taken back where it has not arrived yet.
    pub fn cancel(self) {
        self.act.cancel();
    }

    /// Whether it is under way.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        self.act.pending.into()
    }

    /// Where it stands.
    #[must_use]
    pub fn submission(self) -> Memo<Submission> {
        self.act.submission()
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
        self.act
            .on_done(Box::new(move |output| then(taken(&output))));
    }

    /// Runs `then` with every refusal.
    pub fn on_failed(self, then: impl Fn(ApiError) + 'static) {
        self.act.on_failed(Box::new(then));
    }
}

impl Act {
    fn new(send: Sending) -> Self {
        Self {
            send: StoredValue::new(send),
            under_way: StoredValue::new(None),
            pending: RwSignal::new(false),
            outcome: RwSignal::new(None),
        }
    }

    fn send(self, input: Anything) {
        if self.pending.try_get_untracked() != Some(false) {
            return;
        }
        let answer = self.send.get_value()(input);
        self.pending.set(true);
        self.under_way.set_value(Some(task::spawn(async move {
            let outcome = answer.await;
            self.pending.set(false);
            self.outcome.set(Some(outcome));
        })));
    }

    fn cancel(self) {
        self.under_way.set_value(None);
        self.pending.set(false);
    }

    fn submission(self) -> Memo<Submission> {
        memo(move || {
            if self.pending.get() {
                return Submission::Pending;
            }
            self.outcome.with(|outcome| match outcome {
                None => Submission::Idle,
                Some(Ok(_)) => Submission::Done,
                Some(Err(error)) => Submission::Failed(error.clone()),
            })
        })
    }

    fn on_done(self, then: Box<dyn Fn(Anything)>) {
        effect(move || {
            if let Some(Ok(output)) = self.outcome.get() {
                untrack(|| then(output));
            }
        });
    }

    fn on_failed(self, then: Box<dyn Fn(ApiError)>) {
        effect(move || {
            if let Some(Err(error)) = self.outcome.get() {
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
    pub fn by<J: 'static>(self, input: impl Fn(J) -> I + 'static) -> Press<J> {
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
