//! Which program this page runs, and whether another is served by now.

use super::{document, transport, window};

/// The id by which `index.html` names the program; the addresses of its files carry a digest of their bytes.
const PROGRAM: &str = "portal-wasm";

/// Whether the page that is served now carries another program than this one.
pub async fn is_outdated() -> bool {
    let (Some(own), Some(page)) = (own(), transport::file("/").await) else {
        return false;
    };
    names_another(&page, &own)
}

/// Begins anew, with the program that is served now.
pub fn reload() {
    let _ = window().location().reload();
}

/// What the page says of its program's files: the first, and the table of the others.
fn own() -> Option<String> {
    let program = document().get_element_by_id(PROGRAM)?;
    let attribute = |name| program.get_attribute(name).unwrap_or_default();
    Some([&attribute("href"), "\"", &attribute("data-parts")].concat())
}

/// Whether this is a page of the portal, and without one of our files. A page that some proxy put in its place says nothing.
fn names_another(page: &str, own: &str) -> bool {
    let mut files = own.split('"').filter(|word| word.starts_with('/'));
    page.contains(PROGRAM) && files.any(|file| !page.contains(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_the_portal_can_name_another_program() {
        let own = r#"/assets/portal-01.wasm"{"files":[["/assets/portal-02.wasm","sha384-a/b"]]}"#;
        let page = |main: &str, part: &str| {
            format!(r#"<link id="portal-wasm" href="{main}" data-parts="[&quot;{part}&quot;]">"#)
        };
        let (main, part) = ("/assets/portal-01.wasm", "/assets/portal-02.wasm");
        assert!(!names_another(&page(main, part), own));
        assert!(names_another(&page("/assets/portal-03.wasm", part), own));
        assert!(names_another(&page(main, "/assets/portal-03.wasm"), own));
        assert!(!names_another("<h1>Sign in to this network</h1>", own));
    }
}
