//! The address bar: where the page is, and going elsewhere within it.

use super::base;
use super::listener::Listener;
use super::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

/// A place of this origin, as the browser writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The path, from the root.
    pub path: String,
    /// The query with its question mark; empty where there is none.
    pub search: String,
    /// The fragment with its hash; empty where there is none.
    pub fragment: String,
}

impl Address {
    /// Where the page is.
    #[must_use]
    pub fn here() -> Self {
        let location = window().location();
        Self {
            path: location.pathname().unwrap_or_default(),
            search: location.search().unwrap_or_default(),
            fragment: location.hash().unwrap_or_default(),
        }
    }

    /// Reads a path of this origin, with its query and fragment.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (text, fragment) = cut(text, '#');
        let (path, search) = cut(text, '?');
        Self {
            path: path.to_owned(),
            search: search.to_owned(),
            fragment: fragment.to_owned(),
        }
    }

    /// Puts it into the address bar: as a new entry of the history, or in the place of the newest.
    pub fn write(&self, replace: bool) {
        let Ok(history) = window().history() else {
            return;
        };
        let text = [&*self.path, &*self.search, &*self.fragment].concat();
        // It fails for another origin, which a path is not, and where a page writes hundreds a minute.
        let _ = if replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&text))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(&text))
        };
    }
}

/// What stands before the mark, and from the mark on.
fn cut(text: &str, mark: char) -> (&str, &str) {
    text.split_at(text.find(mark).unwrap_or(text.len()))
}

/// Runs `then` whenever the reader goes back or forth, for as long as the page lives.
pub fn on_travel(then: impl Fn() + 'static) {
    Listener::new(&window(), "popstate", move |_| then()).forever();
}

/// Runs `then` in the browser's place when a link within the portal is pressed, for as long as the page lives. What asks for a
/// new tab or a download, and what is not the portal's, stays the browser's.
pub fn on_link(then: impl Fn(Address) + 'static) {
    Listener::new(&window(), "click", move |event| {
        if let Some(link) = pressed(&event) {
            event.prevent_default();
            then(Address {
                path: link.pathname(),
                search: link.search(),
                fragment: link.hash(),
            });
        }
    })
    .forever();
}

fn pressed(event: &Event) -> Option<HtmlAnchorElement> {
    let mouse: &MouseEvent = event.dyn_ref()?;
    let asks_for_more =
        mouse.meta_key() || mouse.alt_key() || mouse.ctrl_key() || mouse.shift_key();
    if event.default_prevented() || mouse.button() != 0 || asks_for_more {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let leaves = !link.target().is_empty()
        || link.has_attribute("download")
        || Ok(link.origin()) != window().location().origin()
        || base::within(&link.pathname()).is_none();
    (!leaves).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_its_three_parts() {
        let parts = |text: &str| {
            let Address {
                path,
                search,
                fragment,
            } = Address::read(text);
            [path, search, fragment]
        };
        assert_eq!(parts("/a?b=c#d"), ["/a", "?b=c", "#d"]);
        assert_eq!(parts("/a#d?e"), ["/a", "", "#d?e"]);
        assert_eq!(parts("/a"), ["/a", "", ""]);
    }
}
