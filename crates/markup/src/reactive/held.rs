//! A value of any type in its owner's keeping, and who is told when it changes.

use leptos::prelude::{ArcTrigger, GetValue, LocalStorage, Notify, StoredValue, Track};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// A value whose type is known to whoever made it.
pub(super) type Anything = Rc<dyn Any>;

/// A place that the owner around it clears; whoever asks then learns that nothing is there.
#[derive(Clone, Copy)]
pub(super) struct Held(StoredValue<Kept, LocalStorage>);

#[derive(Clone)]
struct Kept {
    value: Anything,
    /// Nobody watches what is only stored.
    changed: Option<ArcTrigger>,
}

impl Held {
    /// A value that can be changed, and watched.
    pub fn watched<T: 'static>(value: T) -> Self {
        Self::new(Rc::new(RefCell::new(value)), Some(ArcTrigger::new()))
    }

    /// A value that can be changed, and that nobody watches.
    pub fn stored<T: 'static>(value: T) -> Self {
        Self::new(Rc::new(RefCell::new(value)), None)
    }

    #[inline(never)]
    fn new(value: Anything, changed: Option<ArcTrigger>) -> Self {
        Self(StoredValue::new_local(Kept { value, changed }))
    }

    #[inline(never)]
    fn value(self, tracked: bool) -> Option<Anything> {
        let kept = self.0.try_get_value()?;
        if let (true, Some(changed)) = (tracked, kept.changed) {
            changed.track();
        }
        Some(kept.value)
    }

    /// Whoever asks is told of changes.
    pub fn track(self) {
        let _value = self.value(true);
    }

    #[inline(never)]
    fn notify(self) {
        if let Some(changed) = self.0.try_get_value().and_then(|kept| kept.changed) {
            changed.notify();
        }
    }

    /// Reads the value in place; `None` once its owner has ended.
    pub fn read<T: 'static, R>(self, tracked: bool, read: impl FnOnce(&T) -> R) -> Option<R> {
        let value = self.value(tracked)?;
        let read = read(&in_cell(&value).borrow());
        Some(read)
    }

    /// Changes the value in place, and tells of it where `change` says so; `None` once its owner has ended.
    pub fn change<T: 'static, R>(self, change: impl FnOnce(&mut T) -> (bool, R)) -> Option<R> {
        let value = self.value(false)?;
        let (is_news, given) = change(&mut in_cell(&value).borrow_mut());
        if is_news {
            self.notify();
        }
        Some(given)
    }
}

fn in_cell<T: 'static>(value: &Anything) -> &RefCell<T> {
    value.downcast_ref().expect(ITS_TYPE)
}

/// The value itself, where nobody can change it.
pub(super) fn as_is<T: 'static>(value: &Anything) -> &T {
    value.downcast_ref().expect(ITS_TYPE)
}

const ITS_TYPE: &str = "a value is asked for by the type that it was made with";
