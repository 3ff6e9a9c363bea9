//! A lean view layer under Leptos: its syntax, its signals, owners, router and components, but one type for every view.
//!
//! [`view!`] makes real nodes at once. What changes is watched by an effect of the owner around it and ends with that
//! owner. A part that changes as a whole ([`Child`] of a closure) stands between two markers and is replaced; the focus
//! stays at its place.

mod attribute;
mod child;
mod children;
mod element;
pub mod event;
mod list;
pub mod prelude;
mod reactive;
mod region;
mod template;
mod view;

pub use attribute::{Attribute, Property};
pub use child::{Child, put_component};
pub use children::{Children, ChildrenFn, ToChildren, ViewFn};
pub use list::{For, Show};
pub use portal_markup_macro::view;
pub use reactive::{
    Callback, Memo, NodeRef, ReadSignal, RwSignal, Signal, StoredValue, WriteSignal, effect, memo,
    memo_from, signal, watch,
};
pub use view::{View, ViewState};
