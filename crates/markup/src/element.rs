use crate::view::View;
use crate::{NodeRef, StoredValue};
use leptos::ev::EventDescriptor;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element};

pub(crate) fn document() -> Document {
    leptos::prelude::document()
}

/// An element of HTML.
pub(crate) fn create(tag: &str) -> Element {
    document()
        .create_element(tag)
        .expect("the tags in the code are names")
}

/// An element of SVG.
pub(crate) fn create_svg(tag: &str) -> Element {
    document()
        .create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
        .expect("the tags in the code are names")
}

impl View {
    /// Runs `then` on an event of the open element. The browser lets the function go together with the element.
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
            .element()
            .add_event_listener_with_callback(name, function.unchecked_ref());
    }

    /// Makes the open element known to a reference.
    pub fn refer<E>(&self, reference: NodeRef<E>) {
        reference.load(&self.element());
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
