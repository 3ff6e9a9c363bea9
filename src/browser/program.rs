//! Which program this page runs, and whether another is served by now.

use super::{document, transport, window};
use std::cell::Cell;

/// The id by which `index.html` names the program; its address carries a digest of its bytes.
const PROGRAM: &str = "portal-wasm";

thread_local! {
    static OUTDATED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a newer program was seen. The page that is served now is asked for at most until it was.
pub async fn is_outdated() -> bool {
    if !was_outdated()
        && let Some(own) = own()
        && let Some(page) = transport::file("/").await
    {
        OUTDATED.set(names_another(&page, &own));
    }
    was_outdated()
}

/// Whether a newer program was seen before now.
#[must_use]
pub fn was_outdated() -> bool {
    OUTDATED.get()
}

/// Begins anew, with the program that is served now.
pub fn reload() {
    let _ = window().location().reload();
}

fn own() -> Option<String> {
    document().get_element_by_id(PROGRAM)?.get_attribute("href")
}

/// Whether this is a page of the portal, and with another program. A page that some proxy put in its place says nothing.
fn names_another(page: &str, own: &str) -> bool {
    page.contains(PROGRAM) && !page.contains(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_the_portal_can_name_another_program() {
        let own = "/assets/portal-0123.wasm";
        let page = |href: &str| format!(r#"<link id="portal-wasm" href="{href}">"#);
        assert!(names_another(&page("/assets/portal-4567.wasm"), own));
        assert!(!names_another(&page(own), own));
        assert!(!names_another("<h1>Sign in to this network</h1>", own));
    }
}
