//! References to elements.

use super::RwSignal;
use super::read::copied;
use leptos::html::ElementType;
use std::marker::PhantomData;
use wasm_bindgen::JsCast;

/// An element of the page, once it is made: `node_ref` in markup.
pub struct NodeRef<E>(RwSignal<Option<web_sys::Element>>, PhantomData<fn() -> E>);

copied!(NodeRef);

impl<E> NodeRef<E> {
    /// A reference to an element that is still to be made.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(None), PhantomData)
    }

    pub(crate) fn load(self, element: &web_sys::Element) {
        self.0.set(Some(element.clone()));
    }
}

impl<E> Default for NodeRef<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: ElementType> NodeRef<E>
where
    E::Output: JsCast,
{
    /// The element; whoever asks runs again when it is made.
    #[must_use]
    pub fn get(self) -> Option<E::Output> {
        self.0.get().map(JsCast::unchecked_into)
    }

    /// The element at this moment.
    #[must_use]
    pub fn get_untracked(self) -> Option<E::Output> {
        self.0.get_untracked().map(JsCast::unchecked_into)
    }

    /// The element at this moment; `None` once the owner has ended.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<Option<E::Output>> {
        let element = self.0.try_get_untracked()?;
        Some(element.map(JsCast::unchecked_into))
    }
}
