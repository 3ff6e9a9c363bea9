//! The page as a whole: its title, language and theme, where it is scrolled to, and that it may come back.

use super::listener::Listener;
use super::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, PageTransitionEvent};

/// The title, which is what a screen reader says first of a new screen.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// The language and direction of the page.
pub fn set_language(tag: &str, dir: &str) {
    set_root("lang", Some(tag));
    set_root("dir", Some(dir));
}

/// The language of the page, as [`set_language`] or the boot module set it; empty before that.
#[must_use]
pub fn language() -> String {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang"));
    tag.unwrap_or_default()
}

/// The theme, `light` or `dark`; nothing leaves it to the system.
pub fn set_theme(theme: Option<&str>) {
    set_root("data-theme", theme);
}

fn set_root(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        set_attribute(&root, name, value);
    }
}

fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // It fails only for a name that is none.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The languages that the browser asks for, the preferred one first.
#[must_use]
pub fn languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Takes away an element that has done its work: the skeleton of the first frame.
pub fn remove(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.remove();
    }
}

/// Gives what `selector` finds new words, made from the value of an attribute. Where there are none, or the same, it is left alone.
pub fn reword(selector: &str, attribute: &str, words: impl Fn(&str) -> Option<String>) {
    let Ok(found) = document().query_selector_all(selector) else {
        return;
    };
    let elements = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok());
    for element in elements {
        let next = element
            .get_attribute(attribute)
            .and_then(|value| words(&value));
        if next.is_some() && next != element.text_content() {
            element.set_text_content(next.as_deref());
        }
    }
}

/// The element of this id.
#[must_use]
pub fn element(id: &str) -> Option<HtmlElement> {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
}

/// Whether the browser asks by itself that data is neither sold nor shared (Global Privacy Control).
#[must_use]
pub fn asks_for_privacy() -> bool {
    let navigator = window().navigator();
    let asked = js_sys::Reflect::get(&navigator, &"globalPrivacyControl".into());
    asked.is_ok_and(|asked| asked.as_bool() == Some(true))
}

/// What stands under this name in the fragment of the address (`#t=…`), which is erased with that: what opens a door is to be read
/// from no address bar, no history and no picture of the screen. Nothing is erased where there is nothing.
#[must_use]
pub fn take_from_fragment(name: &str) -> Option<String> {
    let location = window().location();
    let fragment = location.hash().ok()?;
    let parts = fragment.trim_start_matches('#').split('&');
    let value = parts
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())?;
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address()));
    }
    Some(value)
}

/// Runs `then` whenever another fragment is put behind the address, for as long as the page lives.
pub fn on_fragment(then: impl Fn() + 'static) {
    Listener::new(&window(), "hashchange", move |_| then()).forever();
}

/// Leaves the portal for another address.
pub fn leave_for(address: &str) {
    let _ = window().location().assign(address);
}

/// Opens the browser's print dialog.
pub fn print() {
    let _ = window().print();
}

/// The path of the address at this moment.
#[must_use]
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Path and query of the address at this moment.
#[must_use]
pub fn address() -> String {
    let location = window().location();
    [
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
    ]
    .concat()
}

/// Where the portal stands, without a path: `https://portal.example`.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// How far the page is scrolled down, in CSS pixels.
#[must_use]
pub fn scroll_position() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls to a place, at once.
pub fn scroll_to(position: f64) {
    window().scroll_to_with_x_and_y(0.0, position);
}

/// Hides the page while it lies in the browser's memory, and runs `then` when it comes back from there, for as long as
/// the page lives. It may belong to somebody who has left: once that is settled, [`reveal`] shows it.
pub fn on_return(then: impl Fn() + 'static) {
    Listener::new(&window(), "pagehide", |event| {
        if is_kept(&event) {
            set_body_hidden(true);
        }
    })
    .forever();
    Listener::new(&window(), "pageshow", move |event| {
        if is_kept(&event) {
            then();
        }
    })
    .forever();
}

/// Has the browser ask whoever leaves the portal while `holds`, until what is given back is dropped. The words are the browser's.
pub fn ask_before_leaving(holds: impl Fn() -> bool + 'static) -> Listener {
    Listener::new(&window(), "beforeunload", move |event| {
        if holds() {
            event.prevent_default();
        }
    })
}

/// Shows the page again after it came back.
pub fn reveal() {
    set_body_hidden(false);
}

fn set_body_hidden(hidden: bool) {
    if let Some(body) = document().body() {
        body.set_hidden(hidden);
    }
}

/// Whether the page goes into, or comes from, the browser's memory (bfcache).
fn is_kept(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<PageTransitionEvent>()
        .is_some_and(PageTransitionEvent::persisted)
}
