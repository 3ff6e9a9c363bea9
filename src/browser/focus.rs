//! Where the keyboard and the screen reader are.

use super::document;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

thread_local! {
    static SCREEN_SHOWN: Cell<bool> = const { Cell::new(false) };
}

/// Counts a screen that is shown; whether it is the first since the page was opened. Whoever opens a page finds the focus where
/// the browser puts it, whoever changes the screen finds it on the heading.
pub fn is_first_screen() -> bool {
    !SCREEN_SHOWN.replace(true)
}

/// Counts a screen without asking: one that failed, or that was left before it was shown. Whoever goes on from it changes the screen.
pub fn count_screen() {
    SCREEN_SHOWN.set(true);
}

/// Moves the focus to an element and scrolls it into view.
pub fn element(element: &HtmlElement) {
    let _ = element.focus();
}

/// Moves the focus to an element and leaves the scroll position as it is.
pub fn without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Moves the focus to the element of this id; `false` when there is none.
pub fn id(id: &str) -> bool {
    found(document().get_element_by_id(id))
        .inspect(element)
        .is_some()
}

/// Moves the focus to the heading of the screen: where reading begins once what had the focus is gone.
pub fn heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = found(heading) {
        element(&heading);
    }
}

/// Whether the focus is nowhere: on the page itself, because the element that had it is gone.
#[must_use]
pub fn is_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

fn found(element: Option<web_sys::Element>) -> Option<HtmlElement> {
    element.and_then(|element| element.dyn_into().ok())
}
