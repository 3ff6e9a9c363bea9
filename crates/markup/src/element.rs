use crate::view::Parent;
use crate::{NodeRef, StoredValue};
use leptos::ev::EventDescriptor;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Node};

/// An element as it is put together.
pub struct Element(web_sys::Element);

pub(crate) fn document() -> Document {
    leptos::prelude::document()
}

pub(crate) fn create(tag: &str) -> web_sys::Element {
    document()
        .create_element(tag)
        .expect("the tags in the code are names")
}

impl Element {
    /// An element of HTML.
    #[must_use]
    pub fn html(tag: &str) -> Self {
        Self(create(tag))
    }

    /// An element of SVG.
    #[must_use]
    pub fn svg(tag: &str) -> Self {
        let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
        Self(element.expect("the tags in the code are names"))
    }

    /// The element itself.
    #[must_use]
    pub fn raw(&self) -> &web_sys::Element {
        &self.0
    }

    /// As a node.
    #[must_use]
    pub fn into_node(self) -> Node {
        self.0.into()
    }

    /// Gives it an attribute.
    pub fn set(&self, name: &str, value: &str) {
        // It fails only for a name that is none.
        let _ = self.0.set_attribute(name, value);
    }

    /// Runs `then` on an event. The browser lets the function go together with the element.
    pub fn on<E>(&self, event: E, mut then: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.listen(
            &event.name(),
            Box::new(move |event| then(event.unchecked_into())),
        );
    }

    fn listen(&self, name: &str, then: Box<dyn FnMut(web_sys::Event)>) {
        let alive = Alive::here();
        let mut then = then;
        let guarded: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event| {
            if alive.get() {
                then(event);
            }
        });
        let function = Closure::wrap(guarded).into_js_value();
        let _ = self
            .0
            .add_event_listener_with_callback(name, function.unchecked_ref());
    }

    /// Makes it known to a reference.
    pub fn refer<E>(&self, reference: NodeRef<E>) {
        reference.load(&self.0);
    }
}

/// Whether the owner around a listener still stands. A browser tells an element that it takes out of the page, and that had
/// the focus, that it lost it (`blur`, `change`); by then the signals of its view are gone.
struct Alive(Rc<Cell<bool>>);

impl Alive {
    fn here() -> Rc<Cell<bool>> {
        let alive = Rc::new(Cell::new(true));
        StoredValue::new_local(Self(Rc::clone(&alive)));
        alive
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Parent for Element {
    fn raw(&mut self, node: Node) {
        let _ = self.0.append_child(&node);
    }
}
