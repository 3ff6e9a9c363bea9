//! The events of the browser by their names.

pub use leptos::ev::*;
use std::borrow::Cow;

/// A dialog is asked to close: Escape, or the back gesture of a phone.
#[expect(
    non_camel_case_types,
    reason = "named as the browser names it, like its siblings in Leptos"
)]
#[derive(Clone, Copy, Debug)]
pub struct cancel;

impl EventDescriptor for cancel {
    type EventType = Event;
    const BUBBLES: bool = false;

    fn name(&self) -> Cow<'static, str> {
        "cancel".into()
    }

    fn event_delegation_key(&self) -> Cow<'static, str> {
        "$$$cancel".into()
    }
}
