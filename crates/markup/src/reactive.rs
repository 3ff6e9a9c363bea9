//! Effects and derived values, with code for each *kind* of value instead of for each closure.
//!
//! Leptos' own constructors are generic over the closure, and each call costs about a kilobyte of program. Boxing the
//! closure first makes it one constructor for all effects, and one for all values of a type.

use leptos::prelude::{Effect, Memo};

/// Does something outside the page's own values, after they have settled, and again when one that it read changes.
pub fn effect(work: impl FnMut() + 'static) {
    boxed_effect(Box::new(work));
}

#[inline(never)]
fn boxed_effect(mut work: Box<dyn FnMut()>) {
    Effect::new(move |_| work());
}

/// A value that is derived from others, and is the same until it differs.
pub fn memo<T>(derive: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    boxed_memo(Box::new(move |_| derive()))
}

/// Like [`memo`], from what it was before, too.
pub fn memo_from<T>(derive: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    boxed_memo(Box::new(derive))
}

type Derive<T> = Box<dyn Fn(Option<&T>) -> T + Send + Sync>;

#[inline(never)]
fn boxed_memo<T: PartialEq + Send + Sync + 'static>(derive: Derive<T>) -> Memo<T> {
    Memo::new(derive)
}
