//! The ways to read, the same for every kind of value that can be watched.

/// Gives a handle on a held value the ways to read it.
macro_rules! readable {
    ($name:ident) => {
        impl<T: 'static> $name<T> {
            /// Whoever asks runs again when it changes.
            pub fn track(self) {
                self.0.track();
            }

            /// Reads the value in place; whoever asks runs again when it changes.
            pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
                self.0
                    .read(true, read)
                    .expect("a value is read while its owner stands")
            }

            /// Reads the value in place.
            pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
                self.0
                    .read(false, read)
                    .expect("a value is read while its owner stands")
            }

            /// Reads the value in place; `None` once its owner has ended.
            pub fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
                self.0.read(false, read)
            }

            /// The value; whoever asks runs again when it changes.
            #[must_use]
            pub fn get(self) -> T
            where
                T: Clone,
            {
                self.with(T::clone)
            }

            /// The value at this moment.
            #[must_use]
            pub fn get_untracked(self) -> T
            where
                T: Clone,
            {
                self.with_untracked(T::clone)
            }

            /// The value at this moment; `None` once its owner has ended.
            #[must_use]
            pub fn try_get_untracked(self) -> Option<T>
            where
                T: Clone,
            {
                self.0.read(false, T::clone)
            }
        }

        $crate::reactive::read::copied!($name);
    };
}

/// Makes a handle one that any closure may take with it: it is a place's number, whatever stands there.
macro_rules! copied {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
}

pub(super) use {copied, readable};
