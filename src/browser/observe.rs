//! Noticing that an element comes into view, without asking at every frame.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Tells whether an element is in view; until it is dropped.
pub struct InView {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl InView {
    /// Runs `then` with whether `element` is in view or within `margin` (CSS: `"800px 0px"`) of it: once now, and at each
    /// change. `None` where the browser cannot tell: then show everything.
    pub fn new(
        element: &Element,
        margin: &str,
        mut then: impl FnMut(bool) + 'static,
    ) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            // Several entries are one element's history: the last is how it is now.
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            if let Ok(entry) = last {
                then(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        let observer =
            IntersectionObserver::new_with_options(closure.as_ref().unchecked_ref(), &options)
                .ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _closure: closure,
        })
    }
}

impl Drop for InView {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
