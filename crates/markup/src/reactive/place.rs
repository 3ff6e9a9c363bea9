//! Where held values stand. Leptos' own arena gives each a number of two words, for any thread; here there is one thread, and a handle
//! is one word: it is copied into every closure of a page.

use super::held::Kept;
use leptos::prelude::StoredValue;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZeroU32;

/// The number of a place. None is given twice, so a handle that outlives its owner finds nothing.
#[derive(Clone, Copy)]
pub(super) struct Place(NonZeroU32);

thread_local! {
    static PLACES: RefCell<Places> = RefCell::new(Places {
        last: 0,
        kept: HashMap::default(),
    });
}

struct Places {
    last: u32,
    kept: HashMap<u32, Kept, BuildHasherDefault<Spread>>,
}

impl Place {
    /// Keeps something until the owner around it ends.
    pub fn keep(kept: Kept) -> Self {
        let number = PLACES.with_borrow_mut(|places| {
            let number = NonZeroU32::MIN.saturating_add(places.last);
            places.last = number.get();
            places.kept.insert(places.last, kept);
            number
        });
        StoredValue::new_local(Clearing(number));
        Self(number)
    }

    /// What stands there; `None` once its owner has ended. Nothing may be asked of other places meanwhile.
    pub fn with<R>(self, ask: impl FnOnce(&mut Kept) -> R) -> Option<R> {
        PLACES.with_borrow_mut(|places| places.kept.get_mut(&self.0.get()).map(ask))
    }
}

/// Clears its place when the owner lets go of it.
struct Clearing(NonZeroU32);

impl Drop for Clearing {
    fn drop(&mut self) {
        let number = self.0.get();
        // What stood there is let go when nobody holds the places any more: it may ask for others. A thread that ends has let go of all.
        let _kept = PLACES.try_with(|places| places.borrow_mut().kept.remove(&number));
    }
}

/// Spreads numbers that follow one another over a table.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        // The golden ratio's share of 2^64 (Knuth, The Art of Computer Programming, volume 3, 6.4).
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
