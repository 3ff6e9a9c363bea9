//! What a view is written with: Leptos' own prelude, and in it our values in the place of its.

pub use crate::children::{Children, ChildrenFn, ViewFn};
pub use crate::reactive::{
    Callback, Memo, NodeRef, ReadSignal, RwSignal, Signal, StoredValue, WriteSignal, signal,
};
pub use leptos::prelude::*;
