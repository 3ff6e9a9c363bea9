//! A value of any type in its owner's keeping, and who is told when it changes.

use super::memo::Derived;
use super::place::Place;
use leptos::prelude::{ArcTrigger, Notify, Track, untrack};
use std::any::Any;
use std::rc::Rc;

/// A value whose type is known to whoever made it.
pub(super) type Anything = Rc<dyn Any>;

/// What computes a value whenever it is asked for.
pub(super) type Compute = Rc<dyn Fn() -> Anything>;

/// A place that the owner around it clears; whoever asks then learns that nothing is there. Wherever its value comes from, it is read in
/// one way.
#[derive(Clone, Copy)]
pub(super) struct Held(Place);

/// Where a value comes from.
pub(super) enum Kept {
    /// It was put there.
    Set {
        /// It is away while it is changed in place.
        value: Option<Anything>,
        /// Nobody watches what is only stored.
        changed: Option<ArcTrigger>,
    },
    /// It follows from others.
    Derived(Derived),
    /// It is computed whenever it is asked for.
    Computed(Compute),
}

/// What has to be asked when nobody holds the place any more: it may ask for places itself.
enum Found {
    Set(Option<Anything>, Option<ArcTrigger>),
    Derived(Derived),
    Computed(Compute),
}

impl Held {
    /// A value that can be changed, and watched.
    pub fn watched<T: 'static>(value: T) -> Self {
        Self::set(Rc::new(value), Some(ArcTrigger::new()))
    }

    /// A value that can be changed, and that nobody watches.
    pub fn stored<T: 'static>(value: T) -> Self {
        Self::set(Rc::new(value), None)
    }

    #[inline(never)]
    fn set(value: Anything, changed: Option<ArcTrigger>) -> Self {
        let value = Some(value);
        Self(Place::keep(Kept::Set { value, changed }))
    }

    /// A value that follows from others.
    #[inline(never)]
    pub fn derived(derived: Derived) -> Self {
        Self(Place::keep(Kept::Derived(derived)))
    }

    /// A value that is computed whenever it is asked for.
    #[inline(never)]
    pub fn computed(compute: Compute) -> Self {
        Self(Place::keep(Kept::Computed(compute)))
    }

    /// The value; `None` once its owner has ended.
    #[inline(never)]
    fn value(self, tracked: bool) -> Option<Anything> {
        let found = self.0.with(|kept| match kept {
            Kept::Set { value, changed } => {
                Found::Set(value.clone(), changed.clone().filter(|_| tracked))
            }
            Kept::Derived(derived) => Found::Derived(*derived),
            Kept::Computed(compute) => Found::Computed(Rc::clone(compute)),
        })?;
        match found {
            Found::Set(value, changed) => {
                if let Some(changed) = changed {
                    changed.track();
                }
                Some(value.expect("a value is not read while it is changed"))
            }
            Found::Derived(derived) => derived.value(tracked),
            Found::Computed(compute) if tracked => Some(compute()),
            Found::Computed(compute) => Some(untrack(|| compute())),
        }
    }

    /// Whoever asks is told of changes.
    pub fn track(self) {
        let _value = self.value(true);
    }

    /// Reads the value in place; `None` once its owner has ended.
    pub fn read<T: 'static, R>(self, tracked: bool, read: impl FnOnce(&T) -> R) -> Option<R> {
        Some(read(as_is(&self.value(tracked)?)))
    }

    /// Puts another value in its place and tells of it; nothing once its owner has ended. What nobody keeps any more is given back, so that
    /// it is let go when nobody holds the place: it may ask for it.
    #[inline(never)]
    pub fn replace(self, value: Anything) -> Option<Anything> {
        let mut next = Some(value);
        let before = self.exchange(&mut next);
        if next.is_some() {
            return next;
        }
        self.notify();
        before
    }

    /// Changes the value in place, and tells of it where `change` says so; `None` once its owner has ended.
    pub fn change<T: 'static, R>(self, change: impl FnOnce(&mut T) -> (bool, R)) -> Option<R> {
        let mut value = self.exchange(&mut None)?;
        let own = Rc::get_mut(&mut value).and_then(|value| value.downcast_mut());
        let (is_news, given) = change(own.expect("a value is not changed while it is read"));
        self.put_back(value, is_news);
        Some(given)
    }

    #[inline(never)]
    fn put_back(self, value: Anything, is_news: bool) {
        // Its owner may have ended meanwhile.
        let _before = self.exchange(&mut Some(value));
        if is_news {
            self.notify();
        }
    }

    /// What stands there, with `next` in its place; once the owner has ended, `next` stays where it is.
    #[inline(never)]
    fn exchange(self, next: &mut Option<Anything>) -> Option<Anything> {
        let exchanged = self.0.with(|kept| match kept {
            Kept::Set { value, .. } => std::mem::replace(value, next.take()),
            Kept::Derived(_) | Kept::Computed(_) => None,
        });
        exchanged.flatten()
    }

    fn notify(self) {
        let changed = self.0.with(|kept| match kept {
            Kept::Set { changed, .. } => changed.clone(),
            Kept::Derived(_) | Kept::Computed(_) => None,
        });
        if let Some(changed) = changed.flatten() {
            changed.notify();
        }
    }
}

/// The value itself.
pub(super) fn as_is<T: 'static>(value: &Anything) -> &T {
    value
        .downcast_ref()
        .expect("a value is asked for by the type that it was made with")
}
