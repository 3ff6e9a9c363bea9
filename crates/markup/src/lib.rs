//! A lean view layer under Leptos: its syntax, its signals, owners, router and components, but one type for every view.
//!
//! [`view!`] makes real nodes at once. What changes is watched by an effect of the owner around it and ends with that
//! owner. A part that changes as a whole ([`Child`] of a closure) stands between two markers and is replaced; the focus
//! stays at its place.

mod attribute;
mod child;
mod element;
pub mod event;
mod list;
mod reactive;
mod region;
mod view;

pub use attribute::{Attribute, Property};
pub use child::{Child, put_component};
pub use element::Element;
pub use list::{For, Show};
pub use portal_markup_macro::view;
pub use reactive::{effect, memo, memo_from};
pub use view::{Parent, View, ViewState};

use leptos::prelude::{RenderEffect, StoredValue};

/// Runs `work` now, and again when a signal that it read changes, until the owner around it ends.
fn watch(work: Box<dyn FnMut()>) {
    let mut work = work;
    let effect = RenderEffect::new(move |_| work());
    StoredValue::new_local(effect);
}
