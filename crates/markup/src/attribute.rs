use crate::view::View;
use crate::{Memo, ReadSignal, RwSignal, Signal, watch};
use wasm_bindgen::JsValue;

/// What the value of an attribute can be. Nothing, and `false`, take the attribute away.
pub trait Attribute {
    /// Its value at this moment.
    fn value(self) -> Option<String>;

    /// Gives it to the element that is open, and keeps it true.
    fn put(self, view: &View, name: &'static str)
    where
        Self: Sized,
    {
        apply(&view.element(), name, self.value());
    }
}

fn apply(element: &web_sys::Element, name: &str, value: Option<String>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, &value),
        None => element.remove_attribute(name),
    };
}

fn follow(view: &View, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let element = view.element();
    watch(move || apply(&element, name, value()));
}

impl Attribute for &str {
    fn value(self) -> Option<String> {
        Some(self.to_owned())
    }

    fn put(self, view: &View, name: &'static str) {
        view.set(name, self);
    }
}

impl Attribute for String {
    fn value(self) -> Option<String> {
        Some(self)
    }
}

impl Attribute for bool {
    fn value(self) -> Option<String> {
        self.then(String::new)
    }
}

impl<A: Attribute> Attribute for Option<A> {
    fn value(self) -> Option<String> {
        self.and_then(Attribute::value)
    }
}

macro_rules! numbers {
    ($( $number:ty ),*) => { $(
        impl Attribute for $number {
            fn value(self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )* };
}

numbers!(i32, u32, u64, usize);

impl<A: Attribute, F: Fn() -> A + 'static> Attribute for F {
    fn value(self) -> Option<String> {
        self().value()
    }

    fn put(self, view: &View, name: &'static str) {
        follow(view, name, Box::new(move || self().value()));
    }
}

macro_rules! attribute_signals {
    ($( $signal:ident ),*) => { $(
        impl<A: Attribute + Clone + 'static> Attribute for $signal<A> {
            fn value(self) -> Option<String> {
                self.get().value()
            }

            fn put(self, view: &View, name: &'static str) {
                follow(view, name, Box::new(move || self.get().value()));
            }
        }
    )* };
}

attribute_signals!(Signal, Memo, ReadSignal, RwSignal);

/// What the value of a property can be.
pub trait Property {
    /// Gives it to the element that is open, and keeps it true.
    fn put(self, view: &View, name: &'static str);
}

fn apply_property(element: &web_sys::Element, name: &str, value: &JsValue) {
    // Writing the same value again would move the caret of a field.
    let name = JsValue::from_str(name);
    if js_sys::Reflect::get(element, &name).as_ref() != Ok(value) {
        let _ = js_sys::Reflect::set(element, &name, value);
    }
}

impl<V: Into<JsValue>, F: Fn() -> V + 'static> Property for F {
    fn put(self, view: &View, name: &'static str) {
        let element = view.element();
        watch(move || apply_property(&element, name, &self().into()));
    }
}

impl Property for bool {
    fn put(self, view: &View, name: &'static str) {
        apply_property(&view.element(), name, &self.into());
    }
}

impl Property for String {
    fn put(self, view: &View, name: &'static str) {
        apply_property(&view.element(), name, &self.into());
    }
}
