//! Values that nobody watches.

use super::held::Held;
use leptos::prelude::{LocalStorage, SyncStorage};
use std::marker::PhantomData;
use std::rc::Rc;

/// A value in its owner's keeping, which any closure can ask for.
///
/// The second parameter is Leptos' own: there it says whether other threads may ask. Here none can.
pub struct StoredValue<T, S = SyncStorage>(Held, PhantomData<fn(S) -> T>);

impl<T, S> Clone for StoredValue<T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, S> Copy for StoredValue<T, S> {}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self(Held::stored(value), PhantomData)
    }
}

impl<T: 'static> StoredValue<T, LocalStorage> {
    /// Keeps a value.
    pub fn new_local(value: T) -> Self {
        Self(Held::stored(value), PhantomData)
    }
}

impl<T: 'static, S> StoredValue<T, S> {
    /// Reads the value in place.
    pub fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with_value(read).expect(STANDS)
    }

    /// Reads the value in place; `None` once its owner has ended.
    pub fn try_with_value<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.0.read(false, read)
    }

    /// The value.
    #[must_use]
    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// The value; `None` once its owner has ended.
    #[must_use]
    pub fn try_get_value(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }

    /// Puts another value in its place; nothing once its owner has ended.
    pub fn set_value(self, value: T) {
        let _before = self.0.replace(Rc::new(value));
    }

    /// Changes the value in place; nothing once its owner has ended.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes the value in place, and gives what `change` gives; `None` once its owner has ended.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0.change(|value| (false, change(value)))
    }
}

const STANDS: &str = "a value is asked for while its owner stands";
