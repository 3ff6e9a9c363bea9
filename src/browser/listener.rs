use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Listens to an event of the browser until it is dropped, or for as long as the page lives ([`forever`](Self::forever)).
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Runs `then` on every `name` event of `target`.
    pub fn new(
        target: &EventTarget,
        name: &'static str,
        then: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(then);
        let listener: &JsValue = closure.as_ref();
        // It fails on nothing but a target that cannot be listened to, which the type rules out.
        let _ = target.add_event_listener_with_callback(name, listener.unchecked_ref());
        Self {
            target: target.clone(),
            name,
            closure,
        }
    }

    /// Listens for as long as the page lives.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener: &JsValue = self.closure.as_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, listener.unchecked_ref());
    }
}
