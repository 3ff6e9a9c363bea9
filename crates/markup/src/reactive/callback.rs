//! What is done when something happens, handed from one part of a page to another.

use super::held::Held;
use super::read::copied;
use std::marker::PhantomData;
use std::rc::Rc;

/// Something to be run with an `I`, as long as the owner around it stands.
pub struct Callback<I>(Held, PhantomData<fn(I)>);

copied!(Callback);

/// What is run.
type Run<I> = Rc<dyn Fn(I)>;

impl<I: 'static> Callback<I> {
    /// Something to be run.
    pub fn new(run: impl Fn(I) + 'static) -> Self {
        let run: Run<I> = Rc::new(run);
        Self(Held::stored(run), PhantomData)
    }

    /// Runs it; nothing happens once its owner has ended.
    pub fn run(self, input: I) {
        if let Some(run) = self.0.read(false, Run::<I>::clone) {
            run(input);
        }
    }
}

impl<I: 'static, F: Fn(I) + 'static> From<F> for Callback<I> {
    fn from(run: F) -> Self {
        Self::new(run)
    }
}
