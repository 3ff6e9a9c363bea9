//! Values that are derived from others, and tell on only when they differ.

use super::held::{Anything, Held, as_is};
use super::read::readable;
use leptos::prelude::{Memo as Leptos, Track, WithUntracked};
use send_wrapper::SendWrapper;
use std::marker::PhantomData;
use std::rc::Rc;

/// A value that is derived from others, and is the same until it differs.
pub struct Memo<T>(pub(super) Held, PhantomData<fn() -> T>);

/// The same, whatever its type.
#[derive(Clone, Copy)]
pub(super) struct Derived(Leptos<Known>);

/// What was derived last, and how to tell whether the next is the same.
#[derive(Clone)]
struct Known {
    value: SendWrapper<Anything>,
    is_same: fn(&Anything, &Anything) -> bool,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&self.value, &other.value)
    }
}

fn is_same<T: PartialEq + 'static>(one: &Anything, other: &Anything) -> bool {
    as_is::<T>(one) == as_is::<T>(other)
}

/// Derives the next value from the one before.
type Derive = Box<dyn Fn(Option<&Anything>) -> Anything>;

/// A value that is derived from others.
pub fn memo<T: PartialEq + 'static>(derive: impl Fn() -> T + 'static) -> Memo<T> {
    let derive: Derive = Box::new(move |_| Rc::new(derive()));
    Memo(Derived::held(derive, is_same::<T>), PhantomData)
}

/// Like [`memo`], from what it was before, too.
pub fn memo_from<T: PartialEq + 'static>(derive: impl Fn(Option<&T>) -> T + 'static) -> Memo<T> {
    let derive: Derive = Box::new(move |before| Rc::new(derive(before.map(as_is::<T>))));
    Memo(Derived::held(derive, is_same::<T>), PhantomData)
}

impl Derived {
    #[inline(never)]
    fn held(derive: Derive, is_same: fn(&Anything, &Anything) -> bool) -> Held {
        let derive = SendWrapper::new(derive);
        Held::derived(Self(Leptos::new(move |before: Option<&Known>| Known {
            value: SendWrapper::new(derive(before.map(|known| &*known.value))),
            is_same,
        })))
    }

    /// The value; `None` once its owner has ended. It is derived even where it is only watched: what nobody has read yet watches nothing
    /// by itself.
    pub fn value(self, tracked: bool) -> Option<Anything> {
        if tracked {
            self.0.track();
        }
        self.0
            .try_with_untracked(|known| Anything::clone(&known.value))
    }
}

readable!(Memo);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::{Owner, RwSignal};
    use std::cell::Cell;

    #[test]
    fn what_is_watched_and_never_read_is_heard_of() {
        let owner = Owner::new();
        owner.set();
        let source = RwSignal::new(0);
        let derived = memo(move || source.get());
        let runs = Cell::new(0);
        let heard = memo(move || {
            derived.track();
            runs.set(runs.get() + 1);
            runs.get()
        });
        assert_eq!(heard.get(), 1);
        source.set(1);
        assert_eq!(heard.get(), 2);
    }
}
