//! The part of the page that is seen, and where the rows of a long list stand in it. Rows carry `data-row`.

use super::listener::Listener;
use super::{document, window};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, ScrollRestoration};

/// Its height, in CSS pixels.
#[must_use]
pub fn height() -> f64 {
    window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or_default()
}

/// Listens until it is dropped.
pub struct Watch(
    #[expect(dead_code, reason = "they listen for as long as they are kept")] [Listener; 2],
);

/// Runs `then` when the page was scrolled or its window changed its size, at most once a frame.
#[must_use]
pub fn on_move(then: impl Fn() + 'static) -> Watch {
    let then: Rc<dyn Fn()> = Rc::new(then);
    let waiting = Rc::new(Cell::new(false));
    let ask = move |_| {
        if !waiting.replace(true) {
            // Weak: a frame that comes after the listening has ended does nothing.
            let (waiting, then) = (Rc::downgrade(&waiting), Rc::downgrade(&then));
            next_frame(move || {
                if let (Some(waiting), Some(then)) = (waiting.upgrade(), then.upgrade()) {
                    waiting.set(false);
                    then();
                }
            });
        }
    };
    Watch([
        Listener::new(&window(), "scroll", ask.clone()),
        Listener::new(&window(), "resize", ask),
    ])
}

/// Runs `then` before the browser draws next.
pub fn next_frame(then: impl FnOnce() + 'static) {
    let _ = window().request_animation_frame(Closure::once_into_js(then).unchecked_ref());
}

/// Runs `before` before the page is printed and `after` when it was.
#[must_use]
pub fn on_print(before: impl Fn() + 'static, after: impl Fn() + 'static) -> Watch {
    let before = Listener::new(&window(), "beforeprint", move |_| before());
    Watch([
        before,
        Listener::new(&window(), "afterprint", move |_| after()),
    ])
}

/// The upper edges of what `selector` finds below `list`, in pixels from the upper edge of the viewport.
#[must_use]
pub fn tops(list: &HtmlElement, selector: &str) -> Vec<f64> {
    let Ok(found) = list.query_selector_all(selector) else {
        return Vec::new();
    };
    let element = |at| {
        found
            .item(at)
            .and_then(|node| node.dyn_into::<Element>().ok())
    };
    (0..found.length())
        .filter_map(element)
        .map(|element| element.get_bounding_client_rect().top())
        .collect()
}

/// How high the rows from `first` to `last` are together; nothing when one of them is not in the document.
#[must_use]
pub fn span(list: &HtmlElement, first: usize, last: usize) -> Option<f64> {
    let top = row(list, first)?.get_bounding_client_rect().top();
    Some(row(list, last)?.get_bounding_client_rect().bottom() - top)
}

fn row(list: &HtmlElement, row: usize) -> Option<Element> {
    list.query_selector(&["[data-row=\"", &row.to_string(), "\"]"].concat())
        .ok()
        .flatten()
}

/// The row in which something happened.
#[must_use]
pub fn row_of(event: &impl AsRef<Event>) -> Option<usize> {
    row_around(&event.as_ref().target()?.dyn_into().ok()?)
}

/// The row of `list` that has the focus.
#[must_use]
pub fn focused_row(list: &HtmlElement) -> Option<usize> {
    document()
        .active_element()
        .filter(|element| list.contains(Some(element)))
        .and_then(|element| row_around(&element))
}

fn row_around(element: &Element) -> Option<usize> {
    element
        .closest("[data-row]")
        .ok()
        .flatten()?
        .get_attribute("data-row")?
        .parse()
        .ok()
}

/// Moves the focus to the link of a row and leaves the scroll position as it is.
pub fn focus_row(list: &HtmlElement, at: usize) {
    let link = row(list, at)
        .and_then(|row| row.query_selector("a").ok().flatten())
        .and_then(|link| link.dyn_into().ok());
    if let Some(link) = link {
        super::focus::without_scrolling(&link);
    }
}

/// Whether the screen itself goes to where its reader was when Back or Forward leads to it. The browser's own way of finding
/// the place again is misled by headings that stick. It holds for this entry of the history, and for those made from it.
pub fn keep_place(by_itself: bool) {
    let way = if by_itself {
        ScrollRestoration::Manual
    } else {
        ScrollRestoration::Auto
    };
    let _ = window()
        .history()
        .and_then(|history| history.set_scroll_restoration(way));
}

/// Runs `then` with every address (path and query) to which Back or Forward led, for as long as the page lives.
pub fn on_back(then: impl Fn(String) + 'static) {
    Listener::new(&window(), "popstate", move |_| then(super::page::address())).forever();
}
