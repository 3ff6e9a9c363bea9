//! Effects and the page's own values, with code for each *kind* of thing instead of for each type.
//!
//! Leptos' own are generic over the closure or over the value: storing, comparing and telling on is then made once for each type,
//! half a kilobyte to two of program. Here one machinery keeps values of any type; only what has to know the type does: putting
//! it in, comparing it, taking it out. The names and methods are those of Leptos (docs/decisions/0009).

mod callback;
mod held;
mod memo;
mod node;
mod place;
mod read;
mod signal;
mod stored;

pub use callback::Callback;
pub use memo::{Memo, memo, memo_from};
pub use node::NodeRef;
pub use signal::{ReadSignal, RwSignal, Signal, WriteSignal, signal};
pub use stored::StoredValue;

use leptos::prelude::{Effect, RenderEffect};

/// Does something outside the page's own values, after they have settled, and again when one that it read changes.
pub fn effect(work: impl FnMut() + 'static) {
    boxed_effect(Box::new(work));
}

#[inline(never)]
fn boxed_effect(mut work: Box<dyn FnMut()>) {
    Effect::new(move |_| work());
}

/// Runs `work` now, and again when a value that it read changes, until the owner around it ends.
pub fn watch(work: impl FnMut() + 'static) {
    boxed_watch(Box::new(work));
}

#[inline(never)]
fn boxed_watch(mut work: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| work());
    leptos::prelude::StoredValue::new_local(effect);
}
