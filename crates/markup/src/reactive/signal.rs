//! Values that are set, and what is derived from them by the moment.

use super::held::{Compute, Held};
use super::memo::Memo;
use super::read::{copied, readable};
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

/// A value that can be set, and watched.
pub struct RwSignal<T>(Held, PhantomData<fn(T) -> T>);

/// The reading half of a value.
pub struct ReadSignal<T>(Held, PhantomData<fn(T) -> T>);

/// The writing half of a value.
pub struct WriteSignal<T>(Held, PhantomData<fn(T) -> T>);

/// A value that can be watched, wherever it comes from.
pub struct Signal<T>(Held, PhantomData<fn() -> T>);

/// A value as its two halves.
#[must_use]
pub fn signal<T: 'static>(value: T) -> (ReadSignal<T>, WriteSignal<T>) {
    let held = Held::watched(value);
    (
        ReadSignal(held, PhantomData),
        WriteSignal(held, PhantomData),
    )
}

impl<T: 'static> RwSignal<T> {
    /// A value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Held::watched(value), PhantomData)
    }

    /// The half of it that reads.
    #[must_use]
    pub fn read_only(self) -> ReadSignal<T> {
        ReadSignal(self.0, PhantomData)
    }
}

macro_rules! writable {
    ($name:ident) => {
        impl<T: 'static> $name<T> {
            /// Puts another value in its place; nothing once its owner has ended.
            pub fn set(self, value: T) {
                let _before = self.0.replace(Rc::new(value));
            }

            /// Changes the value in place; nothing once its owner has ended.
            pub fn update(self, change: impl FnOnce(&mut T)) {
                self.try_update(change);
            }

            /// Changes the value in place, and gives what `change` gives; `None` once its owner has ended.
            pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
                self.0.change(|value| (true, change(value)))
            }

            /// Changes the value in place, and tells of it where `change` says so; nothing once its owner has ended.
            pub fn maybe_update(self, change: impl FnOnce(&mut T) -> bool) {
                self.0.change(|value| (change(value), ()));
            }

            /// Changes the value in place, tells of it where `change` says so, and gives what it gives; `None` once its owner
            /// has ended.
            pub fn try_maybe_update<R>(
                self,
                change: impl FnOnce(&mut T) -> (bool, R),
            ) -> Option<R> {
                self.0.change(change)
            }

            /// Changes the value in place and tells nobody; nothing once its owner has ended.
            pub fn update_untracked(self, change: impl FnOnce(&mut T)) {
                self.0.change(|value| (false, change(value)));
            }
        }
    };
}

readable!(RwSignal);
readable!(ReadSignal);
writable!(RwSignal);
writable!(WriteSignal);
copied!(WriteSignal);

impl<T: 'static> Signal<T> {
    /// What `compute` gives at each moment.
    #[must_use]
    pub fn derive(compute: impl Fn() -> T + 'static) -> Self {
        Self::computed(Rc::new(move || Rc::new(compute())))
    }

    /// What `compute` gives at each moment, of which others hold a share: it is not copied to be read in place. That it is a `T` is for
    /// the caller to know; it is a panic to read something else.
    #[must_use]
    pub fn derive_shared(compute: impl Fn() -> Rc<dyn Any> + 'static) -> Self {
        Self::computed(Rc::new(compute))
    }

    fn computed(compute: Compute) -> Self {
        Self(Held::computed(compute), PhantomData)
    }

    /// A value that stays.
    #[must_use]
    pub fn stored(value: T) -> Self {
        Self(Held::stored(value), PhantomData)
    }
}

readable!(Signal);

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T: 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        Self::stored(value.to_owned())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(signal.0, PhantomData)
    }
}

impl<T> From<ReadSignal<T>> for Signal<T> {
    fn from(signal: ReadSignal<T>) -> Self {
        Self(signal.0, PhantomData)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(memo.0, PhantomData)
    }
}
