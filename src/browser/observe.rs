//! Noticing that an element comes into view or changes its size, without asking at every frame.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, ResizeObserver,
    ResizeObserverEntry,
};

/// Tells whether an element is in view; until it is dropped.
pub struct InView {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl InView {
    /// Runs `then` with whether `element` is in view or within `margin` (CSS: `"800px 0px"`) of it: once now, and at each
    /// change. `None` where the browser cannot tell: then show everything.
    pub fn new(element: &Element, margin: &str, mut then: impl FnMut(bool) + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            // Several entries are one element's history: the last is how it is now.
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            if let Ok(entry) = last {
                then(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        let observer = IntersectionObserver::new_with_options(closure.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for InView {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells the size of an element; until it is dropped.
pub struct Measured {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Measured {
    /// Runs `then` with the width and height of `element`'s content in CSS pixels: once now, and at each change. `None` where
    /// the browser cannot tell.
    pub fn new(element: &Element, mut then: impl FnMut(f64, f64) + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Ok(entry) = entries.pop().dyn_into::<ResizeObserverEntry>() {
                let size = entry.content_rect();
                then(size.width(), size.height());
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
